import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Issue } from '../port.ts';

type ListedIssue = RestEndpointMethodTypes['issues']['listForRepo']['response']['data'][number];

/** An issue as REST lists it. */
export function listedIssueOf(issue: ListedIssue): Issue {
  return {
    id: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    url: issue.html_url,
    author: issue.user?.login ?? 'ghost',
    open: issue.state === 'open',
    ...(issue.state_reason ? { stateReason: issue.state_reason } : {}),
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (issue.assignees ?? []).map(({ login }) => login),
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
  };
}

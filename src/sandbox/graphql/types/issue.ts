import { issueNeed } from '../../operations/access.ts';
import { closingPulls } from '../../operations/linked.ts';
import { issueById, labelsOf, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Issue } from '../../state/issue.ts';
import { subIssuesSummary } from '../../views/issue.ts';
import { issuePage } from '../../views/urls.ts';
import { type Context, check, type Fields, sees } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { userFields } from './account.ts';
import { authored, commentConnection } from './comment.ts';
import { labelConnection } from './label.ts';
import { pullFields } from './pull.ts';
import { timelineConnection } from './timeline.ts';

/** What issues and pull requests share. */
export function sharedFields(at: Context, issue: Issue) {
  const repository = repositoryOf(at.site.world, issue);
  const url = issuePage(at.site, repository, issue);
  return {
    number: issue.number,
    title: issue.title,
    ...authored(at, repository, issue),
    createdAt: issue.createdAt,
    closed: issue.state === 'closed',
    closedAt: issue.closedAt,
    locked: issue.locked,
    assignees: paged(
      () => issue.assignees,
      (login) => userFields(at, login),
    ),
    labels: labelConnection(at, repository, () => labelsOf(repository, issue)),
    comments: commentConnection(at, issue),
    timelineItems: timelineConnection(at, issue),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

interface ClosingArguments extends PageArguments {
  readonly includeClosedPrs?: boolean | null;
}

function stateReason(issue: Issue, duplicates: boolean): string | null {
  if (issue.stateReason === 'duplicate' && !duplicates) return 'NOT_PLANNED';
  return issue.stateReason?.toUpperCase() ?? null;
}

export function issueFields(at: Context, issue: Issue): Fields {
  check(at, repositoryOf(at.site.world, issue), issueNeed(issue, 'read', 'read'));
  const { world } = at.site;
  return {
    __typename: 'Issue',
    id: nodeId('Issue', issue.id),
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    ...sharedFields(at, issue),
    state: issue.state.toUpperCase(),
    stateReason: ({ enableDuplicate }: { readonly enableDuplicate?: boolean | null }) =>
      stateReason(issue, enableDuplicate === true),
    parent: () => (issue.parentId === null ? null : issueFields(at, issueById(world, issue.parentId))),
    subIssues: paged(
      () => issue.subIssueIds.map((id) => issueById(world, id)),
      (child) => issueFields(at, child),
    ),
    subIssuesSummary: () => {
      const { total, completed, percent_completed: percentCompleted } = subIssuesSummary(at.site, issue);
      return { total, completed, percentCompleted };
    },
    closedByPullRequestsReferences: paged(
      ({ includeClosedPrs }: ClosingArguments) =>
        closingPulls(at.site, issue).filter(
          (pull) => (includeClosedPrs || pull.state === 'open') && sees(at, repositoryOf(world, pull)),
        ),
      (pull) => pullFields(at, pull),
    ),
  };
}

import { associationOf } from '../operations/access.ts';
import type { Site } from '../site.ts';
import { issueById, labelsOf, repositoryOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Comment, Issue } from '../state/issue.ts';
import { performedVia, userView } from './accounts.ts';
import { labelView, minimalRepositoryView } from './repository.ts';
import { issuePage, repositoryApi } from './urls.ts';

/** No reactions: the sandbox's people do not send hearts. */
export function reactions(url: string) {
  const none = { '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url: `${url}/reactions`, total_count: 0, ...none };
}

/** How far an issue's sub-issues have come. */
export function subIssuesSummary(site: Site, issue: Issue) {
  const children = issue.subIssueIds.map((id) => issueById(site.world, id));
  const completed = children.filter((child) => child.state === 'closed').length;
  const total = children.length;
  return { total, completed, percent_completed: total === 0 ? 0 : Math.floor((completed / total) * 100) };
}

function dependenciesSummary(site: Site, issue: Issue) {
  const open = (ids: readonly number[]) => ids.filter((id) => issueById(site.world, id).state === 'open').length;
  return {
    blocked_by: open(issue.blockedByIds),
    total_blocked_by: issue.blockedByIds.length,
    blocking: open(issue.blockingIds),
    total_blocking: issue.blockingIds.length,
  };
}

/** GitHub's `issue-reference`: an issue as events of the hierarchy name it. */
export function issueReferenceView(site: Site, issue: Issue) {
  return {
    number: issue.number,
    title: issue.title,
    state: issue.state,
    state_reason: issue.stateReason,
    repository: minimalRepositoryView(site, repositoryOf(site.world, issue)),
    issue_type: null,
  };
}

/** GitHub's `issue`; a pull request carries the `pull_request` member. */
export function issueView(site: Site, issue: Issue) {
  const repository = repositoryOf(site.world, issue);
  const api = repositoryApi(site, repository);
  const url = `${api}/issues/${issue.number}`;
  const page = issuePage(site, repository, issue);
  const parent = issue.parentId === null ? null : issueById(site.world, issue.parentId);
  const assignees = issue.assignees.map((login) => userView(site, login));
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: issue.pull ? nodeId('PullRequest', issue.pull.id) : nodeId('Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: userView(site, issue.author),
    labels: labelsOf(repository, issue).map((label) => labelView(site, repository, label)),
    state: issue.state,
    locked: issue.locked,
    assignees,
    milestone: null,
    comments: issue.commentIds.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    assignee: assignees[0] ?? null,
    author_association: associationOf(site, repository, issue.author),
    active_lock_reason: null,
    ...(issue.pull
      ? {
          draft: issue.pull.draft,
          pull_request: {
            url: `${api}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: issue.pull.mergedAt,
          },
        }
      : {
          type: null,
          sub_issues_summary: subIssuesSummary(site, issue),
          issue_dependencies_summary: dependenciesSummary(site, issue),
        }),
    ...(parent
      ? { parent_issue_url: `${repositoryApi(site, repositoryOf(site.world, parent))}/issues/${parent.number}` }
      : {}),
    body: issue.body,
    reactions: reactions(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: performedVia(site, issue.appId),
    state_reason: issue.stateReason,
  };
}

/** One issue on its own, which also says who closed it. */
export function singleIssueView(site: Site, issue: Issue) {
  return { ...issueView(site, issue), closed_by: issue.closedBy ? userView(site, issue.closedBy) : null };
}

/** GitHub's `issue-comment`. */
export function commentView(site: Site, comment: Comment) {
  const issue = issueById(site.world, comment.issueId);
  const repository = repositoryOf(site.world, issue);
  const url = `${repositoryApi(site, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(site, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repositoryApi(site, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: userView(site, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: associationOf(site, repository, comment.author),
    reactions: reactions(url),
    performed_via_github_app: performedVia(site, comment.appId),
  };
}

import { compare } from '../git/compare.ts';
import { associationOf } from '../operations/access.ts';
import { mergeability } from '../operations/mergeability.ts';
import type { Site } from '../site.ts';
import { must, type PullIssue, repositoryOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { userView } from './accounts.ts';
import { issueView } from './issue.ts';
import { repositoryView } from './repository.ts';
import { issuePage, repositoryApi } from './urls.ts';

function side(site: Site, repository: Repository, ref: string, sha: string) {
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: userView(site, repository.owner),
    repo: repositoryView(site, repository),
  };
}

/** GitHub's `pull-request-simple`, as lists have it. */
export function simplePullView(site: Site, issue: PullIssue) {
  const repository = repositoryOf(site.world, issue);
  const { pull } = issue;
  const head = must(site.world.repositories.get(pull.headRepositoryId), 'repository', pull.headRepositoryId);
  const api = repositoryApi(site, repository);
  const url = `${api}/pulls/${issue.number}`;
  const page = issuePage(site, repository, issue);
  const issueUrl = `${api}/issues/${issue.number}`;
  const seen = issueView(site, issue);
  const links = {
    self: url,
    html: page,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: seen.user,
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: seen.assignee,
    assignees: seen.assignees,
    requested_reviewers: pull.requestedReviewers.map((login) => userView(site, login)),
    requested_teams: [],
    labels: seen.labels,
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: side(site, head, pull.headRef, pull.headSha),
    base: side(site, repository, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(site, repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** GitHub's `pull-request`, with the figures of its diff. */
export async function pullView(site: Site, issue: PullIssue) {
  const repository = repositoryOf(site.world, issue);
  const { pull } = issue;
  const diff = await compare(site.gitOf(repository), pull.baseSha, pull.headSha);
  const { mergeable, state } = await mergeability(site, issue);
  const comments = pull.threadIds.reduce((sum, id) => sum + (site.world.threads.get(id)?.commentIds.length ?? 0), 0);
  return {
    ...simplePullView(site, issue),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state,
    merged_by: pull.mergedBy ? userView(site, pull.mergedBy) : null,
    comments: issue.commentIds.length,
    review_comments: comments,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: diff.commits.length,
    additions: diff.files.reduce((sum, file) => sum + file.additions, 0),
    deletions: diff.files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: diff.files.length,
  };
}

/** The short form in which check runs and suites name the open pull requests of their commit. */
export function pullReferences(site: Site, repository: Repository, sha: string) {
  const found = [];
  for (const id of repository.issueIds.values()) {
    const issue = site.world.issues.get(id);
    // Pull requests from forks are left out, as on GitHub: a run there must be found by its commit.
    if (!issue?.pull || issue.pull.headSha !== sha || issue.pull.headRepositoryId !== repository.id) continue;
    if (issue.state !== 'open') continue;
    const repo = { id: repository.id, url: repositoryApi(site, repository), name: repository.name };
    found.push({
      id: issue.pull.id,
      number: issue.number,
      url: `${repositoryApi(site, repository)}/pulls/${issue.number}`,
      head: { ref: issue.pull.headRef, sha, repo },
      base: { ref: issue.pull.baseRef, sha: issue.pull.baseSha, repo },
    });
  }
  return found;
}

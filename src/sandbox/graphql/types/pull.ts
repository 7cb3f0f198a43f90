import { compare } from '../../git/compare.ts';
import { needs } from '../../operations/access.ts';
import { closingIssues } from '../../operations/linked.ts';
import { headRepository, mergeability, verdicts } from '../../operations/mergeability.ts';
import { type PullIssue, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import { type Context, check, type Fields, sees } from '../context.ts';
import { paged } from '../page.ts';
import { actorFields } from './account.ts';
import { commitFields } from './commit.ts';
import { issueFields, sharedFields } from './issue.ts';
import { pullCommitFields, pullFileFields } from './pull-content.ts';
import { refFields } from './ref.ts';
import { repositoryFields } from './repository.ts';
import { requestConnection, reviewConnection } from './review.ts';
import { rollupFields } from './rollup.ts';
import { threadConnection } from './thread.ts';

/** `OPEN`, `CLOSED` or `MERGED`. */
export function pullState(issue: PullIssue): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (issue.pull.mergedAt) return 'MERGED';
  return issue.state === 'open' ? 'OPEN' : 'CLOSED';
}

function decision(at: Context, issue: PullIssue): string | null {
  const words = [...verdicts(at.site, issue).values()];
  if (words.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  const required = repositoryOf(at.site.world, issue).protection[issue.pull.baseRef]?.requiredApprovals ?? 0;
  if (words.length < required) return 'REVIEW_REQUIRED';
  return words.length > 0 ? 'APPROVED' : null;
}

function branches(at: Context, issue: PullIssue) {
  const { pull } = issue;
  const base = repositoryOf(at.site.world, issue);
  const head = headRepository(at.site, issue);
  const [baseRef, headRef] = [`refs/heads/${pull.baseRef}`, `refs/heads/${pull.headRef}`];
  return {
    baseRef: () => (base.refs[baseRef] ? refFields(at, base, baseRef) : null),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    baseRepository: () => repositoryFields(at, base),
    headRef: () => (sees(at, head) && head.refs[headRef] ? refFields(at, head, headRef) : null),
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    headRepository: () => (sees(at, head) ? repositoryFields(at, head) : null),
    headRepositoryOwner: () => actorFields(at, head.owner),
    isCrossRepository: head.id !== base.id,
  };
}

async function mergeState(at: Context, issue: PullIssue) {
  const { mergeable, state } = await mergeability(at.site, issue);
  return {
    mergeable: mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING',
    mergeStateStatus: state.toUpperCase(),
  };
}

export function pullFields(at: Context, issue: PullIssue): Fields {
  const repository = repositoryOf(at.site.world, issue);
  check(at, repository, needs.readPulls);
  const { pull } = issue;
  // Asked only when a field of the diff is: most queries about pull requests want none.
  const diff = () => compare(at.site.gitOf(repository), pull.baseSha, pull.headSha);
  const total = async (of: 'additions' | 'deletions') => (await diff()).files.reduce((sum, file) => sum + file[of], 0);
  const mergeCommit = pull.mergeCommitSha;
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    ...sharedFields(at, issue),
    ...branches(at, issue),
    state: pullState(issue),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: () => actorFields(at, pull.mergedBy),
    mergeCommit: () => (mergeCommit ? commitFields(at, repository, mergeCommit) : null),
    mergeable: async () => (await mergeState(at, issue)).mergeable,
    mergeStateStatus: async () => (await mergeState(at, issue)).mergeStateStatus,
    maintainerCanModify: pull.maintainerCanModify,
    additions: () => total('additions'),
    deletions: () => total('deletions'),
    changedFiles: async () => (await diff()).files.length,
    files: paged(
      async () => (await diff()).files,
      (file) => pullFileFields(file),
    ),
    commits: paged(
      async () => (await diff()).commits,
      (commit) => pullCommitFields(at, issue, commit.oid),
    ),
    closingIssuesReferences: paged(
      () => closingIssues(at.site, issue).filter((target) => sees(at, repositoryOf(at.site.world, target))),
      (target) => issueFields(at, target),
    ),
    reviewDecision: () => decision(at, issue),
    reviewRequests: requestConnection(at, issue),
    reviews: reviewConnection(at, issue),
    latestReviews: reviewConnection(at, issue, 'latest'),
    reviewThreads: threadConnection(at, issue),
    statusCheckRollup: () => rollupFields(at, repository, pull.headSha),
  };
}

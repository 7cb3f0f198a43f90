import { mergeCommits } from '../git/merge.ts';
import type { Site } from '../site.ts';
import { must, type PullIssue, protectionOf, repositoryOf, reviewsOf } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { roleOf } from './access.ts';

export interface Mergeability {
  /** `null` once merged or closed: GitHub then no longer computes it. */
  readonly mergeable: boolean | null;
  readonly state: 'clean' | 'dirty' | 'blocked' | 'unstable' | 'draft' | 'unknown';
  /** What stands in the way, in GitHub's words; `null` when nothing does. */
  readonly obstacle: string | null;
}

/** The last word of each reviewer with write access: `APPROVED` or `CHANGES_REQUESTED`. */
export function verdicts(site: Site, issue: PullIssue): Map<string, string> {
  const repository = repositoryOf(site.world, issue);
  const last = new Map<string, string>();
  for (const review of reviewsOf(site.world, issue)) {
    if (review.state === 'DISMISSED') last.delete(review.author);
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') continue;
    if (['write', 'maintain', 'admin'].includes(roleOf(site, repository, review.author)))
      last.set(review.author, review.state);
  }
  return last;
}

/** State of each check run name and status context at a commit; the newest of a name counts. */
export function outcomes(
  site: Site,
  repository: Repository,
  sha: string,
): Map<string, 'success' | 'failure' | 'pending'> {
  const found = new Map<string, 'success' | 'failure' | 'pending'>();
  for (const run of site.world.checkRuns.values()) {
    if (run.repositoryId !== repository.id || run.headSha !== sha) continue;
    const good = run.conclusion !== null && ['success', 'neutral', 'skipped'].includes(run.conclusion);
    found.set(run.name, run.conclusion === null ? 'pending' : good ? 'success' : 'failure');
  }
  for (const status of site.world.statuses) {
    if (status.repositoryId !== repository.id || status.sha !== sha) continue;
    found.set(status.context, status.state === 'error' ? 'failure' : status.state);
  }
  return found;
}

function obstacleOf(site: Site, issue: PullIssue, repository: Repository): string | null {
  const protection = protectionOf(repository, issue.pull.baseRef);
  if (!protection) return null;
  const words = [...verdicts(site, issue).values()];
  if (words.includes('CHANGES_REQUESTED')) return 'Changes have been requested by a reviewer with write access.';
  const approvals = words.filter((word) => word === 'APPROVED').length;
  if (approvals < protection.requiredApprovals)
    return `At least ${protection.requiredApprovals} approving review is required by reviewers with write access.`;
  const checks = outcomes(site, repository, issue.pull.headSha);
  for (const name of protection.requiredChecks) {
    const outcome = checks.get(name);
    if (outcome === undefined || outcome === 'pending') return `Required status check "${name}" is expected.`;
    if (outcome === 'failure') return `Required status check "${name}" is failing.`;
  }
  return null;
}

/** Whether and why (not) a pull request can be merged now. */
export async function mergeability(site: Site, issue: PullIssue): Promise<Mergeability> {
  const repository = repositoryOf(site.world, issue);
  const tip = repository.refs[`refs/heads/${issue.pull.baseRef}`];
  if (issue.state === 'closed' || tip === undefined) return { mergeable: null, state: 'unknown', obstacle: null };
  const merge = await mergeCommits(site.gitOf(repository), tip, issue.pull.headSha);
  if (merge.kind === 'conflict') return { mergeable: false, state: 'dirty', obstacle: 'Pull Request is not mergeable' };
  if (issue.pull.draft) return { mergeable: true, state: 'draft', obstacle: 'Pull Request is still a draft' };
  const obstacle = obstacleOf(site, issue, repository);
  if (obstacle) return { mergeable: true, state: 'blocked', obstacle };
  const failing = [...outcomes(site, repository, issue.pull.headSha).values()].some((state) => state !== 'success');
  return { mergeable: true, state: failing ? 'unstable' : 'clean', obstacle: null };
}

/** The repository that holds a pull request's head branch. */
export function headRepository(site: Site, issue: PullIssue): Repository {
  const id = issue.pull.headRepositoryId;
  return must(site.world.repositories.get(id), 'repository', id);
}

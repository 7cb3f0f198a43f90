import { mergeCommits } from '../git/merge.ts';
import { readCommit, writeCommit } from '../git/objects.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { must, type PullIssue, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { MergeQueueEntry } from '../state/merge-queue.ts';
import type { Repository } from '../state/repository.ts';
import { loginOf, needs, permit } from './access.ts';
import { signatureOf } from './commits.ts';
import { moveRef } from './push.ts';

/** The queue of a branch, first in line first. */
export function queueOf(site: Site, repository: Repository, branch: string): readonly MergeQueueEntry[] {
  return site.world.mergeQueue.filter(
    ({ repositoryId, baseRef }) => repositoryId === repository.id && baseRef === branch,
  );
}

/**
 * Puts a pull request into the queue of its base branch. The queue makes a branch of its own that holds the base with everything
 * that waits before it, and asks for checks on it ("Managing a merge queue").
 */
export async function enqueuePull(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  {
    expectedHead,
    jump = false,
  }: { readonly expectedHead?: string | undefined; readonly jump?: boolean | undefined } = {},
): Promise<MergeQueueEntry> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.writeContents);
  const { pull } = issue;
  if (issue.state === 'closed') throw new Refusal(422, 'Pull request is closed');
  if (pull.draft) throw new Refusal(422, 'Pull request is in draft state');
  if (expectedHead !== undefined && expectedHead !== pull.headSha)
    throw new Refusal(422, `Expected head oid ${expectedHead} does not match ${pull.headSha}`);
  const waiting = queueOf(site, repository, pull.baseRef);
  if (waiting.some(({ issueId }) => issueId === issue.id))
    throw new Refusal(422, 'Pull request is already in the queue');
  const baseSha =
    waiting.at(-1)?.headSha ?? must(repository.refs[`refs/heads/${pull.baseRef}`], 'branch', pull.baseRef);
  const git = site.gitOf(repository);
  const merged = await mergeCommits(git, baseSha, pull.headSha);
  if (merged.kind === 'conflict') throw new Refusal(422, 'Pull request has conflicts with the base branch');
  const person = signatureOf(site, actor);
  const headSha = await writeCommit(git, {
    tree: merged.tree,
    parents: [baseSha, pull.headSha],
    message: `Merge pull request #${issue.number} from ${pull.headRef}\n\n${issue.title}`,
    author: person,
    committer: person,
  });
  const headRef = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${issue.number}-${baseSha}`;
  const entry: MergeQueueEntry = {
    id: nextId(site.world, 'MergeQueueEntry'),
    repositoryId: repository.id,
    issueId: issue.id,
    enqueuedBy: loginOf(site, actor),
    enqueuedAt: site.now(),
    jump,
    headRef,
    headSha,
    baseRef: pull.baseRef,
    baseSha,
  };
  await moveRef(site, actor, { repository, ref: headRef, after: headSha });
  site.world.mergeQueue.push(entry);
  await tellGroup(site, actor, repository, entry, 'checks_requested');
  return entry;
}

/** Takes a pull request out of the queue; its group is gone, and so are the groups that were built on it. */
export async function dequeuePull(site: Site, actor: Actor, issue: PullIssue): Promise<MergeQueueEntry> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.writeContents);
  const waiting = queueOf(site, repository, issue.pull.baseRef);
  const at = waiting.findIndex(({ issueId }) => issueId === issue.id);
  const entry = waiting[at];
  if (entry === undefined) throw new Refusal(422, 'Pull request is not in the queue');
  for (const gone of waiting.slice(at)) {
    site.world.mergeQueue = site.world.mergeQueue.filter((other) => other !== gone);
    await moveRef(site, actor, { repository, ref: gone.headRef, after: null });
    await tellGroup(site, actor, repository, gone, 'destroyed', {
      reason: gone === entry ? 'dequeued' : 'invalidated',
    });
  }
  return entry;
}

async function tellGroup(
  site: Site,
  actor: Actor,
  repository: Repository,
  entry: MergeQueueEntry,
  action: 'checks_requested' | 'destroyed',
  extra: object = {},
): Promise<void> {
  await site.emit({
    event: 'merge_group',
    action,
    repository,
    actor,
    needs: ['merge_queues', 'read'],
    payload: async () => {
      const commit = await readCommit(site.gitOf(repository), entry.headSha);
      return {
        merge_group: {
          head_sha: entry.headSha,
          head_ref: entry.headRef,
          base_sha: entry.baseSha,
          base_ref: `refs/heads/${entry.baseRef}`,
          head_commit: {
            id: commit.oid,
            tree_id: commit.tree,
            message: commit.message,
            timestamp: commit.committer.date,
            author: { name: commit.author.name, email: commit.author.email },
            committer: { name: commit.committer.name, email: commit.committer.email },
          },
        },
        ...extra,
      };
    },
  });
}

import { queueOf } from '../../operations/merge-queue.ts';
import { isPull, issueById } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { MergeQueueEntry } from '../../state/merge-queue.ts';
import type { Repository } from '../../state/repository.ts';
import { repositoryPage } from '../../views/urls.ts';
import { type Context, check, type Fields } from '../context.ts';
import { paged } from '../page.ts';
import { actorFields } from './account.ts';
import { commitFields } from './commit.ts';
import { pullFields } from './pull.ts';
import { repositoryFields } from './repository.ts';

/** The queue of a branch; `null` while nothing waits in it, for the sandbox has no setting that turns queues on. */
export function mergeQueueFields(at: Context, repository: Repository, branch: string): Fields | null {
  check(at, repository, { role: 'read', app: [['merge_queues', 'read']] });
  const entries = queueOf(at.site, repository, branch);
  if (entries.length === 0) return null;
  const url = `${repositoryPage(at.site, repository)}/queue/${branch}`;
  return {
    __typename: 'MergeQueue',
    id: `MQ_kw${Buffer.from(`${nodeId('Repository', repository.id)}:${branch}`).toString('base64url')}`,
    entries: paged(
      () => entries,
      (entry) => entryFields(at, repository, entry),
    ),
    repository: () => repositoryFields(at, repository),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

export function entryFields(at: Context, repository: Repository, entry: MergeQueueEntry): Fields {
  const issue = issueById(at.site.world, entry.issueId);
  return {
    __typename: 'MergeQueueEntry',
    id: nodeId('MergeQueueEntry', entry.id),
    baseCommit: () => commitFields(at, repository, entry.baseSha),
    headCommit: () => commitFields(at, repository, entry.headSha),
    enqueuedAt: entry.enqueuedAt,
    enqueuer: () => actorFields(at, entry.enqueuedBy),
    jump: entry.jump,
    solo: false,
    mergeQueue: () => mergeQueueFields(at, repository, entry.baseRef),
    position: queueOf(at.site, repository, entry.baseRef).indexOf(entry) + 1,
    pullRequest: () => (isPull(issue) ? pullFields(at, issue) : null),
    state: 'AWAITING_CHECKS',
  };
}

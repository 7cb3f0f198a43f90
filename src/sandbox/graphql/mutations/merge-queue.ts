import { dequeuePull, enqueuePull } from '../../operations/merge-queue.ts';
import { isPull, type PullIssue, repositoryOf } from '../../state/find.ts';
import type { Context } from '../context.ts';
import { unresolved } from '../errors.ts';
import { requireIssue } from '../node.ts';
import { entryFields } from '../types/merge-queue.ts';

function pullNamed(at: Context, id: string): PullIssue {
  const issue = requireIssue(at, id);
  if (!isPull(issue)) throw unresolved(`a PullRequest with the global id of '${id}'`);
  return issue;
}

interface Wish {
  readonly pullRequestId: string;
  readonly expectedHeadOid?: string | null;
  readonly jump?: boolean | null;
}

export async function enqueuePullRequest(at: Context, input: Wish) {
  const issue = pullNamed(at, input.pullRequestId);
  const entry = await enqueuePull(at.site, at.actor, issue, {
    expectedHead: input.expectedHeadOid ?? undefined,
    jump: input.jump ?? undefined,
  });
  return { mergeQueueEntry: () => entryFields(at, repositoryOf(at.site.world, issue), entry) };
}

export async function dequeuePullRequest(at: Context, input: { readonly id: string }) {
  const issue = pullNamed(at, input.id);
  const entry = await dequeuePull(at.site, at.actor, issue);
  return { mergeQueueEntry: () => entryFields(at, repositoryOf(at.site.world, issue), entry) };
}

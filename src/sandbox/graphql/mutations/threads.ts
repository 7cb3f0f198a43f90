import { replyToThread, resolveThread, unresolveThread } from '../../operations/threads.ts';
import type { ReviewThread } from '../../state/pull.ts';
import type { Context } from '../context.ts';
import { unresolved } from '../errors.ts';
import { requireNode } from '../node.ts';
import { pullOf } from '../types/review.ts';
import { reviewCommentFields } from '../types/review-comment.ts';
import { threadFields } from '../types/thread.ts';

function threadOf(at: Context, id: string): ReviewThread {
  const found = requireNode(at, id);
  if (found.kind !== 'thread') throw unresolved(`a PullRequestReviewThread with the global id of '${id}'`);
  return found.record;
}

export async function resolveReviewThread(at: Context, input: { readonly threadId: string }) {
  const thread = threadOf(at, input.threadId);
  await resolveThread(at.site, at.actor, pullOf(at, thread), thread);
  return { thread: () => threadFields(at, thread) };
}

export async function unresolveReviewThread(at: Context, input: { readonly threadId: string }) {
  const thread = threadOf(at, input.threadId);
  await unresolveThread(at.site, at.actor, pullOf(at, thread), thread);
  return { thread: () => threadFields(at, thread) };
}

export async function addPullRequestReviewThreadReply(
  at: Context,
  input: { readonly pullRequestReviewThreadId: string; readonly body: string },
) {
  const thread = threadOf(at, input.pullRequestReviewThreadId);
  const comment = await replyToThread(at.site, at.actor, pullOf(at, thread), thread, input.body);
  return { comment: () => reviewCommentFields(at, comment) };
}

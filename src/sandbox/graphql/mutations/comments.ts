import { editComment, minimizeComment as hideComment, addComment as writeComment } from '../../operations/comments.ts';
import type { Comment } from '../../state/issue.ts';
import type { ReviewComment } from '../../state/pull.ts';
import type { Context, Fields } from '../context.ts';
import { unresolved } from '../errors.ts';
import { requireIssue, requireNode } from '../node.ts';
import { edge } from '../page.ts';
import { commentFields } from '../types/comment.ts';
import { reviewCommentFields } from '../types/review-comment.ts';
import { subjectFields } from '../types/timeline-event.ts';

export async function addComment(at: Context, input: { readonly subjectId: string; readonly body: string }) {
  const issue = requireIssue(at, input.subjectId);
  const comment = await writeComment(at.site, at.actor, issue, input.body);
  return {
    commentEdge: edge(commentFields(at, comment), issue.commentIds.length - 1),
    subject: () => subjectFields(at, issue),
  };
}

export async function updateIssueComment(at: Context, input: { readonly id: string; readonly body: string }) {
  const found = requireNode(at, input.id);
  if (found.kind !== 'comment') throw unresolved(`an IssueComment with the global id of '${input.id}'`);
  return { issueComment: commentFields(at, await editComment(at.site, at.actor, found.record, input.body)) };
}

async function minimize(at: Context, id: string, reason: string | null): Promise<Fields> {
  const found = requireNode(at, id);
  if (found.kind !== 'comment' && found.kind !== 'review-comment')
    throw unresolved(`a Minimizable with the global id of '${id}'`);
  await hideComment(at.site, at.actor, found.record, reason);
  return found.kind === 'comment'
    ? commentFields(at, found.record satisfies Comment)
    : reviewCommentFields(at, found.record satisfies ReviewComment);
}

export async function minimizeComment(at: Context, input: { readonly subjectId: string; readonly classifier: string }) {
  return { minimizedComment: await minimize(at, input.subjectId, input.classifier) };
}

export async function unminimizeComment(at: Context, input: { readonly subjectId: string }) {
  return { unminimizedComment: await minimize(at, input.subjectId, null) };
}

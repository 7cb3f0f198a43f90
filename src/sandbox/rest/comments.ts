import { issueNeed, permit } from '../operations/access.ts';
import { addComment, deleteComment, editComment } from '../operations/comments.ts';
import { notFound } from '../refusal.ts';
import { commentsOf, issueById, issuesOf } from '../state/find.ts';
import type { Comment } from '../state/issue.ts';
import { commentView } from '../views/issue.ts';
import { field } from './body.ts';
import { type Call, issueIn, noContent, numeric, ok, on, type Reply, repositoryIn } from './call.ts';
import { listed } from './page.ts';

function commentIn(call: Call): Comment {
  const repository = repositoryIn(call);
  const comment = call.site.world.comments.get(numeric(call, 'id'));
  if (!comment) throw notFound();
  const issue = issueById(call.site.world, comment.issueId);
  if (issue.repositoryId !== repository.id) throw notFound();
  permit(call.site, call.actor, repository, issueNeed(issue, 'read', 'read'));
  return comment;
}

function since(call: Call, comments: readonly Comment[]): Comment[] {
  const moment = call.query.get('since');
  return comments.filter((comment) => !moment || Date.parse(comment.updatedAt) >= Date.parse(moment));
}

function listAll(call: Call): Promise<Reply> {
  const { site } = call;
  const repository = repositoryIn(call);
  permit(site, call.actor, repository, issueNeed(null, 'read', 'read'));
  const comments = issuesOf(site.world, repository).flatMap((issue) => commentsOf(site.world, issue));
  const key = (comment: Comment) =>
    call.query.get('sort') === 'updated' ? Date.parse(comment.updatedAt) : Date.parse(comment.createdAt);
  const direction = call.query.get('sort') && call.query.get('direction') !== 'asc' ? -1 : 1;
  const sorted = since(call, comments).sort((a, b) => direction * (key(a) - key(b) || a.id - b.id));
  return listed(call, sorted, (comment) => commentView(site, comment));
}

const ofIssue = '/repos/:owner/:repo/issues/:number/comments';
const one = '/repos/:owner/:repo/issues/comments/:id';

export const commentRoutes = [
  on('GET', '/repos/:owner/:repo/issues/comments', listAll),
  on('GET', one, (call) => ok(commentView(call.site, commentIn(call)))),
  on('PATCH', one, async (call) =>
    ok(commentView(call.site, await editComment(call.site, call.actor, commentIn(call), field(call, 'body')))),
  ),
  on('DELETE', one, async (call) => {
    await deleteComment(call.site, call.actor, commentIn(call));
    return noContent;
  }),
  on('GET', ofIssue, (call) => {
    const { repository, issue } = issueIn(call);
    permit(call.site, call.actor, repository, issueNeed(issue, 'read', 'read'));
    return listed(call, since(call, commentsOf(call.site.world, issue)), (comment) => commentView(call.site, comment));
  }),
  on('POST', ofIssue, async (call) => {
    const { issue } = issueIn(call);
    const comment = await addComment(call.site, call.actor, issue, field(call, 'body'));
    return ok(commentView(call.site, comment), 201);
  }),
];

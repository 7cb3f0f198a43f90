import { loginOf, needs, permit } from '../operations/access.ts';
import {
  commentsOfReview,
  createReview,
  deletePendingReview,
  dismissReview,
  editReview,
  submitReview,
} from '../operations/reviews.ts';
import {
  addReviewComment,
  deleteReviewComment,
  editReviewComment,
  type Place,
  replyToThread,
} from '../operations/threads.ts';
import { notFound, Refusal } from '../refusal.ts';
import { isPull, issueById, type PullIssue, pullsOf, reviewsOf, threadComments, threadsOf } from '../state/find.ts';
import type { Review, ReviewComment, Side } from '../state/pull.ts';
import { reviewCommentView, reviewView } from '../views/review.ts';
import { field, integer, objects, text } from './body.ts';
import { type Call, noContent, numeric, ok, on, pullIn, type Reply, repositoryIn } from './call.ts';
import { listed } from './page.ts';

function readable(call: Call) {
  const found = pullIn(call);
  permit(call.site, call.actor, found.repository, needs.readPulls);
  return found;
}

/** A pending review is for its author's eyes. */
function shown(call: Call, review: Review): boolean {
  if (review.state !== 'PENDING') return true;
  return call.actor.kind !== 'anonymous' && loginOf(call.site, call.actor) === review.author;
}

function reviewIn(call: Call): { readonly issue: PullIssue; readonly review: Review } {
  const { issue } = readable(call);
  const id = numeric(call, 'id');
  const review = reviewsOf(call.site.world, issue).find((candidate) => candidate.id === id);
  if (!review || !shown(call, review)) throw notFound();
  return { issue, review };
}

function placeOf(entry: Readonly<Record<string, unknown>>): Place {
  const number = (name: string) => (typeof entry[name] === 'number' ? (entry[name] as number) : undefined);
  return {
    path: typeof entry.path === 'string' ? entry.path : undefined,
    body: entry.body,
    line: number('line'),
    side: entry.side as Side | undefined,
    startLine: number('start_line'),
    startSide: entry.start_side as Side | undefined,
    position: number('position'),
    subjectType: entry.subject_type as 'line' | 'file' | undefined,
  };
}

async function create(call: Call): Promise<Reply> {
  const { issue } = pullIn(call);
  const review = await createReview(call.site, call.actor, issue, {
    commitId: text(call, 'commit_id'),
    event: text(call, 'event') || undefined,
    body: text(call, 'body'),
    comments: objects(call, 'comments')?.map(placeOf),
  });
  return ok(reviewView(call.site, review));
}

function visibleComments(call: Call, issue: PullIssue): ReviewComment[] {
  const world = call.site.world;
  return threadsOf(world, issue)
    .flatMap((thread) => threadComments(world, thread))
    .filter((comment) => {
      const review = world.reviews.get(comment.reviewId);
      return review?.submittedAt != null;
    })
    .sort((left, right) => left.id - right.id);
}

function listComments(call: Call, comments: readonly ReviewComment[]): Promise<Reply> {
  const since = call.query.get('since');
  const direction = call.query.get('direction') === 'desc' ? -1 : 1;
  const found = comments
    .filter((comment) => !since || Date.parse(comment.updatedAt) >= Date.parse(since))
    .sort((left, right) => direction * (left.id - right.id));
  return listed(call, found, (comment) => reviewCommentView(call.site, comment));
}

function commentIn(call: Call): { readonly issue: PullIssue; readonly comment: ReviewComment } {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readPulls);
  const comment = call.site.world.reviewComments.get(numeric(call, 'id'));
  const issue = comment && issueById(call.site.world, comment.issueId);
  if (!comment || !isPull(issue) || issue.repositoryId !== repository.id) throw notFound();
  return { issue, comment };
}

async function reply(call: Call, issue: PullIssue, id: number): Promise<Reply> {
  const comment = call.site.world.reviewComments.get(id);
  const thread = comment?.issueId === issue.id ? call.site.world.threads.get(comment.threadId) : undefined;
  if (!comment || !thread) throw notFound();
  if (comment.inReplyTo !== null)
    throw new Refusal(422, 'Validation Failed', ['in_reply_to must be a top-level comment']);
  const made = await replyToThread(call.site, call.actor, issue, thread, field(call, 'body'));
  return ok(reviewCommentView(call.site, made), 201);
}

async function createComment(call: Call): Promise<Reply> {
  const { issue } = pullIn(call);
  const answered = integer(call, 'in_reply_to');
  if (answered !== undefined) return reply(call, issue, answered);
  const commitId = text(call, 'commit_id');
  if (commitId === undefined) throw new Refusal(422, 'Invalid request.\n\n"commit_id" wasn\'t supplied.');
  const place = placeOf(call.body as Readonly<Record<string, unknown>>);
  const made = await addReviewComment(call.site, call.actor, issue, { ...place, commitId });
  return ok(reviewCommentView(call.site, made), 201);
}

const pull = '/repos/:owner/:repo/pulls/:number';
const one = `${pull}/reviews/:id`;
const comment = '/repos/:owner/:repo/pulls/comments/:id';

export const reviewRoutes = [
  on('GET', '/repos/:owner/:repo/pulls/comments', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.readPulls);
    return listComments(
      call,
      pullsOf(call.site.world, repository).flatMap((issue) => visibleComments(call, issue)),
    );
  }),
  on('GET', comment, (call) => ok(reviewCommentView(call.site, commentIn(call).comment))),
  on('PATCH', comment, async (call) => {
    const found = commentIn(call);
    await editReviewComment(call.site, call.actor, found.issue, found.comment, field(call, 'body'));
    return ok(reviewCommentView(call.site, found.comment));
  }),
  on('DELETE', comment, async (call) => {
    const found = commentIn(call);
    await deleteReviewComment(call.site, call.actor, found.issue, found.comment);
    return noContent;
  }),
  on('GET', `${pull}/comments`, (call) => listComments(call, visibleComments(call, readable(call).issue))),
  on('POST', `${pull}/comments`, createComment),
  on('POST', `${pull}/comments/:id/replies`, (call) => reply(call, pullIn(call).issue, numeric(call, 'id'))),
  on('GET', `${pull}/reviews`, (call) => {
    const reviews = reviewsOf(call.site.world, readable(call).issue).filter((review) => shown(call, review));
    return listed(call, reviews, (review) => reviewView(call.site, review));
  }),
  on('POST', `${pull}/reviews`, create),
  on('GET', one, (call) => ok(reviewView(call.site, reviewIn(call).review))),
  on('PUT', one, async (call) => {
    const { issue, review } = reviewIn(call);
    return ok(reviewView(call.site, await editReview(call.site, call.actor, issue, review, field(call, 'body'))));
  }),
  on('DELETE', one, async (call) => {
    const { issue, review } = reviewIn(call);
    const view = reviewView(call.site, review);
    await deletePendingReview(call.site, call.actor, issue, review);
    return ok(view);
  }),
  on('POST', `${one}/events`, async (call) => {
    const { issue, review } = reviewIn(call);
    const input = { event: text(call, 'event') ?? '', body: text(call, 'body') };
    return ok(reviewView(call.site, await submitReview(call.site, call.actor, issue, review, input)));
  }),
  on('PUT', `${one}/dismissals`, async (call) => {
    const { issue, review } = reviewIn(call);
    return ok(reviewView(call.site, await dismissReview(call.site, call.actor, issue, review, field(call, 'message'))));
  }),
  on('GET', `${one}/comments`, (call) => {
    const { issue, review } = reviewIn(call);
    return listed(call, commentsOfReview(call.site, issue, review), (found) => reviewCommentView(call.site, found));
  }),
];

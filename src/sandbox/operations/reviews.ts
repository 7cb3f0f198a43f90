import { invalid, notFound, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { type PullIssue, repositoryOf, reviewsOf, threadsOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Review, ReviewComment, ReviewState } from '../state/pull.ts';
import { simplePullView } from '../views/pull.ts';
import { reviewCommentView, reviewView } from '../views/review.ts';
import { appIdOf, loginOf, needs, permit } from './access.ts';
import { note, touch } from './record.ts';
import { openThread, type Place, resolvePlace } from './threads.ts';
import { checkBody } from './validate.ts';

export interface NewReview {
  readonly commitId?: string | undefined;
  /** `undefined`: pending. */
  readonly event?: string | undefined;
  readonly body?: string | null | undefined;
  readonly comments?: readonly Place[] | undefined;
}

const states: Record<string, ReviewState> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

function checkEvent(
  actor: Actor,
  issue: PullIssue,
  login: string,
  event: string,
  body: string,
  comments: number,
): void {
  if (!Object.hasOwn(states, event))
    throw new Refusal(422, `Variable $event of type PullRequestReviewEvent was provided invalid value`);
  if (event !== 'COMMENT' && actor.kind !== 'anonymous' && login === issue.author)
    throw new Refusal(422, 'Unprocessable Entity', [
      event === 'APPROVE'
        ? 'Can not approve your own pull request'
        : 'Can not request changes on your own pull request',
    ]);
  // A summary may be left out only where the comments on lines say enough.
  if (body === '' && (event === 'REQUEST_CHANGES' || (event === 'COMMENT' && comments === 0)))
    throw new Refusal(422, 'Unprocessable Entity', ['Body can not be blank']);
}

async function tellReview(site: Site, actor: Actor, issue: PullIssue, review: Review, action: string, extra = {}) {
  await site.emit({
    event: 'pull_request_review',
    action,
    repository: repositoryOf(site.world, issue),
    actor,
    needs: ['pull_requests', 'read'],
    payload: () => ({ review: inEvent(site, review), pull_request: simplePullView(site, issue), ...extra }),
  });
}

/** Webhooks spell the state in lower case, and say when the review was changed, which REST does not. */
function inEvent(site: Site, review: Review) {
  return {
    ...reviewView(site, review),
    state: review.state.toLowerCase(),
    submitted_at: review.submittedAt,
    updated_at: review.updatedAt,
  };
}

export async function tellReviewComment(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  comment: ReviewComment,
  action: string,
  extra = {},
): Promise<void> {
  await site.emit({
    event: 'pull_request_review_comment',
    action,
    repository: repositoryOf(site.world, issue),
    actor,
    needs: ['pull_requests', 'read'],
    payload: () => ({ comment: reviewCommentView(site, comment), pull_request: simplePullView(site, issue), ...extra }),
  });
}

/** Comments of a review, oldest first. */
export function commentsOfReview(site: Site, issue: PullIssue, review: Review): ReviewComment[] {
  const found: ReviewComment[] = [];
  for (const thread of threadsOf(site.world, issue))
    for (const id of thread.commentIds) {
      const comment = site.world.reviewComments.get(id);
      if (comment?.reviewId === review.id) found.push(comment);
    }
  return found.sort((left, right) => left.id - right.id);
}

/** Writes a review with all its comments, or, if one of them cannot stand where it should, nothing at all. */
export async function createReview(site: Site, actor: Actor, issue: PullIssue, input: NewReview): Promise<Review> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.comment);
  const login = loginOf(site, actor);
  const body = input.body ?? '';
  checkBody('PullRequestReview', body);
  const comments = input.comments ?? [];
  if (input.event) checkEvent(actor, issue, login, input.event, body, comments.length);
  if (reviewsOf(site.world, issue).some((review) => review.author === login && review.state === 'PENDING'))
    throw new Refusal(422, 'Unprocessable Entity', ['User can only have one pending review per pull request']);
  const commit = input.commitId ?? issue.pull.headSha;
  const places = [];
  for (const comment of comments) places.push(await resolvePlace(site, issue, commit, comment, 'review'));
  const review = startReview(site, actor, issue, commit, body);
  for (const place of places) await openThread(site, actor, issue, review, place);
  if (input.event) await conclude(site, actor, issue, review, input.event);
  return review;
}

/** An empty pending review, already in the world. */
export function startReview(site: Site, actor: Actor, issue: PullIssue, commit: string, body: string): Review {
  const review: Review = {
    id: nextId(site.world, 'PullRequestReview'),
    issueId: issue.id,
    author: loginOf(site, actor),
    appId: appIdOf(actor),
    body,
    state: 'PENDING',
    commitSha: commit,
    submittedAt: null,
    updatedAt: site.now(),
  };
  site.world.reviews.set(review.id, review);
  issue.pull.reviewIds.push(review.id);
  return review;
}

/** Makes a pending review public. */
export async function conclude(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  review: Review,
  event: string,
): Promise<void> {
  review.state = states[event] ?? 'COMMENTED';
  review.submittedAt = site.now();
  review.updatedAt = review.submittedAt;
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((login) => login !== review.author);
  touch(site, issue);
  await tellReview(site, actor, issue, review, 'submitted');
  for (const comment of commentsOfReview(site, issue, review))
    await tellReviewComment(site, actor, issue, comment, 'created');
}

/** Submits a pending review. */
export async function submitReview(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  review: Review,
  input: { readonly event: string; readonly body?: string | undefined },
): Promise<Review> {
  permit(site, actor, repositoryOf(site.world, issue), needs.comment);
  if (review.state !== 'PENDING' || review.author !== loginOf(site, actor))
    throw new Refusal(422, 'Unprocessable Entity', ['Could not submit pull request review']);
  const body = input.body ?? review.body;
  checkBody('PullRequestReview', body);
  checkEvent(actor, issue, review.author, input.event, body, commentsOfReview(site, issue, review).length);
  review.body = body;
  await conclude(site, actor, issue, review, input.event);
  return review;
}

/** Replaces a review's summary. */
export async function editReview(site: Site, actor: Actor, issue: PullIssue, review: Review, body: unknown) {
  permit(site, actor, repositoryOf(site.world, issue), needs.comment);
  if (review.author !== loginOf(site, actor)) throw new Refusal(403, 'Must be the author of the review');
  if (typeof body !== 'string' || body === '')
    throw invalid({ resource: 'PullRequestReview', field: 'body', code: 'missing_field' });
  checkBody('PullRequestReview', body);
  const from = review.body;
  review.body = body;
  review.updatedAt = site.now();
  if (review.state !== 'PENDING')
    await tellReview(site, actor, issue, review, 'edited', { changes: { body: { from } } });
  return review;
}

/** Dismisses an approval or a request for changes. */
export async function dismissReview(site: Site, actor: Actor, issue: PullIssue, review: Review, message: unknown) {
  permit(site, actor, repositoryOf(site.world, issue), needs.writePulls);
  if (typeof message !== 'string' || message === '')
    throw new Refusal(422, 'Unprocessable Entity', ['Message can not be blank']);
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
    throw new Refusal(422, 'Unprocessable Entity', [
      `Can not dismiss a ${review.state.toLowerCase()} pull request review`,
    ]);
  note(site, actor, issue, {
    event: 'review_dismissed',
    reviewId: review.id,
    previousState: review.state.toLowerCase(),
    message,
  });
  review.state = 'DISMISSED';
  review.updatedAt = site.now();
  await tellReview(site, actor, issue, review, 'dismissed');
  return review;
}

/** Throws a pending review away, with its comments. */
export async function deletePendingReview(site: Site, actor: Actor, issue: PullIssue, review: Review): Promise<Review> {
  permit(site, actor, repositoryOf(site.world, issue), needs.comment);
  if (review.author !== loginOf(site, actor)) throw notFound();
  if (review.state !== 'PENDING')
    throw new Refusal(422, 'Unprocessable Entity', ['Can not delete a non-pending pull request review']);
  const gone = new Set(commentsOfReview(site, issue, review).map((comment) => comment.id));
  for (const thread of threadsOf(site.world, issue)) {
    thread.commentIds = thread.commentIds.filter((id) => !gone.has(id));
    if (thread.commentIds.length > 0) continue;
    site.world.threads.delete(thread.id);
    issue.pull.threadIds = issue.pull.threadIds.filter((id) => id !== thread.id);
  }
  for (const id of gone) site.world.reviewComments.delete(id);
  issue.pull.reviewIds = issue.pull.reviewIds.filter((id) => id !== review.id);
  site.world.reviews.delete(review.id);
  return review;
}

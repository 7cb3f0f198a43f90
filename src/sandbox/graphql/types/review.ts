import { loginOf } from '../../operations/access.ts';
import { commentsOfReview } from '../../operations/reviews.ts';
import { isPull, issueById, type PullIssue, repositoryOf, reviewsOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Review } from '../../state/pull.ts';
import { reviewView } from '../../views/review.ts';
import type { Context, Fields } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { actorFields } from './account.ts';
import { authored } from './comment.ts';
import { commitFields } from './commit.ts';
import { pullFields } from './pull.ts';
import { reviewCommentFields } from './review-comment.ts';

/** A pending review is known to its author alone. */
export function isShown(at: Context, review: Review | undefined): boolean {
  return review !== undefined && (review.state !== 'PENDING' || review.author === loginOf(at.site, at.actor));
}

/** The pull request that a review, thread or comment belongs to. */
export function pullOf(at: Context, record: { readonly issueId: number }): PullIssue {
  const issue = issueById(at.site.world, record.issueId);
  if (!isPull(issue)) throw new Error(`the sandbox has a review of issue ${issue.number}`);
  return issue;
}

export function reviewFields(at: Context, review: Review): Fields {
  const issue = pullOf(at, review);
  const repository = repositoryOf(at.site.world, issue);
  const url = reviewView(at.site, review).html_url;
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    ...authored(at, repository, review),
    // A review is born when it is submitted; before that only its last change is known.
    createdAt: review.submittedAt ?? review.updatedAt,
    state: review.state,
    submittedAt: review.submittedAt,
    commit: () => commitFields(at, repository, review.commitSha),
    comments: paged(
      () => commentsOfReview(at.site, issue, review),
      (comment) => reviewCommentFields(at, comment),
    ),
    pullRequest: () => pullFields(at, issue),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

interface ReviewArguments extends PageArguments {
  readonly author?: string | null;
  readonly states?: readonly string[] | null;
}

/** Reviews of a pull request; `latest`: the newest of each reviewer. */
export function reviewConnection(at: Context, issue: PullIssue, which: 'all' | 'latest' = 'all') {
  return paged(
    ({ author, states }: ReviewArguments) => {
      const shown = reviewsOf(at.site.world, issue).filter((review) => isShown(at, review));
      const newest = new Map(shown.map((review) => [review.author, review]));
      return shown.filter(
        (review) =>
          (which === 'all' || newest.get(review.author) === review) &&
          (!states || states.includes(review.state)) &&
          (!author || actorFields(at, review.author)?.login === author),
      );
    },
    (review) => reviewFields(at, review),
  );
}

/** People who were asked for a review and have not given it. */
export function requestConnection(at: Context, issue: PullIssue) {
  return paged(
    () => issue.pull.requestedReviewers,
    (login): Fields => ({
      __typename: 'ReviewRequest',
      id: `RR_kw${Buffer.from(`${nodeId('PullRequest', issue.pull.id)}:${login}`).toString('base64url')}`,
      pullRequest: () => pullFields(at, issue),
      requestedReviewer: () => actorFields(at, login),
    }),
  );
}

import { can, needs } from '../../operations/access.ts';
import { type PullIssue, repositoryOf, threadComments, threadsOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { ReviewThread } from '../../state/pull.ts';
import type { Context, Fields } from '../context.ts';
import { paged } from '../page.ts';
import { userFields } from './account.ts';
import { pullFields } from './pull.ts';
import { repositoryFields } from './repository.ts';
import { isShown, pullOf } from './review.ts';
import { reviewCommentFields } from './review-comment.ts';

function shownComments(at: Context, thread: ReviewThread) {
  return threadComments(at.site.world, thread).filter((comment) =>
    isShown(at, at.site.world.reviews.get(comment.reviewId)),
  );
}

export function threadFields(at: Context, thread: ReviewThread): Fields {
  const issue = pullOf(at, thread);
  const repository = repositoryOf(at.site.world, issue);
  const resolved = thread.resolvedBy !== null;
  const maySettle = can(at.site, at.actor, repository, needs.writeContents);
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PullRequestReviewThread', thread.id),
    path: thread.path,
    subjectType: thread.subjectType.toUpperCase(),
    diffSide: thread.side,
    startDiffSide: thread.startSide,
    line: thread.line,
    startLine: thread.startLine,
    originalLine: thread.originalLine,
    originalStartLine: thread.originalStartLine,
    isOutdated: thread.outdated,
    isResolved: resolved,
    isCollapsed: resolved || thread.outdated,
    resolvedBy: () => userFields(at, thread.resolvedBy),
    viewerCanReply: can(at.site, at.actor, repository, needs.comment),
    viewerCanResolve: !resolved && maySettle,
    viewerCanUnresolve: resolved && maySettle,
    comments: paged(
      () => shownComments(at, thread),
      (comment) => reviewCommentFields(at, comment),
    ),
    pullRequest: () => pullFields(at, issue),
    repository: () => repositoryFields(at, repository),
  };
}

/** Threads of a pull request, without those that only a pending review of somebody else has. */
export function threadConnection(at: Context, issue: PullIssue) {
  return paged(
    () => threadsOf(at.site.world, issue).filter((thread) => shownComments(at, thread).length > 0),
    (thread) => threadFields(at, thread),
  );
}

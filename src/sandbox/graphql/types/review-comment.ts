import { must, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { ReviewComment } from '../../state/pull.ts';
import { reviewCommentView } from '../../views/review.ts';
import type { Context, Fields } from '../context.ts';
import { authored, editedAt, minimizedReason } from './comment.ts';
import { commitFields } from './commit.ts';
import { pullFields } from './pull.ts';
import { pullOf, reviewFields } from './review.ts';

export function reviewCommentFields(at: Context, comment: ReviewComment): Fields {
  const { world } = at.site;
  const thread = must(world.threads.get(comment.threadId), 'thread', comment.threadId);
  const review = must(world.reviews.get(comment.reviewId), 'review', comment.reviewId);
  const issue = pullOf(at, comment);
  const repository = repositoryOf(world, issue);
  const parent = comment.inReplyTo === null ? undefined : world.reviewComments.get(comment.inReplyTo);
  const url = reviewCommentView(at.site, comment).html_url;
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PullRequestReviewComment', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    ...authored(at, repository, comment),
    createdAt: comment.createdAt,
    lastEditedAt: editedAt(comment),
    isMinimized: comment.minimized !== null,
    minimizedReason: minimizedReason(comment),
    state: review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    path: thread.path,
    diffHunk: thread.diffHunk,
    subjectType: thread.subjectType.toUpperCase(),
    line: thread.line,
    startLine: thread.startLine,
    originalLine: thread.originalLine,
    originalStartLine: thread.originalStartLine,
    outdated: thread.outdated,
    commit: () => commitFields(at, repository, thread.commitSha),
    originalCommit: () => commitFields(at, repository, thread.originalCommitSha),
    pullRequest: () => pullFields(at, issue),
    pullRequestReview: () => reviewFields(at, review),
    replyTo: () => (parent ? reviewCommentFields(at, parent) : null),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

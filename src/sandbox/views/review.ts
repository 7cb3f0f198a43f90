import { associationOf } from '../operations/access.ts';
import type { Site } from '../site.ts';
import { issueById, must, repositoryOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Review, ReviewComment, ReviewThread } from '../state/pull.ts';
import { userView } from './accounts.ts';
import { reactions } from './issue.ts';
import { issuePage, repositoryApi } from './urls.ts';

/** GitHub's `pull-request-review`. */
export function reviewView(site: Site, review: Review) {
  const issue = issueById(site.world, review.issueId);
  const repository = repositoryOf(site.world, issue);
  const page = `${issuePage(site, repository, issue)}#pullrequestreview-${review.id}`;
  const pull = `${repositoryApi(site, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: userView(site, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    author_association: associationOf(site, repository, review.author),
    _links: { html: { href: page }, pull_request: { href: pull } },
    ...(review.submittedAt ? { submitted_at: review.submittedAt } : {}),
    commit_id: review.commitSha,
  };
}

/** GitHub's `pull-request-review-comment`. */
export function reviewCommentView(site: Site, comment: ReviewComment) {
  const thread = must(site.world.threads.get(comment.threadId), 'thread', comment.threadId);
  const issue = issueById(site.world, comment.issueId);
  const repository = repositoryOf(site.world, issue);
  const pull = `${repositoryApi(site, repository)}/pulls/${issue.number}`;
  const url = `${repositoryApi(site, repository)}/pulls/comments/${comment.id}`;
  const page = `${issuePage(site, repository, issue)}#discussion_r${comment.id}`;
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: thread.diffHunk,
    path: thread.path,
    commit_id: thread.commitSha,
    original_commit_id: thread.originalCommitSha,
    user: userView(site, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: page,
    pull_request_url: pull,
    author_association: associationOf(site, repository, comment.author),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pull } },
    reactions: reactions(url),
    start_line: thread.startLine,
    original_start_line: thread.originalStartLine,
    start_side: thread.startSide,
    line: thread.line,
    original_line: thread.originalLine,
    side: thread.side,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    original_position: thread.originalPosition,
    position: thread.position,
    subject_type: thread.subjectType,
  };
}

/** A thread as webhooks show it. */
export function threadView(site: Site, thread: ReviewThread) {
  return {
    node_id: nodeId('PullRequestReviewThread', thread.id),
    comments: thread.commentIds.map((id) =>
      reviewCommentView(site, must(site.world.reviewComments.get(id), 'review comment', id)),
    ),
  };
}

import { compare } from '../git/compare.ts';
import { objectType } from '../git/objects.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { type PullIssue, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Review, ReviewComment, ReviewThread, Side } from '../state/pull.ts';
import { simplePullView } from '../views/pull.ts';
import { threadView } from '../views/review.ts';
import { appIdOf, loginOf, needs, permit } from './access.ts';
import { atPosition, locate } from './place.ts';
import { touch } from './record.ts';
import { relocateThread } from './relocate.ts';
import { conclude, startReview, tellReviewComment } from './reviews.ts';
import { checkComment } from './validate.ts';

/** Where a review comment should stand, as callers say it. */
export interface Place {
  readonly path?: string | undefined;
  readonly body?: unknown;
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly startLine?: number | undefined;
  readonly startSide?: Side | undefined;
  readonly position?: number | undefined;
  readonly subjectType?: 'line' | 'file' | undefined;
}

type Spot = Omit<ReviewThread, 'id' | 'issueId' | 'resolvedBy' | 'commentIds'> & { readonly body: string };

/** A whole review is refused in other words than a single comment. */
function misplaced(mode: 'review' | 'comment', field: string, sentence: string): Refusal {
  if (mode === 'review')
    return new Refusal(422, 'Unprocessable Entity', [`Pull request review thread ${field} ${sentence}`]);
  const name = `pull_request_review_thread.${field}`;
  return invalid({
    resource: 'PullRequestReviewComment',
    field: name,
    code: 'custom',
    message: `${name} ${sentence}`,
  });
}

/** Finds the place in the diff of a commit against the base; refuses what is not part of it. */
export async function resolvePlace(
  site: Site,
  issue: PullIssue,
  commit: string,
  place: Place,
  mode: 'review' | 'comment',
): Promise<Spot> {
  checkComment('PullRequestReviewComment', place.body);
  const git = site.gitOf(repositoryOf(site.world, issue));
  if ((await objectType(git, commit)) !== 'commit') throw misplaced(mode, 'commit', 'is not part of the pull request');
  const { files, commits } = await compare(git, issue.pull.baseSha, commit);
  if (commit !== issue.pull.headSha && commits.length === 0)
    throw misplaced(mode, 'commit', 'is not part of the pull request');
  const file = files.find((candidate) => candidate.path === place.path);
  if (!place.path || !file) throw misplaced(mode, 'path', 'could not be resolved');
  const base = {
    path: file.path,
    commitSha: commit,
    originalCommitSha: commit,
    outdated: false,
    body: place.body,
  };
  if (place.subjectType === 'file')
    return {
      ...base,
      subjectType: 'file',
      side: 'RIGHT',
      startSide: null,
      line: null,
      startLine: null,
      originalLine: null,
      originalStartLine: null,
      position: null,
      originalPosition: null,
      diffHunk: '',
    };
  const counted = place.position === undefined ? null : atPosition(file, place.position);
  const side = place.side ?? counted?.side ?? 'RIGHT';
  const line = place.line ?? counted?.line;
  if (line === undefined) throw misplaced(mode, 'line', 'could not be resolved');
  const spot = locate(file, side, line);
  if (!spot) throw misplaced(mode, 'line', 'must be part of the diff');
  const startSide = place.startLine === undefined ? null : (place.startSide ?? side);
  if (place.startLine !== undefined && startSide) {
    const start = locate(file, startSide, place.startLine);
    if (!start) throw misplaced(mode, 'start_line', 'must be part of the diff');
    if (start.hunk !== spot.hunk) throw misplaced(mode, 'start_line', 'must be part of the same hunk as the line.');
    if (start.position >= spot.position) throw misplaced(mode, 'start_line', 'must precede the end line.');
  }
  return {
    ...base,
    subjectType: 'line',
    side,
    startSide,
    line,
    startLine: place.startLine ?? null,
    originalLine: line,
    originalStartLine: place.startLine ?? null,
    position: spot.position,
    originalPosition: spot.position,
    diffHunk: spot.quote,
  };
}

/** Opens a thread with its first comment, as part of a review. */
export async function openThread(site: Site, actor: Actor, issue: PullIssue, review: Review, place: Spot) {
  const { body, ...spot } = place;
  const thread: ReviewThread = {
    id: nextId(site.world, 'PullRequestReviewThread'),
    issueId: issue.id,
    ...spot,
    resolvedBy: null,
    commentIds: [],
  };
  site.world.threads.set(thread.id, thread);
  issue.pull.threadIds.push(thread.id);
  const comment = appendComment(site, actor, thread, review, body, null);
  await relocateThread(site, issue, thread);
  return { thread, comment };
}

function appendComment(
  site: Site,
  actor: Actor,
  thread: ReviewThread,
  review: Review,
  body: string,
  inReplyTo: number | null,
) {
  const now = site.now();
  const comment: ReviewComment = {
    id: nextId(site.world, 'PullRequestReviewComment'),
    threadId: thread.id,
    issueId: thread.issueId,
    reviewId: review.id,
    inReplyTo,
    author: loginOf(site, actor),
    appId: appIdOf(actor),
    body,
    minimized: null,
    createdAt: now,
    updatedAt: now,
  };
  site.world.reviewComments.set(comment.id, comment);
  thread.commentIds.push(comment.id);
  return comment;
}

/** One comment on a line or file, outside any review the caller wrote: GitHub wraps it in a review of its own. */
export async function addReviewComment(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  place: Place & { readonly commitId?: string | undefined },
): Promise<ReviewComment> {
  permit(site, actor, repositoryOf(site.world, issue), needs.comment);
  const commit = place.commitId ?? issue.pull.headSha;
  const spot = await resolvePlace(site, issue, commit, place, 'comment');
  const review = startReview(site, actor, issue, commit, '');
  const { comment } = await openThread(site, actor, issue, review, spot);
  await conclude(site, actor, issue, review, 'COMMENT');
  return comment;
}

/** Answers in a thread. */
export async function replyToThread(site: Site, actor: Actor, issue: PullIssue, thread: ReviewThread, body: unknown) {
  permit(site, actor, repositoryOf(site.world, issue), needs.comment);
  checkComment('PullRequestReviewComment', body);
  const review = startReview(site, actor, issue, issue.pull.headSha, '');
  const comment = appendComment(site, actor, thread, review, body, thread.commentIds[0] ?? null);
  await conclude(site, actor, issue, review, 'COMMENT');
  return comment;
}

function permitEdit(site: Site, actor: Actor, issue: PullIssue, comment: ReviewComment): void {
  const own = loginOf(site, actor) === comment.author;
  permit(site, actor, repositoryOf(site.world, issue), own ? needs.comment : needs.writePulls);
}

/** Replaces a review comment's text. */
export async function editReviewComment(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  comment: ReviewComment,
  body: unknown,
) {
  permitEdit(site, actor, issue, comment);
  checkComment('PullRequestReviewComment', body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = site.now();
  touch(site, issue);
  if (from !== body) await tellReviewComment(site, actor, issue, comment, 'edited', { changes: { body: { from } } });
  return comment;
}

/** Deletes a review comment, and its thread with the last one. */
export async function deleteReviewComment(site: Site, actor: Actor, issue: PullIssue, comment: ReviewComment) {
  permitEdit(site, actor, issue, comment);
  await tellReviewComment(site, actor, issue, comment, 'deleted');
  const thread = site.world.threads.get(comment.threadId);
  site.world.reviewComments.delete(comment.id);
  if (!thread) return;
  thread.commentIds = thread.commentIds.filter((id) => id !== comment.id);
  if (thread.commentIds.length > 0) return;
  site.world.threads.delete(thread.id);
  issue.pull.threadIds = issue.pull.threadIds.filter((id) => id !== thread.id);
}

async function setResolved(site: Site, actor: Actor, issue: PullIssue, thread: ReviewThread, resolved: boolean) {
  const repository = repositoryOf(site.world, issue);
  const author = actor.kind === 'user' && actor.login === issue.author;
  // An installation needs contents: write here, although nothing is written (GITHUB.md section 8).
  if (!author) permit(site, actor, repository, needs.writeContents);
  if ((thread.resolvedBy !== null) === resolved) return;
  thread.resolvedBy = resolved ? loginOf(site, actor) : null;
  await site.emit({
    event: 'pull_request_review_thread',
    action: resolved ? 'resolved' : 'unresolved',
    repository,
    actor,
    needs: ['pull_requests', 'read'],
    payload: () => ({ thread: threadView(site, thread), pull_request: simplePullView(site, issue) }),
  });
}

/** Marks a thread as settled. */
export async function resolveThread(site: Site, actor: Actor, issue: PullIssue, thread: ReviewThread): Promise<void> {
  await setResolved(site, actor, issue, thread, true);
}

/** Opens a settled thread again. */
export async function unresolveThread(site: Site, actor: Actor, issue: PullIssue, thread: ReviewThread): Promise<void> {
  await setResolved(site, actor, issue, thread, false);
}

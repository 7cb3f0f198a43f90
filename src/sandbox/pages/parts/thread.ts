import { can, needs } from '../../operations/access.ts';
import { type PullIssue, repositoryOf, threadComments, threadsOf } from '../../state/find.ts';
import type { Review, ReviewThread } from '../../state/pull.ts';
import { pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { diffRows } from './diff.ts';
import { avatar, button, person, prose, when } from './small.ts';

/** Comments of a thread that the visitor may see: those of somebody else's unsent review are not among them. */
function shownComments(visit: Visit, thread: ReviewThread) {
  return threadComments(visit.site.world, thread).filter((comment) => {
    const review = visit.site.world.reviews.get(comment.reviewId);
    return review && (review.state !== 'PENDING' || review.author === visit.login);
  });
}

/** Threads whose first comment belongs to a review. */
export function threadsOpenedBy(visit: Visit, issue: PullIssue, review: Review): ReviewThread[] {
  return threadsOf(visit.site.world, issue).filter((thread) => shownComments(visit, thread)[0]?.reviewId === review.id);
}

/** Threads of a file that stand in the present diff. */
export function threadsOfFile(visit: Visit, issue: PullIssue, path: string): ReviewThread[] {
  return threadsOf(visit.site.world, issue).filter(
    (thread) => thread.path === path && !thread.outdated && shownComments(visit, thread).length > 0,
  );
}

/** The lines that a thread is about, as they stand in the quoted part of the diff. */
function linesOf(thread: ReviewThread): string[] {
  const side = thread.side === 'RIGHT' ? '-' : '+';
  const lines = thread.diffHunk
    .split('\n')
    .slice(1)
    .filter((line) => line[0] !== side && line[0] !== '\\');
  const count = (thread.originalLine ?? 0) - (thread.originalStartLine ?? thread.originalLine ?? 0) + 1;
  return lines.slice(-count).map((line) => line.slice(1));
}

/** The text of the first suggestion in a comment; `null` when there is none. */
export function suggestionIn(body: string): string | null {
  const found = /^(`{3,}|~{3,})suggestion[^\n]*\n([\s\S]*?)^\1[`~]*\s*$/m.exec(body);
  return found?.[2] ?? null;
}

function placeOf(thread: ReviewThread): string {
  if (thread.subjectType === 'file') return 'this file';
  const [start, line] = [thread.startLine ?? thread.originalStartLine, thread.line ?? thread.originalLine];
  return start ? `lines ${start} to ${line}` : `line ${line}`;
}

function actions(visit: Visit, issue: PullIssue, thread: ReviewThread, path: string): Html {
  const repository = repositoryOf(visit.site.world, issue);
  const action = `${path}/threads/${thread.id}`;
  const allowed = (need: (typeof needs)['comment' | 'writeContents']) => can(visit.site, visit.actor, repository, need);
  if (visit.actor.kind === 'anonymous' || !allowed(needs.comment)) return html``;
  const settle = allowed(needs.writeContents) || issue.author === visit.login;
  return html`<div class="thread-foot">
<form method="post" action="${action}/reply"><label class="sr-only" for="reply-${thread.id}">Reply</label>
<textarea class="form-control" id="reply-${thread.id}" name="body" placeholder="Reply…" required></textarea>
<button class="btn btn-sm mt-2">Reply</button></form>
${settle ? button(`${action}/${thread.resolvedBy ? 'unresolve' : 'resolve'}`, thread.resolvedBy ? 'Unresolve conversation' : 'Resolve conversation') : ''}
</div>`;
}

/** A review thread with its comments; `quote` shows the lines of the diff above them. */
export function threadBox(
  visit: Visit,
  issue: PullIssue,
  thread: ReviewThread,
  options: { readonly quote: boolean },
): Html {
  const repository = repositoryOf(visit.site.world, issue);
  const path = pathOf(repository, issue);
  const replaced = linesOf(thread);
  const comments = shownComments(visit, thread).map((comment) => {
    const appliable =
      suggestionIn(comment.body) !== null &&
      thread.side === 'RIGHT' &&
      thread.line !== null &&
      issue.state === 'open' &&
      visit.actor.kind === 'user';
    return html`<div class="thread-comment" id="discussion_r${comment.id}">${avatar(visit, comment.author)} ${person(comment.author)} <a class="Link--secondary" href="#discussion_r${comment.id}">${when(comment.createdAt)}</a>
${comment.minimized ? html`<p class="color-fg-muted">Marked as ${comment.minimized.toLowerCase()}.</p>` : ''}${prose(visit, repository, comment.body, replaced)}
${appliable ? button(`${path}/threads/${thread.id}/apply`, 'Commit suggestion', { hidden: { comment: String(comment.id) } }) : ''}</div>`;
  });
  const marks = html`${thread.outdated ? html` <span class="Label Label--attention">Outdated</span>` : ''}${thread.resolvedBy ? html` <span class="Label Label--success">Resolved</span> by ${thread.resolvedBy}` : ''}`;
  const quoted = thread.diffHunk.split('\n');
  const shown = quoted.length > 5 ? quoted.slice(-4) : quoted.slice(1);
  return html`<details class="thread"${thread.resolvedBy || thread.outdated ? '' : html` open`}><summary>${options.quote ? html`<span class="text-mono">${thread.path}</span>, ` : ''}on ${placeOf(thread)}${marks}</summary>
${options.quote && thread.diffHunk ? html`<div class="code-scroll"><table class="lines"><tbody>${diffRows(shown)}</tbody></table></div>` : ''}
${comments}${actions(visit, issue, thread, path)}</details>`;
}

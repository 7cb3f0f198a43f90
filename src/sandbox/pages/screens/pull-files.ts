import { compare, type FileDiff } from '../../git/compare.ts';
import { can, needs, permit } from '../../operations/access.ts';
import { headRepository } from '../../operations/mergeability.ts';
import type { PullIssue } from '../../state/find.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, pathOf, place, pullIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Screen, Visit } from '../page.ts';
import { hunkRows } from '../parts/diff.ts';
import { live } from '../parts/live.ts';
import { blank } from '../parts/small.ts';
import { threadBox, threadsOfFile } from '../parts/thread.ts';
import { pullHead } from './pull.ts';

/** A file of a diff: its name and figures, and its lines where there are any to show. */
export function fileDiff(
  file: FileDiff,
  rows: readonly Html[] | null,
  more: { readonly head?: Html; readonly below?: Html } = {},
): Html {
  const name = file.previousPath ? `${file.previousPath} → ${file.path}` : file.path;
  const without = file.binary
    ? 'Binary file, not shown.'
    : file.status === 'renamed' || file.status === 'changed'
      ? 'Moved or made executable without changes.'
      : 'Too large to be shown.';
  return html`<section class="file" aria-label="${name}"><div class="file-head"><strong>${name}</strong> <span class="color-fg-success">+${file.additions}</span> <span class="color-fg-danger">−${file.deletions}</span> <span class="Label Label--secondary">${file.status}</span>${more.head ?? ''}</div>
${rows && file.patch !== null ? html`<div class="code-scroll"><table class="lines"><tbody>${rows}</tbody></table></div>` : blank(without)}${more.below ?? ''}</section>`;
}

function commentForm(path: string, file: string, at: number): Html {
  return html`<details class="line-comment p-3"><summary class="color-fg-muted">Comment on a line of this file</summary>
<form method="post" action="${path}/review-comments"><input type="hidden" name="path" value="${file}">
<div class="inline-form my-2"><label for="start-${at}">From line</label><input class="form-control input-sm" id="start-${at}" name="start" size="4" inputmode="numeric" placeholder="none"><label for="line-${at}">to line</label><input class="form-control input-sm" id="line-${at}" name="line" size="4" inputmode="numeric" required>
<label for="side-${at}">of the</label><select class="form-select select-sm" id="side-${at}" name="side"><option value="RIGHT">new file</option><option value="LEFT">old file</option></select></div>
<label class="sr-only" for="text-${at}">Comment</label><textarea class="form-control" id="text-${at}" name="body" required></textarea><button class="btn btn-sm mt-2">Comment</button></form></details>`;
}

function reviewForm(path: string, own: boolean): Html {
  const option = (value: string, words: string, off: boolean) =>
    html`<label class="d-block text-normal"><input type="radio" name="event" value="${value}"${value === 'COMMENT' ? html` checked` : ''}${off ? html` disabled` : ''}> ${words}</label>`;
  return html`<form class="comment" method="post" action="${path}/reviews"><div class="comment-head"><label for="review">Finish your review</label></div><div class="comment-body"><textarea class="form-control" id="review" name="body" placeholder="Summary"></textarea>
<fieldset class="my-2"><legend class="sr-only">Verdict</legend>${option('COMMENT', 'Comment', false)}${option('APPROVE', 'Approve', own)}${option('REQUEST_CHANGES', 'Request changes', own)}</fieldset><button class="btn btn-primary">Submit review</button></div></form>`;
}

function shown(visit: Visit, repository: Repository, issue: PullIssue, file: FileDiff, at: number): Html {
  const threads = threadsOfFile(visit, issue, file.path);
  const box = (thread: (typeof threads)[number]) => threadBox(visit, issue, thread, { quote: false });
  const below = (side: 'LEFT' | 'RIGHT', line: number) => {
    const here = threads.filter((thread) => thread.side === side && thread.line === line);
    return here.length > 0 ? html`${here.map(box)}` : null;
  };
  const mayComment =
    visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, needs.comment) && issue.state === 'open';
  const head = headRepository(visit.site, issue);
  const mayPush =
    visit.actor.kind === 'user' &&
    can(visit.site, visit.actor, head, needs.writeContents) &&
    issue.state === 'open' &&
    file.status !== 'removed';
  const edit = mayPush
    ? html`<a class="btn btn-sm push" href="${homeOf(head)}/edit/${place(issue.pull.headRef, file.path)}">Edit this file</a>`
    : html``;
  const whole = threads.filter((thread) => thread.subjectType === 'file').map(box);
  return fileDiff(file, hunkRows(file.hunks, below, mayComment), {
    head: edit,
    below: html`${whole}${mayComment ? commentForm(pathOf(repository, issue), file.path, at) : ''}`,
  });
}

/** What a pull request changes, with the review threads in their places. */
export async function pullFilesScreen(visit: Visit): Promise<Screen> {
  const { repository, issue } = pullIn(visit);
  permit(visit.site, visit.actor, repository, needs.readPulls);
  const { files } = await compare(visit.site.gitOf(repository), issue.pull.baseSha, issue.pull.headSha);
  const path = pathOf(repository, issue);
  const parts = files.map((file, at) => ({ key: file.path, body: shown(visit, repository, issue, file, at) }));
  const mayReview = visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, needs.comment);
  return {
    title: `Files · ${issue.title} · Pull request #${issue.number}`,
    tab: 'pulls',
    body: html`${pullHead(visit, repository, issue, 'files')}<p class="color-fg-muted">${files.length} changed ${files.length === 1 ? 'file' : 'files'}</p>
${live('files', parts)}${mayReview ? reviewForm(path, issue.author === visit.login) : ''}`,
  };
}

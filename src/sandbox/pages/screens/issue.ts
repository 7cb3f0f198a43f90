import { can, issueNeed, permit } from '../../operations/access.ts';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, issueIn, pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import { type Redirect, redirect, type Screen, type Visit } from '../page.ts';
import { mayEdit } from '../parts/comment.ts';
import { family } from '../parts/family.ts';
import { icon } from '../parts/icons.ts';
import { live } from '../parts/live.ts';
import { sidebar } from '../parts/sidebar.ts';
import { person, standing, when } from '../parts/small.ts';
import { timelineParts } from '../parts/timeline.ts';

/** Title, number and state of an issue or pull request; `about` goes on behind who opened it. */
export function heading(visit: Visit, repository: Repository, issue: Issue, about: Html | '' = ''): Html {
  const { word, kind, picture } = standing(issue);
  const rename = mayEdit(visit, issue, issue.author)
    ? html`<details class="f6"><summary class="color-fg-muted">Rename</summary><form class="inline-form mt-2" method="post" action="${pathOf(repository, issue)}/edit"><label class="sr-only" for="title">Title</label><input class="form-control" id="title" name="title" value="${issue.title}" maxlength="256" size="50" required><button class="btn btn-sm">Save</button></form></details>`
    : '';
  const head = html`<h1 class="f1 text-normal">${issue.title} <span class="color-fg-muted">#${issue.number}</span></h1>${rename}
<p class="mt-2 pb-3 border-bottom"><span class="state state-${kind}">${icon(picture)} ${word}</span> ${person(issue.author)} opened this ${when(issue.createdAt)}${about}</p>`;
  return live('head', [{ key: 'head', body: head }]);
}

/** The form below a conversation: comment, and close or open again. */
export function answerForm(visit: Visit, repository: Repository, issue: Issue): Html {
  const { site, actor } = visit;
  if (actor.kind !== 'user' || !can(site, actor, repository, issueNeed(issue, 'write', 'read')))
    return html`<p class="flash">Choose in the bar above on whose behalf you act, to take part in the conversation.</p>`;
  const closable =
    issue.pull?.mergedAt == null &&
    can(site, actor, repository, issueNeed(issue, 'write', issue.author === actor.login ? 'read' : 'triage'));
  const close =
    issue.state === 'closed'
      ? html`<button class="btn" name="state" value="open">Reopen</button>`
      : html`<button class="btn" name="state" value="closed">Close${issue.pull ? ' pull request' : ''}</button>${issue.pull ? '' : html` <button class="btn" name="state" value="not_planned">Close as not planned</button>`}`;
  return html`<form class="comment" method="post" action="${pathOf(repository, issue)}/comments"><div class="comment-head"><label for="comment">Add a comment</label></div>
<div class="comment-body"><textarea class="form-control" id="comment" name="body" maxlength="65536" placeholder="Markdown is supported"></textarea>
<div class="mt-2 d-flex flex-justify-end flex-wrap">${closable ? html`${live('close', [{ key: 'close', body: close }])}` : ''} <button class="btn btn-primary ml-2">Comment</button></div></div></form>`;
}

/** An issue with its conversation. The address of a pull request among issues leads to the pull request. */
export async function issueScreen(visit: Visit): Promise<Screen | Redirect> {
  const { repository, issue } = issueIn(visit);
  permit(visit.site, visit.actor, repository, issueNeed(issue, 'read', 'read'));
  if (issue.pull) return redirect(`${homeOf(repository)}/pull/${issue.number}`);
  const parts = await timelineParts(visit, issue);
  const [description, ...rest] = parts;
  return {
    title: `${issue.title} · Issue #${issue.number}`,
    tab: 'issues',
    body: html`${heading(visit, repository, issue)}
<div class="beside"><div>${live('description', description ? [description] : [])}
<div class="mt-3">${live('family', [{ key: 'family', body: family(visit, issue) }])}</div>
${live('timeline', rest, 'timeline mt-3')}
${answerForm(visit, repository, issue)}</div>
<aside class="sidebar" aria-label="About this issue">${live('sidebar', [{ key: 'sidebar', body: sidebar(visit, issue) }])}</aside></div>`,
  };
}

import { associationOf, can, issueNeed, loginOf } from '../../operations/access.ts';
import { repositoryOf } from '../../state/find.ts';
import type { Comment, Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { avatar, person, prose, when } from './small.ts';

/** Whether the visitor may change a text: their own, or everybody's with write access. */
export function mayEdit(visit: Visit, issue: Issue, author: string): boolean {
  if (visit.actor.kind === 'anonymous') return false;
  const own = loginOf(visit.site, visit.actor) === author;
  const repository = repositoryOf(visit.site.world, issue);
  return can(visit.site, visit.actor, repository, issueNeed(issue, 'write', own ? 'read' : 'write'));
}

/** The badge that says how somebody stands to the repository. */
function standingOf(visit: Visit, repository: Repository, author: string): Html | '' {
  const association = associationOf(visit.site, repository, author);
  if (association === 'NONE') return '';
  const word = association[0] + association.slice(1).toLowerCase();
  return html`<span class="Label standing">${word}</span>`;
}

interface Written {
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly edited: boolean;
  readonly anchor: string;
  /** Where a changed text is sent; `null` when the visitor may not change it. */
  readonly edit: string | null;
  readonly minimized?: string | null;
  readonly verb?: string;
}

function editor(action: string, body: string, anchor: string): Html {
  return html`<details class="comment-foot"><summary>Edit</summary>
<form method="post" action="${action}"><label class="sr-only" for="edit-${anchor}">Text</label>
<textarea class="form-control" id="edit-${anchor}" name="body">
${body}</textarea><button class="btn btn-sm btn-primary mt-2">Update</button></form></details>`;
}

/** A box with what somebody wrote. */
export function written(visit: Visit, issue: Issue, text: Written): Html {
  const repository = repositoryOf(visit.site.world, issue);
  const body =
    text.body.trim() === ''
      ? html`<p class="color-fg-muted"><em>No description provided.</em></p>`
      : prose(visit, repository, text.body);
  const whole = html`<div class="comment-body">${body}</div>${text.edit ? editor(text.edit, text.body, text.anchor) : ''}`;
  return html`<article class="comment ${text.author === visit.login ? 'own-comment' : ''}" id="${text.anchor}">
<div class="comment-head">${avatar(visit, text.author)} ${person(text.author)} <span>${text.verb ?? 'commented'} <a class="Link--secondary" href="#${text.anchor}">${when(text.createdAt)}</a>${text.edited ? ' · edited' : ''}</span>${standingOf(visit, repository, text.author)}</div>
${text.minimized ? html`<details class="comment-body"><summary class="color-fg-muted">This comment was marked as ${text.minimized.toLowerCase().replace('_', '-')}.</summary>${whole}</details>` : whole}
</article>`;
}

/** The description of an issue or pull request. */
export function description(visit: Visit, issue: Issue): Html {
  const path = pathOf(repositoryOf(visit.site.world, issue), issue);
  return written(visit, issue, {
    author: issue.author,
    body: issue.body ?? '',
    createdAt: issue.createdAt,
    edited: false,
    anchor: `issue-${issue.id}`,
    edit: mayEdit(visit, issue, issue.author) ? `${path}/edit` : null,
    verb: 'opened',
  });
}

export function commentBox(visit: Visit, issue: Issue, comment: Comment): Html {
  const path = pathOf(repositoryOf(visit.site.world, issue), issue);
  return written(visit, issue, {
    author: comment.author,
    body: comment.body,
    createdAt: comment.createdAt,
    edited: comment.updatedAt !== comment.createdAt,
    anchor: `issuecomment-${comment.id}`,
    edit: mayEdit(visit, issue, comment.author) ? `${path}/comments/${comment.id}` : null,
    minimized: comment.minimized,
  });
}

import { can, needs, permit } from '../../operations/access.ts';
import { headRepository, mergeability, outcomes } from '../../operations/mergeability.ts';
import type { PullIssue } from '../../state/find.ts';
import type { Repository } from '../../state/repository.ts';
import { pathOf, pullIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Screen, Visit } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { live } from '../parts/live.ts';
import { sidebar } from '../parts/sidebar.ts';
import { button } from '../parts/small.ts';
import { timelineParts } from '../parts/timeline.ts';
import { answerForm, heading } from './issue.ts';

export type PullTab = 'conversation' | 'files' | 'checks';

/** Heading and tabs of a pull request. */
export function pullHead(visit: Visit, repository: Repository, issue: PullIssue, chosen: PullTab): Html {
  const head = headRepository(visit.site, issue);
  const from = head.id === repository.id ? issue.pull.headRef : `${head.owner}:${issue.pull.headRef}`;
  const about = html` and wants to merge <span class="branch-name">${from}</span> into <span class="branch-name">${issue.pull.baseRef}</span>`;
  const path = pathOf(repository, issue);
  const tab = (name: PullTab, href: string, words: string) =>
    html`<a class="UnderlineNav-item"${name === chosen ? html` aria-current="page"` : ''} href="${href}">${words}</a>`;
  return html`${heading(visit, repository, issue, about)}
<nav class="UnderlineNav mb-3" aria-label="Pull request"><div class="UnderlineNav-body">${tab('conversation', path, 'Conversation')}${tab('files', `${path}/files`, 'Files changed')}${tab('checks', `${path}/checks`, 'Checks')}</div></nav>`;
}

const words = { success: 'good', failure: 'bad', pending: 'busy' } as const;

function checksSummary(visit: Visit, repository: Repository, issue: PullIssue): Html {
  const found = [...outcomes(visit.site, repository, issue.pull.headSha)];
  if (found.length === 0) return html`<p class="color-fg-muted">No checks have reported on this commit.</p>`;
  return html`<ul class="list-style-none mb-2">${found.map(([name, state]) => html`<li><span class="state-icon-${words[state]}">${icon(state === 'success' ? 'check' : state === 'failure' ? 'x' : 'dot')}</span> <a href="${pathOf(repository, issue)}/checks">${name}</a> <span class="color-fg-muted">${state}</span></li>`)}</ul>`;
}

async function mergeBox(visit: Visit, repository: Repository, issue: PullIssue): Promise<Html> {
  const path = pathOf(repository, issue);
  if (issue.pull.mergedAt)
    return html`<div class="merge-box"><strong>Merged.</strong> ${checksSummary(visit, repository, issue)}</div>`;
  if (issue.state === 'closed') return html`<div class="merge-box">Closed without being merged.</div>`;
  const { obstacle, state } = await mergeability(visit.site, issue);
  const mayPush = visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, needs.writeContents);
  const mayEdit = visit.actor.kind === 'user' && (mayPush || issue.author === visit.login);
  const merge =
    mayPush && !obstacle
      ? html`<form class="inline-form" method="post" action="${path}/merge"><input type="hidden" name="sha" value="${issue.pull.headSha}"><label class="sr-only" for="method">How to merge</label><select class="form-select" id="method" name="method"><option value="merge">Create a merge commit</option><option value="squash">Squash and merge</option><option value="rebase">Rebase and merge</option></select><button class="btn btn-primary">Merge pull request</button></form>`
      : '';
  const draft = mayEdit
    ? button(`${path}/draft`, issue.pull.draft ? 'Ready for review' : 'Convert to draft', {
        hidden: { draft: issue.pull.draft ? 'no' : 'yes' },
      })
    : '';
  const update = mayPush ? button(`${path}/update`, 'Update branch') : '';
  const verdict =
    obstacle ??
    (state === 'unstable'
      ? 'Some checks have not succeeded; none of them is required.'
      : 'This branch has no conflicts with the base branch.');
  return html`<div class="merge-box ${obstacle ? 'merge-bad' : 'merge-good'}">${checksSummary(visit, repository, issue)}<p>${verdict}</p>${merge} ${draft} ${update}</div>`;
}

/** A pull request's conversation. */
export async function pullScreen(visit: Visit): Promise<Screen> {
  const { repository, issue } = pullIn(visit);
  permit(visit.site, visit.actor, repository, needs.readPulls);
  const parts = await timelineParts(visit, issue);
  return {
    title: `${issue.title} · Pull request #${issue.number}`,
    tab: 'pulls',
    body: html`${pullHead(visit, repository, issue, 'conversation')}
<div class="beside"><div>${live('timeline', parts, 'timeline')}
<div class="mb-3">${live('merge', [{ key: 'merge', body: await mergeBox(visit, repository, issue) }])}</div>
${answerForm(visit, repository, issue)}</div>
<aside class="sidebar" aria-label="About this pull request">${live('sidebar', [{ key: 'sidebar', body: sidebar(visit, issue) }])}</aside></div>`,
  };
}

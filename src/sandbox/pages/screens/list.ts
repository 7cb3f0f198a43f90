import { can, issueNeed, needs, permit } from '../../operations/access.ts';
import { issuesOf, labelsOf } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { subIssuesSummary } from '../../views/issue.ts';
import { homeOf, pathOf, repositoryIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Screen, Visit } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { live } from '../parts/live.ts';
import { avatar, blank, labelsShown, stateIcon, when } from '../parts/small.ts';

/** Issues on one page of the list. */
const size = 50;

function row(visit: Visit, repository: Repository, issue: Issue): Html {
  const path = pathOf(repository, issue);
  const { total, completed } = subIssuesSummary(visit.site, issue);
  return html`<div class="Box-row d-flex flex-items-start">${stateIcon(issue)}<div class="flex-auto min-width-0 pl-2"><a class="Link--primary text-bold h4" href="${path}">${issue.title}</a> ${labelsShown(visit, issue)}
<div class="f6 color-fg-muted mt-1">#${issue.number} opened ${when(issue.createdAt)} by ${issue.author}${total > 0 ? html` · ${completed} of ${total} sub-issues` : ''}</div></div>
<div class="flex-shrink-0 pl-2">${issue.assignees.map((login) => avatar(visit, login))}${issue.commentIds.length > 0 ? html` <a class="Link--secondary" href="${path}" aria-label="${issue.commentIds.length} comments">${icon('comment')} ${issue.commentIds.length}</a>` : ''}</div></div>`;
}

function filters(base: string, state: string, label: string, counts: Readonly<Record<string, number>>): Html {
  const link = (name: string, words: string) =>
    html`<a class="${name === state ? 'text-bold Link--primary' : 'Link--secondary'} mr-3" href="${base}?${new URLSearchParams({ state: name, ...(label ? { label } : {}) }).toString()}"${name === state ? html` aria-current="true"` : ''}>${counts[name] ?? 0} ${words}</a>`;
  return html`${link('open', 'Open')}${link('closed', 'Closed')}`;
}

function labelFilter(repository: Repository, base: string, state: string, label: string): Html {
  return html`<form class="inline-form" method="get" action="${base}"><input type="hidden" name="state" value="${state}"><label class="sr-only" for="label">Label</label>
<select class="form-select select-sm" id="label" name="label" data-submit><option value="">Any label</option>${repository.labels.map(({ name }) => html`<option value="${name}"${name === label ? html` selected` : ''}>${name}</option>`)}</select> <button class="btn btn-sm" data-fallback>Filter</button></form>`;
}

function listScreen(visit: Visit, pulls: boolean): Screen {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, pulls ? needs.readPulls : issueNeed(null, 'read', 'read'));
  const { query } = visit.request;
  const [state, label] = [query.get('state') === 'closed' ? 'closed' : 'open', query.get('label') ?? ''];
  const page = Math.max(1, Math.trunc(Number(query.get('page') ?? 1)) || 1);
  const base = `${homeOf(repository)}/${pulls ? 'pulls' : 'issues'}`;
  const kind = issuesOf(visit.site.world, repository)
    .filter((issue) => (issue.pull !== null) === pulls)
    .filter((issue) => !label || labelsOf(repository, issue).some(({ name }) => name === label))
    .reverse();
  const found = kind.filter((issue) => issue.state === state);
  const counts = {
    open: kind.filter((issue) => issue.state === 'open').length,
    closed: kind.filter((issue) => issue.state === 'closed').length,
  };
  const shown = found.slice((page - 1) * size, page * size);
  const more = (to: number, words: string) =>
    html`<a class="btn btn-sm" href="${base}?${new URLSearchParams({ state, ...(label ? { label } : {}), page: String(to) }).toString()}">${words}</a>`;
  const mayOpen =
    visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, issueNeed(null, 'read', 'read'));
  const opener = pulls
    ? html`<a class="btn btn-primary" href="${homeOf(repository)}/compare">New pull request</a>`
    : html`<a class="btn btn-primary" href="${homeOf(repository)}/issues/new/choose">New issue</a>`;
  const title = pulls ? 'Pull requests' : 'Issues';
  return {
    title: `${title} · ${repository.owner}/${repository.name}`,
    tab: pulls ? 'pulls' : 'issues',
    body: html`<div class="d-flex flex-justify-between flex-items-center mb-3"><h1 class="f3">${title}</h1>${mayOpen ? opener : ''}</div>
<div class="Box"><div class="Box-header d-flex flex-wrap flex-justify-between flex-items-center"><nav aria-label="State">${filters(base, state, label, counts)}</nav>${labelFilter(repository, base, state, label)}</div>
${
  shown.length > 0
    ? live(
        'list',
        shown.map((issue) => ({ key: String(issue.id), body: row(visit, repository, issue) })),
      )
    : blank(`No ${state} ${title.toLowerCase()}${label ? ` with the label ${label}` : ''}.`)
}</div>
<div class="mt-3">${page > 1 ? more(page - 1, 'Newer') : ''} ${found.length > page * size ? more(page + 1, 'Older') : ''}</div>`,
  };
}

export function issuesScreen(visit: Visit): Screen {
  return listScreen(visit, false);
}

export function pullsScreen(visit: Visit): Screen {
  return listScreen(visit, true);
}

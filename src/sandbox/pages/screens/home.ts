import { roleOf } from '../../operations/access.ts';
import { notFound } from '../../refusal.ts';
import { findAccount, issuesOf } from '../../state/find.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, isVisible } from '../find.ts';
import { type Html, html } from '../html.ts';
import { param, type Screen, type Visit } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { avatar, blank } from '../parts/small.ts';

function row(visit: Visit, repository: Repository): Html {
  const open = issuesOf(visit.site.world, repository).filter(({ state }) => state === 'open');
  const pulls = open.filter(({ pull }) => pull).length;
  const home = homeOf(repository);
  return html`<li class="Box-row"><h2 class="f4">${icon('repo')} <a href="${home}">${repository.owner}/${repository.name}</a> <span class="Label Label--secondary">${repository.private ? 'Private' : 'Public'}</span></h2>
<p class="color-fg-muted mb-1">${repository.description ?? ''}</p>
<a class="Link--secondary mr-3" href="${home}/issues">${icon('issue-opened')} ${open.length - pulls} open issues</a><a class="Link--secondary" href="${home}/pulls">${icon('git-pull-request')} ${pulls} open pull requests</a></li>`;
}

/** Every repository that the visitor may see. */
export function homeScreen(visit: Visit): Screen {
  const repositories = [...visit.site.world.repositories.values()].filter((repository) => isVisible(visit, repository));
  return {
    title: 'Repositories',
    body: html`<h1 class="f2 mb-3">Repositories</h1>${repositories.length > 0 ? html`<ul class="Box">${repositories.map((repository) => row(visit, repository))}</ul>` : blank('There is no repository here yet.')}`,
  };
}

/** Somebody, and what they may do where; also the page of an App. */
export function accountScreen(visit: Visit): Screen {
  const login = visit.params.slug === undefined ? param(visit, 'login') : `${param(visit, 'slug')}[bot]`;
  const account = findAccount(visit.site.world, login);
  if (!account) throw notFound();
  const rows = [...visit.site.world.repositories.values()]
    .filter((repository) => isVisible(visit, repository))
    .map((repository) => ({ repository, role: roleOf(visit.site, repository, account.login) }))
    .filter(({ repository, role }) => role !== 'none' || repository.owner === account.login);
  return {
    title: account.login,
    body: html`<h1 class="f2 mb-3">${avatar(visit, account.login, 48)} ${account.login}</h1><p class="color-fg-muted">${account.type}</p>
<table class="wide-table"><thead><tr><th>Repository</th><th>Role</th></tr></thead><tbody>${rows.map(({ repository, role }) => html`<tr><td><a href="${homeOf(repository)}">${repository.owner}/${repository.name}</a></td><td>${role}</td></tr>`)}</tbody></table>`,
  };
}

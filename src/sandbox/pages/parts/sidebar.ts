import { can, issueNeed, plainIssueNeed } from '../../operations/access.ts';
import { assignable } from '../../operations/assignees.ts';
import { closingIssues, closingPulls } from '../../operations/linked.ts';
import { isPull, issueById, repositoryOf } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { avatar, issueLink, label, labelsShown, person } from './small.ts';

function section(title: string, body: Html): Html {
  return html`<section><h2>${title}</h2>${body}</section>`;
}

function choices(
  action: string,
  name: string,
  options: readonly { readonly value: string; readonly shown: Html; readonly chosen: boolean }[],
  words: string,
): Html {
  return html`<details><summary>${words}</summary><form method="post" action="${action}"><input type="hidden" name="all" value="yes">
<div class="choices">${options.map(({ value, shown, chosen }) => html`<label><input type="checkbox" name="${name}" value="${value}"${chosen ? html` checked` : ''}> ${shown}</label>`)}</div>
<button class="btn btn-sm">Save</button></form></details>`;
}

function labels(visit: Visit, repository: Repository, issue: Issue, may: boolean): Html {
  const options = repository.labels.map((one) => ({
    value: one.name,
    shown: label(one),
    chosen: issue.labelIds.includes(one.id),
  }));
  return html`${issue.labelIds.length > 0 ? labelsShown(visit, issue) : html`<span class="color-fg-muted">None yet</span>`}
${may ? choices(`${pathOf(repository, issue)}/labels`, 'label', options, 'Change labels') : ''}
${may ? html`<form class="inline-form" method="post" action="${pathOf(repository, issue)}/labels/new"><label class="sr-only" for="new-label">New label</label><input class="form-control input-sm" id="new-label" name="label" placeholder="New label" maxlength="50"><button class="btn btn-sm">Add</button></form>` : ''}`;
}

function assignees(visit: Visit, repository: Repository, issue: Issue, may: boolean): Html {
  const people = [...visit.site.world.accounts.values()].filter(({ login }) =>
    assignable(visit.site, repository, login),
  );
  const options = people.map(({ login }) => ({
    value: login,
    shown: html`${login}`,
    chosen: issue.assignees.includes(login),
  }));
  const shown = issue.assignees.map((login) => html`<div>${avatar(visit, login)} ${person(login)}</div>`);
  return html`${shown.length > 0 ? shown : html`<span class="color-fg-muted">Nobody</span>`}
${may ? choices(`${pathOf(repository, issue)}/assignees`, 'login', options, 'Change assignees') : ''}`;
}

function linked(visit: Visit, issue: Issue): Html {
  const others = isPull(issue) ? closingIssues(visit.site, issue) : closingPulls(visit.site, issue);
  if (others.length === 0) return html`<span class="color-fg-muted">None</span>`;
  return html`${others.map((other) => html`<div>${issueLink(visit, other)}</div>`)}`;
}

function dependencies(visit: Visit, repository: Repository, issue: Issue, may: boolean): Html {
  const list = (title: string, ids: readonly number[]) =>
    ids.length === 0
      ? ''
      : html`<div class="mt-1">${title}${ids.map((id) => html`<div>${issueLink(visit, issueById(visit.site.world, id))}</div>`)}</div>`;
  const none = issue.blockedByIds.length + issue.blockingIds.length === 0;
  return html`${none ? html`<span class="color-fg-muted">None</span>` : ''}${list('Blocked by', issue.blockedByIds)}${list('Blocking', issue.blockingIds)}
${may ? html`<form class="inline-form" method="post" action="${pathOf(repository, issue)}/blocked-by"><label class="sr-only" for="blocked-by">Number of the blocking issue</label><input class="form-control input-sm" id="blocked-by" name="number" placeholder="#12" size="6" inputmode="numeric"><button class="btn btn-sm">Blocked by</button></form>` : ''}`;
}

/** What stands beside a conversation. */
export function sidebar(visit: Visit, issue: Issue): Html {
  const repository = repositoryOf(visit.site.world, issue);
  const may =
    visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, issueNeed(issue, 'write', 'triage'));
  const mayPlain = may && can(visit.site, visit.actor, repository, plainIssueNeed('write', 'triage'));
  return html`${section('Assignees', assignees(visit, repository, issue, may))}
${section('Labels', labels(visit, repository, issue, may))}
${section(isPull(issue) ? 'Closes' : 'Development', linked(visit, issue))}
${isPull(issue) ? section('Reviewers', html`${issue.pull.requestedReviewers.length === 0 ? html`<span class="color-fg-muted">Nobody is asked</span>` : issue.pull.requestedReviewers.map((login) => html`<div>${avatar(visit, login)} ${person(login)}</div>`)}`) : section('Relationships', dependencies(visit, repository, issue, mayPlain))}`;
}

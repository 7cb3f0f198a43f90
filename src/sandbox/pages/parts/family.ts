import { can, plainIssueNeed } from '../../operations/access.ts';
import { issueById, repositoryOf } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import { subIssuesSummary } from '../../views/issue.ts';
import { pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Visit } from '../page.ts';
import { avatar, issueLink, labelsShown } from './small.ts';

/** Parent and sub-issues of an issue, with how far they have come. */
export function family(visit: Visit, issue: Issue): Html {
  const { world } = visit.site;
  const repository = repositoryOf(world, issue);
  const { total, completed, percent_completed: percent } = subIssuesSummary(visit.site, issue);
  const may =
    visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, plainIssueNeed('write', 'triage'));
  const parent =
    issue.parentId === null ? '' : html`<p>Parent: ${issueLink(visit, issueById(world, issue.parentId))}</p>`;
  const children = issue.subIssueIds.map((id) => {
    const child = issueById(world, id);
    return html`<li>${issueLink(visit, child)} ${labelsShown(visit, child)}<span class="push">${child.assignees.map((login) => avatar(visit, login))}</span></li>`;
  });
  const list =
    total === 0
      ? ''
      : html`<div class="Box mb-3"><div class="Box-header"><h2 class="f5">Sub-issues <span class="text-normal color-fg-muted">${completed} of ${total} completed</span></h2>
<progress class="progress" max="${total}" value="${completed}" aria-label="${percent} per cent of the sub-issues completed"></progress></div><ul class="rows">${children}</ul></div>`;
  const add = may
    ? html`<details class="mb-3"><summary class="f6 color-fg-muted">Add a sub-issue</summary><form class="inline-form mt-2" method="post" action="${pathOf(repository, issue)}/sub-issues">
<label for="sub-issue">Number</label><input class="form-control input-sm" id="sub-issue" name="number" placeholder="#12" inputmode="numeric"> <span>or</span>
<label for="sub-issue-title">Title of a new one</label><input class="form-control input-sm" id="sub-issue-title" name="title" maxlength="256"><button class="btn btn-sm">Add</button></form></details>`
    : '';
  return html`${parent}${list}${add}`;
}

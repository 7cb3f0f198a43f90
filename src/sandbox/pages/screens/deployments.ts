import { can, needs, permit } from '../../operations/access.ts';
import type { Deployment } from '../../state/deployment.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, repositoryIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import type { Screen, Visit } from '../page.ts';
import { live } from '../parts/live.ts';
import { blank, person, when } from '../parts/small.ts';

const kinds: Readonly<Record<string, string>> = {
  success: 'Label--success',
  failure: 'Label--danger',
  error: 'Label--danger',
  in_progress: 'Label--attention',
};

const states = ['queued', 'pending', 'in_progress', 'success', 'failure', 'error', 'inactive'] as const;

function row(repository: Repository, deployment: Deployment, mayWrite: boolean): Html {
  const home = homeOf(repository);
  const latest = deployment.statuses.at(-1);
  const state = latest?.state ?? 'pending';
  const history = deployment.statuses.map(
    (status) =>
      html`<li>${status.state.replace('_', ' ')} ${status.description} ${when(status.createdAt)} by ${person(status.creator)}</li>`,
  );
  const form = mayWrite
    ? html`<form class="inline-form mt-2" method="post" action="${home}/deployments/${deployment.id}/statuses"><label class="sr-only" for="state-${deployment.id}">State</label><select class="form-select select-sm" id="state-${deployment.id}" name="state">${states.map((name) => html`<option${name === 'success' ? html` selected` : ''}>${name}</option>`)}</select>
<label class="sr-only" for="about-${deployment.id}">Description</label><input class="form-control input-sm" id="about-${deployment.id}" name="description" placeholder="Description" maxlength="140"><button class="btn btn-sm">Report</button></form>`
    : '';
  return html`<div class="Box-row"><strong>${deployment.environment}</strong> <span class="Label ${kinds[state] ?? 'Label--secondary'}">${state.replace('_', ' ')}</span>
<div class="f6 color-fg-muted">#${deployment.id} · ${deployment.task} of ${deployment.ref} at <a class="text-mono" href="${home}/commit/${deployment.sha}">${deployment.sha.slice(0, 7)}</a> by ${person(deployment.creator)} ${when(deployment.createdAt)} ${deployment.description ?? ''}</div>
${history.length > 0 ? html`<details class="f6 mt-1"><summary>${history.length} reports</summary><ul class="ml-3">${history}</ul></details>` : ''}${form}</div>`;
}

/** Deployments of a repository, newest first, and the forms that start one or say how it went. */
export function deploymentsScreen(visit: Visit): Screen {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readDeployments);
  const mayWrite = visit.actor.kind === 'user' && can(visit.site, visit.actor, repository, needs.writeDeployments);
  const all = [...visit.site.world.deployments.values()]
    .filter(({ repositoryId }) => repositoryId === repository.id)
    .reverse();
  const form = html`<form class="Box p-3 mb-3 inline-form" method="post" action="${homeOf(repository)}/deployments"><label for="ref">Deploy</label><input class="form-control" id="ref" name="ref" value="${repository.defaultBranch}" required><label for="environment">to</label><input class="form-control" id="environment" name="environment" list="environments" value="development" required>
<datalist id="environments">${['development', 'staging', 'production'].map((name) => html`<option value="${name}"></option>`)}</datalist><button class="btn btn-primary">Deploy</button></form>`;
  return {
    title: 'Deployments',
    tab: 'deployments',
    body: html`<h1 class="f3 mb-3">Deployments</h1>${mayWrite ? form : ''}${
      all.length > 0
        ? live(
            'deployments',
            all.map((deployment) => ({ key: String(deployment.id), body: row(repository, deployment, mayWrite) })),
            'Box',
          )
        : blank('Nothing was deployed yet.')
    }`,
  };
}

import { needs, permit } from '../../operations/access.ts';
import { statusesOf } from '../../operations/statuses.ts';
import { notFound } from '../../refusal.ts';
import type { CheckRun } from '../../state/check.ts';
import { must } from '../../state/find.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, place, pullIn, repositoryIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import { param, type Screen, type Visit } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { live } from '../parts/live.ts';
import { blank, button, prose, when } from '../parts/small.ts';
import { pullHead } from './pull.ts';

function outcome(run: CheckRun) {
  if (run.conclusion === null) return { word: run.status.replace('_', ' '), kind: 'busy', picture: 'dot' } as const;
  const word = run.conclusion.replace('_', ' ');
  if (run.conclusion === 'success') return { word, kind: 'good', picture: 'check' } as const;
  if (run.conclusion === 'neutral' || run.conclusion === 'skipped')
    return { word, kind: 'pending', picture: 'dot' } as const;
  return { word, kind: 'bad', picture: 'x' } as const;
}

const levels = { notice: 'Label--accent', warning: 'Label--attention', failure: 'Label--danger' } as const;

function annotations(repository: Repository, run: CheckRun): Html {
  if (run.annotations.length === 0) return html``;
  const rows = run.annotations.map((annotation) => {
    const lines =
      annotation.start_line === annotation.end_line
        ? String(annotation.start_line)
        : `${annotation.start_line}–${annotation.end_line}`;
    return html`<li class="Box-row"><span class="Label ${levels[annotation.annotation_level]}">${annotation.annotation_level}</span> <a class="text-mono" href="${homeOf(repository)}/blob/${place(run.headSha, annotation.path)}#L${annotation.start_line}">${annotation.path}:${lines}</a> <strong>${annotation.title ?? ''}</strong><div class="mt-1">${annotation.message}</div>${annotation.raw_details ? html`<pre class="plain mt-2">${annotation.raw_details}</pre>` : ''}</li>`;
  });
  return html`<h3 class="f5 mt-3 mb-2">Annotations</h3><ul class="Box">${rows}</ul>`;
}

function actions(visit: Visit, repository: Repository, run: CheckRun): Html {
  if (visit.actor.kind !== 'user') return html``;
  const path = `${homeOf(repository)}/runs/${run.id}`;
  return html`<div class="push">${button(`${path}/rerun`, 'Re-run')} ${run.actions.map(({ label, description, identifier }) => html`<span title="${description}">${button(`${path}/action`, label, { hidden: { identifier } })}</span> `)}</div>`;
}

function runBox(visit: Visit, repository: Repository, run: CheckRun): Html {
  const { word, kind, picture } = outcome(run);
  const app = must(visit.site.world.apps.get(run.appId), 'App', run.appId);
  return html`<section class="Box mb-3" id="run-${run.id}"><div class="Box-header d-flex flex-wrap flex-items-center"><h2 class="f4 mr-2"><span class="state-icon-${kind}">${icon(picture)}</span> <a class="Link--primary" href="${homeOf(repository)}/runs/${run.id}">${run.name}</a></h2> <span class="color-fg-muted">${word} · ${app.name} · ${when(run.completedAt ?? run.startedAt)}</span> ${actions(visit, repository, run)}</div>
<div class="Box-body">${run.title ? html`<h3 class="f4 mb-2">${run.title}</h3>` : ''}${run.summary ? prose(visit, repository, run.summary) : html`<p class="color-fg-muted">Nothing was said yet.</p>`}${run.text ? html`<hr>${prose(visit, repository, run.text)}` : ''}${annotations(repository, run)}</div></section>`;
}

/** What Apps said about the head of a pull request; of each name the newest run first. */
export async function pullChecksScreen(visit: Visit): Promise<Screen> {
  const { repository, issue } = pullIn(visit);
  permit(visit.site, visit.actor, repository, needs.readChecks);
  const sha = issue.pull.headSha;
  const runs = [...visit.site.world.checkRuns.values()]
    .filter((run) => run.repositoryId === repository.id && run.headSha === sha)
    .reverse();
  const statuses = statusesOf(visit.site, repository, sha);
  const parts = runs.map((run) => ({ key: String(run.id), body: runBox(visit, repository, run) }));
  return {
    title: `Checks · ${issue.title} · Pull request #${issue.number}`,
    tab: 'pulls',
    body: html`${pullHead(visit, repository, issue, 'checks')}<p class="color-fg-muted">Commit <a class="text-mono" href="${homeOf(repository)}/commit/${sha}">${sha.slice(0, 7)}</a></p>
${runs.length + statuses.length === 0 ? blank('No checks have reported on this commit.') : ''}${live('runs', parts)}
${statuses.map((status) => html`<p>${icon('dot')} <strong>${status.context}</strong> ${status.state} ${status.description ?? ''}</p>`)}`,
  };
}

/** One check run. */
export function runScreen(visit: Visit): Screen {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readChecks);
  const run = visit.site.world.checkRuns.get(Number(param(visit, 'id')));
  if (run?.repositoryId !== repository.id) throw notFound();
  return { title: run.name, tab: 'pulls', body: live('run', [{ key: 'run', body: runBox(visit, repository, run) }]) };
}

import { needs, permit } from '../operations/access.ts';
import {
  type CheckInput,
  createCheckRun,
  requestAction,
  rerequestRun,
  rerequestSuite,
  updateCheckRun,
} from '../operations/checks.ts';
import { resolveCommit } from '../operations/resolve.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Annotation, CheckAction, CheckRun, CheckStatus, CheckSuite, Conclusion } from '../state/check.ts';
import { must } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { annotationView, checkRunView, checkSuiteView } from '../views/check.ts';
import { field, objects, text } from './body.ts';
import { type Call, numeric, ok, on, param, type Reply, repositoryIn } from './call.ts';
import { counted, listed } from './page.ts';

function runIn(call: Call): CheckRun {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readChecks);
  const run = call.site.world.checkRuns.get(numeric(call, 'id'));
  if (run?.repositoryId !== repository.id) throw notFound();
  return run;
}

function suiteIn(call: Call): CheckSuite {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readChecks);
  const suite = call.site.world.checkSuites.get(numeric(call, 'id'));
  if (suite?.repositoryId !== repository.id) throw notFound();
  return suite;
}

function inputIn(call: Call): CheckInput {
  const output = field(call, 'output') as
    | { title?: string; summary?: string; text?: string; annotations?: Partial<Annotation>[] }
    | null
    | undefined;
  return {
    name: text(call, 'name'),
    headSha: text(call, 'head_sha'),
    status: text(call, 'status') as CheckStatus | undefined,
    conclusion: text(call, 'conclusion') as Conclusion | undefined,
    externalId: text(call, 'external_id'),
    detailsUrl: text(call, 'details_url'),
    startedAt: text(call, 'started_at'),
    completedAt: text(call, 'completed_at'),
    output: output ?? undefined,
    actions: objects(call, 'actions') as CheckAction[] | undefined,
  };
}

async function commitIn(call: Call, repository: Repository): Promise<string> {
  permit(call.site, call.actor, repository, needs.readChecks);
  const sha = await resolveCommit(call.site, repository, param(call, 'ref'));
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${param(call, 'ref')}`);
  return sha;
}

function filtered(call: Call, runs: readonly CheckRun[]): CheckRun[] {
  const [name, status, app] = ['check_name', 'status', 'app_id'].map((key) => call.query.get(key));
  const found = runs.filter(
    (run) => (!name || run.name === name) && (!status || run.status === status) && (!app || run.appId === Number(app)),
  );
  found.sort((left, right) => right.id - left.id);
  if (call.query.get('filter') === 'all') return found;
  // By default only the newest run of a name in a suite is shown.
  const seen = new Set<string>();
  return found.filter((run) => {
    const key = `${run.suiteId} ${run.name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function runsAt(call: Call, repository: Repository, sha: string): CheckRun[] {
  return [...call.site.world.checkRuns.values()].filter(
    (run) => run.repositoryId === repository.id && run.headSha === sha,
  );
}

function listRuns(call: Call, runs: readonly CheckRun[]): Promise<Reply> {
  return counted(call, 'check_runs', filtered(call, runs), (run) => checkRunView(call.site, run));
}

const run = '/repos/:owner/:repo/check-runs/:id';
const suite = '/repos/:owner/:repo/check-suites/:id';

export const checkRoutes = [
  on('POST', '/repos/:owner/:repo/check-runs', async (call) => {
    const made = await createCheckRun(call.site, call.actor, repositoryIn(call), inputIn(call));
    return ok(checkRunView(call.site, made), 201);
  }),
  on('GET', run, (call) => ok(checkRunView(call.site, runIn(call)))),
  on('PATCH', run, async (call) => {
    return ok(checkRunView(call.site, await updateCheckRun(call.site, call.actor, runIn(call), inputIn(call))));
  }),
  on('GET', `${run}/annotations`, (call) => {
    const found = runIn(call);
    return listed(call, found.annotations, (annotation) => annotationView(call.site, found, annotation));
  }),
  on('POST', `${run}/rerequest`, async (call) => {
    await rerequestRun(call.site, call.actor, runIn(call));
    return ok({}, 201);
  }),
  // Not part of GitHub's API: there a person presses the button on the page.
  on('POST', `${run}/_sandbox_action`, async (call) => {
    await requestAction(call.site, call.actor, runIn(call), text(call, 'identifier') ?? '');
    return ok({}, 201);
  }),
  on('GET', suite, async (call) => ok(await checkSuiteView(call.site, suiteIn(call)))),
  on('GET', `${suite}/check-runs`, (call) => {
    const runs = suiteIn(call).runIds.map((id) => must(call.site.world.checkRuns.get(id), 'check run', id));
    return listRuns(call, runs);
  }),
  on('POST', `${suite}/rerequest`, async (call) => {
    await rerequestSuite(call.site, call.actor, suiteIn(call));
    return ok({}, 201);
  }),
  on('GET', '/repos/:owner/:repo/commits/*ref/check-runs', async (call) => {
    const repository = repositoryIn(call);
    return listRuns(call, runsAt(call, repository, await commitIn(call, repository)));
  }),
  on('GET', '/repos/:owner/:repo/commits/*ref/check-suites', async (call) => {
    const repository = repositoryIn(call);
    const sha = await commitIn(call, repository);
    const app = call.query.get('app_id');
    const suites = [...call.site.world.checkSuites.values()].filter(
      (found) => found.repositoryId === repository.id && found.headSha === sha && (!app || found.appId === Number(app)),
    );
    return counted(call, 'check_suites', suites, (found) => checkSuiteView(call.site, found));
  }),
];

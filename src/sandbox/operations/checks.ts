import { objectType } from '../git/objects.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Annotation, CheckAction, CheckRun, CheckStatus, CheckSuite, Conclusion } from '../state/check.ts';
import { must, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { checkRunView, suiteOutcome } from '../views/check.ts';
import { type Need, permit } from './access.ts';
import { checkActions, checkOutput } from './check-input.ts';
import { ensureSuite, tellSuite } from './suites.ts';

export interface CheckOutput {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly text?: string | undefined;
  readonly annotations?: readonly Partial<Annotation>[] | undefined;
}

export interface CheckInput {
  readonly name?: string | undefined;
  readonly headSha?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: Conclusion | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?: CheckOutput | undefined;
  readonly actions?: readonly CheckAction[] | undefined;
}

export const writeChecks: Need = { role: 'write', app: [['checks', 'write']] };

const conclusions: readonly string[] = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
];

async function tellRun(site: Site, actor: Actor, run: CheckRun, action: string, extra: object = {}): Promise<void> {
  await site.emit({
    event: 'check_run',
    action,
    repository: repositoryOf(site.world, run),
    actor,
    needs: ['checks', 'read'],
    ...(action === 'rerequested' || action === 'requested_action' ? { onlyApp: run.appId } : {}),
    payload: () => ({ check_run: { ...checkRunView(site, run), check_suite: suiteOf(site, run) }, ...extra }),
  });
}

/** The suite as it is embedded in a run of a webhook. */
function suiteOf(site: Site, run: CheckRun) {
  const suite = must(site.world.checkSuites.get(run.suiteId), 'check suite', run.suiteId);
  const view = checkRunView(site, run);
  return {
    id: suite.id,
    node_id: `CS_kw${Buffer.from(`CheckSuite:${suite.id}`).toString('base64url')}`,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteOutcome(site, suite),
    url: view.url.replace(/check-runs\/.*/, `check-suites/${suite.id}`),
    before: suite.before,
    after: suite.headSha,
    pull_requests: view.pull_requests,
    app: view.app,
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

function branchAt(repository: Repository, sha: string): string | null {
  const found = Object.entries(repository.refs).find(([ref, oid]) => oid === sha && ref.startsWith('refs/heads/'));
  return found ? found[0].slice('refs/heads/'.length) : null;
}

/** Starts a check run. Only Apps can. */
export async function createCheckRun(site: Site, actor: Actor, repository: Repository, input: CheckInput) {
  if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.');
  permit(site, actor, repository, writeChecks);
  if (typeof input.name !== 'string' || input.name === '')
    throw invalid({ resource: 'CheckRun', field: 'name', code: 'missing_field' });
  const sha = input.headSha ?? '';
  if ((await objectType(site.gitOf(repository), sha)) !== 'commit')
    throw new Refusal(422, `No commit found for SHA: ${sha}`);
  checkOutput(input.output);
  checkActions(input.actions);
  checkProgress(input);
  const suite = ensureSuite(site, repository, actor.appId, sha, branchAt(repository, sha), null);
  const run: CheckRun = {
    id: nextId(site.world, 'CheckRun'),
    suiteId: suite.id,
    repositoryId: repository.id,
    appId: actor.appId,
    name: input.name,
    headSha: sha,
    status: 'queued',
    conclusion: null,
    externalId: null,
    detailsUrl: null,
    startedAt: site.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(site, run, input);
  site.world.checkRuns.set(run.id, run);
  suite.runIds.push(run.id);
  await tellRun(site, actor, run, 'created');
  if (run.conclusion) await tellDone(site, actor, run, suite);
  return run;
}

function checkProgress(input: CheckInput): void {
  if (input.conclusion !== undefined && !conclusions.includes(input.conclusion))
    throw new Refusal(
      422,
      `Invalid request.\n\n${input.conclusion} is not a member of ${JSON.stringify(conclusions)}.`,
    );
  if (input.status === 'completed' && input.conclusion === undefined)
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
}

function apply(site: Site, run: CheckRun, input: CheckInput): void {
  run.name = input.name ?? run.name;
  run.externalId = input.externalId ?? run.externalId;
  run.detailsUrl = input.detailsUrl ?? run.detailsUrl;
  run.startedAt = input.startedAt ?? run.startedAt;
  if (input.status) run.status = input.status;
  if (input.conclusion) {
    run.conclusion = input.conclusion;
    run.status = 'completed';
    run.completedAt = input.completedAt ?? site.now();
  } else if (input.status) {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (input.actions)
    run.actions = input.actions.map(({ label, description, identifier }) => ({ label, description, identifier }));
  if (!input.output) return;
  run.title = input.output.title ?? run.title;
  run.summary = input.output.summary ?? run.summary;
  run.text = input.output.text ?? run.text;
  // Updates append, and nothing removes an annotation (GITHUB.md section 9).
  for (const given of input.output.annotations ?? [])
    run.annotations.push({
      path: given.path ?? '',
      start_line: given.start_line ?? 1,
      end_line: given.end_line ?? 1,
      start_column: given.start_column ?? null,
      end_column: given.end_column ?? null,
      annotation_level: given.annotation_level ?? 'notice',
      message: given.message ?? '',
      title: given.title ?? null,
      raw_details: given.raw_details ?? null,
    });
}

async function tellDone(site: Site, actor: Actor, run: CheckRun, suite: CheckSuite): Promise<void> {
  await tellRun(site, actor, run, 'completed');
  suite.updatedAt = site.now();
  if (suiteOutcome(site, suite).conclusion)
    await tellSuite(site, actor, repositoryOf(site.world, run), suite, 'completed');
}

/** Changes a check run of the caller's own App. */
export async function updateCheckRun(site: Site, actor: Actor, run: CheckRun, input: CheckInput): Promise<CheckRun> {
  if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.');
  permit(site, actor, repositoryOf(site.world, run), writeChecks);
  if (actor.appId !== run.appId)
    throw new Refusal(
      403,
      `Invalid app_id \`${actor.appId}\` - check run can only be modified by the GitHub App that created it.`,
    );
  checkOutput(input.output);
  checkActions(input.actions);
  checkProgress(input);
  const before = run.conclusion;
  apply(site, run, input);
  const suite = must(site.world.checkSuites.get(run.suiteId), 'check suite', run.suiteId);
  if (run.conclusion && before === null) await tellDone(site, actor, run, suite);
  return run;
}

/** A person asks for a run to be done again; the App that owns it is told and starts a new one. */
export async function rerequestRun(site: Site, actor: Actor, run: CheckRun): Promise<void> {
  permit(site, actor, repositoryOf(site.world, run), writeChecks);
  await tellRun(site, actor, run, 'rerequested');
}

/** A person asks for all runs of a suite to be done again. */
export async function rerequestSuite(site: Site, actor: Actor, suite: CheckSuite): Promise<void> {
  const repository = repositoryOf(site.world, suite);
  permit(site, actor, repository, writeChecks);
  await tellSuite(site, actor, repository, suite, 'rerequested');
}

/** A person presses one of a run's buttons. */
export async function requestAction(site: Site, actor: Actor, run: CheckRun, identifier: string): Promise<void> {
  permit(site, actor, repositoryOf(site.world, run), { role: 'write', app: [] });
  if (!run.actions.some((action) => action.identifier === identifier)) throw new Refusal(404, 'Not Found');
  await tellRun(site, actor, run, 'requested_action', { requested_action: { identifier } });
}

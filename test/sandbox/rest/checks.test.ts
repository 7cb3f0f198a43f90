import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;
let head_sha = '';

beforeAll(async () => {
  town = await startTown();
  head_sha = await town.branch('topic', { 'new.sql': 'SELECT 1;\n' });
  await town.as('bob').rest.pulls.create({ ...where, title: 'topic', head: 'topic', base: 'main' });
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

const annotation = { path: 'new.sql', start_line: 1, end_line: 1, annotation_level: 'warning', message: 'x' } as const;
const output = { title: 'Review', summary: 'fine' };

test('a check run is started, annotated, concluded and asked for again', async () => {
  const { checks } = town.bot.rest;
  const { data: run } = await checks.create({ ...where, name: 'database-lead', head_sha, status: 'in_progress' });
  expect(run).toMatchObject({ status: 'in_progress', conclusion: null, pull_requests: [{ number: 1 }] });
  const one = { ...where, check_run_id: run.id };
  const fifty = Array.from({ length: 50 }, () => annotation);
  await checks.update({ ...one, output: { ...output, annotations: fifty } });
  await checks.update({ ...one, output: { ...output, annotations: [annotation] }, conclusion: 'success' });
  const { data } = await checks.get(one);
  expect(data).toMatchObject({ status: 'completed', conclusion: 'success', output: { annotations_count: 51 } });
  expect(await town.bot.paginate(checks.listAnnotations, one)).toHaveLength(51);
  const listed = await checks.listForRef({ ...where, ref: 'topic' });
  expect(listed.data).toMatchObject({ total_count: 1, check_runs: [{ name: 'database-lead' }] });
  const { data: suites } = await checks.listSuitesForRef({ ...where, ref: 'topic' });
  expect(suites.check_suites).toMatchObject([{ conclusion: 'success', latest_check_runs_count: 1 }]);
  await checks.getSuite({ ...where, check_suite_id: suites.check_suites[0]?.id ?? 0 });
  await checks.listForSuite({ ...where, check_suite_id: suites.check_suites[0]?.id ?? 0 });
  await town.as('bob').rest.checks.rerequestRun(one);
  await town.as('bob').rest.checks.rerequestSuite({ ...where, check_suite_id: suites.check_suites[0]?.id ?? 0 });
  const told = (await town.told('check_run')).map(({ action }) => action);
  expect(told).toEqual(['created', 'completed', 'rerequested']);
  const actions = (await town.told('check_suite')).map(({ action }) => action);
  expect(actions).toEqual(['requested', 'completed', 'rerequested']);
});

test('a button of a run is pressed', async () => {
  const actions = [{ label: 'Fix', description: 'fixes it', identifier: 'fix' }];
  const { data: run } = await town.bot.rest.checks.create({ ...where, name: 'buttons', head_sha, actions });
  const press = (identifier: string) =>
    town
      .as('bob')
      .request('POST /repos/{owner}/{repo}/check-runs/{id}/_sandbox_action', { ...where, id: run.id, identifier });
  await press('fix');
  expect(await refused(press('none'))).toMatchObject({ status: 404 });
  expect((await town.told('check_run')).at(-1)).toMatchObject({
    action: 'requested_action',
    requested_action: { identifier: 'fix' },
  });
});

describe('GitHub refuses', () => {
  const { title: _, ...untitled } = output;
  test.each([
    ['the 51st annotation', { output: { ...output, annotations: Array.from({ length: 51 }, () => annotation) } }],
    ['an output without a title', { output: untitled }],
    ['a summary of 65,536 characters', { output: { ...output, summary: 'x'.repeat(65_536) } }],
    [
      'columns over several lines',
      { output: { ...output, annotations: [{ ...annotation, end_line: 2, start_column: 1 }] } },
    ],
    [
      'an annotation that ends before it starts',
      { output: { ...output, annotations: [{ ...annotation, start_line: 2 }] } },
    ],
    [
      'an annotation of no level',
      { output: { ...output, annotations: [{ ...annotation, annotation_level: 'error' }] } },
    ],
    ['a long annotation title', { output: { ...output, annotations: [{ ...annotation, title: 'x'.repeat(256) }] } }],
    [
      'a fourth button',
      { actions: Array.from({ length: 4 }, () => ({ label: 'x', description: 'x', identifier: 'x' })) },
    ],
    ['a long button', { actions: [{ label: 'x'.repeat(21), description: 'x', identifier: 'x' }] }],
    ['a conclusion of its own making', { conclusion: 'stale' }],
    ['an end without a conclusion', { status: 'completed' }],
  ])('%s', async (_name, input) => {
    const call = town.bot.request('POST /repos/{owner}/{repo}/check-runs', {
      ...where,
      name: 'x',
      head_sha,
      ...input,
    } as never);
    expect(await refused(call)).toMatchObject({ status: 422 });
  });

  test('another App’s run', async () => {
    const { data: run } = await town.bot.rest.checks.create({ ...where, name: 'mine', head_sha });
    const other = await town.sandbox.registerApp({
      name: 'Other',
      account: 'acme',
      permissions: { checks: 'write' },
      events: [],
    });
    const held = [...town.sandbox.site.world.checkRuns.values()].find(({ id }) => id === run.id);
    if (held) held.appId = other.appId;
    const call = town.bot.rest.checks.update({ ...where, check_run_id: run.id, conclusion: 'success' });
    expect(await refused(call)).toMatchObject({ status: 403, message: expect.stringContaining('Invalid app_id') });
  });
});

test('only the newest run of a name is shown, unless all are asked for', async () => {
  const { checks } = town.bot.rest;
  for (const conclusion of ['failure', 'success'] as const)
    await checks.create({ ...where, name: 'again', head_sha, conclusion });
  const by = { ...where, ref: head_sha, check_name: 'again' };
  expect((await checks.listForRef(by)).data.check_runs.map(({ conclusion }) => conclusion)).toEqual(['success']);
  expect((await checks.listForRef({ ...by, filter: 'all' })).data.total_count).toBe(2);
});

test('statuses combine by context', async () => {
  const { repos } = town.as('bob').rest;
  const one = { ...where, sha: head_sha };
  await repos.createCommitStatus({ ...one, state: 'pending', context: 'ci' });
  await repos.createCommitStatus({
    ...one,
    state: 'success',
    context: 'ci',
    description: 'ok',
    target_url: 'http://ci.test/1',
  });
  const { data } = await repos.getCombinedStatusForRef({ ...where, ref: 'topic' });
  expect(data).toMatchObject({ state: 'success', total_count: 1, statuses: [{ context: 'ci', state: 'success' }] });
  expect((await repos.listCommitStatusesForRef({ ...where, ref: 'topic' })).data).toHaveLength(2);
  expect(await refused(repos.createCommitStatus({ ...one, state: 'fine' as 'success' }))).toMatchObject({
    status: 422,
  });
});

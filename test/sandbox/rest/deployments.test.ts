import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

const careful = { ...where, auto_merge: false, required_contexts: [] };

test('a deployment is made, goes through its states, and retires the one before', async () => {
  const { repos } = town.bot.rest;
  const make = async () => {
    const { data } = await repos.createDeployment({ ...careful, ref: 'main', environment: 'staging' });
    return (data as { id: number }).id;
  };
  const [first, second] = [await make(), await make()];
  for (const deployment_id of [first, second])
    for (const state of ['in_progress', 'success'] as const)
      await repos.createDeploymentStatus({
        ...where,
        deployment_id,
        state,
        description: 'x',
        log_url: 'http://log.test/1',
      });
  const { data: statuses } = await repos.listDeploymentStatuses({ ...where, deployment_id: first });
  expect(statuses.map(({ state }) => state)).toEqual(['inactive', 'success', 'in_progress']);
  const last = statuses[0]?.id ?? 0;
  await repos.getDeploymentStatus({ ...where, deployment_id: first, status_id: last });
  const { data } = await repos.listDeployments({ ...where, environment: 'staging' });
  expect(data.map(({ id }) => id)).toEqual([second, first]);
  expect((await repos.getAllEnvironments(where)).data.environments?.map(({ name }) => name)).toEqual(['staging']);
  expect(await town.told('deployment')).toHaveLength(2);
  expect(
    (await town.told('deployment_status')).map(({ deployment_status: s }) => (s as { state: string }).state),
  ).toEqual(['in_progress', 'success', 'in_progress', 'success']);
});

test('the defaults bring the default branch in, and demand that everything is green', async () => {
  const sha = await town.branch('behind', { 'behind.sql': 'SELECT 1;\n' });
  await town.branch('main', { 'ahead.txt': 'x' });
  const { repos } = town.bot.rest;
  expect((await repos.createDeployment({ ...where, ref: 'behind' })).status).toBe(202);
  const { data } = await repos.getBranch({ ...where, branch: 'behind' });
  expect(data.commit.sha).not.toBe(sha);
  await town.bot.rest.checks.create({ ...where, name: 'ci', head_sha: data.commit.sha, status: 'in_progress' });
  expect(await refused(repos.createDeployment({ ...where, ref: 'behind' }))).toMatchObject({ status: 409 });
  expect((await repos.createDeployment({ ...where, ref: 'behind', required_contexts: [] })).status).toBe(201);
});

test('what conflicts with the default branch is not deployed', async () => {
  await town.branch('clash', { 'README.md': 'mine' });
  await town.branch('main', { 'README.md': 'yours' });
  expect(await refused(town.bot.rest.repos.createDeployment({ ...where, ref: 'clash' }))).toMatchObject({
    status: 409,
  });
});

test('a status is one of some words, and short', async () => {
  const { data } = await town.bot.rest.repos.createDeployment({ ...careful, ref: 'main' });
  const one = { ...where, deployment_id: (data as { id: number }).id };
  const { repos } = town.bot.rest;
  expect(await refused(repos.createDeploymentStatus({ ...one, state: 'fine' as 'success' }))).toMatchObject({
    status: 422,
  });
  const long = { ...one, state: 'success' as const, description: 'x'.repeat(141) };
  expect(await refused(repos.createDeploymentStatus(long))).toMatchObject({ status: 422 });
});

test('an environment says who must approve', async () => {
  const { repos, users } = town.as('alice').rest;
  const { data: bob } = await users.getByUsername({ username: 'bob' });
  const environment = { ...where, environment_name: 'production/eu' };
  const reviewers = [{ type: 'User' as const, id: bob.id }];
  await repos.createOrUpdateEnvironment({ ...environment, wait_timer: 5, prevent_self_review: true, reviewers });
  const { data } = await repos.getEnvironment(environment);
  expect(data.protection_rules?.map(({ type }) => type)).toEqual(['wait_timer', 'required_reviewers']);
  await repos.deleteAnEnvironment(environment);
  expect(await refused(repos.getEnvironment(environment))).toMatchObject({ status: 404 });
});

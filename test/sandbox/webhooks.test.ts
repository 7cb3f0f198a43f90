import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../src/sandbox/webhooks/courier.ts';
import { startTown, type Town, where } from './support/town.ts';

let town: Town;

beforeEach(async () => {
  town = await startTown();
  await town.sandbox.idle();
});
afterEach(async () => {
  expect(await town.problems()).toEqual([]);
  await town.close();
});

async function open(...titles: readonly string[]): Promise<void> {
  for (const title of titles) await town.as('bob').rest.issues.create({ ...where, title });
}

async function arrived(): Promise<unknown[]> {
  return (await town.told('issues')).map(({ issue }) => (issue as { title: string }).title);
}

test('signatures are GitHub’s own', () => {
  expect(sign("It's a Secret to Everybody", 'Hello, World!')).toBe(
    'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  );
});

test('webhooks arrive in order, each with an id of its own, and say what was true when it happened', async () => {
  await open('one', 'two', 'three');
  await town.as('bob').rest.issues.update({ ...where, issue_number: 1, title: 'renamed' });
  expect(await arrived()).toEqual(['one', 'two', 'three', 'renamed']);
  const issues = town.arrivals.filter(({ event }) => event === 'issues');
  expect(new Set(issues.map(({ guid }) => guid)).size).toBe(4);
  expect(issues[0]?.payload).toMatchObject({
    sender: { login: 'bob' },
    installation: { id: town.installationId },
    organization: { login: 'acme' },
    repository: { full_name: 'acme/shop' },
  });
});

describe('a delivery', () => {
  test('is dropped', async () => {
    town.sandbox.faults.add({ kind: 'delivery', what: 'drop', event: 'issues', skip: 1, times: 1 });
    await open('one', 'two', 'three');
    expect(await arrived()).toEqual(['one', 'three']);
  });

  test('is doubled, under one id', async () => {
    town.sandbox.faults.add({ kind: 'delivery', what: 'double', times: 1 });
    await open('one', 'two');
    expect(await arrived()).toEqual(['one', 'one', 'two']);
    expect(new Set(town.arrivals.filter(({ event }) => event === 'issues').map(({ guid }) => guid)).size).toBe(2);
  });

  test('overtakes another', async () => {
    town.sandbox.faults.add({ kind: 'delivery', what: 'reorder', ms: 10_000, times: 1 });
    await open('one', 'two', 'three');
    expect(await arrived()).toEqual(['two', 'one', 'three']);
  });

  test('that nothing overtakes arrives all the same', async () => {
    town.sandbox.faults.add({ kind: 'delivery', what: 'reorder', ms: 1, times: 1 });
    await open('one');
    expect(await arrived()).toEqual(['one']);
    await open('two');
    expect(await arrived()).toEqual(['one', 'two']);
  });

  test('comes late, and what is behind it after it', async () => {
    town.sandbox.faults.add({ kind: 'delivery', what: 'delay', ms: 300, times: 1 });
    await open('one', 'two');
    expect(town.arrivals.some(({ event }) => event === 'issues')).toBe(false);
    expect(await arrived()).toEqual(['one', 'two']);
  });

  test('to nobody is a failure in the log', async () => {
    const deaf = await town.sandbox.registerApp({
      name: 'Deaf',
      account: 'acme',
      webhookUrl: 'http://127.0.0.1:9/',
      permissions: { issues: 'read' },
      events: ['issues'],
    });
    await open('one');
    await town.sandbox.idle();
    const log = town.sandbox.site.world.deliveries.filter(({ appId }) => appId === deaf.appId);
    expect(log.at(-1)).toMatchObject({ event: 'issues', statusCode: 502, status: 'failed to connect to host' });
  });
});

test('only what was subscribed and permitted is told, and lifecycle always', async () => {
  const quiet = await startTown({
    permissions: { issues: 'read', checks: 'write' },
    events: ['issues', 'pull_request'],
  });
  await quiet.as('bob').rest.issues.create({ ...where, title: 'x', labels: ['bug'] });
  await quiet.as('bob').rest.issues.createComment({ ...where, issue_number: 1, body: 'not subscribed' });
  await quiet.branch('topic', { 'a.sql': 'SELECT 1;\n' });
  await quiet.as('bob').rest.pulls.create({ ...where, title: 'not permitted', head: 'topic', base: 'main' });
  await quiet.sandbox.idle();
  expect(quiet.arrivals.map(({ event, payload }) => `${event}.${payload.action}`)).toEqual([
    'installation.created',
    'issues.opened',
    'issues.labeled',
    // Suites come to Apps that may write checks, subscribed or not.
    'check_suite.requested',
  ]);
  expect(await quiet.problems()).toEqual([]);
  await quiet.close();
});

test('an App on some repositories is told of those', async () => {
  await town.sandbox.createRepository({
    owner: 'acme',
    name: 'other',
    files: { a: 'b' },
    users: [{ login: 'bob', permission: 'write' }],
  });
  const some = await town.sandbox.registerApp({
    name: 'Some',
    account: 'acme',
    repositories: ['acme/other'],
    webhookUrl: `${town.sandbox.url}/nobody`,
    permissions: { issues: 'read' },
    events: ['issues'],
  });
  await open('in the shop');
  await town.as('bob').rest.issues.create({ owner: 'acme', repo: 'other', title: 'in the other' });
  await town.sandbox.idle();
  const told = town.sandbox.site.world.deliveries.filter(
    ({ appId, event }) => appId === some.appId && event === 'issues',
  );
  expect(told.map(({ requestBody }) => JSON.parse(requestBody).issue.title)).toEqual(['in the other']);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults/faults.ts';
import { refused, startTown, type Town, where } from './support/town.ts';

let town: Town;

beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

async function titles(): Promise<string[]> {
  const { data } = await town.as('alice').rest.issues.listForRepo({ ...where, direction: 'asc' });
  return data.map(({ title }) => title);
}

function create(title: string): Promise<unknown> {
  return town.bot.rest.issues.create({ ...where, title });
}

describe('a request', () => {
  test('is answered with an error instead of being performed, as often as asked', async () => {
    town.sandbox.faults.add({ kind: 'status', status: 502, match: { writes: true, by: 'app' }, skip: 1, times: 2 });
    await create('one');
    expect(await refused(create('two'))).toMatchObject({ status: 502 });
    expect(await refused(create('three'))).toMatchObject({ status: 502 });
    await create('four');
    expect(await titles()).toEqual(['one', 'four']);
  });

  test('meets a secondary limit that says how long to wait', async () => {
    town.sandbox.faults.add({ kind: 'secondary-limit', retryAfter: 7, match: { method: 'POST', path: '/issues' } });
    const error = await create('x').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 403, response: { headers: { 'retry-after': '7' } } });
    expect(await titles()).toEqual([]);
  });

  test('meets the primary limit', async () => {
    town.sandbox.faults.add({ kind: 'primary-limit', resetIn: 60, times: 1, match: { path: '/\\/issues$/' } });
    const error = await create('x').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } });
    await create('y');
  });

  test('finds an endpoint missing, as on an older Enterprise Server', async () => {
    town.sandbox.faults.add({ kind: 'missing', match: { path: '/sub_issues' } });
    await create('parent');
    expect(await refused(town.bot.rest.issues.listSubIssues({ ...where, issue_number: 1 }))).toMatchObject({
      status: 404,
    });
  });

  test('loses its connection before anything is performed', async () => {
    await create('before');
    town.sandbox.faults.add({ kind: 'reset', match: { writes: true }, times: 1 });
    await expect(create('lost')).rejects.toThrow();
    await create('after');
    expect(await titles()).toEqual(['before', 'after']);
  });

  test('waits as asked, and holds up no other', async () => {
    town.sandbox.faults.add({ kind: 'latency', ms: 300, match: { path: '/zen' } });
    const order: string[] = [];
    const slow = town
      .as('alice')
      .rest.meta.getZen()
      .then(() => order.push('slow'));
    await town
      .as('alice')
      .rest.repos.get(where)
      .then(() => order.push('fast'));
    await slow;
    expect(order).toEqual(['fast', 'slow']);
  });
});

test('a connection breaks after the n-th write was performed, and only there', async () => {
  town.sandbox.faults.add({ kind: 'reset', after: 2, match: { by: 'app' } });
  await create('one');
  await town.as('alice').rest.issues.create({ ...where, title: 'of a person' });
  await expect(create('two')).rejects.toThrow();
  await create('three');
  expect(await titles()).toEqual(['one', 'of a person', 'two', 'three']);
});

test('after its death a client performs nothing more', async () => {
  const fault = town.sandbox.faults.add({ kind: 'reset', after: 1, dead: true, match: { by: 'app' } });
  await expect(create('one')).rejects.toThrow();
  await expect(create('two')).rejects.toThrow();
  await expect(town.bot.rest.repos.get(where)).rejects.toThrow();
  expect(await titles()).toEqual(['one']);
  town.sandbox.faults.remove(fault);
  await create('three');
  expect(await titles()).toEqual(['one', 'three']);
});

test('the log of requests tells who wrote what', async () => {
  await create('one');
  await titles();
  await town.as('alice').graphql('mutation { __typename }');
  await town.as('alice').graphql('query { viewer { login } }');
  const log = town.sandbox.requests.map(
    ({ method, path, by, write, status }) => `${method} ${path} ${by} ${write} ${status}`,
  );
  expect(log).toEqual([
    expect.stringMatching(/^POST .*\/access_tokens app false 201$/),
    'POST /api/v3/repos/acme/shop/issues app true 201',
    'GET /api/v3/repos/acme/shop/issues user false 200',
    'POST /api/graphql user true 200',
    'POST /api/graphql user false 200',
  ]);
});

test('faults are set, listed and cleared over HTTP', async () => {
  const at = `${town.sandbox.url}/_sandbox/faults`;
  const send = (method: string, fault?: unknown, query = '') =>
    fetch(at + query, { method, ...(fault ? { body: JSON.stringify(fault) } : {}) });
  const fault: Fault = { kind: 'status', status: 500, match: { writes: true } };
  const { id } = (await (await send('POST', fault)).json()) as { id: number };
  expect(await refused(create('x'))).toMatchObject({ status: 500 });
  expect(await (await send('GET')).json()).toEqual([{ id, fault, seen: 1 }]);
  expect((await send('POST', { kind: 'nonsense' })).status).toBe(422);
  expect((await send('DELETE', undefined, `?id=${id}`)).status).toBe(204);
  await create('y');
  expect(await titles()).toEqual(['y']);
});

test('a limit on requests an hour can be asked for, and asking what is left is free', async () => {
  const other = await startTown({ hourlyRequests: 3 });
  const bob = other.as('bob');
  const left = async () => (await bob.rest.rateLimit.get()).data.resources.core.remaining;
  expect(await left()).toBe(3);
  const { headers } = await bob.rest.repos.get(where);
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' });
  const unchanged = bob.request('GET /repos/{owner}/{repo}', {
    ...where,
    headers: { 'if-none-match': headers.etag ?? '' },
  });
  await expect(unchanged).rejects.toMatchObject({ status: 304 });
  await bob.rest.repos.get(where);
  await bob.rest.repos.get(where);
  expect(await refused(bob.rest.repos.get(where))).toMatchObject({ status: 403, message: 'API rate limit exceeded' });
  expect(await left()).toBe(0);
  await other.as('alice').rest.repos.get(where);
  await other.close();
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shop } from '../../src/story/shop.ts';
import { anApp, keepStores, type TestApp, until } from './support/app.ts';

const at = { owner: shop.owner, repo: shop.name } as const;
keepStores();

let app: TestApp;

beforeEach(async () => {
  app = await anApp();
});
afterEach(() => app.close());

/** Opens an issue that the App takes up, and gives its number. */
async function request(): Promise<number> {
  const { data } = await app.as('alice').issues.create({
    ...at,
    title: 'Add a note to orders',
    body: 'Add column `note` of type text to table `orders`.',
    labels: ['database'],
  });
  return data.number;
}

/** What the App has said on an issue. */
async function said(issue_number: number): Promise<readonly string[]> {
  const { data } = await app.as('alice').issues.listComments({ ...at, issue_number });
  return data.filter(({ user }) => user?.login === 'database-lead[bot]').map(({ body }) => body ?? '');
}

/** With this, a server that starts finds nothing by looking around. */
function blindSweep(): void {
  app.sandbox.faults.add({ kind: 'status', status: 500, match: { path: '/app/installations', method: 'GET' } });
}

describe('what was delivered while the server was down', () => {
  it('is asked for again at the start, and only what never arrived', async () => {
    const first = await app.start({ port: 0 });
    const { port } = new URL(first.url);
    const before = await request();
    await app.sandbox.idle();
    await until(async () => (await first.pending()) === 0 && (await said(before)).length > 0);
    await app.sandbox.idle();
    await first.stop();

    const number = await request();
    await app.sandbox.idle();
    const attempts = () => app.sandbox.site.world.deliveries;
    const lost = new Set(attempts().flatMap(({ guid, statusCode }) => (statusCode === 502 ? [guid] : [])));
    expect(lost.size).toBeGreaterThan(0);
    expect(await said(number)).toEqual([]);

    const second = await app.start({ port: Number(port) });
    const arrived = () => new Set(attempts().flatMap(({ guid, statusCode }) => (statusCode === 200 ? [guid] : [])));
    await until(() => [...lost].every((guid) => arrived().has(guid)));
    const again = attempts().filter(({ redelivery }) => redelivery);
    expect(new Set(again.map(({ guid }) => guid))).toEqual(lost);
    await until(async () => (await said(number)).length > 0);
    await second.stop();
  });

  it('is asked for even where one of them is no longer to be had', async () => {
    const first = await app.start();
    const { port } = new URL(first.url);
    await first.stop();
    await request();
    await app.sandbox.idle();
    const lost = app.sandbox.site.world.deliveries.length;
    expect(lost).toBeGreaterThan(1);
    app.sandbox.faults.add({ kind: 'status', status: 404, times: 1, match: { path: '/attempts', method: 'POST' } });
    const second = await app.start({ port: Number(port) });
    const again = () => app.sandbox.site.world.deliveries.filter(({ redelivery }) => redelivery);
    await until(() => again().length === lost - 1);
    await second.stop();
    expect(again()).toHaveLength(lost - 1);
  });
});

describe('stopping', () => {
  it('loses no job that was under way: the next start finishes it', async () => {
    const first = await app.start();
    await until(() => app.sandbox.requests.some(({ path }) => path.endsWith('/issues')));
    app.sandbox.faults.add({ kind: 'latency', ms: 150, match: { by: 'app' } });
    const number = await request();
    await until(async () => (await first.pending()) > 0);
    await first.stop();
    await expect(fetch(`${first.url}/healthz`)).rejects.toThrow();

    const asked = app.sandbox.requests.filter(({ by }) => by === 'app').length;
    await app.sandbox.idle();
    expect(app.sandbox.requests.filter(({ by }) => by === 'app')).toHaveLength(asked);

    app.sandbox.faults.clear();
    blindSweep();
    const second = await app.start();
    await until(async () => (await said(number)).length > 0 && (await second.pending()) === 0);
    await second.stop();
    const texts = await said(number);
    expect(new Set(texts)).toHaveLength(texts.length);
  });

  it('gives back a job that GitHub kept from succeeding', async () => {
    const first = await app.start();
    await until(() => app.sandbox.requests.some(({ path }) => path.endsWith('/issues')));
    app.sandbox.faults.add({ kind: 'status', status: 418, match: { by: 'app', path: '/graphql' } });
    const number = await request();
    await app.sandbox.idle();
    await until(() => app.sandbox.requests.some(({ status }) => status === 418));
    await first.stop();
    expect(await said(number)).toEqual([]);

    app.sandbox.faults.clear();
    blindSweep();
    const second = await app.start();
    await until(async () => (await said(number)).length > 0);
    await second.stop();
  });

  it('waits for nobody who never finishes a request', async () => {
    const server = await app.start({ role: 'web' });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n');
    const closed = once(socket, 'close');
    await server.stop();
    await closed;
    await server.stop();
  });
});

it('a start that fails leaves the data directory to the next one', async () => {
  const other = await anApp();
  const standing = await other.start({ role: 'web' });
  const { port } = new URL(standing.url);
  await expect(app.start({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await standing.stop();
  const server = await app.start({ role: 'web' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.stop();
  await other.close();
});

it('without GitHub there is no start', async () => {
  app.sandbox.faults.add({ kind: 'status', status: 401, message: 'Bad credentials' });
  await expect(app.start()).rejects.toThrow('Bad credentials');
});

it('a worker takes no webhooks', async () => {
  const server = await app.start({ role: 'worker' });
  const response = await fetch(`${server.url}/api/github/webhooks`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(404);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.stop();
});

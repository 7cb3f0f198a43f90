import examples from '@octokit/webhooks-examples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../src/server/server.ts';
import { anApp, keepStores, post, signed, type TestApp } from './support/app.ts';

/** GitHub's own check vector (documentation, "Validating webhook deliveries"). */
const vector = {
  secret: "It's a Secret to Everybody",
  body: 'Hello, World!',
  signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
};

const labelled = (number: number) =>
  JSON.stringify({
    action: 'labeled',
    issue: { number },
    sender: { login: 'bob' },
    repository: { name: 'shop', full_name: 'acme/shop', default_branch: 'main' },
  });

keepStores();

let app: TestApp;
let server: RunningServer;

// A server that only takes webhooks: what is on the queue stays there to be counted.
beforeAll(async () => {
  app = await anApp(vector.secret);
  server = await app.start({ role: 'web' });
});
afterAll(async () => {
  await server.stop();
  await app.close();
});

const deliver = (event: string, body: string) =>
  post(server.url, event, body, { 'x-hub-signature-256': signed(vector.secret, body) });
const get = (path: string) => fetch(server.url + path);

describe('a signature', () => {
  const body = labelled(1);
  const right = signed(vector.secret, body);

  it.each([
    ['of another secret', signed('another secret', body)],
    ['of another body', signed(vector.secret, labelled(2))],
    ['that is missing', undefined],
    ['that is empty', ''],
    ['of no length', 'sha256='],
    ['cut short', right.slice(0, -2)],
    ['too long', `${right}00`],
    ['without its prefix', right.slice('sha256='.length)],
    ['by an older way', right.replace('sha256=', 'sha1=')],
    ['that is no hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('%s is refused, and nothing is queued', async (_what, signature) => {
    const response = await post(server.url, 'issues', body, { 'x-hub-signature-256': signature });
    expect([400, 401]).toContain(response.status);
    expect(await server.pending()).toBe(0);
    expect(await (await get('/metrics')).text()).not.toMatch(/^database_lead_deliveries_total\{/m);
  });

  it('is checked as GitHub publishes it', async () => {
    const { status: accepted, error } = await answerOf(vector.body, vector.signature);
    // The signature is right; it is the text that is no JSON.
    expect([accepted, error]).toEqual([400, 'SyntaxError: Invalid JSON']);
    const { error: refused } = await answerOf(`${vector.body}!`, vector.signature);
    expect(refused).toMatch(/signature does not match/);
  });

  async function answerOf(text: string, signature: string) {
    const response = await post(server.url, 'ping', text, { 'x-hub-signature-256': signature });
    return { status: response.status, ...((await response.json()) as { error: string }) };
  }
});

describe('a request that is no webhook', () => {
  it.each([
    ['without an event', { 'x-github-event': undefined }, 400],
    ['without a delivery', { 'x-github-delivery': undefined }, 400],
    ['that is a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s is refused', async (_what, headers, status) => {
    const body = labelled(1);
    const all = { 'x-hub-signature-256': signed(vector.secret, body), ...headers };
    expect((await post(server.url, 'issues', body, all)).status).toBe(status);
    expect(await server.pending()).toBe(0);
  });

  it.each(['/', '/api/github/webhooks', '/no/such/page', '//', '/%', '/healthz/../..'])(
    'a GET of %s is answered',
    async (path) => {
      expect([200, 404]).toContain((await get(path)).status);
    },
  );

  it('a POST elsewhere is not found', async () => {
    expect((await fetch(`${server.url}/healthz`, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

describe('a body', () => {
  it.each(['{', '', 'undefined', '{"a":'])('%j is no JSON', async (body) => {
    expect((await deliver('issues', body)).status).toBe(400);
    expect(await server.pending()).toBe(0);
  });

  it.each(['[]', '{}'])('%j says nothing', async (body) => {
    expect((await deliver('issues', body)).status).toBe(200);
    expect(await server.pending()).toBe(0);
  });

  it.each(['null', '"text"', '7'])(
    '%s is signed and yet no event: nothing is queued, and nothing breaks',
    async (body) => {
      expect((await deliver('issues', body)).ok).toBe(false);
      expect(await server.pending()).toBe(0);
      expect((await get('/healthz')).status).toBe(200);
    },
  );

  it('larger than anything that GitHub sends is refused before it is held in memory', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x20);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(megabyte);
      },
    });
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-github-delivery': 'x',
      'x-hub-signature-256': signed(vector.secret, ''),
    };
    const response = await fetch(`${server.url}/api/github/webhooks`, {
      method: 'POST',
      headers,
      body: endless,
      duplex: 'half',
    }).then(
      ({ status }) => status,
      // The connection may be closed before the rest of an endless body has found out.
      () => 413,
    );
    expect(response).toBe(413);
    expect(sent).toBeLessThan(1000);
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('what is delivered', () => {
  it('becomes a key, once', async () => {
    for (const number of [7, 7, 8]) expect((await deliver('issues', labelled(number))).status).toBe(200);
    expect(await server.pending()).toBe(2);
  });

  it('may be an event that nobody knows yet', async () => {
    const before = await server.pending();
    expect((await deliver('quantum_entangled', labelled(99))).status).toBe(200);
    expect(await server.pending()).toBe(before);
  });

  it('may be any event that GitHub has published', async () => {
    const payloads = (examples as unknown as { name: string; examples: unknown[] }[]).flatMap(({ name, examples }) =>
      examples.map((payload) => [name, JSON.stringify(payload)] as const),
    );
    const refused: string[] = [];
    for (const [event, body] of payloads) {
      const response = await deliver(event, body);
      if (!response.ok) refused.push(`${event}: ${response.status} ${await response.text()}`);
    }
    expect(refused).toEqual([]);
    expect(payloads.length).toBeGreaterThan(100);
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toMatch(
      /^database_lead_deliveries_total\{event="pull_request"\} \d+/m,
    );
  }, 120_000);
});

describe('the pages for those who run it', () => {
  it('say how it is', async () => {
    expect(await (await get('/healthz')).text()).toBe('ok\n');
    expect(await (await get('/readyz')).text()).toBe('ready\n');
    expect((await get('/healthz?from=probe')).status).toBe(200);
    expect(await (await get('/')).text()).toContain('database-lead');
  });

  it('count', async () => {
    const response = await get('/metrics');
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain(`database_lead_queue_depth{queue="pass"} ${await server.pending()}`);
    expect(text).toMatch(/^# TYPE database_lead_job_seconds histogram$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).not.toContain(vector.secret);
  });
});

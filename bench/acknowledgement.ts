import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appManifest } from '../src/cli/manifest.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import { webhookPath } from '../src/server/server.ts';
import { shop, shopFiles } from '../src/story/shop.ts';
import { percentile, print, round, rssOf } from './figures.ts';

const perSecond = 200;
const seconds = 10;

/** Deliveries come in bursts about few issues, and passes are spaced as GitHub asks for calls: one a second. */
const issues = 20;

/**
 * Webhooks at a steady rate to a server of its own process with the embedded store: how long until each is acknowledged,
 * and whether every one led to a look at its issue. Then, when the queue is empty, the server's memory.
 */
export async function acknowledgement(): Promise<void> {
  const sandbox = await startSandbox({});
  await sandbox.createRepository({ ...shop, ownerType: 'Organization', files: await shopFiles(), users: [] });
  const app = await sandbox.registerApp({ name: 'database-lead', account: shop.owner, ...(await appManifest()) });
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'database-lead-bench-'));
  const server = spawn(process.execPath, [resolve(import.meta.dirname, '../src/cli.ts'), 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      APP_ID: String(app.appId),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GITHUB_API_URL: sandbox.apiUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIRECTORY: directory,
      LOG_LEVEL: 'error',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(url);
    const total = perSecond * seconds;
    const latencies = await Promise.all(
      Array.from({ length: total }, (_, index) => deliver(url + webhookPath, app.webhookSecret, index)),
    );
    const answered = latencies.filter((latency) => latency !== undefined);
    print('acknowledgement', {
      'deliveries per second': perSecond,
      deliveries: total,
      'p50 ms': percentile(answered, 50),
      'p99 ms': percentile(answered, 99),
      'not acknowledged': total - answered.length,
    });
    const started = performance.now();
    await drained(url);
    const looked = await metric(url, /^database_lead_job_seconds_count\{queue="pass"[^}]*\} (\d+)/gm);
    print('the queue after it', {
      'seconds until every key was looked at': round((performance.now() - started) / 1000),
      'keys without a look': Math.max(0, issues - looked),
    });
    await new Promise((wake) => setTimeout(wake, 20_000));
    print('memory', { 'idle server, MB': rssOf(server.pid ?? 0) });
  } finally {
    await ended(server);
    await sandbox.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Sends the delivery when its turn comes; gives the milliseconds to the answer, `undefined` for no 2xx. */
async function deliver(url: string, secret: string, index: number): Promise<number | undefined> {
  await new Promise((wake) => setTimeout(wake, (index * 1000) / perSecond));
  const body = JSON.stringify({
    action: 'edited',
    issue: { number: 100_000 + (index % issues), title: 'x'.repeat(200) },
    repository: {
      name: shop.name,
      full_name: `${shop.owner}/${shop.name}`,
      default_branch: 'main',
      owner: { login: shop.owner },
    },
    sender: { login: 'bob' },
    installation: { id: 1 },
  });
  const started = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });
  await answer.arrayBuffer();
  return answer.ok ? performance.now() - started : undefined;
}

async function ready(url: string): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error('the server did not become ready within a minute');
}

async function drained(url: string): Promise<void> {
  for (let turn = 0; turn < 1200; turn += 1) {
    if ((await metric(url, /^database_lead_queue_depth\{[^}]*\} (\d+)/gm)) === 0) return;
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

async function metric(url: string, pattern: RegExp): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(pattern)].reduce((sum, [, value]) => sum + Number(value), 0);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((wake) => {
    child.once('exit', () => wake());
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((wake) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => wake(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

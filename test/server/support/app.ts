import { createHmac, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll } from 'vitest';
import { appManifest } from '../../../src/cli/manifest.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { type RunningServer, startServer, webhookPath } from '../../../src/server/server.ts';
import type { Settings } from '../../../src/server/settings.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { people, shop } from '../../../src/story/shop.ts';

const parent = mkdtempSync(join(tmpdir(), 'server-'));
const ready = join(parent, 'ready');

/** In a test file that starts servers: makes one store, of which each App gets a copy, and clears up at the end. */
export function keepStores(): void {
  // Making a store takes seconds, copying one a few milliseconds.
  beforeAll(async () => (await openStore({ directory: ready, log: silentLog })).close());
  afterAll(() => rmSync(parent, { recursive: true, force: true }));
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A sandbox with a small shop, an App on it, and the settings to start the App's server with. */
export async function anApp(webhookSecret = 'a secret of the tests') {
  const sandbox = await startSandbox();
  await sandbox.createRepository({
    ...shop,
    ownerType: 'Organization',
    files: { 'db/migrations/0001_init.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n' },
    users: people,
    labels: [{ name: 'database' }],
  });
  const app = await sandbox.registerApp({
    name: 'database-lead',
    account: shop.owner,
    webhookUrl: '',
    webhookSecret,
    ...(await appManifest()),
  });
  const dataDirectory = mkdtempSync(join(parent, 'd-'));
  cpSync(join(ready, 'store'), join(dataDirectory, 'store'), { recursive: true });
  const settings: Settings = {
    appId: String(app.appId),
    privateKey: app.privateKey,
    webhookSecret,
    apiUrl: sandbox.apiUrl,
    host: '127.0.0.1',
    port: 0,
    dataDirectory,
    logLevel: 'silent',
    role: 'all',
    sweepSeconds: 3600,
    concurrency: 4,
    throttle: false,
  };
  return {
    sandbox,
    settings,
    /** Starts the server, and has the sandbox send webhooks there. */
    async start(changes: Partial<Settings> = {}): Promise<RunningServer> {
      const server = await startServer({ ...settings, ...changes });
      this.tell(server.url);
      return server;
    },
    /** Where webhooks go from now on. */
    tell(url: string): void {
      for (const { id } of sandbox.site.world.apps.values())
        if (id === app.appId) Object.assign(sandbox.site.world.apps.get(id) ?? {}, { webhookUrl: url + webhookPath });
    },
    as: (login: string) => new Octokit({ auth: sandbox.tokenOf(login), baseUrl: sandbox.apiUrl, log: quiet }).rest,
    close: () => sandbox.close(),
  };
}

export type TestApp = Awaited<ReturnType<typeof anApp>>;

/** `sha256=` and the HMAC, as GitHub signs a body. */
export function signed(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Posts a webhook. Headers that are `undefined` are left out. */
export function post(
  url: string,
  event: string,
  body: string,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Response> {
  const all = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(url + webhookPath, { method: 'POST', headers: Object.fromEntries(given), body });
}

/** Waits until something is so; the test's own time limit ends it. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((wake) => setTimeout(wake, 50));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RepositorySeed, Sandbox } from '../sandbox/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { type RunningServer, startServer, webhookPath } from '../server/server.ts';
import type { Settings } from '../server/settings.ts';
import { appManifest } from './manifest.ts';

/** A sandbox GitHub and the App on it, both on loopback with real HTTP between them. */
export interface Pair {
  readonly sandbox: Sandbox;
  readonly server: RunningServer;
  close(): Promise<void>;
}

export interface PairOptions {
  /** Of the sandbox; any that is free when left out. */
  readonly port?: number;
  readonly logLevel: Settings['logLevel'];
  readonly sweepSeconds?: number;
  /** Version of the Enterprise Server that the sandbox plays; GitHub.com when left out. */
  readonly serverVersion?: string;
  /** Permissions that the installation does not get. */
  readonly without?: readonly string[];
}

/** Starts both over one repository. The App's store is thrown away at the end: GitHub is the record. */
export async function startPair(seed: RepositorySeed, options: PairOptions): Promise<Pair> {
  const { serverVersion, without = [] } = options;
  const sandbox = await startSandbox({
    port: options.port ?? 0,
    ...(serverVersion === undefined ? {} : { serverVersion }),
  });
  await sandbox.createRepository(seed);
  const port = await freePort();
  const app = await sandbox.registerApp({
    name: 'database-lead',
    webhookUrl: `http://127.0.0.1:${port}${webhookPath}`,
    account: seed.owner,
    ...(await appManifest()),
  });
  if (without.length > 0) await sandbox.grant(Object.fromEntries(without.map((permission) => [permission, 'none'])));
  const dataDirectory = await mkdtemp(join(tmpdir(), 'database-lead-'));
  const server = await startServer({
    appId: String(app.appId),
    privateKey: app.privateKey,
    webhookSecret: app.webhookSecret,
    apiUrl: sandbox.apiUrl,
    host: '127.0.0.1',
    port,
    dataDirectory,
    logLevel: options.logLevel,
    role: 'all',
    sweepSeconds: options.sweepSeconds ?? 60,
    concurrency: 4,
    throttle: false,
  });
  return {
    sandbox,
    server,
    async close() {
      await server.stop();
      await sandbox.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A port that is free now: the App has to be registered with its address before it can start with its identity. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

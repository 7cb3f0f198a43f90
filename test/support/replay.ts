import { Octokit } from '@octokit/rest';
import pino from 'pino';
import { appManifest } from '../../src/cli/manifest.ts';
import { createEngines, type Engines } from '../../src/engines/engines.ts';
import { type Clients, identityOf, octokitGitHub } from '../../src/github/octokit/app.ts';
import type { Client } from '../../src/github/octokit/client.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { markerCodec } from '../../src/messages/marker.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { clientsOf, probotOf } from '../../src/server/probot.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import type { Cache } from '../../src/store/port.ts';
import { people, shop, shopFiles } from '../../src/story/shop.ts';
import type { Stage } from '../../src/story/stage.ts';
import { jobsOf } from '../../src/workflow/jobs.ts';
import { memory } from '../../src/workflow/memory.ts';
import { type Pace, unhurried } from '../../src/workflow/pace.ts';
import { inlineStore } from './inline-store.ts';

/** The process died: everything in its memory is gone. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** A sandbox with the example shop, and the App's identity on it. */
export async function shopSandbox(files?: Readonly<Record<string, string>>) {
  await loadParsers();
  const sandbox = await startSandbox({});
  await sandbox.createRepository({
    ...shop,
    ownerType: 'Organization',
    files: files ?? (await shopFiles()),
    users: people,
    labels: [{ name: 'database' }],
  });
  const app = await sandbox.registerApp({ name: 'database-lead', account: shop.owner, ...(await appManifest()) });
  const identity = {
    appId: String(app.appId),
    privateKey: app.privateKey,
    webhookSecret: app.webhookSecret,
    apiUrl: sandbox.apiUrl,
    throttle: false,
  };
  const clients = clientsOf(probotOf(identity, pino({ level: 'silent' })));
  return { sandbox, clients, identity: await identityOf(clients), secret: app.webhookSecret };
}

export type Shop = Awaited<ReturnType<typeof shopSandbox>>;

/** One engine for a whole test file: it throws its databases away, not itself. */
export function sharedEngines(): Engines {
  return createEngines({ log: quiet });
}

/** A line of the App's log. */
export interface Warning {
  readonly text: string;
  readonly [fact: string]: unknown;
}

/** What is counted over the lives of an App. */
export interface Ledger {
  writes: number;
  /** After this many writes have been performed, the process dies before it hears of the last one. */
  crashAfter?: number | undefined;
}

/** One life of the App, with nothing in memory from the one before. It is driven by looking, not by webhooks. */
export function life(
  { sandbox, clients, identity, secret }: Shop,
  engines: Engines,
  evidence: Cache,
  ledger: Ledger,
  pace: Pace = unhurried,
) {
  const store = inlineStore(evidence);
  const github = octokitGitHub(counted(clients, ledger), identity);
  const warned: Warning[] = [];
  const jobs = jobsOf({
    github,
    store,
    engines: engines.of,
    markers: markerCodec(secret),
    memory: memory(pace),
    clock: systemClock,
    log: { ...silentLog, warn: (facts: object, text: string) => void warned.push({ ...facts, text }) },
    acted() {},
  });
  return {
    warned,
    /** Its installations are no longer what they were, as an event would tell. */
    changed() {
      for (const id of sandbox.site.world.installations.keys()) github.forget(id);
    },
    /** Looks at everything that is open until nothing is left to do. */
    async settle(): Promise<void> {
      await jobs.sweep();
      await store.drain(jobs);
    },
    /** What was put off is looked at. */
    async wake(): Promise<void> {
      store.wake();
      await store.drain(jobs);
    },
    async look(key: string, retries = 0): Promise<void> {
      await store.queue.add('pass', key);
      await store.drain(jobs, retries);
    },
  };
}

function counted(clients: Clients, ledger: Ledger): Clients {
  const watched = new WeakSet<object>();
  const watch = (client: Client): Client => {
    if (watched.has(client)) return client;
    watched.add(client);
    const { hook } = client as unknown as { hook: { wrap: (name: 'request', wrapped: Wrapped) => void } };
    hook.wrap('request', async (request, options) => {
      const answer = await request(options);
      if (isWrite(options)) {
        ledger.writes += 1;
        if (ledger.writes === ledger.crashAfter)
          throw new Crash(`after write ${ledger.writes}: ${options.method} ${options.url}`);
      }
      return answer;
    });
    return client;
  };
  return {
    app: async () => watch(await clients.app()),
    installation: async (id, fresh) => watch(await clients.installation(id, fresh)),
  };
}

type Options = { readonly method: string; readonly url: string; readonly query?: string };
type Wrapped = (request: (options: Options) => Promise<unknown>, options: Options) => Promise<unknown>;

function isWrite({ method, url, query }: Options): boolean {
  if (/graphql$/.test(url)) return (query ?? '').trimStart().startsWith('mutation');
  return method !== 'GET' && !/access_tokens$/.test(url);
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The stage of the example story on a sandbox. */
export function stageOn(sandbox: Sandbox, tell: (line: string) => void = () => {}): Stage {
  const clients = new Map<string, Octokit>();
  return {
    owner: shop.owner,
    repo: shop.name,
    as(login) {
      const client =
        clients.get(login) ?? new Octokit({ auth: sandbox.tokenOf(login), baseUrl: sandbox.apiUrl, log: quiet });
      clients.set(login, client);
      return client;
    },
    tell,
    pause: async () => {},
    patience: 60_000,
  };
}

import pino from 'pino';
import { createNodeMiddleware, type Probot } from 'probot';
import { createEngines } from '../engines/engines.ts';
import { identityOf, octokitGitHub } from '../github/octokit/app.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { markerCodec } from '../messages/marker.ts';
import { loadParsers } from '../sql/parsers/index.ts';
import { openStore } from '../store/open-store.ts';
import type { JobFacts, QueueName, Store } from '../store/port.ts';
import { type Jobs, jobsOf } from '../workflow/jobs.ts';
import { keyText } from '../workflow/key.ts';
import { memory } from '../workflow/memory.ts';
import { pacing } from '../workflow/pace.ts';
import { listen } from './http.ts';
import { keysOfEvent } from './keys-of-event.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import { clientsOf, probotOf } from './probot.ts';
import { deliveryRecovery } from './recovery.ts';
import type { Settings } from './settings.ts';
import { every } from './timers.ts';

/** A running App. */
export interface RunningServer {
  readonly url: string;
  /** Looks at everything of ours now, as the timer does. */
  sweep(): Promise<void>;
  /** Keys that wait or run. */
  pending(): Promise<number>;
  /** Takes no more jobs, finishes or gives back the current ones, and closes everything. */
  stop(): Promise<void>;
}

/** How long a job may take to finish when the server stops, in milliseconds. */
const grace = 20_000;

/** Where Probot's documentation has GitHub send webhooks to. */
export const webhookPath = '/api/github/webhooks';

/** Builds every part of the App and wires them together. */
export async function startServer(
  settings: Settings,
  { clock = systemClock, log = logOf(settings) }: { readonly clock?: Clock; readonly log?: pino.Logger } = {},
): Promise<RunningServer> {
  await loadParsers();
  const probot = probotOf(settings, log);
  const clients = clientsOf(probot);
  const identity = await identityOf(clients);
  const store = await openStore({
    directory: settings.dataDirectory,
    ...(settings.databaseUrl === undefined ? {} : { databaseUrl: settings.databaseUrl }),
    log,
    clock,
  });
  const github = octokitGitHub(clients, identity);
  const engines = createEngines({ dataDirectory: settings.dataDirectory, log });
  const metrics = metricsOf(store.queue);
  const jobs = jobsOf({
    github,
    store,
    engines: engines.of,
    markers: markerCodec(settings.webhookSecret),
    memory: memory(pacing(systemClock)),
    clock,
    log,
    acted: metrics.acted,
  });

  let stopping = false;
  const webhooks =
    settings.role === 'worker'
      ? undefined
      : await takeWebhooks(probot, store, metrics, identity.slug, (installation) => {
          github.forget(installation);
          // What waited for a permission goes on; the sweep on the timer makes up for one that fails.
          jobs.sweep().catch((error: unknown) => log.warn({ err: error }, 'the sweep failed'));
        });
  const http = await listen(
    { healthz: () => !stopping, readyz: async () => !stopping && store.queue.ready(), metrics: metrics.render },
    webhooks,
    settings,
  ).catch(async (error: unknown) => {
    // A port that is taken must not leave a locked store behind.
    await engines.close();
    await store.close();
    throw error;
  });
  if (settings.role !== 'web') await workQueues(store, jobs, metrics, settings.concurrency);
  const timers =
    settings.role === 'web'
      ? []
      : [
          every(settings.sweepSeconds, 'the sweep', jobs.sweep, log),
          every(settings.sweepSeconds, 'recovering deliveries', deliveryRecovery(github, clock, log), log),
        ];
  log.info(
    {
      url: http.url,
      app: identity.slug,
      role: settings.role,
      store: settings.databaseUrl === undefined ? 'pglite' : 'postgresql',
    },
    'listening',
  );

  return {
    url: http.url,
    sweep: jobs.sweep,
    pending: async () => (await store.queue.depth('pass')) + (await store.queue.depth('evidence')),
    async stop() {
      if (stopping) return;
      stopping = true;
      await Promise.all(timers.map((timer) => timer.stop()));
      await http.close();
      await store.queue.stop(grace);
      await engines.close();
      await store.close();
      log.info({}, 'stopped');
    },
  };
}

function logOf({ logLevel }: Settings): pino.Logger {
  // Octokit's errors carry the request with its token; a log line never does.
  return pino(
    { level: logLevel, redact: { paths: ['err.request', 'error.request', '*.headers.authorization'], remove: true } },
    pino.destination(2),
  );
}

/** A handler turns an event into keys, waits until they are on disk, and returns: GitHub allows ten seconds. */
async function takeWebhooks(
  probot: Probot,
  store: Store,
  metrics: Metrics,
  slug: string,
  changed: (installation: number) => void,
) {
  return createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        metrics.delivered(name);
        const keys = keysOfEvent(name, payload, `${slug}[bot]`);
        if (name.startsWith('installation') && 'installation' in payload && payload.installation)
          changed(payload.installation.id);
        await Promise.all(keys.map((key) => store.queue.add('pass', keyText(key), { delivery: id })));
      });
    },
    { probot, webhooksPath: webhookPath },
  ) as Promise<
    (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<boolean>
  >;
}

async function workQueues(store: Store, jobs: Jobs, metrics: Metrics, concurrency: number): Promise<void> {
  const timed =
    (queue: QueueName, run: (key: string, job: JobFacts) => Promise<void>) => async (key: string, job: JobFacts) => {
      const started = performance.now();
      const done = (ok: boolean) => metrics.passed(queue, (performance.now() - started) / 1000, ok);
      try {
        await run(key, job);
        done(true);
      } catch (error) {
        done(false);
        throw error;
      }
    };
  await store.queue.work('pass', timed('pass', jobs.pass), { concurrency });
  await store.queue.work('evidence', timed('evidence', jobs.evidence), { concurrency: 1 });
}

import { fromPglite, PgBoss } from 'pg-boss';
import type { Log } from '../kernel/log.ts';
import type { Embedded } from './embedded.ts';
import { queueNames } from './port.ts';
import { schema } from './schema.ts';

/** Where the jobs are: one process's own database, or one that several share. */
export type Place =
  | { readonly kind: 'embedded'; readonly database: Embedded['database'] }
  | { readonly kind: 'shared'; readonly databaseUrl: string };

/**
 * Starts pg-boss with our queues. A job whose process does not answer for `heartbeatSeconds` is given to another.
 *
 * Queues are `stately`: at most one job of a key waits and one runs, so a key added while it runs is kept as one more
 * job. pg-boss keeps only one job of a key in retry as well, and would merge attempts there; that is why failed keys are
 * added again by us, and its retry is left for jobs of processes that died.
 */
export async function startBoss(place: Place, heartbeatSeconds: number, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    ...(place.kind === 'embedded'
      ? { db: fromPglite(place.database), backend: 'pglite' }
      : { connectionString: place.databaseUrl, application_name: 'database-lead', connectionTimeoutMillis: 5_000 }),
    schema,
    schedule: false,
    registerInstance: false,
    // A statement of the embedded database blocks the process, and it has no autovacuum to watch.
    monitorVacuum: place.kind === 'shared',
    reindex: place.kind === 'shared',
    superviseIntervalSeconds: place.kind === 'shared' ? Math.ceil(heartbeatSeconds / 4) : 60,
    monitorIntervalSeconds: place.kind === 'shared' ? Math.ceil(heartbeatSeconds / 4) : 60,
    maintenanceIntervalSeconds: 3_600,
    flowIntervalSeconds: 3_600,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the queue reports a failure'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, `the queue warns: ${message}`));
  try {
    await boss.start({ attempts: place.kind === 'shared' ? 4 : 1 });
    await makeQueues(boss, place.kind === 'shared' ? heartbeatSeconds : null);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  return boss;
}

/**
 * `heartbeatSeconds` is null where no other process could take over: a computer that slept must not find its own job dead
 * and run it twice.
 */
async function makeQueues(boss: PgBoss, heartbeatSeconds: number | null): Promise<void> {
  const limits = {
    // Long work is bounded by whoever does it; this is for a handler that never returns.
    expireInSeconds: 4 * 3_600,
    retryLimit: 1_000_000,
    deleteAfterSeconds: 86_400,
  };
  for (const name of queueNames) {
    await boss.createQueue(name, { policy: 'stately', ...limits });
    // An older version of this program may have made the queue with other limits.
    await boss.updateQueue(name, { ...limits, heartbeatSeconds });
  }
}

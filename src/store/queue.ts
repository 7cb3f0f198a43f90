import type { PgBoss } from 'pg-boss';
import type { Log } from '../kernel/log.ts';
import { type Addition, checkKey, type JobData } from './addition.ts';
import { writeAdditions } from './additions.ts';
import { groupCommit } from './group-commit.ts';
import { type Queue, type QueueName, queueNames } from './port.ts';
import { claimedJobs, countUnfinished, schema } from './schema.ts';
import { startWorker, type Worker } from './worker.ts';

/** The parts of a queue. `shared`: other processes work on the same database. */
export interface QueueParts {
  readonly boss: PgBoss;
  readonly shared: boolean;
  readonly heartbeatSeconds: number;
  readonly log: Log;
  readonly onSettled: () => void;
}

const channel = `${schema}_jobs`;

/** The queue on a started pg-boss. Jobs that a dead process left in an embedded database wait again when it resolves. */
export async function openQueue({ boss, shared, heartbeatSeconds, log, onSettled }: QueueParts): Promise<Queue> {
  const database = boss.getDb();
  const workers = new Map<QueueName, Worker>();
  let stopped = false;

  const add = groupCommit<Addition>(async (additions) => {
    await writeAdditions(boss, additions);
    const touched = new Set(additions.map(({ queue }) => queue));
    for (const queue of touched) {
      workers.get(queue)?.nudge();
      if (shared) await database.executeSql('SELECT pg_notify($1, $2)', [channel, queue]);
    }
  });

  if (!shared) await giveBackClaimed(boss, add);
  const listener = shared ? await listen() : undefined;

  async function listen() {
    const nudgeAll = () => {
      for (const worker of workers.values()) worker.nudge();
    };
    try {
      return await database.listen?.(channel, (queue) => workers.get(queue as QueueName)?.nudge(), nudgeAll);
    } catch (error) {
      log.warn({ err: error }, 'PostgreSQL does not tell of new jobs (a pooler between?): looked for every second');
      return undefined;
    }
  }

  return {
    async add(queue, key, { after = 0, delivery } = {}) {
      checkKey(key);
      await add({ queue, key, after, attempt: 0, ...(delivery === undefined ? {} : { delivery }) });
    },

    async work(queue, handler, { concurrency }) {
      if (stopped) throw new Error('the queue is stopped');
      if (workers.has(queue)) throw new Error(`${queue} is being worked on already`);
      workers.set(queue, startWorker({ boss, queue, handler, concurrency, heartbeatSeconds, log, add, onSettled }));
    },

    async depth(queue) {
      const { rows } = await database.executeSql(countUnfinished, [queue]);
      return rows[0].depth;
    },

    async ready() {
      if (stopped) return false;
      try {
        await database.executeSql('SELECT 1');
        return true;
      } catch {
        return false;
      }
    },

    async stop(graceMs) {
      stopped = true;
      await listener?.close();
      await Promise.all([...workers.values()].map((worker) => worker.stop(graceMs)));
      workers.clear();
    },
  };
}

/** An embedded database has one process at a time: whatever is claimed when it opens, its claimer is dead. */
async function giveBackClaimed(boss: PgBoss, add: (addition: Addition) => Promise<void>): Promise<void> {
  for (const queue of queueNames) {
    const { rows } = await boss.getDb().executeSql(claimedJobs, [queue]);
    for (const { id, data, retryCount } of rows as { id: string; data: JobData; retryCount: number }[]) {
      await add({ queue, after: 0, ...data });
      await boss.deleteJob(queue, { id, retryCount });
    }
  }
}

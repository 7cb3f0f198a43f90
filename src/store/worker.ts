import type { PgBoss } from 'pg-boss';
import type { Log } from '../kernel/log.ts';
import type { Addition, JobData } from './addition.ts';
import { backoffSeconds } from './backoff.ts';
import type { JobFacts, QueueName } from './port.ts';
import { type Running, settled } from './running.ts';

/** What a worker needs; all of it outlives the worker. */
export interface WorkerParts {
  readonly boss: PgBoss;
  readonly queue: QueueName;
  readonly handler: (key: string, job: JobFacts) => Promise<void>;
  readonly concurrency: number;
  readonly heartbeatSeconds: number;
  readonly log: Log;
  readonly add: (addition: Addition) => Promise<void>;
  /** Told after each job that is done with. */
  readonly onSettled: () => void;
}

export interface Worker {
  /** Looks for jobs now. */
  nudge(): void;
  stop(graceMs: number): Promise<void>;
}

// How late a job may start that became due by time alone; new jobs are nudged for.
const pollMs = 1_000;
// How long an aborted handler may take to notice before its key is given to somebody else.
const abortMs = 1_000;

/**
 * Runs jobs of one queue. pg-boss's own workers are not used because each of them fetches for itself: a nudge would cost
 * as many statements as there are idle workers, on an embedded database that shares its thread with everything else.
 */
export function startWorker(parts: WorkerParts): Worker {
  const { boss, queue, log, concurrency } = parts;
  const running = new Map<string, Running>();
  let fetching: Promise<void> | undefined;
  let again = false;
  let stopping = false;

  function nudge(): void {
    again = true;
    fetching ??= fetchWhileWanted().finally(() => {
      fetching = undefined;
      if (again && !stopping && running.size < concurrency) nudge();
    });
  }

  async function fetchWhileWanted(): Promise<void> {
    while (again && !stopping && running.size < concurrency) {
      again = false;
      try {
        const jobs = await boss.fetch<JobData>(queue, { batchSize: concurrency - running.size });
        for (const job of jobs) start(job);
      } catch (error) {
        log.error({ err: error, queue }, 'no jobs could be fetched: tried again at the next look');
      }
    }
  }

  function start(job: { readonly id: string; readonly retryCount: number; readonly data: JobData }): void {
    const abort = new AbortController();
    const claim = { id: job.id, retryCount: job.retryCount };
    const entry: Running = { claim, data: job.data, abort, done: Promise.resolve() };
    running.set(job.id, entry);
    entry.done = run(entry).finally(() => {
      running.delete(job.id);
      parts.onSettled();
      nudge();
    });
  }

  async function run(entry: Running): Promise<void> {
    const { key, attempt, delivery } = entry.data;
    const facts = { queue, key, attempt, ...(delivery === undefined ? {} : { delivery }) };
    let failure: Addition | undefined;
    try {
      await parts.handler(key, {
        attempt,
        signal: entry.abort.signal,
        ...(delivery === undefined ? {} : { delivery }),
      });
    } catch (error) {
      const after = backoffSeconds(attempt + 1);
      failure = { ...facts, attempt: attempt + 1, after };
      if (!entry.abort.signal.aborted) log.warn({ ...facts, err: error }, `failed: tried again in ${after} s`);
    }
    // Aborted means that the key is, or is about to be, somebody else's.
    if (entry.abort.signal.aborted) return;
    await settled(
      () => finish(entry, failure),
      entry.abort.signal,
      (error) => log.error({ ...facts, err: error }, 'the end of a job could not be recorded: tried again'),
    );
  }

  /** Adds before it deletes: a crash between the two costs one more run and loses none. */
  async function finish(entry: Running, next: Addition | undefined): Promise<void> {
    if (next !== undefined) await parts.add(next);
    await boss.deleteJob(queue, entry.claim);
  }

  async function giveBack(entry: Running): Promise<void> {
    try {
      await finish(entry, { queue, after: 0, ...entry.data });
    } catch (error) {
      log.error(
        { err: error, queue, key: entry.data.key },
        'a job could not be given back: it runs again as if we had died',
      );
    }
  }

  async function beat(): Promise<void> {
    const entries = [...running.values()];
    if (entries.length === 0) return;
    try {
      const { settled: held } = (await boss.touch(
        queue,
        entries.map(({ claim }) => claim),
      )) as { settled?: string[] };
      if (held === undefined) return;
      for (const { claim, abort, data } of entries) {
        if (held.includes(claim.id) || !running.has(claim.id)) continue;
        log.warn({ queue, key: data.key }, 'this job was given to another process');
        abort.abort(new Error('the job was given to another process'));
      }
    } catch (error) {
      log.error({ err: error, queue }, 'the heartbeat of running jobs could not be recorded');
    }
  }

  const poll = setInterval(nudge, pollMs);
  const heart = setInterval(beat, (parts.heartbeatSeconds * 1_000) / 4);
  nudge();

  return {
    nudge,
    async stop(graceMs) {
      stopping = true;
      clearInterval(poll);
      await fetching;
      const all = () => Promise.all([...running.values()].map(({ done }) => done));
      await within(all(), graceMs);
      clearInterval(heart);
      const left = [...running.values()];
      for (const { abort } of left) abort.abort(new Error('the process must stop'));
      await within(all(), abortMs);
      for (const entry of left) await giveBack(entry);
    },
  };
}

/** Waits for `promise`, but not longer than `ms`. */
async function within(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, limit]);
  clearTimeout(timer);
}

/**
 * The durable queue. It carries keys, never facts: losing it loses nothing that the sweep does not find again.
 * At most one job per key and queue runs at a time; a key added while it runs is remembered as exactly one more job.
 */
export interface Queue {
  /** Resolves once the key is on disk. Adding a key that waits already changes nothing. `after`: not before so many seconds. */
  add(queue: QueueName, key: string, options?: { readonly after?: number; readonly delivery?: string }): Promise<void>;
  /** Starts working on a queue. A handler that throws has its key run again later, with backoff. */
  work(queue: QueueName, handler: (key: string, job: JobFacts) => Promise<void>, options: WorkOptions): Promise<void>;
  /** Keys that wait or run now. */
  depth(queue: QueueName): Promise<number>;
  /** Whether the store answers. */
  ready(): Promise<boolean>;
  /** Takes no more jobs, lets the current ones finish for `graceMs`, then gives them back to be run again. */
  stop(graceMs: number): Promise<void>;
}

/** `pass`: look at an issue or pull request. `evidence`: run an engine for one. */
export const queueNames = ['pass', 'evidence'] as const;
export type QueueName = (typeof queueNames)[number];

export interface JobFacts {
  /** How often this key has been tried without success before, from 0. */
  readonly attempt: number;
  /** The webhook delivery that asked for it, for the log. */
  readonly delivery?: string;
  /** Aborts when the process must stop. */
  readonly signal: AbortSignal;
}

export interface WorkOptions {
  readonly concurrency: number;
}

/** What may be computed or fetched again at any time: values by their content's digest. */
export interface Cache {
  get(key: string): Promise<unknown>;
  /** Values are JSON. */
  set(key: string, value: unknown): Promise<void>;
}

export interface Store {
  readonly queue: Queue;
  readonly cache: Cache;
  close(): Promise<void>;
}

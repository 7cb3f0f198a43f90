import type { QueueName } from './port.ts';

/** One key that shall run. */
export interface Addition {
  readonly queue: QueueName;
  readonly key: string;
  /** Not before so many seconds from now. */
  readonly after: number;
  /** How often it failed before. A fresh wish to look has 0. */
  readonly attempt: number;
  readonly delivery?: string;
}

/** What is stored with a job. */
export interface JobData {
  readonly key: string;
  readonly attempt: number;
  readonly delivery?: string;
}

// A unique index of PostgreSQL refuses entries beyond about 2,700 bytes.
const longestKey = 600;

/** Refuses a key that the database would refuse: one bad key must not fail the write that it shares with good ones. */
export function checkKey(key: string): void {
  if (key === '' || key.length > longestKey || key.includes('\0') || !key.isWellFormed()) {
    throw new RangeError(`not a key: ${JSON.stringify(key.slice(0, 80))}`);
  }
}

/**
 * One addition a queue and key. Fresh wishes take the earliest time; a failed attempt keeps its backoff, or a handler
 * that adds its own key and then throws would run without a pause.
 */
export function merged(additions: readonly Addition[]): readonly Addition[] {
  const byKey = new Map<string, Addition>();
  for (const addition of additions) {
    const name = `${addition.queue}\0${addition.key}`;
    const other = byKey.get(name);
    byKey.set(name, other === undefined ? addition : merge(other, addition));
  }
  return [...byKey.values()];
}

function merge(a: Addition, b: Addition): Addition {
  const attempt = Math.max(a.attempt, b.attempt);
  const after = attempt > 0 ? Math.max(a.after, b.after) : Math.min(a.after, b.after);
  return { ...a, ...b, attempt, after };
}

import type { Cache, Queue, QueueName, Store } from '../../src/store/port.ts';
import type { Jobs } from '../../src/workflow/jobs.ts';

/** A store whose jobs run when the test says so, in the order in which they came. */
export interface InlineStore extends Store {
  /** Runs what waits until nothing does. */
  drain(jobs: Jobs): Promise<void>;
}

/** `cache` outlives the store: what an engine found is found again. */
export function inlineStore(cache: Cache): InlineStore {
  const waiting: Record<QueueName, Set<string>> = { pass: new Set(), evidence: new Set() };
  const queue: Queue = {
    async add(name, key) {
      waiting[name].add(key);
    },
    async work() {},
    depth: async (name) => waiting[name].size,
    ready: async () => true,
    async stop() {},
  };
  return {
    queue,
    cache,
    async close() {},
    async drain(jobs) {
      const job = { attempt: 0, signal: new AbortController().signal };
      for (;;) {
        const name = waiting.pass.size > 0 ? 'pass' : 'evidence';
        const [key] = waiting[name];
        if (key === undefined) return;
        waiting[name].delete(key);
        await jobs[name](key, job);
      }
    },
  };
}

export function memoryCache(): Cache {
  const values = new Map<string, string>();
  return {
    get: async (key) => (values.has(key) ? JSON.parse(values.get(key) ?? 'null') : undefined),
    async set(key, value) {
      values.set(key, JSON.stringify(value));
    },
  };
}

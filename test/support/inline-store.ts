import type { Cache, Queue, QueueName, Store } from '../../src/store/port.ts';
import type { Jobs } from '../../src/workflow/jobs.ts';

/** A store whose jobs run when the test says so, in the order in which they came. */
export interface InlineStore extends Store {
  /** Runs what waits until nothing does. A job that fails is run again so many times, as the queue would after a pause. */
  drain(jobs: Jobs, retries?: number): Promise<void>;
  /** The time has come for what was not to run before. */
  wake(): void;
}

/** `cache` outlives the store: what an engine found is found again. */
export function inlineStore(cache: Cache): InlineStore {
  const waiting: Record<QueueName, Set<string>> = { pass: new Set(), evidence: new Set() };
  const later: typeof waiting = { pass: new Set(), evidence: new Set() };
  const queue: Queue = {
    async add(name, key, { after = 0 } = {}) {
      (after > 0 ? later : waiting)[name].add(key);
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
    wake() {
      for (const key of later.pass) waiting.pass.add(key);
      later.pass.clear();
    },
    async drain(jobs, retries = 0) {
      const { signal } = new AbortController();
      const failures = new Map<string, number>();
      for (;;) {
        const name = waiting.pass.size > 0 ? 'pass' : 'evidence';
        const [key] = waiting[name];
        if (key === undefined) return;
        waiting[name].delete(key);
        const attempt = failures.get(`${name} ${key}`) ?? 0;
        try {
          await jobs[name](key, { attempt, signal });
        } catch (error) {
          if (attempt >= retries) throw error;
          failures.set(`${name} ${key}`, attempt + 1);
          waiting[name].add(key);
        }
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

import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/kernel/log.ts';
import type { StoreOptions } from '../../src/store/open-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { JobFacts, Store } from '../../src/store/port.ts';

/** Where one test's store is. `open` may be called again after a close, and at once where several may share it. */
export interface Place {
  readonly options: Pick<StoreOptions, 'databaseUrl' | 'directory'>;
}

/** What every store must do, wherever it keeps its rows. `skipped` says why the suite cannot run here. */
export function storeContract(
  name: string,
  newPlace: () => Promise<Place>,
  { shared, skipped }: { readonly shared: boolean; readonly skipped?: string },
): void {
  describe.skipIf(skipped !== undefined)(`${name}${skipped === undefined ? '' : ` (skipped: ${skipped})`}`, () => {
    const opened: Store[] = [];
    let place: Promise<Place> | undefined;

    /** Opens the store of this test; a second call opens the same one again. */
    async function open(options: Partial<StoreOptions> = {}): Promise<Store> {
      place ??= newPlace();
      const store = await openStore({ log: silentLog, ...(await place).options, ...options });
      opened.push(store);
      return store;
    }
    async function closeAll() {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    }
    afterEach(async () => {
      await closeAll();
      place = undefined;
    });
    afterAll(closeAll);

    it('runs a key once, however often it is added while it waits', async () => {
      const { queue } = await open();
      await Promise.all([1, 2, 3].map(() => queue.add('pass', 'o/r#1')));
      await queue.add('pass', 'o/r#1');
      expect(await queue.depth('pass')).toBe(1);
      const runs = collect();
      await queue.work('pass', runs.handler, { concurrency: 4 });
      await until(async () => (await queue.depth('pass')) === 0);
      expect(runs.keys).toEqual(['o/r#1']);
    });

    it('keeps queues apart', async () => {
      const { queue } = await open();
      await queue.add('evidence', 'o/r#1');
      expect([await queue.depth('pass'), await queue.depth('evidence')]).toEqual([0, 1]);
    });

    it('remembers a key that is added while it runs as exactly one more run, and never runs it twice at a time', async () => {
      const { queue } = await open();
      const runs = collect({ held: true });
      await queue.work('pass', runs.handler, { concurrency: 4 });
      await queue.add('pass', 'o/r#1');
      await until(() => runs.keys.length === 1);
      for (const _ of [1, 2, 3]) await queue.add('pass', 'o/r#1');
      await queue.add('pass', 'o/r#2');
      await until(() => runs.keys.includes('o/r#2'));
      expect(runs.keys).toEqual(['o/r#1', 'o/r#2']);
      runs.release();
      await until(async () => (await queue.depth('pass')) === 0);
      expect(runs.keys.toSorted()).toEqual(['o/r#1', 'o/r#1', 'o/r#2']);
      expect(runs.mostAtOnce('o/r#1')).toBe(1);
    });

    it('runs many keys, each exactly once, no more at a time than asked for', async () => {
      const { queue } = await open();
      const runs = collect();
      await queue.work('pass', runs.handler, { concurrency: 3 });
      const keys = Array.from({ length: 200 }, (_, n) => `o/r#${n}`);
      await Promise.all(keys.map((key) => queue.add('pass', key)));
      await until(async () => (await queue.depth('pass')) === 0);
      expect(runs.keys.toSorted()).toEqual(keys.toSorted());
      expect(runs.mostInAll()).toBeLessThanOrEqual(3);
    });

    it('hands over the delivery and the number of failures', async () => {
      const { queue } = await open();
      const facts: JobFacts[] = [];
      await queue.work('pass', async (_key, job) => void facts.push(job), { concurrency: 1 });
      await queue.add('pass', 'o/r#1', { delivery: 'd-1' });
      await until(() => facts.length === 1);
      expect(facts[0]).toMatchObject({ attempt: 0, delivery: 'd-1' });
      expect(facts[0]?.signal.aborted).toBe(false);
    });

    it('adds a key whose handler threw again, later, with its failures counted', async () => {
      const { queue } = await open();
      const attempts: number[] = [];
      await queue.work(
        'pass',
        async (_key, { attempt }) => {
          attempts.push(attempt);
          if (attempt === 0) throw new Error('GitHub is away');
        },
        { concurrency: 1 },
      );
      await queue.add('pass', 'o/r#1');
      await until(() => attempts.length === 2);
      expect(attempts).toEqual([0, 1]);
      await until(async () => (await queue.depth('pass')) === 0);
    });

    it('keeps the pause after a failure although the handler added its own key', async () => {
      const { queue } = await open();
      const attempts: number[] = [];
      await queue.work(
        'pass',
        async (key, { attempt }) => {
          attempts.push(attempt);
          await queue.add('pass', key);
          throw new Error('always');
        },
        { concurrency: 1 },
      );
      await queue.add('pass', 'o/r#1');
      await until(() => attempts.length === 2);
      expect(attempts).toEqual([0, 1]);
    });

    it('waits as long as asked, and no longer once the key is wanted now', async () => {
      const { queue } = await open();
      const runs = collect();
      await queue.work('pass', runs.handler, { concurrency: 1 });
      await queue.add('pass', 'later', { after: 3_600 });
      await queue.add('pass', 'soon', { after: 3_600 });
      await queue.add('pass', 'soon', { after: 1 });
      await until(() => runs.keys.length === 1);
      await queue.add('pass', 'later');
      await until(() => runs.keys.length === 2);
      expect(runs.keys).toEqual(['soon', 'later']);
    });

    it('does not put off a key that waits for now', async () => {
      const { queue } = await open();
      await queue.add('pass', 'o/r#1');
      await queue.add('pass', 'o/r#1', { after: 3_600 });
      const runs = collect();
      await queue.work('pass', runs.handler, { concurrency: 1 });
      await until(() => runs.keys.length === 1);
    });

    it.each(['', '\0', 'a\0b', '\ud800', 'x'.repeat(5_000)])(
      'refuses the key %j alone, not the good ones beside it',
      async (bad) => {
        const { queue } = await open();
        const [good, refused] = await Promise.allSettled([queue.add('pass', "o'r/“é”$1#1"), queue.add('pass', bad)]);
        expect([good.status, refused.status]).toEqual(['fulfilled', 'rejected']);
        expect(await queue.depth('pass')).toBe(1);
      },
    );

    it('takes a delivery id with anything in it', async () => {
      const { queue } = await open();
      await queue.add('pass', 'o/r#1', { delivery: "\0\ud800'; DROP TABLE job" });
      expect(await queue.depth('pass')).toBe(1);
    });

    it('keeps what waits when it is closed', async () => {
      const first = await open();
      await first.queue.add('pass', 'o/r#1');
      await first.cache.set('sha', { a: 1 });
      await closeAll();
      const { queue, cache } = await open();
      expect(await queue.depth('pass')).toBe(1);
      expect(await cache.get('sha')).toEqual({ a: 1 });
    });

    it('stops taking jobs, waits for the current one, and leaves the rest', async () => {
      const { queue } = await open();
      const runs = collect({ held: true });
      await queue.work('pass', runs.handler, { concurrency: 1 });
      await queue.add('pass', 'o/r#1');
      await queue.add('pass', 'o/r#2');
      await until(() => runs.keys.length === 1);
      const stopped = queue.stop(60_000);
      runs.release();
      await stopped;
      expect(runs.keys).toHaveLength(1);
      expect(await queue.depth('pass')).toBe(1);
      expect(await queue.ready()).toBe(false);
    });

    it('aborts a job that outlasts the grace and gives its key back', async () => {
      const first = await open();
      const runs = collect({ held: true });
      await first.queue.work('pass', runs.handler, { concurrency: 1 });
      await first.queue.add('pass', 'o/r#1', { delivery: 'd-1' });
      await until(() => runs.keys.length === 1);
      await first.queue.stop(10);
      expect(runs.facts[0]?.signal.aborted).toBe(true);
      await closeAll();

      const second = await open();
      const again = collect();
      await second.queue.work('pass', again.handler, { concurrency: 1 });
      await until(() => again.keys.length === 1);
      expect(again.facts[0]).toMatchObject({ attempt: 0, delivery: 'd-1' });
      runs.release();
    });

    it('refuses work after it was stopped', async () => {
      const { queue } = await open();
      await queue.stop(0);
      await expect(queue.work('pass', async () => undefined, { concurrency: 1 })).rejects.toThrow('stopped');
    });

    it('answers whether it is ready', async () => {
      const { queue } = await open();
      expect(await queue.ready()).toBe(true);
    });

    describe('cache', () => {
      it.each([
        ['an object', { a: [1, null, 'x'], nested: { 'ü\u0000': true } }],
        ['text with what databases refuse', 'NUL \u0000, surrogate \ud800, quote \' " \\'],
        ['null', null],
        ['false', false],
        ['a big value', { text: 'é'.repeat(2_000_000) }],
      ])('gives back %s, from memory and from the database', async (_what, value) => {
        const { cache } = await open();
        await cache.set('key', value);
        expect(await cache.get('key')).toEqual(value);
        await closeAll();
        expect(await (await open()).cache.get('key')).toEqual(value);
      });

      it('has nothing under a key never set, and the last value under one set twice', async () => {
        const { cache } = await open({ cache: { bytes: 1_000, memory: 0 } });
        expect(await cache.get('never')).toBeUndefined();
        await cache.set('key', 1);
        await cache.set('key', 2);
        expect(await cache.get('key')).toBe(2);
      });

      it('takes keys of any length and content', async () => {
        const { cache } = await open({ cache: { bytes: 1_000, memory: 0 } });
        const key = `\0'${'k'.repeat(10_000)}`;
        await cache.set(key, 'v');
        expect(await cache.get(key)).toBe('v');
      });

      it('does not let a caller change what others read', async () => {
        const { cache } = await open();
        const value = { list: [1] };
        await cache.set('key', value);
        value.list.push(2);
        expect(await cache.get('key')).toEqual({ list: [1] });
      });

      it('forgets what was used longest ago', async () => {
        const times = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06'];
        let day = 0;
        const clock = { now: () => new Date(times[day] ?? '2027-01-01') };
        const { cache } = await open({ cache: { bytes: 1_000, memory: 0 }, clock });
        const value = 'x'.repeat(400);
        for (const key of ['a', 'b']) {
          await cache.set(key, value);
          day += 1;
        }
        await cache.get('a');
        day += 1;
        await cache.set('c', value);
        const kept = await Promise.all(['a', 'b', 'c'].map(async (key) => (await cache.get(key)) !== undefined));
        expect(kept).toEqual([true, false, true]);
      });
    });

    describe.skipIf(!shared)(`with several instances${shared ? '' : ' (skipped: an embedded store has one)'}`, () => {
      it('runs no key in two of them at a time and loses none', async () => {
        const stores = await Promise.all([open(), open(), open()]);
        const runs = collect();
        for (const { queue } of stores) await queue.work('pass', runs.handler, { concurrency: 2 });
        const keys = Array.from({ length: 10 }, (_, n) => `o/r#${n}`);
        for (let round = 0; round < 5; round += 1) {
          await Promise.all(keys.map((key, n) => stores[(n + round) % 3]?.queue.add('pass', key)));
        }
        await until(async () => (await stores[0]?.queue.depth('pass')) === 0);
        expect(new Set(runs.keys)).toEqual(new Set(keys));
        for (const key of keys) expect(runs.mostAtOnce(key)).toBe(1);
      });

      it('works on what another one adds', async () => {
        const [web, worker] = [await open(), await open()];
        const runs = collect();
        await worker.queue.work('pass', runs.handler, { concurrency: 1 });
        await web.queue.add('pass', 'o/r#1');
        await until(() => runs.keys.length === 1);
      });

      it('gives what an instance returns on its way out to another', async () => {
        const [leaving, staying] = [await open(), await open()];
        const [held, runs] = [collect({ held: true }), collect()];
        await leaving.queue.work('pass', held.handler, { concurrency: 1 });
        await leaving.queue.add('pass', 'o/r#1');
        await until(() => held.keys.length === 1);
        await staying.queue.work('pass', runs.handler, { concurrency: 1 });
        await leaving.queue.stop(10);
        await until(() => runs.keys.length === 1);
        held.release();
      });
    });
  });
}

/** A handler that records what it was given, and returns at once or when released. */
function collect({ held = false } = {}) {
  const keys: string[] = [];
  const facts: JobFacts[] = [];
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  let inAll = 0;
  let mostInAll = 0;
  let release: () => void = () => undefined;
  const gate = held ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve();
  return {
    keys,
    facts,
    release: () => release(),
    mostAtOnce: (key: string) => most.get(key) ?? 0,
    mostInAll: () => mostInAll,
    async handler(key: string, job: JobFacts) {
      keys.push(key);
      facts.push(job);
      now.set(key, (now.get(key) ?? 0) + 1);
      most.set(key, Math.max(most.get(key) ?? 0, now.get(key) ?? 0));
      inAll += 1;
      mostInAll = Math.max(mostInAll, inAll);
      await gate;
      await new Promise((resolve) => setTimeout(resolve, 5));
      now.set(key, (now.get(key) ?? 0) - 1);
      inAll -= 1;
    },
  };
}

/** Waits until `condition` holds; the test's own limit of time ends a wait in vain. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

import type { Db } from 'pg-boss';
import type { Clock } from '../kernel/clock.ts';
import { digest } from '../kernel/hash.ts';
import type { Log } from '../kernel/log.ts';
import { lru } from '../kernel/lru.ts';
import type { Cache } from './port.ts';
import { createCache, readCache, touchCache, trimCache, writeCache } from './schema.ts';

/** How much the cache keeps. */
export interface CacheLimits {
  /** Bytes of JSON in the database. */
  readonly bytes: number;
  /** Characters of JSON held in memory besides. */
  readonly memory: number;
}

export const cacheLimits: CacheLimits = { bytes: 256_000_000, memory: 16_000_000 };

// Reading must not cost a write each time; an hour is exact enough for "used long ago".
const touchMs = 3_600_000;

/** The cache on a database that pg-boss has opened. A failure to read or write is logged and counts as "not there". */
export async function openCache(database: Db, clock: Clock, log: Log, limits: CacheLimits): Promise<Cache> {
  const memory = lru<{ readonly value: unknown; readonly weight: number }>(limits.memory, ({ weight }) => weight);
  await database.executeSql(createCache);
  let untrimmed = 0;
  await trim();

  async function trim(): Promise<void> {
    untrimmed = 0;
    await database.executeSql(trimCache, [limits.bytes]);
  }

  return {
    async get(name) {
      const key = digest(name);
      const held = memory.get(key);
      if (held !== undefined) return held.value;
      try {
        const row = (await database.executeSql(readCache, [key])).rows[0];
        if (row === undefined) return undefined;
        const now = clock.now();
        if (now.getTime() - new Date(row.used).getTime() > touchMs) await database.executeSql(touchCache, [key, now]);
        const value: unknown = JSON.parse(row.value);
        memory.set(key, { value, weight: row.value.length });
        return value;
      } catch (error) {
        log.warn({ err: error, name }, 'the cache could not be read');
        return undefined;
      }
    },

    async set(name, value) {
      const key = digest(name);
      const text = JSON.stringify(value);
      if (text === undefined) throw new TypeError(`not JSON: ${name}`);
      const bytes = Buffer.byteLength(text);
      // A copy, so that what is read does not depend on whether it came from memory or from the database.
      memory.set(key, { value: JSON.parse(text), weight: text.length });
      if (bytes > limits.bytes) return;
      try {
        await database.executeSql(writeCache, [key, text, bytes, clock.now()]);
        untrimmed += bytes;
        if (untrimmed > limits.bytes / 10) await trim();
      } catch (error) {
        log.warn({ err: error, name, bytes }, 'the cache could not be written');
      }
    },
  };
}

import type { PgBoss } from 'pg-boss';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { startBoss } from './boss.ts';
import { type CacheLimits, cacheLimits, openCache } from './cache.ts';
import { openEmbedded } from './embedded.ts';
import type { Store } from './port.ts';
import { openQueue } from './queue.ts';
import { vacuumer } from './vacuum.ts';

export interface StoreOptions {
  /** A PostgreSQL that several processes may share. Without it the store is embedded, and this process's own. */
  readonly databaseUrl?: string;
  /** Where the embedded store lives; made when absent. */
  readonly directory: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** A shared job whose process is silent for so many seconds is run by another; from 10, a minute unless told. */
  readonly heartbeatSeconds?: number;
  readonly cache?: CacheLimits;
}

type Given = Required<Omit<StoreOptions, 'databaseUrl' | 'directory'>>;

/**
 * Opens the queue and the cache. Throws a `TerminalError` when the directory is in use or its files cannot be read, and
 * PostgreSQL's own error when that cannot be reached after about seven seconds of trying.
 */
export async function openStore({ databaseUrl, directory, ...rest }: StoreOptions): Promise<Store> {
  const given: Given = { clock: systemClock, heartbeatSeconds: 60, cache: cacheLimits, ...rest };
  return databaseUrl === undefined ? openOwn(directory, given) : openShared(databaseUrl, given);
}

async function openOwn(directory: string, given: Given): Promise<Store> {
  const embedded = await openEmbedded(directory);
  try {
    const boss = await startBoss({ kind: 'embedded', database: embedded.database }, given.heartbeatSeconds, given.log);
    const vacuum = vacuumer(embedded.database, given.log);
    return await open(boss, { ...given, shared: false, onSettled: vacuum.settled, close: embedded.close });
  } catch (error) {
    await embedded.close();
    throw embedded.unreadable(error);
  }
}

async function openShared(databaseUrl: string, given: Given): Promise<Store> {
  const boss = await startBoss({ kind: 'shared', databaseUrl }, given.heartbeatSeconds, given.log);
  return open(boss, { ...given, shared: true, onSettled: () => undefined, close: async () => undefined });
}

interface Opened extends Given {
  readonly shared: boolean;
  readonly onSettled: () => void;
  readonly close: () => Promise<void>;
}

async function open(boss: PgBoss, { cache, clock, close, ...parts }: Opened): Promise<Store> {
  let closed: Promise<void> | undefined;
  try {
    const store = {
      cache: await openCache(boss.getDb(), clock, parts.log, cache),
      queue: await openQueue({ boss, ...parts }),
    };
    return {
      ...store,
      close() {
        closed ??= store.queue
          .stop(0)
          .then(() => boss.stop({ graceful: false }))
          .then(close);
        return closed;
      },
    };
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

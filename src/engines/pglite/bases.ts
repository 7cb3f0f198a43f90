import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Prepared } from '../run/prepared.ts';

/** How many are kept: the newest bases of the repositories that a server looks at, of some 5 MB each. */
const MOST = 20;

/** A data directory in which everything that is merged has run already, and what was seen of that. */
export interface Base {
  readonly image: Uint8Array;
  readonly prepared: Prepared;
}

/**
 * Bases by the digest of what made them: a verification then costs what its own migrations cost, however long the history before
 * them is.
 */
export interface Bases {
  get(name: string): Promise<Base | undefined>;
  keep(name: string, base: Base): Promise<void>;
  /** Forgets one that could not be opened. */
  discard(name: string): Promise<void>;
}

/** Bases in a folder of their own in `directory`; without one, none is kept. */
export function createBases(directory: string | undefined, log: Log): Bases {
  if (directory === undefined) return { get: async () => undefined, keep: async () => {}, discard: async () => {} };
  const folder = join(directory, 'bases');
  const pathOf = (name: string) => join(folder, name);
  return {
    async get(name) {
      const path = pathOf(name);
      try {
        const base: Base = deserialize(await readFile(path));
        const now = new Date();
        await utimes(path, now, now);
        return base;
      } catch {
        // There is none, or what is there cannot be read: it is made anew.
        return undefined;
      }
    },
    async keep(name, base) {
      try {
        await mkdir(folder, { recursive: true });
        // Whole or not at all: another process may read it at any moment.
        const unfinished = `${pathOf(name)}.${process.pid}`;
        await writeFile(unfinished, serialize(base));
        await rename(unfinished, pathOf(name));
        await prune(folder);
      } catch (thrown) {
        log.warn({ error: messageOf(thrown) }, 'the scratch engine could not keep a base; it will be made again');
      }
    },
    discard: (name) => rm(pathOf(name), { force: true }),
  };
}

/** What was used longest ago goes. */
async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (file) => {
      const path = join(folder, file);
      return { path, used: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.toSorted((a, b) => b.used - a.used).slice(MOST);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}

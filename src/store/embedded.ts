import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { messageOf, TerminalError } from '../kernel/errors.ts';
import { lockDirectory } from './lock.ts';
import { openPglite } from './pglite.ts';

/** A database of our own, held by this process alone. */
export interface Embedded {
  readonly database: PGlite;
  /** The error for tables that turn out to be unreadable although the files could be opened. */
  unreadable(error: unknown): TerminalError;
  close(): Promise<void>;
}

/**
 * Opens the embedded database below `directory`, making what is absent. Throws a `TerminalError` when another process has
 * it or its files cannot be read. Every committed write survives the death of the process; PGlite does not wait for the
 * disk, so a power failure can lose the last moments, which the sweep finds again.
 */
export async function openEmbedded(directory: string): Promise<Embedded> {
  const parent = resolve(directory);
  await mkdir(parent, { recursive: true });
  const unlock = await lockDirectory(parent);
  try {
    const files = join(parent, 'store');
    if (!existsSync(files)) await createFiles(files);
    const database = await openFiles(files);
    return {
      database,
      unreadable: (error) => unreadable(files, error),
      async close() {
        await database.close().finally(unlock);
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Makes a database. Made aside and then renamed: a process killed on the way leaves nothing that looks like one. */
async function createFiles(files: string): Promise<void> {
  const unfinished = `${files}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const program = fileURLToPath(new URL('./create-database.ts', import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [...process.execArgv, program, unfinished]);
  } catch {
    // Where Node does not run the program by itself (below node_modules it strips no types), memory has to be spent here;
    // and if it cannot be done at all, this says why.
    await rm(unfinished, { recursive: true, force: true });
    const database = await openPglite(unfinished);
    await database.close();
  }
  await rename(unfinished, files);
}

async function openFiles(files: string): Promise<PGlite> {
  try {
    if (!existsSync(join(files, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
    return await openPglite(files);
  } catch (error) {
    throw unreadable(files, error);
  }
}

/** What to tell a person about database files that are damaged or of another version. */
function unreadable(files: string, error: unknown): TerminalError {
  return new TerminalError(
    `The store's files in ${files} cannot be read: ${messageOf(error)}`,
    `Delete ${files} and start again. Nothing is lost: it holds a queue and caches, and both are made anew from GitHub.`,
    { cause: error },
  );
}

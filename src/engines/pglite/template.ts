import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { digest } from '../../kernel/hash.ts';
import type { Log } from '../../kernel/log.ts';
import { pgliteFolder, startProcess } from './process.ts';

/** Raise it when what `makeTemplate` puts into a template changes. */
const LAYOUT = 2;

/** The data directory that every scratch database starts from: made once, 5 MB. */
export interface Templates {
  get(): Promise<Uint8Array>;
  /** Forgets a template that could not be opened, so that the next one is made anew. */
  discard(): void;
}

/** Templates kept in memory and, where a directory is given, on disk under a name that changes with PGlite's version. */
export function createTemplates(directory: string | undefined, log: Log): Templates {
  let current: Promise<Uint8Array> | undefined;
  let fromDisk = directory !== undefined;

  async function load(): Promise<Uint8Array> {
    const path = directory === undefined ? undefined : join(directory, await fileName());
    if (path !== undefined && fromDisk) {
      const kept = await readFile(path).catch(() => undefined);
      if (kept !== undefined) return kept;
    }
    const made = await make(log);
    if (path !== undefined) await keep(path, made).catch((thrown) => complain(log, thrown));
    return made;
  }

  return {
    get() {
      current ??= load().catch((thrown: unknown) => {
        current = undefined;
        throw thrown;
      });
      return current;
    },
    discard() {
      current = undefined;
      fromDisk = false;
    },
  };
}

async function make(log: Log): Promise<Uint8Array> {
  const process = startProcess(log);
  try {
    return await process.request({ kind: 'make-template' });
  } finally {
    await process.end();
  }
}

async function fileName(): Promise<string> {
  const description: { readonly version: string } = JSON.parse(
    await readFile(join(pgliteFolder(), 'package.json'), 'utf8'),
  );
  return `scratch-${digest({ pglite: description.version, layout: LAYOUT }).slice(0, 12)}.tar.gz`;
}

/** Whole or not at all: another process may read it at any moment. */
async function keep(path: string, template: Uint8Array): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, template);
  await rename(unfinished, path);
}

function complain(log: Log, thrown: unknown): void {
  log.warn(
    { error: messageOf(thrown) },
    'the scratch engine could not keep its template; it will be made at every start',
  );
}

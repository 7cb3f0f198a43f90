import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ReadOptions, readSources, type Sources } from '../inputs/read.ts';
import { standardInput } from '../inputs/text.ts';
import type { Job } from './jobs.ts';

export interface JobSources extends Sources {
  /** The files that were asked for, where others were read for what they do to the schema. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Reads the paths of a job. Of files among the configured migrations everything is read that their tool runs, so that the schema
 * before them and their transaction are known; where one of the files is no step of it, each is read as it is.
 */
export async function sourcesOf({ paths, migrations }: Job, options: ReadOptions): Promise<JobSources> {
  if (migrations !== undefined && paths.join() === standardInput.path) return inputIn(migrations, options);
  if (migrations !== undefined && paths.every(isFile)) {
    const whole = await readSources([migrations], options);
    const named = new Map(whole.migrations.map(({ file }) => [resolve(file), file]));
    const only = paths.flatMap((path) => named.get(resolve(path)) ?? []);
    if (only.length === paths.length) return restricted(whole, new Set(only));
  }
  return readSources(paths, options);
}

/** Standard input in the place of the file that it stands for, as an editor sends what is not saved yet. */
async function inputIn(migrations: string, options: ReadOptions): Promise<JobSources> {
  const alone = await readSources([standardInput.path], options);
  const { inputName = standardInput.name } = options;
  const text = alone.texts.get(inputName);
  if (text === undefined) return alone;
  const whole = await readSources([migrations], { ...options, texts: new Map([[inputName, text]]) });
  return whole.migrations.some(({ file }) => file === inputName) ? restricted(whole, new Set([inputName])) : alone;
}

/** Nothing is said of the files that were not asked for, not even that they cannot be read. */
function restricted(whole: Sources, only: ReadonlySet<string>): JobSources {
  return { ...whole, only, notes: [], errors: whole.errors.filter(({ file }) => only.has(file)) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

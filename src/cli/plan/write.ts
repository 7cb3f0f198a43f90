import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import type { MigrationFile } from '../../sql/history/tools/tool.ts';
import { UsageError } from '../usage.ts';

/**
 * Writes new files, all or none. None takes the place of one that is there, and each appears whole: a runner that looks into the
 * directory meanwhile must not find half a migration. Throws {@link UsageError} where they cannot be written.
 */
export function writeNew(files: readonly MigrationFile[]): void {
  for (const { path } of files) if (exists(path)) throw taken(path);
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.tmp`;
      try {
        writeFileSync(temporary, text, { flag: 'wx' });
        // Takes the name, or learns that somebody else has it by now.
        closeSync(openSync(path, 'wx'));
        made.push(path);
        renameSync(temporary, path);
      } finally {
        rmSync(temporary, { force: true });
      }
    }
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    throw new UsageError(`cannot write the migrations: ${messageOf(error)}`, 'Name another directory with --out');
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function taken(path: string): UsageError {
  return new UsageError(`${path} is there already`, 'It was left as it is; name another directory with --out');
}

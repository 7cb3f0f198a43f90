import { statSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { messageOf } from '../../kernel/errors.ts';
import { findHistories } from '../../sql/history/find.ts';
import type { History, HistoryHints } from '../../sql/history/history.ts';
import { UsageError } from '../usage.ts';
import { standardInput } from './text.ts';
import { filesBelow } from './walk.ts';

/** What a path of the command line turned out to be. Files of a directory are relative to it. */
export type Located =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'directory'; readonly path: string; readonly sql: readonly string[] }
  | {
      readonly kind: 'histories';
      readonly path: string;
      readonly sql: readonly string[];
      readonly histories: readonly History[];
      /** Whether these are all the files that there are. */
      readonly whole: boolean;
    };

/**
 * Looks what is at a path, or what a glob matches: the files of its directory, as if the others were not there. Throws
 * {@link UsageError} where nothing is, or no SQL.
 */
export function locate(path: string, hints?: HistoryHints): Located {
  if (path === standardInput.path) return { kind: 'file', path };
  const isGlob = picomatch.scan(path).isGlob;
  const found = tried(path, () => statSync(path, { throwIfNoEntry: !isGlob }));
  if (found === undefined) return locateGlob(path, hints);
  if (!found.isDirectory()) return { kind: 'file', path };
  return directoryOf(path, filesIn(path), hints, true, `${path} holds no .sql file`);
}

function locateGlob(pattern: string, hints: HistoryHints | undefined): Located {
  const { base, glob } = picomatch.scan(pattern);
  const directory = base === '' ? '.' : base;
  // A folder that matches stands for what is in it, as it does when a shell opens the glob up.
  const matches = picomatch([glob, `${glob}/**`], { dot: true });
  return directoryOf(
    directory,
    filesIn(directory).filter((file) => matches(file)),
    hints,
    false,
    `${pattern} matches no .sql file`,
  );
}

function directoryOf(
  path: string,
  files: readonly string[],
  hints: HistoryHints | undefined,
  whole: boolean,
  otherwise: string,
): Located {
  const sql = files.filter((file) => /\.sql$/i.test(file)).sort(new Intl.Collator('en', { numeric: true }).compare);
  if (sql.length === 0) throw new UsageError(otherwise, 'Name the directory of the migrations, or a file');
  const histories = findHistories(files, hints);
  return histories.length === 0 ? { kind: 'directory', path, sql } : { kind: 'histories', path, sql, histories, whole };
}

function filesIn(directory: string): readonly string[] {
  return tried(directory, () => filesBelow(directory));
}

function tried<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw new UsageError(
      `cannot read ${path}: ${messageOf(error)}`,
      'Name a file, a directory, a glob, or - for standard input',
    );
  }
}

/** A file of a directory, as reports name it. */
export function nameIn(directory: string, file: string): string {
  return join(directory, file).replaceAll('\\', '/');
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { findHistories } from '../../sql/history/find.ts';
import type { History } from '../../sql/history/history.ts';
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
    };

const inNaturalOrder = new Intl.Collator('en', { numeric: true });

/** Looks what is at a path. Throws {@link UsageError} where nothing is, or no SQL. */
export function locate(path: string): Located {
  if (path === standardInput.path) return { kind: 'file', path };
  const files = filesAt(path);
  if (files === undefined) return { kind: 'file', path };

  const sql = files.filter((file) => /\.sql$/i.test(file)).sort(inNaturalOrder.compare);
  if (sql.length === 0)
    throw new UsageError(`${path} holds no .sql file`, 'Name the directory of the migrations, or a file');
  const histories = findHistories(files);
  return histories.length === 0 ? { kind: 'directory', path, sql } : { kind: 'histories', path, sql, histories };
}

/** The files of a directory; `undefined`: it is none. */
function filesAt(path: string): readonly string[] | undefined {
  try {
    return statSync(path).isDirectory() ? filesBelow(path) : undefined;
  } catch (error) {
    throw new UsageError(
      `cannot read ${path}: ${messageOf(error)}`,
      'Name a file, a directory, or - for standard input',
    );
  }
}

/** A file of a directory, as reports name it. */
export function nameIn(directory: string, file: string): string {
  return join(directory, file).replaceAll('\\', '/');
}

import { unreachable } from '../../kernel/errors.ts';
import type { Script } from '../change.ts';
import type { Engine } from '../engine.ts';
import { parseMysql } from './mysql.ts';
import { loadPostgresql } from './postgresql/library.ts';
import { parsePostgresql } from './postgresql.ts';

/** Loads what {@link parse} needs; await it once before the first parse. Later calls return at once. */
export async function loadParsers(): Promise<void> {
  await loadPostgresql();
}

/** Reads a text in the dialect of an engine. Places that cannot be read come back as errors, never as an exception. */
export function parse(sql: string, engine: Engine): Script {
  switch (engine) {
    case 'postgresql':
      return parsePostgresql(sql);
    case 'mysql':
    case 'mariadb':
      return parseMysql(sql, engine);
    case 'sqlite':
      return notUnderstood(sql, engine);
    default:
      return unreachable(engine);
  }
}

function notUnderstood(sql: string, engine: Engine): Script {
  if (sql.trim() === '') return { statements: [], errors: [] };
  return { statements: [], errors: [{ line: 1, column: 1, message: `${engine} is not understood yet` }] };
}

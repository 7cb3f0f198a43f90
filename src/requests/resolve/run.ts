import type { Table } from '../../sql/catalog.ts';
import type { Engine } from '../../sql/engine.ts';
import type { ObjectName } from '../../sql/name.ts';
import { quoteName } from '../../sql/quote.ts';
import { consider, type Hints } from './consider.ts';
import type { Desk } from './desk.ts';
import { changesOf } from './statement.ts';

/** `ALTER TABLE` with the table's name. */
export function alter(desk: Desk, table: Table): string {
  return `ALTER TABLE ${quoteName(table.name, desk.engine)}`;
}

/** An index without a name, which the engine chooses. `columns` are quoted. Only PostgreSQL creates one by itself; MySQL adds it. */
export function indexSql(table: ObjectName, columns: string, engine: Engine, unique = false): string {
  const index = unique ? 'UNIQUE INDEX' : 'INDEX';
  const name = quoteName(table, engine);
  return engine === 'postgresql'
    ? `CREATE ${index} ON ${name} (${columns})`
    : `ALTER TABLE ${name} ADD ${index} (${columns})`;
}

/** Takes a statement of our own making to the desk. */
export function run(desk: Desk, sql: string, hints: Hints = {}): undefined {
  const changes = changesOf(sql, desk.engine);
  if (changes.length === 0) return desk.giveUp(`${sql}: this is not understood for ${desk.engine}.`);
  for (const change of changes) consider(desk, change, hints);
}

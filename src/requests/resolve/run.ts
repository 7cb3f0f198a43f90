import type { Table } from '../../sql/catalog.ts';
import { quoteName } from '../../sql/quote.ts';
import { consider, type Hints } from './consider.ts';
import type { Desk } from './desk.ts';
import { changesOf } from './statement.ts';

/** `ALTER TABLE` with the table's name. */
export function alter(desk: Desk, table: Table): string {
  return `ALTER TABLE ${quoteName(table.name, desk.engine)}`;
}

/** Takes a statement of our own making to the desk. */
export function run(desk: Desk, sql: string, hints: Hints = {}): undefined {
  const changes = changesOf(sql, desk.engine);
  if (changes.length === 0) return desk.giveUp(`${sql}: this is not understood for ${desk.engine}.`);
  for (const change of changes) consider(desk, change, hints);
}

import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { WishOf } from '../grammar/wish.ts';
import { findColumn } from '../names/lookup.ts';
import { singularName } from '../text/inflection.ts';
import type { Refused } from './choices.ts';
import { conditionSql } from './conditions.ts';
import type { Desk } from './desk.ts';
import { places } from './indexes.ts';
import { place, theTable } from './names.ts';
import { fulfilAddColumn, referenceSql } from './new-columns.ts';
import { alter, run } from './run.ts';
import { keyColumn } from './types.ts';
import { checkedExpression } from './values.ts';

export function fulfilUnique(desk: Desk, wish: WishOf<'unique'>): undefined {
  const found = places(desk, wish.table, wish.columns);
  if (found === undefined)
    return desk.await(
      `Make ${wish.columns.map((column) => `\`${column}\``).join(', ')} unique (which columns is still to be answered).`,
    );
  run(desk, `${alter(desk, found.table)} ADD UNIQUE (${found.columns})`);
}

export function fulfilReference(desk: Desk, wish: WishOf<'reference'>): undefined {
  const target = theTable(desk, wish.to.table);
  const sentence = `Add a foreign key to \`${wish.to.table}\` (from where is still to be answered).`;
  if (target === undefined) return desk.await(sentence);
  const column = wish.column ?? `${singularName(target.name.name)}_${keyColumn(target) ?? 'id'}`;
  const table = wish.table === undefined ? undefined : theTable(desk, wish.table);
  if (wish.table !== undefined && table === undefined) return desk.await(sentence);
  // "orders should reference customers": the column comes with the key where it is not there.
  const known = table === undefined ? undefined : findColumn(table, column);
  const isNew = known?.kind === 'unknown' && (wish.column === undefined || known.didYouMean.length === 0);
  if (isNew) {
    return fulfilAddColumn(desk, {
      kind: 'add-column',
      table: wish.table ?? '',
      column: { name: column, references: wish.to },
    });
  }
  const found = place(desk, { column, ...(wish.table === undefined ? {} : { table: wish.table }) });
  if (found === undefined) return desk.await(sentence);
  const assumed =
    wish.to.onDelete === undefined
      ? { assumed: 'a row that is referenced cannot be deleted, because nothing else was said' }
      : {};
  run(
    desk,
    `${alter(desk, found.table)} ADD FOREIGN KEY (${quoteIdentifier(found.column.name, desk.engine)}) REFERENCES ${referenceSql(desk, wish.to)}`,
    assumed,
  );
}

export function fulfilCheck(desk: Desk, wish: WishOf<'check'>): undefined {
  const found = wish.column === undefined ? undefined : place(desk, { ...wish, column: wish.column });
  const table =
    found?.table ?? (wish.column === undefined && wish.table !== undefined ? theTable(desk, wish.table) : undefined);
  if (table === undefined)
    return desk.await(
      `Check ${wish.condition.replaceAll('VALUE', wish.column ?? 'VALUE')} (on which column is still to be answered).`,
    );
  const condition = conditionSql(wish.condition, found?.column.name, desk.engine);
  const sql =
    condition ??
    desk.ask(
      {
        id: `check:${display(table.name)}.${found?.column.name ?? ''}`,
        to: 'asker',
        text: `The condition \`${wish.condition.slice(0, 100)}\` is no SQL expression. Which condition must rows of \`${display(table.name)}\` meet?`,
      },
      (answer): string | Refused =>
        checkedExpression(answer.replaceAll('`', ''), desk.engine) ?? { refused: 'it is no SQL expression' },
    );
  if (sql === undefined)
    return desk.await(`Add a check to \`${display(table.name)}\` (the condition is still to be answered).`);
  run(desk, `${alter(desk, table)} ADD CHECK (${sql})`);
}

import { columnOf, tableOf } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { chosen, type Refused } from './choices.ts';
import { settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';
import { answeredValue, likelyValues, valueSql } from './values.ts';

const none = 'No row is empty there';

/** A column that becomes required: rows without a value must not be there, or get one first. */
export function requireColumn(desk: Desk, change: ChangeOf<'set-not-null'>): undefined {
  const table = tableOf(desk.catalog(), change.table);
  const column = table === undefined ? undefined : columnOf(table, change.column);
  const name = `\`${display(change.table)}.${change.column}\``;
  if (table === undefined || column === undefined) return settle(desk, change);
  if (!column.nullable) return desk.note(`${name} is required already.`);
  if (!desk.mayHoldRows(change.table) || desk.isFilled(change.table, change.column)) return settle(desk, change);

  const values = likelyValues(column.type);
  const choices = [none, ...values];
  const answer = desk.ask(
    {
      id: `nulls:${display(change.table)}.${change.column}`,
      to: 'asker',
      text: `${name} is to be required. Which value do existing rows get that have none?`,
      choices,
    },
    (text): string | { readonly none: true } | Refused => {
      const at = chosen(text, choices);
      if (at === 0 || /^(?:no|none|nothing|there are none)\b/i.test(text.trim())) return { none: true };
      return at === undefined ? valueSql(answeredValue(text), column.type, desk, table) : (values[at - 1] as string);
    },
  );
  if (answer === undefined) return desk.await(`${describe(change)} (the value of empty rows is still to be answered).`);
  if (typeof answer === 'string') {
    if (answer === 'NULL') return desk.note(`${name} stays optional.`);
    desk.decide(
      {
        kind: 'backfill',
        table: change.table,
        column: change.column,
        value: answer,
        where: `${quoteIdentifier(change.column, desk.engine)} IS NULL`,
      },
      `Give ${name} the value \`${answer}\` where it has none.`,
    );
  }
  settle(desk, change);
}

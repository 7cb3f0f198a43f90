import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { WishOf } from '../grammar/wish.ts';
import { oneOf, type Refused } from './choices.ts';
import type { Desk } from './desk.ts';
import { type Place, place } from './names.ts';
import { answeredValue, checkedExpression, valueSql } from './values.ts';

export function fulfilBackfill(desk: Desk, wish: WishOf<'backfill'>): undefined {
  const found = place(desk, wish);
  if (found === undefined) return desk.await(`Fill \`${wish.column}\` (which column is still to be answered).`);
  const { table, column } = found;
  const name = `\`${display(table.name)}.${column.name}\``;
  const given = wish.value === undefined ? undefined : valueSql(wish.value, column.type, desk, table);
  const value =
    typeof given === 'string'
      ? given
      : desk.ask(
          {
            id: `fill:${display(table.name)}.${column.name}`,
            to: 'asker',
            text: `Which value are existing rows to get in ${name} (${column.type})?${given === undefined ? '' : ` \`${wish.value?.text.slice(0, 60)}\` cannot be it: ${given.refused}.`}`,
          },
          (answer) => valueSql(answeredValue(answer), column.type, desk, table),
        );
  const which = rowsOf(desk, wish, found);
  if (value === undefined || which === undefined)
    return desk.await(`Fill ${name} (with what is still to be answered).`);
  fill(desk, found, value, which);
}

/** Where a backfill applies: a condition, or `undefined` for every row. */
interface Rows {
  readonly where: string | undefined;
  readonly assumed?: string;
}

/** The rows that a backfill means; overwriting values that are there is never assumed. */
export function rowsOf(
  desk: Desk,
  { where, all }: Pick<WishOf<'backfill'>, 'where' | 'all'>,
  { table, column }: Place,
): Rows | undefined {
  const name = `${display(table.name)}.${column.name}`;
  if (where !== undefined) {
    const condition =
      checkedExpression(where, desk.engine) ??
      desk.ask(
        {
          id: `rows:${name}`,
          to: 'asker',
          text: `\`${where.slice(0, 100)}\` is no SQL condition. Which rows of \`${display(table.name)}\` are to be filled?`,
        },
        (answer): string | Refused =>
          checkedExpression(answer.replaceAll('`', ''), desk.engine) ?? { refused: 'it is no SQL condition' },
      );
    return condition === undefined ? undefined : { where: condition };
  }
  if (desk.isNew(table.name, column.name) || !desk.mayHoldRows(table.name)) return { where: undefined };
  const empty = `${quoteIdentifier(column.name, desk.engine)} IS NULL`;
  if (column.nullable && all !== true) return { where: empty, assumed: 'rows that hold a value keep it' };
  const choices = ['Only rows without a value', 'All rows, whatever they hold now'];
  const answer = desk.ask(
    {
      id: `overwrite:${name}`,
      to: 'asker',
      text: `Existing rows may hold a value in \`${name}\` already. Which rows are to be changed?`,
      choices,
    },
    oneOf(choices),
  );
  return answer === undefined ? undefined : { where: answer === 0 ? empty : undefined };
}

/** Makes the backfill a goal. */
export function fill(desk: Desk, { table, column }: Place, value: string, { where, assumed }: Rows): undefined {
  const which = where === undefined ? 'all existing rows' : `the existing rows where \`${where}\``;
  desk.decide(
    { kind: 'backfill', table: table.name, column: column.name, value, ...(where === undefined ? {} : { where }) },
    `Give \`${display(table.name)}.${column.name}\` the value \`${value}\` in ${which}${assumed === undefined ? '' : ` (${assumed})`}.`,
  );
}

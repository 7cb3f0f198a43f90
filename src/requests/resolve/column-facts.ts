import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { WishOf } from '../grammar/wish.ts';
import { consider } from './consider.ts';
import { type Desk, nowhere } from './desk.ts';
import { place } from './names.ts';
import { alter, run } from './run.ts';
import { writtenType } from './types.ts';
import { answeredValue, valueSql } from './values.ts';

export function fulfilChangeType(desk: Desk, wish: WishOf<'change-type'>): undefined {
  const found = place(desk, wish);
  const type =
    found === undefined ? undefined : writtenType(desk, found.table.name, found.column.name, wish.type ?? '?');
  if (found === undefined || type === undefined)
    return desk.await(`Change the type of \`${wish.column}\` (to which one is still to be answered).`);
  const column = quoteIdentifier(found.column.name, desk.engine);
  const verb = desk.engine === 'postgresql' ? `ALTER COLUMN ${column} TYPE` : `MODIFY COLUMN ${column}`;
  run(
    desk,
    `${alter(desk, found.table)} ${verb} ${type.sql}`,
    type.assumed === undefined ? {} : { assumed: type.assumed },
  );
}

export function fulfilRequire(desk: Desk, wish: WishOf<'require'>): undefined {
  const found = place(desk, wish);
  const what = wish.required ? 'required' : 'optional';
  if (found === undefined) return desk.await(`Make \`${wish.column}\` ${what} (which column is still to be answered).`);
  const { table, column } = found;
  // Not through SQL: MySQL would have to restate the whole column.
  consider(desk, {
    kind: wish.required ? 'set-not-null' : 'drop-not-null',
    table: table.name,
    column: column.name,
    span: nowhere,
  });
}

export function fulfilDefault(desk: Desk, wish: WishOf<'default'>): undefined {
  const found = place(desk, wish);
  if (found === undefined)
    return desk.await(`Change the default of \`${wish.column}\` (which column is still to be answered).`);
  const { table, column } = found;
  const at = `${alter(desk, table)} ALTER COLUMN ${quoteIdentifier(column.name, desk.engine)}`;
  if (wish.drop) {
    if (column.default === undefined)
      return desk.note(`\`${display(table.name)}.${column.name}\` has no default already.`);
    return run(desk, `${at} DROP DEFAULT`);
  }
  const given = wish.value === undefined ? undefined : valueSql(wish.value, column.type, desk);
  const value =
    typeof given === 'string'
      ? given
      : desk.ask(
          {
            id: `default:${display(table.name)}.${column.name}`,
            to: 'asker',
            text: `Which default is \`${display(table.name)}.${column.name}\` (${column.type}) to have?${given === undefined ? '' : ` \`${wish.value?.text.slice(0, 60)}\` cannot be it: ${given.refused}.`}`,
          },
          (answer) => valueSql(answeredValue(answer), column.type, desk),
        );
  if (value === undefined)
    return desk.await(`Set the default of \`${column.name}\` (which one is still to be answered).`);
  run(desk, `${at} SET DEFAULT ${value}`);
}

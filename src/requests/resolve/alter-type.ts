import { columnOf, tableOf } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { chosen, oneOf, type Refused } from './choices.ts';
import { consider, type Hints, settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';
import { isLossless } from './lossless.ts';
import { familyOf } from './values.ts';

/** Another type for a column that holds values: what does not fit is asked about. */
export function alterType(desk: Desk, change: ChangeOf<'change-column-type'>, hints: Hints): undefined {
  const table = tableOf(desk.catalog(), change.table);
  const column = table === undefined ? undefined : columnOf(table, change.column);
  if (column === undefined) return settle(desk, change, hints);
  const name = `\`${display(change.table)}.${change.column}\``;
  // MySQL restates the column: what changes may be something else than its type.
  if (column.type === change.type && change.restated !== undefined && change.restated.nullable !== column.nullable) {
    const { table: at, column: named, span } = change;
    return consider(desk, { kind: column.nullable ? 'set-not-null' : 'drop-not-null', table: at, column: named, span });
  }
  if (column.type === change.type) return desk.note(`${name} is ${column.type} already.`);
  const quoted = quoteIdentifier(change.column, desk.engine);
  const cast =
    change.using ??
    (familyOf(column.type) === familyOf(change.type) || familyOf(change.type) === 'text'
      ? undefined
      : `${quoted}::${change.type}`);
  const casting: ChangeOf<'change-column-type'> =
    cast === undefined || desk.engine !== 'postgresql'
      ? change
      : { ...change, ...(change.using === undefined ? { casts: [change.type] } : {}), using: cast };
  if (isLossless(column.type, change.type) || !desk.mayHoldRows(change.table) || change.using !== undefined)
    return settle(desk, casting, hints);

  if (column.type === 'timestamp without time zone' && change.type === 'timestamp with time zone')
    return addZone(desk, change, name);
  const length = /^(?:character varying|varchar)\((\d+)\)$/.exec(change.type)?.[1];
  const isShorter = length !== undefined && familyOf(column.type) === 'text';
  const choices = ['Every value fits', 'Keep the present type', ...(isShorter ? ['Cut what is longer'] : [])];
  const answer = desk.ask(
    {
      id: `narrowing:${display(change.table)}.${change.column}`,
      to: 'asker',
      text: `${name} is ${column.type}, and not every such value fits ${change.type}. What about values that do not fit?`,
      choices,
    },
    oneOf(choices),
  );
  if (answer === undefined)
    return desk.await(`${describe(change)} (what happens to values that do not fit is still to be answered).`);
  if (answer === 1) return desk.note(`${name} stays ${column.type}.`);
  settle(desk, answer === 2 ? { ...change, using: `left(${quoted}, ${length})` } : casting, hints);
}

/** Times without a zone must be said to be of one; PostgreSQL would take the session's, which differs from client to client. */
function addZone(desk: Desk, change: ChangeOf<'change-column-type'>, name: string): undefined {
  const choices = ['UTC', 'Keep the present type'];
  const answer = desk.ask(
    {
      id: `time-zone:${display(change.table)}.${change.column}`,
      to: 'asker',
      text: `${name} holds times without a zone. Of which time zone are they? (A name such as \`Europe/Berlin\` is an answer too.)`,
      choices,
    },
    (text): string | { readonly keep: true } | Refused => {
      const at = chosen(text, choices);
      if (at === 1) return { keep: true };
      const zone = at === 0 ? 'UTC' : text.trim().replace(/^`|`$/g, '');
      return /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/.test(zone) ? zone : { refused: 'it is no name of a time zone' };
    },
  );
  if (answer === undefined) return desk.await(`${describe(change)} (the time zone is still to be answered).`);
  if (typeof answer !== 'string') return desk.note(`${name} keeps its type.`);
  const using = `${quoteIdentifier(change.column, desk.engine)} AT TIME ZONE ${quoteLiteral(answer, desk.engine)}`;
  settle(desk, { ...change, using });
}

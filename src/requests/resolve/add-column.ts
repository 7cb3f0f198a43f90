import { columnOf, tableOf } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { chosen, type Refused } from './choices.ts';
import { consider, type Hints, sentence, settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';
import { changesOf } from './statement.ts';
import { answeredValue, likelyValues, valueSql } from './values.ts';

const optionalInstead = 'Make the column optional instead';

/** A new column: it must be new, and where it is required, existing rows must get a value. */
export function addColumn(desk: Desk, change: ChangeOf<'add-column'>, hints: Hints): undefined {
  const { table, column } = change;
  const before = tableOf(desk.catalog(), table);
  const existing = before === undefined ? undefined : columnOf(before, column.name);
  if (existing !== undefined) return exists(desk, change, existing.type, hints);
  const filledByItself =
    column.default !== undefined || column.generated !== undefined || column.identity !== undefined;
  if (column.nullable || filledByItself || !desk.mayHoldRows(table)) return plain(desk, change, hints);

  const name = `\`${display(table)}.${column.name}\``;
  const values = likelyValues(column.type);
  const given = hints.existing === undefined ? undefined : valueSql(hints.existing, column.type, desk, before);
  const value =
    typeof given === 'string'
      ? given
      : desk.ask(
          {
            id: `existing-rows:${display(table)}.${column.name}`,
            to: 'asker',
            text: `${name} is to be required and has no default. Which value do existing rows get?`,
            choices: [...values, optionalInstead],
          },
          (answer): string | { readonly optional: true } | Refused => {
            const at = chosen(answer, [...values, optionalInstead]);
            if (at === values.length || /\b(?:optional|nullable)\b/i.test(answer)) return { optional: true };
            return at === undefined
              ? valueSql(answeredValue(answer), column.type, desk, before)
              : (values[at] as string);
          },
        );
  if (value === undefined)
    return desk.await(`${describe(change)} (the value of existing rows is still to be answered).`, change);
  const optional: ChangeOf<'add-column'> = { ...change, column: { ...column, nullable: true } };
  if (typeof value !== 'string') return settle(desk, optional, hints);
  if (value === 'NULL') return settle(desk, optional, hints);
  settle(desk, optional, { assumed: 'optional at first, so that existing rows can be filled' });
  desk.decide(
    { kind: 'backfill', table, column: column.name, value },
    `Give \`${column.name}\` the value \`${value}\` in the rows that \`${display(table)}\` already has.`,
  );
  settle(desk, { kind: 'set-not-null', table, column: column.name, span: change.span });
}

function plain(desk: Desk, change: ChangeOf<'add-column'>, hints: Hints): undefined {
  const { table, column } = change;
  settle(desk, change, hints);
  if (hints.existing === undefined || !desk.mayHoldRows(table)) return;
  const before = tableOf(desk.catalog(), table);
  const value = valueSql(hints.existing, column.type, desk, before);
  if (typeof value !== 'string')
    return desk.giveUp(`The value of existing rows in \`${column.name}\`: ${value.refused}.`);
  if (value === column.default?.sql || value === 'NULL') return;
  desk.decide(
    { kind: 'backfill', table, column: column.name, value },
    `Give \`${column.name}\` the value \`${value}\` in the rows that \`${display(table)}\` already has.`,
  );
}

function exists(desk: Desk, change: ChangeOf<'add-column'>, type: string, hints: Hints): undefined {
  const { table, column } = change;
  const name = `\`${display(table)}.${column.name}\``;
  if (change.ifNotExists || type === column.type) {
    return desk.note(sentence(`The column ${name} (${type}) exists already and is left as it is`, undefined));
  }
  const choices = ['Leave it as it is', `Change its type to ${column.type}`];
  const answer = desk.ask(
    {
      id: `exists:${display(table)}.${column.name}`,
      to: 'asker',
      text: `${name} exists already, as ${type}. What is meant? (A new name is an answer too.)`,
      choices,
    },
    (text): number | string | Refused => {
      const at = chosen(text, choices);
      if (at !== undefined) return at;
      const other = text.trim().replace(/^`|`$/g, '');
      return /^[\p{L}_][\p{L}\p{N}_]{0,62}$/u.test(other) &&
        !tableOf(desk.catalog(), table)?.columns.some((each) => each.name === other)
        ? other
        : { refused: 'it is neither a choice nor a new name' };
    },
  );
  if (answer === undefined) return desk.await(`${describe(change)} (there is such a column already).`);
  if (answer === 0) return desk.note(`The column ${name} is left as it is.`);
  if (typeof answer === 'string') return consider(desk, { ...change, column: { ...column, name: answer } }, hints);
  const sql = `ALTER TABLE ${quoteName(table, desk.engine)} ALTER COLUMN ${quoteIdentifier(column.name, desk.engine)} TYPE ${column.type}`;
  for (const each of changesOf(sql, desk.engine)) consider(desk, each);
}

import type { Table } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { chosen, type Refused } from './choices.ts';
import { same, settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';

const choices = ['No, every value is unique', 'I do not know: look before it is built', 'Yes'];

/** Uniqueness over rows that are there already: it fails when they hold duplicates. */
export function ensureUnique(
  desk: Desk,
  change: ChangeOf<'add-constraint'> | ChangeOf<'create-index'>,
  table: Table,
  columns: readonly string[],
): undefined {
  const listed = columns.map((column) => `\`${column}\``).join(', ');
  const where = change.kind === 'create-index' ? change.index.where : undefined;
  if (where === undefined && isUnique(table, columns))
    return desk.note(`${listed} of \`${display(table.name)}\` is unique already.`);
  const fresh = columns.some((column) => desk.isNew(table.name, column));
  if (fresh || !desk.mayHoldRows(table.name) || columns.length === 0) return settle(desk, change);
  const answer = desk.ask(
    {
      id: `duplicates:${display(table.name)}.${columns.join('+')}`,
      to: 'asker',
      text: `${listed} of \`${display(table.name)}\` is to be unique. Do existing rows hold duplicates?`,
      choices,
    },
    (text): number | Refused => {
      const at =
        chosen(text, choices) ??
        (/^(?:no|none|nope|unique)\b/i.test(text) ? 0 : /know|sure|maybe|check|look/i.test(text) ? 1 : undefined);
      if (at === 0 || at === 1) return at;
      return at === 2 || /^yes/i.test(text)
        ? { refused: 'then the duplicates must be merged or removed first; answer “no” when they are gone' }
        : { refused: 'it is neither yes nor no' };
    },
  );
  if (answer === undefined)
    return desk.await(`${describe(change)} (whether there are duplicates is still to be answered).`);
  settle(desk, change, answer === 1 ? { assumed: 'duplicates are to be looked for before it is built' } : {});
}

function isUnique(table: Table, columns: readonly string[]): boolean {
  const sorted = columns.toSorted();
  return (
    table.constraints.some(
      (each) => (each.kind === 'unique' || each.kind === 'primary-key') && same(each.columns.toSorted(), sorted),
    ) ||
    table.indexes.some(
      (each) =>
        each.unique &&
        each.where === undefined &&
        same(each.keys.flatMap(({ column }) => column ?? []).toSorted(), sorted) &&
        each.keys.length === sorted.length,
    )
  );
}

import { columnOf, type Table, tableOf } from '../../sql/catalog.ts';
import type { ChangeOf, Constraint } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { oneOf } from './choices.ts';
import { consider, type Hints, settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';
import { keyColumn } from './types.ts';
import { familyOf } from './values.ts';

/** A foreign key needs columns that can be compared; where they cannot, the engine refuses it. */
export function addReference(
  desk: Desk,
  change: ChangeOf<'add-constraint'>,
  { columns, references, referencedColumns }: Extract<Constraint, { kind: 'foreign-key' }>,
  table: Table,
  hints: Hints,
): undefined {
  const target = tableOf(desk.catalog(), references);
  const [column, more] = columns.map((name) => columnOf(table, name));
  const key = referencedColumns[0] ?? (target === undefined ? undefined : keyColumn(target));
  const referenced = target === undefined || key === undefined ? undefined : columnOf(target, key);
  if (
    column === undefined ||
    more !== undefined ||
    referenced === undefined ||
    comparable(column.type, referenced.type)
  ) {
    return settle(desk, change, hints);
  }
  const name = `${display(table.name)}.${column.name}`;
  const choices = [`Change \`${name}\` to ${referenced.type} first`, 'Leave the foreign key out'];
  const answer = desk.ask(
    {
      id: `reference-type:${name}`,
      to: 'asker',
      text: `\`${name}\` is ${column.type} and \`${display(references)}.${referenced.name}\` is ${referenced.type}: a foreign key cannot join them. What is meant?`,
      choices,
    },
    oneOf(choices),
  );
  if (answer === undefined) return desk.await(`${describe(change)} (the types do not fit together).`);
  if (answer === 1) return desk.note(`\`${name}\` gets no foreign key.`);
  const { span } = change;
  consider(desk, { kind: 'change-column-type', table: table.name, column: column.name, type: referenced.type, span });
  return settle(desk, change, hints);
}

function comparable(a: string, b: string): boolean {
  return a === b || (familyOf(a) === familyOf(b) && familyOf(a) !== 'other');
}

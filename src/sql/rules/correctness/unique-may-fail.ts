import { type Table, tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import type { ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const uniqueMayFail = defineRule({
  id: 'unique-may-fail',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A unique index or constraint is added over columns of a table that already exists, which nothing made unique before',
  effect: 'Rows that share a value make the statement fail; a concurrent build leaves an invalid index behind',
  remedy: 'Look for such rows beforehand: `SELECT columns, count(*) FROM table GROUP BY columns HAVING count(*) > 1`',
  source: 'PostgreSQL manual, CREATE INDEX, UNIQUE and "Building Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      bad: 'CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);',
      good: { none: 'whether rows share a value, only the rows can tell' },
    },
  ],
  on: ['create-index', 'add-constraint'],

  check(change, context) {
    const key = keyOfChange(change);
    if (key === undefined || !mayHoldRows(key.table, context)) return undefined;
    const table = tableOf(context.before, key.table);
    if (table !== undefined && isUniqueAlready(table, key.columns)) return undefined;
    const columns = key.columns.map((column) => `\`${column}\``).join(', ');
    return `Rows of ${described(key.table, context)} that share ${columns === '' ? 'a value' : columns} make this fail.`;
  },
});

function keyOfChange(
  change: ChangeOf<'create-index' | 'add-constraint'>,
): { readonly table: ObjectName; readonly columns: readonly string[] } | undefined {
  if (change.kind === 'create-index') {
    const { table, unique, keys } = change.index;
    return unique ? { table, columns: keys.map(({ column, expression }) => column ?? expression ?? '') } : undefined;
  }
  const { table, constraint, inline } = change;
  const isKey = constraint.kind === 'unique' || constraint.kind === 'primary-key';
  // A new column is another matter: it is NULL everywhere, or the same.
  if (!isKey || constraint.usingIndex !== undefined || inline !== undefined) return undefined;
  return { table, columns: constraint.columns };
}

/** What is unique over some of the columns is so over all of them. */
function isUniqueAlready({ constraints, indexes }: Table, columns: readonly string[]): boolean {
  const isWithin = (names: readonly (string | undefined)[]) =>
    names.every((name) => name !== undefined && columns.includes(name));
  return (
    constraints.some((each) => (each.kind === 'primary-key' || each.kind === 'unique') && isWithin(each.columns)) ||
    indexes.some(
      ({ unique, where, keys }) => unique && where === undefined && isWithin(keys.map(({ column }) => column)),
    )
  );
}

import { type Catalog, tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { isProvenNotNull } from '../../facts/not-null.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const setNotNullScan = defineRule({
  id: 'set-not-null-scan',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column is made NOT NULL without a validated CHECK constraint that proves it holds no NULL',
  effect: 'The whole table is scanned under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy:
    'Add `CHECK (column IS NOT NULL) NOT VALID`, validate it in a later migration, then set NOT NULL (PostgreSQL 12 and later skip the scan) and drop the check',
  source: 'PostgreSQL manual, ALTER TABLE, SET NOT NULL',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_set CHECK (note IS NOT NULL) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_note_set;\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
    },
  ],
  on: ['set-not-null', 'add-constraint'],

  check(change, context) {
    const table = tableOf(context.before, change.table);
    const column = columnsMadeRequired(change, context.before).find(
      (each) => !isProvenNotNull(table, each, context.version),
    );
    if (column === undefined || !mayHoldRows(change.table, context)) return undefined;
    return `No validated check proves that \`${column}\` holds no NULL, so ${described(change.table, context)} is scanned while nobody can read or write it.`;
  },
});

/** Besides SET NOT NULL: a named NOT NULL that is validated at once, and a primary key made from an index. */
function columnsMadeRequired(change: ChangeOf<'set-not-null' | 'add-constraint'>, before: Catalog): readonly string[] {
  if (change.kind === 'set-not-null') return [change.column];
  const { constraint } = change;
  if (constraint.kind === 'not-null')
    return constraint.validated && change.inline === undefined ? [constraint.column] : [];
  if (constraint.kind !== 'primary-key' || constraint.usingIndex === undefined) return [];
  const index = tableOf(before, change.table)?.indexes.find(({ name }) => name === constraint.usingIndex);
  return index?.keys.flatMap(({ column }) => column ?? []) ?? [];
}

import { makeObjectName } from '../../apply/names.ts';
import { type Catalog, tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { isProvenNotNull } from '../../facts/not-null.ts';
import { alterTable, validation } from '../../facts/not-valid.ts';
import { maySplit } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { quoteIdentifier } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const setNotNullScan = defineRule({
  id: 'set-not-null-scan',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column is made NOT NULL without a validated constraint that proves it holds no NULL',
  effect: 'The whole table is scanned under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy:
    'Add `CHECK (column IS NOT NULL) NOT VALID`, validate it in a later migration, then set NOT NULL (PostgreSQL 12 and later skip the scan) and drop the check; from PostgreSQL 18 on, add `NOT NULL column NOT VALID` and validate that',
  source: 'PostgreSQL manual, ALTER TABLE, SET NOT NULL; ADD table_constraint [ NOT VALID ] (18)',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_set CHECK (note IS NOT NULL) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_note_set;\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
    },
    {
      engine: 'postgresql',
      engineVersion: '18',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;",
    },
  ],
  on: ['set-not-null', 'add-constraint'],

  check(change, context) {
    const table = tableOf(context.before, change.table);
    const column = columnsMadeRequired(change, context.before).find(
      (each) => !isProvenNotNull(table, each, context.version),
    );
    if (column === undefined || !mayHoldRows(change.table, context)) return undefined;
    const message = `No validated constraint proves that \`${column}\` holds no NULL, so ${described(change.table, context)} is scanned while nobody can read or write it.`;
    const replacement = change.kind === 'set-not-null' ? provenFirst(change, context) : undefined;
    if (replacement === undefined) return message;
    return { message, fix: { description: 'Prove it beside reads and writes first', replacement } };
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

/** From 18 on SET NOT NULL makes a constraint of this name itself; before, a check of it must serve and go again. */
function provenFirst(change: ChangeOf<'set-not-null'>, context: RuleContext): string | undefined {
  if (context.version < 12 || !maySplit(change, context)) return undefined;
  const name = makeObjectName(change.table.name, change.column, 'not_null');
  const isTaken = tableOf(context.before, change.table)?.constraints.some((each) => each.name === name) === true;
  if (isTaken) return undefined;
  const alter = alterTable(change, context);
  const column = quoteIdentifier(change.column);
  const add = `${alter} ADD CONSTRAINT ${quoteIdentifier(name)}`;
  const steps =
    context.version < 18
      ? [
          `${add} CHECK (${column} IS NOT NULL) NOT VALID`,
          validation(change, name, context),
          context.statement,
          `${alter} DROP CONSTRAINT ${quoteIdentifier(name)}`,
        ]
      : [`${add} NOT NULL ${column} NOT VALID`, validation(change, name, context)];
  return steps.join(';\n');
}

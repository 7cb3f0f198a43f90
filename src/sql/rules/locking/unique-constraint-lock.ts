import { columnOf, type Table, tableOf } from '../../catalog.ts';
import type { ChangeOf, Constraint, Index } from '../../change.ts';
import { nameOf } from '../../facts/not-valid.ts';
import { isWholeStatement, maySplit } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { renderChange } from '../../render.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const uniqueConstraintLock = defineRule({
  id: 'unique-constraint-lock',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A UNIQUE or PRIMARY KEY constraint is added without USING INDEX to a table that already exists',
  effect: 'Its index is built under an ACCESS EXCLUSIVE lock, so that nobody can read or write the table meanwhile',
  remedy: 'Build a unique index CONCURRENTLY in a migration of its own, then add the constraint USING INDEX',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint_using_index',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
      good: "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);\nSET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint NOT NULL, email text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD PRIMARY KEY (id) INCLUDE (email) DEFERRABLE;",
      good: "CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id) INCLUDE (email);\nSET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey DEFERRABLE;",
    },
  ],
  on: ['add-constraint'],

  check(change, context) {
    const { table, constraint } = change;
    if (constraint.kind !== 'unique' && constraint.kind !== 'primary-key') return undefined;
    if (constraint.usingIndex !== undefined || !mayHoldRows(table, context)) return undefined;
    const known = tableOf(context.before, table);
    const isPartitioned = known?.partitionBy !== undefined;
    // Of ONLY a partitioned table it is an entry of the catalog, to which the partitions' keys are attached.
    if (isPartitioned && change.only === true) return undefined;
    const what = constraint.kind === 'unique' ? 'unique constraint' : 'primary key';
    const message = `The index of this ${what} is built while nobody can read or write ${described(table, context)}.`;
    if (isPartitioned) {
      return `${message} The table is partitioned: add the constraint to ONLY it, build one on each partition USING INDEX, and attach those.`;
    }
    const fix = replacementFor(change, constraint, known, context);
    return fix === undefined ? message : { message, fix };
  },
});

type Key = Extract<Constraint, { kind: 'unique' | 'primary-key' }>;

/** Storage parameters, a tablespace and WITHOUT OVERLAPS are not modelled, so that a replacement would lose them. */
function isPlain({ statement }: RuleContext): boolean {
  return !/\b(?:with|without|using)\b/i.test(statement);
}

function replacementFor(change: ChangeOf<'add-constraint'>, key: Key, known: Table | undefined, context: RuleContext) {
  if (change.inline !== undefined || !isWholeStatement(change, context) || !isPlain(context)) return undefined;
  const name = nameOf(change, context);
  const isRequired =
    key.kind === 'unique' ||
    key.columns.every((each) => known !== undefined && columnOf(known, each)?.nullable === false);
  // A primary key over columns that may be NULL scans the table for them, USING INDEX or not.
  if (name === undefined || !isRequired) return undefined;
  const add = (usingIndex: string) =>
    renderChange({
      kind: 'add-constraint',
      table: change.table,
      constraint: { ...key, name, columns: [], usingIndex },
    });

  const index = known?.indexes.find((each) => serves(each, key));
  if (index?.name !== undefined) {
    return { description: `Let it take over the index ${index.name}`, replacement: add(index.name) };
  }
  if (!maySplit(change, context)) return undefined;
  const { include = [] } = key;
  const nulls = key.kind === 'unique' && key.nullsNotDistinct === true ? { nullsNotDistinct: true } : {};
  const keys = key.columns.map((column) => ({ column }));
  const build = renderChange({
    kind: 'create-index',
    index: { name, table: change.table, method: 'btree', keys, include, unique: true, ...nulls },
    concurrently: true,
    ifNotExists: false,
  });
  return { description: 'Build its index concurrently first', replacement: `${build};\n${add(name)}` };
}

/** Whether PostgreSQL takes the index for the key: a plain unique one over just its columns. */
function serves(index: Index, key: Key): boolean {
  const isSame =
    index.keys.map(({ column }) => column).join() === key.columns.join() &&
    index.include.join() === (key.include ?? []).join();
  const isPlainKey = index.keys.every(
    ({ column, descending, nulls, collation, opclass }) =>
      column !== undefined && [descending, nulls, collation, opclass].every((each) => each === undefined),
  );
  const sameNulls = (index.nullsNotDistinct === true) === (key.kind === 'unique' && key.nullsNotDistinct === true);
  return (
    index.unique &&
    index.where === undefined &&
    index.invalid !== true &&
    index.partitionOf === undefined &&
    isSame &&
    isPlainKey &&
    sameNulls
  );
}

import type { Column } from '../../change.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const volatileDefault = defineRule({
  id: 'volatile-default',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column whose value must be computed for each row is added to a table that already exists',
  effect:
    'PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy: 'Add the column without the default, set the default in a second statement, and backfill old rows in batches',
  source: 'PostgreSQL manual, ALTER TABLE, Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token uuid;\nALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigserial;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigint;",
    },
  ],
  on: ['add-column'],

  check({ table, column }, context) {
    const cause = causeOfRewrite(column, context.version);
    if (cause === undefined || !mayHoldRows(table, context)) return undefined;
    return `Adding \`${column.name}\` rewrites every row of ${described(table, context)} under a lock that blocks reads and writes: ${cause}.`;
  },
});

function causeOfRewrite({ default: value, identity, generated }: Column, version: number): string | undefined {
  if (identity === 'serial') return 'a serial column takes a number from its sequence for each row';
  if (identity !== undefined) return 'an identity column takes a number from its sequence for each row';
  if (generated?.stored === true) return 'a stored generated column is computed for each row';
  if (value?.volatility === 'volatile') return `\`${value.sql}\` is, or may be, different for each row`;
  // Constant defaults are kept in the catalog since PostgreSQL 11 (release notes).
  if (value !== undefined && version < 11) return 'before PostgreSQL 11 every default is written into the rows';
  return undefined;
}

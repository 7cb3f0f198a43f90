import { causeOfRewrite, meetsRows } from '../../facts/new-columns.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const storedGeneratedRewrite = defineRule({
  id: 'stored-generated-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A stored generated column is added to a table that already exists',
  effect:
    'Its value is computed for every row, so PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, and nobody can read or write it meanwhile',
  remedy:
    'Add a plain column that a trigger or the application fills, and backfill old rows in batches; compute it in a view or an index on the expression; or, from PostgreSQL 18, make it VIRTUAL',
  source: 'PostgreSQL manual, ALTER TABLE, Notes; "Generated Columns"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, net integer, tax integer);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer GENERATED ALWAYS AS (net + tax) STORED;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer;",
    },
    {
      engine: 'postgresql',
      engineVersion: '18',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, net integer, tax integer);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer GENERATED ALWAYS AS (net + tax) STORED;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer GENERATED ALWAYS AS (net + tax) VIRTUAL;",
    },
  ],
  on: ['add-column'],

  check(change, context) {
    const { column, table } = change;
    if (causeOfRewrite(column, context) !== 'stored' || !meetsRows(change, context)) return undefined;
    return `Adding \`${column.name}\` computes its value for every row of ${described(table, context)}, which rewrites the table under a lock that blocks reads and writes.`;
  },
});

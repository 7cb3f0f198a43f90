import { columnOf, tableOf } from '../../catalog.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const setExpressionRewrite = defineRule({
  id: 'set-expression-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'The expression of a stored generated column is replaced',
  effect:
    'Its value is computed anew for every row, so PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, and nobody can read or write it meanwhile',
  remedy: 'Add a plain column with the new value, fill it in batches, and switch the readers over',
  source: 'PostgreSQL manual, ALTER TABLE, SET EXPRESSION AS',
  examples: [
    {
      engine: 'postgresql',
      engineVersion: '17',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, net integer, total integer GENERATED ALWAYS AS (net * 2) STORED);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN total SET EXPRESSION AS (net * 3);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total_now integer;",
    },
  ],
  on: ['set-expression'],

  check({ table, column }, context) {
    if (!mayHoldRows(table, context)) return undefined;
    const known = tableOf(context.before, table);
    const generated = known === undefined ? undefined : columnOf(known, column)?.generated;
    // A virtual column has no values to write.
    if (generated?.stored === false) return undefined;
    return `A new expression for \`${column}\` computes its value for every row of ${described(table, context)}, which rewrites the table under a lock that blocks reads and writes.`;
  },
});

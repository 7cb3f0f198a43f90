import { tableOf } from '../../catalog.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const setAccessMethodRewrite = defineRule({
  id: 'set-access-method-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A table that already exists gets another access method',
  effect:
    'PostgreSQL writes the table and its indexes anew under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy: 'Create a table USING the other method, move the rows over in batches, and switch the names',
  source: 'PostgreSQL manual, ALTER TABLE, SET ACCESS METHOD and Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders SET ACCESS METHOD columnar;",
      good: { none: 'the access method of a table cannot change without its rows being written anew' },
      notExecuted: 'it takes an extension that brings the access method',
    },
  ],
  on: ['set-access-method'],

  check({ table }, context) {
    // A partitioned table has no rows of its own; the method is that of its later partitions.
    if (tableOf(context.before, table)?.partitionBy !== undefined || !mayHoldRows(table, context)) return undefined;
    return `Every row of ${described(table, context)} is written anew while nobody can read or write it.`;
  },
});

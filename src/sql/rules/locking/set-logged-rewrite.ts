import { tableOf } from '../../catalog.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const setLoggedRewrite = defineRule({
  id: 'set-logged-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A table that already exists is made LOGGED or UNLOGGED',
  effect:
    'PostgreSQL writes the table and its indexes anew under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile; LOGGED sends all of it to the write-ahead log and the replicas as well',
  remedy: 'Create a table of the other kind, move the rows over in batches, and switch the names',
  source: 'PostgreSQL manual, ALTER TABLE, SET { LOGGED | UNLOGGED } and Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE UNLOGGED TABLE imports (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE imports SET LOGGED;",
      good: { none: 'the persistence of a table cannot change without its rows being written anew' },
    },
  ],
  on: ['set-logged'],

  check({ table, logged }, context) {
    const known = tableOf(context.before, table);
    // What a table is already costs nothing, and a partitioned one has no rows of its own.
    const isSo = known !== undefined && logged === (known.unlogged !== true);
    if (isSo || known?.partitionBy !== undefined || !mayHoldRows(table, context)) return undefined;
    return `Every row of ${described(table, context)} is written anew while nobody can read or write it.`;
  },
});

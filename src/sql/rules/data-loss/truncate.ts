import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const truncate = defineRule({
  id: 'truncate',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A table that already exists is emptied with TRUNCATE',
  effect: 'Its rows are gone for good, and the table is locked for everybody until the transaction ends',
  remedy: 'Delete the rows that are meant, in batches with a WHERE clause, or have the loss approved',
  source: 'PostgreSQL manual, TRUNCATE, Notes; MySQL manual, "TRUNCATE TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);',
      bad: "SET lock_timeout = '2s';\nTRUNCATE sessions;",
      good: 'DELETE FROM sessions WHERE expires_at < now() AND id BETWEEN 1 AND 1000;',
    },
  ],
  on: ['write-data'],

  check({ verb, table }, context) {
    if (verb !== 'truncate' || context.isNew(table)) return undefined;
    return `This removes every row of ${described(table, context)} under a lock that blocks reads and writes.`;
  },
});

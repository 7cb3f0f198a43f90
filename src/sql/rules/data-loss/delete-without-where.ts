import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const deleteWithoutWhere = defineRule({
  id: 'delete-without-where',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A DELETE without a WHERE clause, or with one that is always true, empties a table that already exists',
  effect: 'Every row is gone, and stays locked until the transaction ends',
  remedy: 'Delete in batches, each with a WHERE clause that says which rows are meant',
  source: 'PostgreSQL manual, DELETE; MySQL manual, "DELETE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);',
      bad: 'DELETE FROM sessions;',
      good: 'DELETE FROM sessions WHERE expires_at < now() AND id BETWEEN 1 AND 1000;',
    },
  ],
  on: ['write-data'],

  check({ verb, table, where }, context) {
    if (verb !== 'delete' || where !== undefined || !mayHoldRows(table, context)) return undefined;
    return `This deletes every row of ${described(table, context)}.`;
  },
});

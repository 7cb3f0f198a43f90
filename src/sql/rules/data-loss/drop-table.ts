import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const dropTable = defineRule({
  id: 'drop-table',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A table that already exists is dropped',
  effect: 'Its rows are gone for good, and code that still uses it fails',
  remedy: 'Make sure that nothing uses the table, keep a copy of its rows, and have the drop approved',
  source: 'PostgreSQL manual, DROP TABLE; MySQL manual, "DROP TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nDROP TABLE drafts;",
      good: {
        none: 'dropping a table destroys its rows however it is written; an approval is given with an ignore comment',
      },
    },
  ],
  on: ['drop-table'],

  check({ table }, context) {
    if (context.isNew(table)) return undefined;
    return `Dropping ${described(table, context)} destroys its rows, and code that still uses it fails.`;
  },
});

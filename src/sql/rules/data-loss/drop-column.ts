import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const dropColumn = defineRule({
  id: 'drop-column',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A column of a table that already exists is dropped',
  effect: 'Its values are gone for good, and code that still names it fails',
  remedy: 'Release code that does not use the column first, keep a copy of its values, and have the drop approved',
  source: 'PostgreSQL manual, ALTER TABLE, DROP COLUMN; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN note;",
      good: {
        none: 'dropping a column destroys its values however it is written; an approval is given with an ignore comment',
      },
    },
  ],
  on: ['drop-column'],

  check({ table, column }, context) {
    if (context.isNew(table)) return undefined;
    return `Dropping \`${column}\` destroys its values in ${described(table, context)}, and code that still names it fails.`;
  },
});

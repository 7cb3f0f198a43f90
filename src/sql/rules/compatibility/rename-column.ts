import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameColumn = defineRule({
  id: 'rename-column',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A column of a table that already exists is renamed',
  effect: 'Code that is running still uses the old name, and fails from this moment on',
  remedy: 'Add a column of the new name, keep both filled, move the code over, and drop the old one later',
  source: 'PostgreSQL manual, ALTER TABLE, RENAME; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME COLUMN note TO remark;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN remark text;",
    },
  ],
  on: ['rename-column'],

  check({ table, column, to }, { isNew }) {
    if (isNew(table)) return undefined;
    return `\`${column}\` of \`${display(table)}\` becomes \`${to}\` while running code still uses its old name.`;
  },
});

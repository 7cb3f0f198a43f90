import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameTable = defineRule({
  id: 'rename-table',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A table or view that already exists is renamed or moved to another schema',
  effect: 'Code that is running still uses the old name, and fails from this moment on',
  remedy: 'Rename in the application instead, or give the new name to a view until nothing uses the old one',
  source: 'PostgreSQL manual, ALTER TABLE, RENAME; MySQL manual, "RENAME TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME TO purchases;",
      good: 'CREATE VIEW purchases AS SELECT id FROM orders;',
    },
  ],
  on: ['rename-table', 'set-table-schema'],

  check({ kind, table, to }, { isNew }) {
    if (isNew(table)) return undefined;
    const how = kind === 'rename-table' ? `renamed to \`${to}\`` : `moved to the schema \`${to}\``;
    return `\`${display(table)}\` is ${how} while running code still uses its old name.`;
  },
});

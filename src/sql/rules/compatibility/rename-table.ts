import { tableOf } from '../../catalog.ts';
import { comesBack } from '../../facts/comes-back.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameTable = defineRule({
  id: 'rename-table',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A table that already exists is renamed, and nothing takes its old name',
  effect: 'Code that is running still uses the old name, and fails from this moment on',
  remedy:
    'Make a view of the old name in the same transaction, or give the new name to a view until nothing uses the old one',
  source:
    'PostgreSQL manual, ALTER TABLE, RENAME; CREATE VIEW, "Updatable Views"; MySQL manual, "RENAME TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME TO purchases;",
      good: "SET lock_timeout = '2s';\nBEGIN;\nALTER TABLE orders RENAME TO purchases;\nCREATE VIEW orders AS SELECT id FROM purchases;\nCOMMIT;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE IF EXISTS orders RENAME TO purchases;",
      good: 'CREATE VIEW purchases AS SELECT id FROM orders;',
    },
  ],
  on: ['rename-table'],

  check(change, context) {
    const { table, to, ofView } = change;
    const { isNew, before, earlier } = context;
    if (isNew(table) || ofView === true || before.views.has(keyOf(table)) || comesBack(change, context))
      return undefined;
    // The second half of a swap: nobody but the migration knows the table by the name that it gives up.
    const wanted = keyOf({ ...table, name: to });
    if (earlier.some((each) => each.kind === 'rename-table' && keyOf(each.table) === wanted)) return undefined;
    const message = `\`${display(table)}\` is renamed to \`${to}\` while running code still uses its old name.`;
    // Code names the partitioned table, and hardly ever its parts.
    return tableOf(before, table)?.partitionOf === undefined ? message : { message, level: 'notice' };
  },
});

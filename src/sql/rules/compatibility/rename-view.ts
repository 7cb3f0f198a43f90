import { comesBack } from '../../facts/comes-back.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameView = defineRule({
  id: 'rename-view',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A view or materialized view that already exists is renamed, and nothing takes its old name',
  effect: 'Code that is running still reads it by the old name, and fails from this moment on',
  remedy: 'Make a second view of the new name, move the code over, and drop the old one later',
  source: 'PostgreSQL manual, ALTER VIEW; ALTER MATERIALIZED VIEW',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE VIEW order_ids AS SELECT id FROM orders;',
      bad: "SET lock_timeout = '2s';\nALTER VIEW order_ids RENAME TO purchase_ids;",
      good: 'CREATE VIEW purchase_ids AS SELECT id FROM order_ids;',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE MATERIALIZED VIEW order_count AS SELECT count(*) AS n FROM orders;',
      bad: "SET lock_timeout = '2s';\nALTER TABLE order_count RENAME TO orders_counted;",
      good: 'CREATE VIEW orders_counted AS SELECT n FROM order_count;',
    },
  ],
  on: ['rename-table'],

  check(change, context) {
    const { table, to, ofView } = change;
    const isView = ofView === true || context.before.views.has(keyOf(table));
    if (!isView || context.isNew(table) || comesBack(change, context)) return undefined;
    return `The view \`${display(table)}\` is renamed to \`${to}\` while running code still reads it by its old name.`;
  },
});

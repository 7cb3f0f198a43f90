import { comesBack } from '../../facts/comes-back.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const setSchema = defineRule({
  id: 'set-schema',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A table or view that already exists is moved to another schema, and nothing takes its old name',
  effect: 'Code that is running looks for it in the old schema, and fails from this moment on',
  remedy: 'Make a view of the old name in the old schema in the same transaction, until nothing uses it',
  source: 'PostgreSQL manual, ALTER TABLE, SET SCHEMA; "The Schema Search Path"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nCREATE SCHEMA moved_shop;\nALTER TABLE orders SET SCHEMA moved_shop;",
      good: 'CREATE SCHEMA kept_shop;\nCREATE VIEW kept_shop.orders AS SELECT id FROM orders;',
    },
  ],
  on: ['set-table-schema'],

  check(change, context) {
    if (context.isNew(change.table) || comesBack(change, context)) return undefined;
    return `\`${display(change.table)}\` is moved to the schema \`${change.to}\` while running code still looks for it where it was.`;
  },
});

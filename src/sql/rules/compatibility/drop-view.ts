import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropView = defineRule({
  id: 'drop-view',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A view or materialized view that already exists is dropped and not made again',
  effect: 'Code that still reads it fails, and its privileges are gone with it',
  remedy: 'Release code that does not read the view first, then drop it',
  source: 'PostgreSQL manual, DROP VIEW; DROP MATERIALIZED VIEW; MySQL manual, "DROP VIEW Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE VIEW order_ids AS SELECT id FROM orders;',
      bad: "SET lock_timeout = '2s';\nDROP VIEW order_ids;",
      good: "SET lock_timeout = '2s';\nDROP VIEW order_ids;\nCREATE VIEW order_ids AS SELECT id, id AS number FROM orders;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE MATERIALIZED VIEW totals AS SELECT 1 AS total;',
      bad: "SET lock_timeout = '2s';\nDROP MATERIALIZED VIEW IF EXISTS totals;",
      good: { none: 'a view that nobody reads does no harm; dropping it is for a later day' },
    },
  ],
  on: ['drop-view'],

  check(change, context) {
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    const what = change.materialized ? 'materialized view' : 'view';
    return `Code that still reads the ${what} \`${display(change.view)}\` fails once it is dropped.`;
  },
});

import { causeOfRewrite, meetsRows } from '../../facts/new-columns.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const serialOrIdentityRewrite = defineRule({
  id: 'serial-or-identity-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A serial or identity column is added to a table that already exists',
  effect:
    'Every row takes a number from the sequence, so PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, and nobody can read or write it meanwhile',
  remedy:
    'Add a plain nullable bigint column, let a sequence fill it for new rows by default, backfill old rows in batches, and make it required or an identity later',
  source: 'PostgreSQL manual, ALTER TABLE, Notes; "Numeric Types", Serial Types; "Identity Columns"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigserial;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigint;\nCREATE SEQUENCE orders_number OWNED BY orders.number;\nALTER TABLE orders ALTER COLUMN number SET DEFAULT nextval('orders_number');",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN number bigint;",
    },
  ],
  on: ['add-column'],

  check(change, context) {
    const { column, table } = change;
    if (causeOfRewrite(column, context) !== 'sequence' || !meetsRows(change, context)) return undefined;
    const what = column.identity === 'serial' ? 'a serial' : 'an identity';
    return `Adding \`${column.name}\` as ${what} column rewrites every row of ${described(table, context)} under a lock that blocks reads and writes, because each takes a number from the sequence.`;
  },
});

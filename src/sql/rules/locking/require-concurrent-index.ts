import { tableOf } from '../../catalog.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const requireConcurrentIndex = defineRule({
  id: 'require-concurrent-index',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'An index is built without CONCURRENTLY on a table that already exists',
  effect: 'Every write to the table waits until the index is built, which takes minutes on a large table',
  remedy: 'Build the index CONCURRENTLY, outside a transaction and alone in its migration',
  source: 'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: "SET lock_timeout = '2s';\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);",
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
    },
  ],
  on: ['create-index'],

  check({ index, concurrently }, context) {
    if (concurrently || context.isNew(index.table)) return undefined;
    const message = `Building this index blocks every write to ${described(index.table, context)} until it is done.`;
    if (tableOf(context.before, index.table)?.partitionBy !== undefined) {
      return `${message} The table is partitioned: create the index ON ONLY it, build one CONCURRENTLY on each partition, and attach those.`;
    }
    if (context.inTransaction) return message;
    // Inside a transaction the replacement would fail, and the file must be taken apart by hand.
    const replacement = context.statement.replace(/^create\s+(?:unique\s+)?index\b/i, '$& CONCURRENTLY');
    return { message, fix: { description: 'Build the index concurrently', replacement } };
  },
});

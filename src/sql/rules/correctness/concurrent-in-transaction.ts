import { defineRule } from '../../rule.ts';

const statements = {
  'create-index': 'CREATE INDEX CONCURRENTLY',
  'drop-index': 'DROP INDEX CONCURRENTLY',
  maintain: 'REINDEX CONCURRENTLY',
} as const;

export const concurrentInTransaction = defineRule({
  id: 'concurrent-in-transaction',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'An index is built, dropped or rebuilt CONCURRENTLY inside a transaction',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Give the statement a migration of its own that its tool does not wrap in a transaction',
  source: 'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'BEGIN;\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);\nCOMMIT;',
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
      fails: '25001',
    },
  ],
  on: ['create-index', 'drop-index', 'maintain'],

  check(change, { inTransaction }) {
    if (!change.concurrently || !inTransaction) return undefined;
    // REFRESH MATERIALIZED VIEW CONCURRENTLY is allowed there.
    if (change.kind === 'maintain' && change.what !== 'REINDEX') return undefined;
    return `${statements[change.kind]} cannot run inside a transaction block, and this one would.`;
  },
});

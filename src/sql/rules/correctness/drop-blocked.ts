import { refusalOf } from '../../facts/refusals.ts';
import { defineRule } from '../../rule.ts';

export const dropBlocked = defineRule({
  id: 'drop-blocked',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'Something is dropped, emptied or given another type while something else depends on it',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Drop or change first what depends on it, by name, and make it again afterwards where it is still needed',
  source: 'PostgreSQL manual, "Dependency Tracking"; ALTER TABLE, Notes; TRUNCATE',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE VIEW notes AS SELECT id, note FROM orders;',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN note;",
      good: { none: 'dropping a column is data loss in any case' },
      fails: '2BP01',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(40)); CREATE VIEW notes AS SELECT id, note FROM orders;',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note TYPE text;",
      good: "SET lock_timeout = '2s';\nDROP VIEW notes;\nALTER TABLE orders ALTER COLUMN note TYPE text;\nCREATE VIEW notes AS SELECT id, note FROM orders;",
      fails: '0A000',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers); CREATE INDEX ON orders (customer_id);',
      bad: "SET lock_timeout = '2s';\nDROP TABLE customers;",
      good: { none: 'dropping a table is data loss in any case' },
      fails: '2BP01',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);',
      bad: "SET lock_timeout = '2s';\nTRUNCATE customers;",
      good: { none: 'emptying a table is data loss in any case' },
      fails: '0A000',
    },
    {
      engine: 'postgresql',
      given: 'CREATE VIEW order_ids AS SELECT 1 AS id; CREATE VIEW last_order AS SELECT max(id) AS id FROM order_ids;',
      bad: 'DROP VIEW order_ids;\nCREATE VIEW order_ids AS SELECT 2 AS id;',
      good: "SET lock_timeout = '2s';\nDROP VIEW last_order;\nDROP VIEW order_ids;\nCREATE VIEW order_ids AS SELECT 2 AS id;\nCREATE VIEW last_order AS SELECT max(id) AS id FROM order_ids;",
      fails: '2BP01',
    },
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'fine'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
      bad: 'DROP TYPE mood;',
      good: { none: 'what the type is used for has to go first, and that is data' },
      fails: '2BP01',
    },
  ],
  on: [
    'drop-table',
    'drop-view',
    'drop-column',
    'drop-constraint',
    'drop-index',
    'drop-schema',
    'drop-sequence',
    'drop-type',
    'drop-function',
    'drop-extension',
    'change-column-type',
    'drop-not-null',
    'drop-default',
    'write-data',
  ],

  check(change, { before, siblings, known }) {
    const refusal = refusalOf(change, siblings, before);
    if (refusal === undefined) return undefined;
    const message = `PostgreSQL refuses this: ${refusal}.`;
    // Where files run apart, what another one made may not be there; and under a condition it may never run.
    return known === 'nothing' || change.guarded === true ? { message, level: 'warning' } : message;
  },
});

import { missingFor } from '../../facts/unknown.ts';
import { defineRule } from '../../rule.ts';

export const unknownObject = defineRule({
  id: 'unknown-object',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A statement names a table, column, index, constraint, type or schema that does not exist at that point',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Correct the name, or put the statement behind the one that makes what it names',
  source: 'PostgreSQL manual, "PostgreSQL Error Codes", class 42; executed',
  examples: [
    {
      engine: 'postgresql',
      complete: true,
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE ordrs ADD COLUMN note text;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;",
      fails: '42P01',
    },
    {
      engine: 'postgresql',
      complete: true,
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (costumer_id);',
      good: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
      fails: '42703',
    },
    {
      engine: 'postgresql',
      complete: true,
      bad: 'CREATE TABLE notes (id bigint PRIMARY KEY, mood mood);',
      good: "CREATE TYPE mood AS ENUM ('glad', 'sad');\nCREATE TABLE notes (id bigint PRIMARY KEY, mood mood);",
      fails: '42704',
    },
  ],
  on: [
    'drop-schema',
    'rename-schema',
    'create-table',
    'drop-table',
    'rename-table',
    'set-table-schema',
    'add-column',
    'drop-column',
    'change-column-type',
    'rename-column',
    'set-not-null',
    'drop-not-null',
    'set-default',
    'drop-default',
    'add-identity',
    'set-expression',
    'drop-identity',
    'drop-expression',
    'add-constraint',
    'drop-constraint',
    'validate-constraint',
    'rename-constraint',
    'create-index',
    'drop-index',
    'rename-index',
    'create-view',
    'drop-view',
    'create-sequence',
    'drop-sequence',
    'create-enum',
    'create-composite',
    'create-domain',
    'add-enum-value',
    'rename-enum-value',
    'alter-composite',
    'rename-type',
    'set-type-schema',
    'drop-type',
    'alter-domain',
    'attach-partition',
    'detach-partition',
    'set-inherit',
    'set-logged',
    'set-row-security',
    'create-policy',
    'toggle-trigger',
    'create-trigger',
    'drop-function',
    'alter-policy',
    'drop-policy',
    'drop-trigger',
    'comment',
    'write-data',
    'query',
    'grant',
    'revoke',
    'maintain',
  ],

  check(change, { before, known, statement }) {
    if ((known !== 'sure' && known !== 'likely') || change.guarded === true) return undefined;
    const missing = missingFor(change, before);
    if (missing === undefined || ifExists.test(statement)) return undefined;
    const message = `There is no ${missing} at this point.`;
    // Where only the files tell, something may have been there before the first of them.
    return known === 'sure' ? message : { message, level: 'warning' };
  },
});

/** ALTER ... IF EXISTS passes over what is not there, whatever it was to do to it. */
const ifExists = /^\s*alter\s+(?:foreign\s+|materialized\s+)?\w+\s+if\s+exists\b/i;

import { addThenValidate } from '../../facts/not-valid.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const checkNotValid = defineRule({
  id: 'check-not-valid',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A CHECK constraint is added without NOT VALID to a table that already exists',
  effect: 'The whole table is scanned under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy: 'Add the check NOT VALID, and VALIDATE CONSTRAINT in a later migration, which lets reads and writes go on',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint [ NOT VALID ] and Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer CHECK (total >= 0);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total integer, ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;",
    },
  ],
  on: ['add-constraint'],

  check(change, context) {
    const { table, constraint } = change;
    if (constraint.kind !== 'check' || !constraint.validated || !mayHoldRows(table, context)) return undefined;
    const message = `Every row of ${described(table, context)} is checked while nobody can read or write it.`;
    const replacement = addThenValidate(change, context);
    if (replacement === undefined) return message;
    return { message, fix: { description: 'Add it NOT VALID, then validate it', replacement } };
  },
});

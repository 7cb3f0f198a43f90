import { mayHoldRows } from '../../facts/rows.ts';
import { isAddedUnvalidated } from '../../facts/unvalidated.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const validateInSameTransaction = defineRule({
  id: 'validate-in-same-transaction',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A constraint is validated in the transaction that added it as NOT VALID',
  effect: 'The strong lock of the ADD is held during the whole scan, which is what NOT VALID was to avoid',
  remedy: 'Validate the constraint in a migration of its own, after the first one has committed',
  source: 'PostgreSQL manual, ALTER TABLE, Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;\nCOMMIT;",
      good: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\nCOMMIT;\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID, VALIDATE CONSTRAINT orders_total_check;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
    },
  ],
  on: ['validate-constraint'],

  check(change, context) {
    const { table, name } = change;
    if (!mayHoldRows(table, context)) return undefined;
    if (!isAddedUnvalidated(change, context)) return undefined;
    return `\`${name}\` was added in this same transaction, whose lock on \`${display(table)}\` lasts until the scan is over.`;
  },
});

import { described, mayHoldRows } from '../../facts/rows.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const foreignKeyNotValid = defineRule({
  id: 'foreign-key-not-valid',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A foreign key is added without NOT VALID to a table that already exists',
  effect: 'Writes to both tables wait while every row is checked',
  remedy: 'Add the foreign key NOT VALID, and VALIDATE CONSTRAINT in a later migration, which lets writes go on',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint [ NOT VALID ] and Notes',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint); CREATE INDEX ON orders (customer_id);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
    },
  ],
  on: ['add-constraint'],

  check({ table, constraint, inline }, context) {
    if (constraint.kind !== 'foreign-key' || !constraint.validated || !mayHoldRows(table, context)) return undefined;
    // A new column without a default is NULL everywhere, so PostgreSQL has nothing to check (source, transformFKConstraints).
    const column = context.siblings.find((each) => each.kind === 'add-column' && each.column.name === inline);
    if (column?.kind === 'add-column' && column.column.default === undefined) return undefined;

    const message = `Every row of ${described(table, context)} is checked against \`${display(constraint.references)}\` while writes to both tables wait.`;
    if (inline !== undefined || context.siblings.length > 1) return message;
    const replacement = `${context.statement} NOT VALID`;
    return { message, fix: { description: 'Add it NOT VALID, and validate it in a later migration', replacement } };
  },
});

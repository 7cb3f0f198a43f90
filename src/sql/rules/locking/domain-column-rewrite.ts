import { causeOfRewrite, meetsRows } from '../../facts/new-columns.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const domainColumnRewrite = defineRule({
  id: 'domain-column-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column of a domain with a CHECK or NOT NULL is added to a table that already exists',
  effect:
    'PostgreSQL checks the value for every row by rewriting the table and its indexes under an ACCESS EXCLUSIVE lock, even where the column is NULL throughout',
  remedy:
    'Add the column with the type under the domain, and its condition as a CHECK constraint that is NOT VALID, to be validated in a later migration',
  source: 'PostgreSQL manual, ALTER TABLE, Notes; PostgreSQL source, ATExecAddColumn (DomainHasConstraints)',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE DOMAIN quantity AS integer CHECK (VALUE > 0);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN amount quantity;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN amount integer;\nALTER TABLE orders ADD CONSTRAINT orders_amount_check CHECK (amount > 0) NOT VALID;",
    },
  ],
  on: ['add-column'],

  check(change, context) {
    const { column, table } = change;
    if (causeOfRewrite(column, context) !== 'domain-check' || !meetsRows(change, context)) return undefined;
    return `\`${column.type}\` checks its values, so adding \`${column.name}\` rewrites every row of ${described(table, context)} under a lock that blocks reads and writes.`;
  },
});

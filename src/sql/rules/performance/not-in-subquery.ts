import { type Catalog, columnOf, tableOf } from '../../catalog.ts';
import type { QueryTrait } from '../../changes/queries.ts';
import { columnText, queryKinds, traitsOf } from '../../facts/queries.ts';
import { defineRule } from '../../rule.ts';

export const notInSubquery = defineRule({
  id: 'not-in-subquery',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A condition is NOT IN with a subquery whose column can hold NULL',
  effect:
    'One NULL among what the subquery returns makes the condition true for no row at all, and PostgreSQL cannot run it as a join, so that it may read the subquery once for every row',
  remedy: 'Write `NOT EXISTS (SELECT FROM ... WHERE ...)`, which has neither flaw',
  source: 'PostgreSQL manual, "Subquery Expressions", NOT IN',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);',
      bad: 'CREATE VIEW idle_users AS SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM orders);',
      good: 'CREATE VIEW idle_users AS SELECT id FROM users WHERE NOT EXISTS (SELECT FROM orders WHERE user_id = users.id);',
    },
  ],
  on: queryKinds,
  inRoutines: true,

  check(change, { before }) {
    const found = traitsOf(change, 'not-in-subquery').find((trait) => !isRequired(trait, before));
    if (found === undefined) return undefined;
    const { column, table } = found;
    const what = column === undefined ? 'what the subquery returns' : columnText(column, table);
    return `If ${what} is NULL in a single row, this NOT IN is true for none.`;
  },
});

function isRequired(
  { column, table: name }: Extract<QueryTrait, { kind: 'not-in-subquery' }>,
  before: Catalog,
): boolean {
  const table = name === undefined ? undefined : tableOf(before, name);
  return table !== undefined && column !== undefined && columnOf(table, column)?.nullable === false;
}

import { isSameExpression } from '../../facts/expressions.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const duplicateIndexColumn = defineRule({
  id: 'duplicate-index-column',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql'],
  when: 'An index has the same column twice',
  effect: 'The second place finds nothing that the first does not, and makes the index larger',
  remedy: 'Name each column once',
  source: 'PostgreSQL manual, CREATE INDEX; MySQL refuses it (ER_DUP_FIELDNAME)',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed_at timestamptz);',
      bad: 'CREATE INDEX CONCURRENTLY orders_idx ON orders (customer_id, placed_at, customer_id);',
      good: 'CREATE INDEX CONCURRENTLY orders_idx ON orders (customer_id, placed_at);',
    },
  ],
  on: ['create-index'],

  check({ index: { table, keys, include } }) {
    const twice = keys.find(({ column, expression, opclass, collation }, at) =>
      keys
        .slice(0, at)
        .some(
          (other) =>
            other.column === column &&
            isSameExpression(other.expression, expression) &&
            other.opclass === opclass &&
            other.collation === collation,
        ),
    );
    const name =
      twice?.column ?? twice?.expression ?? include.find((column) => keys.some((key) => key.column === column));
    return name === undefined ? undefined : `This index of \`${display(table)}\` holds \`${name}\` twice.`;
  },
});

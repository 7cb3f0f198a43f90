import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const updateWithoutWhere = defineRule({
  id: 'update-without-where',
  level: 'error',
  category: 'locking',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'An UPDATE without a WHERE clause, or with one that is always true, changes a table that already exists',
  effect:
    'Every row is rewritten and stays locked until the transaction ends, and a slip of the pen reaches all of them',
  remedy:
    'Update in batches, each with a WHERE clause that bounds it and a transaction of its own, outside the schema migration',
  source: 'PostgreSQL manual, UPDATE; "Routine Vacuuming"; MySQL manual, "UPDATE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text);',
      bad: "UPDATE orders SET state = 'new';",
      good: "UPDATE orders SET state = 'new' WHERE state IS NULL AND id BETWEEN 1 AND 1000;",
    },
  ],
  on: ['write-data'],

  check({ verb, table, where }, context) {
    if (verb !== 'update' || where !== undefined || !mayHoldRows(table, context)) return undefined;
    // MySQL, MariaDB and SQLite know UPDATE ... LIMIT.
    if (context.engine !== 'postgresql' && /\blimit\s+\d+\s*$/i.test(context.statement)) return undefined;
    return `This changes and locks every row of ${described(table, context)} at once.`;
  },
});

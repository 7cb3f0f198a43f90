import { type Catalog, columnOf, tableOf } from '../../catalog.ts';
import type { QueryTrait } from '../../changes/queries.ts';
import { isSameExpression } from '../../facts/expressions.ts';
import { accessPaths } from '../../facts/indexes.ts';
import { columnText, isLasting, queryKinds, traitsOf } from '../../facts/queries.ts';
import { defineRule } from '../../rule.ts';

type Use = Extract<QueryTrait, { kind: 'function-on-column' }>;

export const functionOnIndexedColumn = defineRule({
  id: 'function-on-indexed-column',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A condition compares a function or cast of an indexed column, and no index is on that expression',
  effect: 'The index on the column itself is of no use to the query, which reads the whole table instead',
  remedy:
    'Compare the column itself (`created_at >= date` and `< date + 1` in place of `created_at::date = date`), or build an index on the expression',
  source: 'PostgreSQL manual, "Indexes on Expressions"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL); CREATE INDEX users_email ON users (email);',
      bad: "CREATE VIEW root AS SELECT id FROM users WHERE lower(email) = 'root@example.com';",
      good: "CREATE INDEX CONCURRENTLY users_lower_email ON users (lower(email));\nCREATE VIEW root AS SELECT id FROM users WHERE lower(email) = 'root@example.com';",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz NOT NULL); CREATE INDEX orders_placed_at ON orders (placed_at);',
      bad: 'CREATE VIEW orders_of_today AS SELECT id FROM orders WHERE placed_at::date = current_date;',
      good: 'CREATE VIEW orders_of_today AS SELECT id FROM orders WHERE placed_at >= current_date AND placed_at < current_date + 1;',
    },
  ],
  on: queryKinds,
  inRoutines: true,

  check(change, { before, isNew }) {
    const found = traitsOf(change, 'function-on-column').find(
      (use) => use.table !== undefined && (isLasting(change) || !isNew(use.table)) && wastesIndex(use, before),
    );
    // A write of the migration itself runs once, and mostly reads all rows anyway.
    if (found === undefined || (change.kind === 'write-data' && !isLasting(change))) return undefined;
    return `\`${found.expression}\` is compared, so the index on ${columnText(found.column, found.table)} is not used.`;
  },
});

function wastesIndex({ table: name, column, expression, function: called }: Use, before: Catalog): boolean {
  const table = name === undefined ? undefined : tableOf(before, name);
  if (table === undefined) return false;
  const type = columnOf(table, column)?.type;
  if (type === undefined || isSameOrdering(type, called)) return false;
  const paths = accessPaths(table);
  return (
    paths.some(
      ({ method, keys }) => method === 'btree' && keys[0]?.column === column && keys[0].opclass === undefined,
    ) && !paths.some(({ keys }) => keys.some((key) => isSameExpression(key.expression, expression)))
  );
}

/** A cast between varchar and text is none: the index serves both (pg_cast, binary coercible). */
function isSameOrdering(type: string, target: string): boolean {
  return isText(type) && isText(target);
}

function isText(type: string): boolean {
  return type === 'text' || type.startsWith('character varying');
}

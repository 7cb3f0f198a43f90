import { tableOf } from '../../catalog.ts';
import { columnText, isLasting, queryKinds, traitsOf } from '../../facts/queries.ts';
import { defineRule } from '../../rule.ts';

export const leadingWildcard = defineRule({
  id: 'leading-wildcard',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A query looks for a pattern that begins with a wildcard',
  effect: 'No btree index serves the search, so the whole table is read each time',
  remedy:
    'Index the column for it (`CREATE EXTENSION pg_trgm`, then `USING gin (name gin_trgm_ops)`), use full text search, or anchor the pattern at its beginning',
  source: 'PostgreSQL manual, "Index Types", B-Tree, and "pg_trgm", Index Support',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);',
      bad: "CREATE VIEW own_users AS SELECT id FROM users WHERE email LIKE '%@example.com';",
      good: "CREATE VIEW admins AS SELECT id FROM users WHERE email LIKE 'admin@%';",
    },
  ],
  on: queryKinds,
  inRoutines: true,

  check(change, { before, isNew }) {
    const found = traitsOf(change, 'leading-wildcard').find(({ column, table }) => {
      if (table !== undefined && isNew(table) && !isLasting(change)) return false;
      const indexes = table === undefined ? undefined : tableOf(before, table)?.indexes;
      const isServed = indexes?.some(({ keys }) =>
        keys.some(
          (key) => key.opclass?.endsWith('trgm_ops') === true && (key.column ?? key.expression)?.includes(column),
        ),
      );
      return isServed !== true;
    });
    if (found === undefined) return undefined;
    return `The pattern for ${columnText(found.column, found.table)} begins with a wildcard, so that the whole table is read.`;
  },
});

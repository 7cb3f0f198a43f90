import { underlying } from '../../facts/domains.ts';
import { causeOfRewrite, meetsRows } from '../../facts/new-columns.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const volatileDefault = defineRule({
  id: 'volatile-default',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column whose default differs from row to row is added to a table that already exists',
  effect:
    'PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy: 'Add the column without the default, set the default in a second statement, and backfill old rows in batches',
  source: 'PostgreSQL manual, ALTER TABLE, Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token uuid;\nALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE DOMAIN token AS uuid DEFAULT gen_random_uuid();',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token token;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN token token DEFAULT NULL;\nALTER TABLE orders ALTER COLUMN token DROP DEFAULT;",
    },
  ],
  on: ['add-column'],

  check(change, context) {
    const cause = causeOfRewrite(change.column, context);
    if (cause !== 'default' && cause !== 'domain-default' && cause !== 'old-version') return undefined;
    if (!meetsRows(change, context)) return undefined;
    const { column, table } = change;
    const value = column.default ?? underlying(column.type, context.before).default;
    const why =
      cause === 'old-version'
        ? 'before PostgreSQL 11 every default is written into the rows'
        : `\`${value?.sql ?? ''}\`${cause === 'default' ? '' : `, the default of the domain \`${column.type}\`,`} is, or may be, different for each row`;
    return `Adding \`${column.name}\` rewrites every row of ${described(table, context)} under a lock that blocks reads and writes: ${why}.`;
  },
});

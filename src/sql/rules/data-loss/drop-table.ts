import { dependants, nameObjects } from '../../facts/dependants/index.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { described } from '../../facts/rows.ts';
import { keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropTable = defineRule({
  id: 'drop-table',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A table that already exists is dropped',
  effect: 'Its rows are gone for good, and code that still uses it fails',
  remedy: 'Make sure that nothing uses the table, keep a copy of its rows, and have the drop approved',
  source: 'PostgreSQL manual, DROP TABLE; MySQL manual, "DROP TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nDROP TABLE drafts;",
      good: {
        none: 'dropping a table destroys its rows however it is written; an approval is given with an ignore comment',
      },
    },
    {
      engine: 'postgresql',
      given:
        "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at); CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      bad: "SET lock_timeout = '2s';\nDROP TABLE IF EXISTS events;",
      good: { none: 'the rows of its partitions go with it' },
    },
  ],
  on: ['drop-table'],

  check(change, context) {
    const { table } = change;
    const { before, rows } = context;
    if (before.views.has(keyOf(table)) || concernsNobody(change, context)) return undefined;
    if (change.foreign === true) {
      const message = `Dropping the foreign table ${described(table, context)} leaves its rows where they are, but code that still reads them here fails.`;
      return { message, level: 'warning' };
    }
    const partitions = dependants(before, { kind: 'table', name: table }).flatMap(({ object, automatic }) =>
      automatic && object.kind === 'table' ? [object] : [],
    );
    const along = partitions.length === 0 ? '' : ` and those of its partitions, ${nameObjects(partitions)}`;
    const message = `Dropping ${described(table, context)} destroys its rows${along}, and code that still uses it fails.`;
    return rows(table) === 0 ? { message, level: 'warning' } : message;
  },
});

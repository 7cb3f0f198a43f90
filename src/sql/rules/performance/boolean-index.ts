import { columnOf, tableOf } from '../../catalog.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const booleanIndex = defineRule({
  id: 'boolean-index',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  when: 'An index has a boolean column as its only key, and no predicate',
  effect: 'Either value stands for so many rows that the index is hardly ever used, but every write maintains it',
  remedy:
    'Index what the queries look for among the rows of the rarer value, with that value as the predicate: `CREATE INDEX ... ON orders (placed_at) WHERE NOT shipped`',
  source: 'PostgreSQL manual, "Partial Indexes": avoid indexing common values',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz, shipped boolean);',
      bad: 'CREATE INDEX CONCURRENTLY orders_shipped_idx ON orders (shipped);',
      good: 'CREATE INDEX CONCURRENTLY orders_open_idx ON orders (placed_at) WHERE NOT shipped;',
    },
  ],
  on: ['create-index'],

  check({ index: { table: name, keys, include, where, unique } }, { before }) {
    const [key, ...more] = keys;
    if (key?.column === undefined || more.length > 0 || include.length > 0 || where !== undefined || unique)
      return undefined;
    const table = tableOf(before, name);
    const type = table === undefined ? undefined : columnOf(table, key.column)?.type;
    // Where nobody knows the table, only a name that leaves no doubt speaks for a boolean.
    if (type === undefined ? !/^(?:is|has|was)_/.test(key.column) : type !== 'boolean') return undefined;
    return `\`${key.column}\` of \`${display(name)}\` is boolean, so an index on it alone tells hardly any rows apart.`;
  },
});

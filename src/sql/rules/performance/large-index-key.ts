import { columnOf, tableOf } from '../../catalog.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

/** Types whose values are whole documents, lists or files, of which btree can only tell whether they are the same. */
const documents = /^(?:jsonb|bytea|tsvector|hstore|.*\[\])$/;

/** What people call a text that has no natural limit. */
const longText = /^(?:(?:.+_)?(?:body|content|contents|html|markdown|biography)|description|raw_.+)$/;

export const largeIndexKey = defineRule({
  id: 'large-index-key',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A btree index is built on whole documents: jsonb, bytea, tsvector, arrays, or a text without a limit such as a body',
  effect:
    'A write whose value is longer than a third of a page, 2704 bytes, fails once it is indexed, and the index only finds rows by the whole value',
  remedy:
    "Index with GIN what looks inside (`USING gin (data)`), the hash of the value for equality (`md5(body)`), or the one field that is looked for (`(data ->> 'kind')`)",
  source: 'PostgreSQL manual, "B-Tree Indexes", and "GIN Indexes"; the limit is BTMaxItemSize of the source',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE events (id bigint PRIMARY KEY, data jsonb);',
      bad: 'CREATE INDEX CONCURRENTLY events_data_idx ON events (data);',
      good: 'CREATE INDEX CONCURRENTLY events_data_idx ON events USING gin (data);',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE posts (id bigint PRIMARY KEY, body text);',
      bad: 'CREATE INDEX CONCURRENTLY posts_body_idx ON posts (body);',
      good: 'CREATE INDEX CONCURRENTLY posts_body_idx ON posts (md5(body));',
    },
  ],
  on: ['create-index'],

  check({ index: { table: name, keys, method } }, { before }) {
    const table = tableOf(before, name);
    if (method !== 'btree' || table === undefined) return undefined;
    for (const { column } of keys) {
      const type = column === undefined ? undefined : columnOf(table, column)?.type;
      if (column === undefined || type === undefined) continue;
      const isUnbounded = type === 'text' || type === 'character varying';
      if (documents.test(type) || (isUnbounded && longText.test(column)))
        return `\`${column}\` of \`${display(name)}\` holds ${type} of any length, and a value over 2704 bytes cannot be indexed with btree.`;
    }
    return undefined;
  },
});

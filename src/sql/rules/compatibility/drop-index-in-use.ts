import type { Table } from '../../catalog.ts';
import type { Index } from '../../change.ts';
import { type AccessPath, accessPaths, findsBy, pathOfIndex } from '../../facts/indexes.ts';
import { ownerOf } from '../../facts/locks/relations.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext, type Verdict } from '../../rule.ts';

export const dropIndexInUse = defineRule({
  id: 'drop-index-in-use',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'An index is dropped that no other index stands in for: a unique one, or one that serves a foreign key',
  effect:
    'Duplicates come in and ON CONFLICT fails without a unique index; deletes of referenced rows read the whole table',
  remedy:
    'Build the index that is to replace it first, and look in pg_stat_user_indexes whether anything still uses the old one',
  source:
    'PostgreSQL manual, DROP INDEX; "Foreign Keys"; "The Cumulative Statistics System"; INSERT, "ON CONFLICT Clause"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers); CREATE INDEX orders_customer_id_idx ON orders (customer_id);',
      bad: 'DROP INDEX CONCURRENTLY orders_customer_id_idx;',
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_id_idx ON orders (customer_id, id);\nDROP INDEX CONCURRENTLY orders_customer_id_idx;',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE people (id bigint PRIMARY KEY, email text); CREATE UNIQUE INDEX people_email ON people (email);',
      bad: 'DROP INDEX CONCURRENTLY IF EXISTS people_email;',
      good: 'CREATE UNIQUE INDEX CONCURRENTLY people_email_once ON people (email);\nDROP INDEX CONCURRENTLY people_email;',
    },
  ],
  options: { anyUse: false },
  optionDocs: { anyUse: 'Also speak of an index that is only the last one to begin with its column, as a notice' },
  on: ['drop-index'],

  check(change, context) {
    const table = ownerOf(change.index, context.before);
    if (table === undefined || 'query' in table) return undefined;
    const index = table.indexes.find(({ name }) => name === change.index.name);
    if (index === undefined || index.invalid === true) return undefined;
    if (context.isNew(table.name) || concernsNobody(change, context) || isRebuilt(index, context)) return undefined;
    return verdictOn(table, index, context.options.anyUse);
  },
});

function verdictOn(table: Table, index: Index, anyUse: boolean): Verdict {
  const path = pathOfIndex(index);
  const others = accessPaths(table).filter(({ name }) => name !== index.name);
  const columns = index.keys.map(({ column, expression }) => column ?? expression ?? '');
  const name = `\`${index.name}\``;
  const of = `\`${display(table.name)}\``;
  if (index.unique && !others.some((other) => other.unique && isSameSubject(other, path)))
    return `Without the unique index ${name} duplicates come into ${of}, and ON CONFLICT (${columns.join(', ')}) fails.`;

  const key = table.constraints.find(
    (each) =>
      each.kind === 'foreign-key' &&
      findsBy(path, each.columns) &&
      !others.some((other) => findsBy(other, each.columns)),
  );
  if (key?.kind === 'foreign-key')
    return `${name} is the index by which rows of ${of} are found when a row of \`${display(key.references)}\` is deleted; without it each delete reads the whole table.`;

  if (!anyUse) return undefined;
  const [first] = index.keys;
  const isServed = others.some(
    ({ keys, where }) =>
      where === undefined && keys[0]?.column === first?.column && keys[0]?.expression === first?.expression,
  );
  if (isServed) return undefined;
  return {
    message: `No other index of ${of} begins with ${columns[0]}, so that queries which ${name} served read the whole table.`,
    level: 'notice',
  };
}

function isSameSubject(one: AccessPath, other: AccessPath): boolean {
  const subject = ({ keys, where = '' }: AccessPath) =>
    `${keys
      .map(({ column, expression }) => column ?? `(${expression})`)
      .toSorted()
      .join()} ${where}`;
  return subject(one) === subject(other);
}

/** Whether the file makes an index below that begins with the same key. */
function isRebuilt(index: Index, { following }: RuleContext): boolean {
  const [first] = index.keys;
  for (const later of following()) {
    if (later.kind !== 'create-index' || keyOf(later.index.table) !== keyOf(index.table)) continue;
    const [other] = later.index.keys;
    const isAlike = other?.column === first?.column && other?.expression === first?.expression;
    if (isAlike && (later.index.unique || !index.unique)) return true;
  }
  return false;
}

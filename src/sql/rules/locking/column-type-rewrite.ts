import { columnOf, tableOf } from '../../catalog.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { isFreeTypeChange } from '../../facts/type-changes.ts';
import { defineRule } from '../../rule.ts';

export const columnTypeRewrite = defineRule({
  id: 'column-type-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column gets a type that its stored values do not have already',
  effect:
    'PostgreSQL rewrites the table and its indexes under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy: 'Add a column of the new type, keep both filled, backfill it in batches, and switch over',
  source: 'PostgreSQL manual, ALTER TABLE, Notes',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN total TYPE bigint;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN total_amount bigint;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note TYPE varchar(200);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_length CHECK (length(note) <= 200) NOT VALID;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20), code varchar(20));',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note TYPE varchar(10);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note TYPE varchar(40), ALTER COLUMN code TYPE text;",
    },
  ],
  on: ['change-column-type'],

  check({ table, column, type, using }, context) {
    if (!mayHoldRows(table, context)) return undefined;
    const known = tableOf(context.before, table);
    const from = known === undefined ? undefined : columnOf(known, column)?.type;
    if (from !== undefined && isPlain(using, column) && isFreeTypeChange(from, type)) return undefined;
    const origin = from === undefined ? 'a type that is not known here' : `\`${from}\``;
    return `Changing \`${column}\` from ${origin} to \`${type}\` rewrites every row of ${described(table, context)} while nobody can read or write it.`;
  },
});

/** A USING clause that only names or casts the column says what happens anyway. */
function isPlain(using: string | undefined, column: string): boolean {
  if (using === undefined) return true;
  const [subject = '', ...casts] = using.replace(/^\((.*)\)$/, '$1').split('::');
  const name = subject.trim().replace(/^"(.*)"$/, '$1');
  return casts.length <= 1 && (name === column || subject.trim().toLowerCase() === column);
}

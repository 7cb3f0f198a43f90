import type { ChangeOf } from '../../change.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { isUtc } from '../../facts/time-zone.ts';
import { type TypeChangeEffect, typeChangeOf } from '../../facts/type-changes.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const columnTypeRewrite = defineRule({
  id: 'column-type-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A column gets a type or collation with which PostgreSQL must rewrite the table, verify its checks, or build its indexes again',
  effect: 'All of that happens under an ACCESS EXCLUSIVE lock, so that nobody can read or write the table meanwhile',
  remedy: 'Add a column of the new type, keep both filled, backfill it in batches, and switch over',
  source: 'PostgreSQL manual, ALTER TABLE, SET DATA TYPE and Notes',
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
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(20) CHECK (length(code) > 2));',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN code TYPE varchar(40);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN long_code varchar(40);",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code text); CREATE INDEX orders_code ON orders (code);',
      bad: 'SET lock_timeout = \'2s\';\nALTER TABLE orders ALTER COLUMN code TYPE text COLLATE "C";',
      good: 'CREATE INDEX CONCURRENTLY orders_code_c ON orders (code COLLATE "C");',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamp);',
      bad: "SET lock_timeout = '2s';\nSET timezone = 'Europe/Berlin';\nALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz;",
      good: "SET lock_timeout = '2s';\nSET timezone = 'UTC';\nALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz;",
    },
  ],
  on: ['change-column-type'],

  check(change, context) {
    const { table, column, type } = change;
    if (!mayHoldRows(table, context)) return undefined;
    const found = typeChangeOf(change, { catalog: context.before, utc: isUtc(context.settings.get('timezone')) });
    if (found === undefined) {
      const message = `Changing \`${column}\` to \`${type}\` rewrites every row of ${described(table, context)} while nobody can read or write it, unless its old type, which is not known here, is stored in the same way.`;
      return { message, level: 'warning' };
    }
    const message = messageFor(found, change, context);
    if (message === undefined || found.unknownType === undefined) return message;
    const doubt = `\`${found.unknownType}\` is not known here: that is so unless both types are stored in the same way.`;
    return { message: `${message} ${doubt}`, level: 'warning' };
  },
});

function messageFor(
  { effect, from, indexes, checks }: TypeChangeEffect,
  { table, column, type, using, casts, collation }: ChangeOf<'change-column-type'>,
  context: RuleContext,
): string | undefined {
  const to = collation === undefined ? `\`${type}\`` : `\`${type} COLLATE ${collation}\``;
  const what = `Changing \`${column}\` from \`${from}\` to ${to}`;
  const meanwhile = 'while nobody can read or write it';
  switch (effect) {
    case 'none':
      return undefined;
    case 'rewrite': {
      const why = using !== undefined && casts === undefined ? ' with a new value' : '';
      return `${what} rewrites every row of ${described(table, context)}${why} and builds its indexes again, ${meanwhile}.`;
    }
    case 'scan': {
      const more = indexes.length === 0 ? '' : `, and builds ${listed('index', indexes)} again`;
      return `${what} keeps the rows as they are, but holds each row of ${described(table, context)} against ${listed('check', checks)} again${more}, ${meanwhile}.`;
    }
    case 'reindex':
      return `${what} keeps the rows as they are, but builds ${listed('index', indexes)} of ${described(table, context)} again, ${meanwhile}.`;
  }
}

const plurals = { index: 'the indexes', check: 'the checks' };

function listed(what: keyof typeof plurals, names: readonly string[]): string {
  const list = names.map((name) => `\`${name}\``).join(', ');
  return names.length === 1 ? `the ${what} ${list}` : `${plurals[what]} ${list}`;
}

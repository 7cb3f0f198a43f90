import type { Catalog } from '../../catalog.ts';
import { reachedFrom, referrersOf } from '../../facts/locks/relations.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { display, type ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const truncate = defineRule({
  id: 'truncate',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A table that already exists is emptied with TRUNCATE',
  effect:
    'Its rows are gone for good, with CASCADE those of every table that refers to it too, and the tables are locked for everybody until the transaction ends',
  remedy: 'Delete the rows that are meant, in batches with a WHERE clause, or have the loss approved',
  source: 'PostgreSQL manual, TRUNCATE, Notes; MySQL manual, "TRUNCATE TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);',
      bad: "SET lock_timeout = '2s';\nTRUNCATE sessions;",
      good: 'DELETE FROM sessions WHERE expires_at < now() AND id BETWEEN 1 AND 1000;',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE carts (id bigint PRIMARY KEY); CREATE TABLE cart_items (id bigint PRIMARY KEY, cart_id bigint REFERENCES carts);',
      bad: "SET lock_timeout = '2s';\nTRUNCATE carts RESTART IDENTITY CASCADE;",
      good: 'DELETE FROM cart_items WHERE id BETWEEN 1 AND 1000;',
    },
  ],
  on: ['write-data'],

  check({ verb, table, cascade }, context) {
    if (verb !== 'truncate' || (cascade !== true && !mayHoldRows(table, context)) || context.isNew(table))
      return undefined;
    const along = cascade === true ? referringTo(table, context.before).filter((name) => !context.isNew(name)) : [];
    const others = along.length === 0 ? '' : `, and with CASCADE every row of ${listed(along)},`;
    const unnamed = cascade === true && along.length === 0 ? ' and of every table that refers to it' : '';
    return `This removes every row of ${described(table, context)}${others}${unnamed} under a lock that blocks reads and writes.`;
  },
});

/** The tables that refer to a table with foreign keys, to those in turn, and so on. */
function referringTo(table: ObjectName, catalog: Catalog): readonly ObjectName[] {
  return reachedFrom(table, (from) => referrersOf(from, catalog).map(({ table: { name } }) => name));
}

function listed(names: readonly ObjectName[]): string {
  return names.map((name) => `\`${display(name)}\``).join(', ');
}

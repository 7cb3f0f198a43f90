import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import type { RowBound } from '../../changes/queries.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { display, type ObjectName } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

type Write = ChangeOf<'write-data'>;

/** A table of so many rows is changed in a moment. */
const small = 10_000;

export const backfillInOneStatement = defineRule({
  id: 'backfill-in-one-statement',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  sized: true,
  when: 'One UPDATE, DELETE or INSERT ... SELECT can reach most rows of a table that already exists',
  effect:
    'Every row that it reaches stays locked until the transaction ends, replicas fall behind, and the old versions of all of them stay in the table until it is vacuumed',
  remedy:
    "Change a few thousand rows at a time, each batch in a transaction of its own: `UPDATE orders SET state = 'new' WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 5000)`, again and again until no row is left",
  source:
    'PostgreSQL manual, "Routine Vacuuming" and "Explicit Locking", Row-Level Locks; MySQL manual, "Optimizing InnoDB Transaction Management"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text);',
      bad: "UPDATE orders SET state = 'new' WHERE state IS NULL;",
      good: "UPDATE orders SET state = 'new' WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 5000);",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY, country text); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, country text);',
      bad: 'UPDATE orders SET country = customers.country FROM customers WHERE customers.id = orders.customer_id;',
      good: 'UPDATE orders SET country = customers.country FROM customers WHERE customers.id = orders.customer_id AND orders.id BETWEEN 1 AND 5000;',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, state text); CREATE TABLE archive (id bigint PRIMARY KEY, state text);',
      bad: 'INSERT INTO archive (id, state) SELECT id, state FROM orders;',
      good: 'INSERT INTO archive (id, state) SELECT id, state FROM orders WHERE id BETWEEN 1 AND 5000;',
    },
  ],
  on: ['write-data'],

  check(change, context) {
    if (isBatched(context.statement)) return undefined;
    if (change.verb === 'insert') return ofInsert(change, context);
    if (change.verb !== 'update' && change.verb !== 'delete') return undefined;
    // Without a condition it is more than slow, and other rules say so.
    const hasCondition = change.where !== undefined || change.sources !== undefined;
    if (!hasCondition || !mayHoldRows(change.table, context) || isBounded(change, change.table, context))
      return undefined;
    const verb = change.verb === 'update' ? 'changes' : 'deletes';
    const message = `Nothing bounds how many rows of ${described(change.table, context)} this ${verb} and locks at once.`;
    return isHalfBounded(change) ? { message, level: 'notice' } : message;
  },
});

/** What fills a table of this change set locks nobody out; it only takes long where a table is known to be large. */
function ofInsert(change: Write, context: RuleContext) {
  const { isNew, rows } = context;
  const source = change.sources?.find((name) => {
    if (isNew(name) || isBounded(change, name, context)) return false;
    const count = rows(name);
    if (count !== undefined) return count > small;
    return !isNew(change.table) && !isOfSystem(name);
  });
  if (source === undefined) return undefined;
  return `Nothing bounds how many rows of ${described(source, context)} this copies into \`${display(change.table)}\` in one transaction.`;
}

function isOfSystem({ schema, name }: ObjectName): boolean {
  return schema === 'pg_catalog' || schema === 'information_schema' || name.startsWith('pg_');
}

/** MySQL's parser tells no bounds; what its statement says must do. */
function isBounded(
  { bounds = [], where }: Write,
  table: ObjectName,
  { engine, before, statement }: RuleContext,
): boolean {
  if (engine !== 'postgresql')
    return /[=<>]|\b(?:between|in|like)\b/i.test(where ?? '') || /\blimit\s+\d+\s*$/i.test(statement);
  return bounds.some((bound) => {
    if (bound.kind === 'equal' || bound.kind === 'limit') return true;
    if (isKey(bound.column, table, before)) return true;
    const opposite = bound.kind === 'above' ? 'below' : 'above';
    return bounds.some((other) => other.kind === opposite && 'column' in other && other.column === bound.column);
  });
}

/** One end of a range of keys is how batches are cut; the other is often the last key. */
function isKey(column: string, table: ObjectName, before: RuleContext['before']): boolean {
  const key = tableOf(before, table)?.constraints.find(({ kind }) => kind === 'primary-key');
  return column === 'id' || column === 'ctid' || (key?.kind === 'primary-key' && key.columns[0] === column);
}

function isHalfBounded({ bounds = [] }: Write): boolean {
  return bounds.some(({ kind }: RowBound) => kind === 'above' || kind === 'below');
}

/** A DO block that commits in its loop. */
function isBatched(statement: string): boolean {
  return /^do\b/i.test(statement) && /\bloop\b[\s\S]*\bcommit\b/i.test(statement);
}

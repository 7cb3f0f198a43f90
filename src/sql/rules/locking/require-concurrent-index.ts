import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { ownerOf } from '../../facts/locks/index.ts';
import { isWholeStatement, maySplit, runsInTransaction, wordAfter } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { keyOf } from '../../name.ts';
import { quoteName } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const requireConcurrentIndex = defineRule({
  id: 'require-concurrent-index',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'An index is built without CONCURRENTLY on a table that already exists',
  effect: 'Every write to the table waits until the index is built, which takes minutes on a large table',
  remedy: 'Build the index CONCURRENTLY, outside a transaction and alone in its migration',
  source: 'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: "SET lock_timeout = '2s';\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);",
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
    },
    {
      engine: 'postgresql',
      given:
        "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      bad: "SET lock_timeout = '2s';\nCREATE INDEX events_id ON events (id);",
      good: "SET lock_timeout = '2s';\nCREATE INDEX events_id ON ONLY events (id);\nCREATE INDEX CONCURRENTLY events_2025_id ON events_2025 (id);\nALTER INDEX events_id ATTACH PARTITION events_2025_id;",
    },
  ],
  on: ['create-index'],

  check(change, context) {
    const { index, concurrently } = change;
    if (concurrently || !mayHoldRows(index.table, context) || buildsNothing(change, context)) return undefined;
    const message = `Building this index blocks every write to ${described(index.table, context)} until it is done.`;
    if (tableOf(context.before, index.table)?.partitionBy !== undefined) {
      return `${message} The table is partitioned: create the index ON ONLY it, build one CONCURRENTLY on each partition, and attach those.`;
    }
    const replacement = replacementFor(change, context);
    if (replacement === undefined) return message;
    return { message, fix: { description: 'Build the index concurrently', replacement } };
  },
});

/** Inside a transaction it would fail, and the file must be taken apart by hand. */
function replacementFor(change: ChangeOf<'create-index'>, context: RuleContext): string | undefined {
  if (runsInTransaction(change, context) || !isWholeStatement(change, context)) return undefined;
  const build = wordAfter(context.statement, ['index'], 'CONCURRENTLY');
  const { name, table } = change.index;
  if (build === undefined || !change.ifNotExists || name === undefined) return build;
  // A concurrent build can fail and leave its remains behind, which IF NOT EXISTS takes for the index.
  return maySplit(change, context)
    ? `DROP INDEX CONCURRENTLY IF EXISTS ${quoteName({ ...table, name })};\n${build}`
    : undefined;
}

/**
 * IF NOT EXISTS finds what is there; ON ONLY a partitioned table makes an entry of the catalog; and nobody writes to a materialized
 * view but its own REFRESH.
 */
function buildsNothing({ index, ifNotExists }: ChangeOf<'create-index'>, { before }: RuleContext): boolean {
  const { name, table, only } = index;
  if (before.views.has(keyOf(table))) return true;
  if (ifNotExists && name !== undefined && ownerOf({ ...table, name }, before) !== undefined) return true;
  const known = tableOf(before, table);
  return only === true && (known === undefined || known.partitionBy !== undefined);
}

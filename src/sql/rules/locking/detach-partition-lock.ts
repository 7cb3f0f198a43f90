import { defaultPartitionOf } from '../../facts/partition-bounds.ts';
import { isWholeStatement, runsInTransaction } from '../../facts/replacements.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const detachPartitionLock = defineRule({
  id: 'detach-partition-lock',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A partition is detached without CONCURRENTLY',
  effect:
    'The statement takes an ACCESS EXCLUSIVE lock on the whole partitioned table: while it waits for running queries, all new ones wait behind it',
  remedy: 'Detach it CONCURRENTLY (PostgreSQL 14 and later), outside a transaction and alone in its migration',
  source: 'PostgreSQL manual, ALTER TABLE, DETACH PARTITION',
  sized: false,
  examples: [
    {
      engine: 'postgresql',
      given:
        "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      bad: "SET lock_timeout = '2s';\nALTER TABLE events DETACH PARTITION events_2020;",
      good: 'ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;',
    },
  ],
  on: ['detach-partition'],

  check(change, context) {
    const { table, concurrently, finalize } = change;
    if (concurrently || finalize || context.version < 14 || context.isNew(table)) return undefined;
    // PostgreSQL refuses CONCURRENTLY beside a default partition, so that this is the only way.
    if (defaultPartitionOf(table, context.before) !== undefined) return undefined;
    const message = `Detaching \`${display(change.partition)}\` blocks reads and writes of all of \`${display(table)}\` while it waits for its lock.`;
    if (runsInTransaction(change, context) || !isWholeStatement(change, context)) return message;
    const replacement = `${context.statement} CONCURRENTLY`;
    return { message, fix: { description: 'Detach it concurrently', replacement } };
  },
});

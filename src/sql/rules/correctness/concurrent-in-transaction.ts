import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { runsInTransaction } from '../../facts/replacements.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const concurrentInTransaction = defineRule({
  id: 'concurrent-in-transaction',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'Something that has to commit on its own runs inside a transaction: CONCURRENTLY, VACUUM, CREATE DATABASE',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Give the statement a migration of its own that its tool does not wrap in a transaction',
  source:
    'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"; DROP INDEX; REINDEX; ALTER TABLE, DETACH PARTITION; VACUUM; CLUSTER; CREATE DATABASE; ALTER SYSTEM',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'BEGIN;\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);\nCOMMIT;',
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
      fails: '25001',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'DO $$ BEGIN\n  CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);\nEND $$;',
      good: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
      fails: '25001',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: 'BEGIN;\nVACUUM orders;\nCOMMIT;',
      good: 'VACUUM orders;',
      fails: '25001',
    },
  ],
  on: [
    'create-index',
    'drop-index',
    'maintain',
    'detach-partition',
    'add-enum-value',
    'drop-database',
    'drop-object',
    'set',
    'other',
  ],

  check(change, context) {
    if (!runsInTransaction(change, context)) return undefined;
    const what = loner(change, context);
    if (what === undefined) return undefined;
    const where = change.inBlock === true ? 'in a DO block' : 'inside a transaction block';
    return `${what} cannot run ${where}, and this one would.`;
  },
});

type Suspect = ChangeOf<
  | 'create-index'
  | 'drop-index'
  | 'maintain'
  | 'detach-partition'
  | 'add-enum-value'
  | 'drop-database'
  | 'drop-object'
  | 'set'
  | 'other'
>;

/** The name of a statement that PostgreSQL refuses in a transaction (its source: the callers of PreventInTransactionBlock). */
function loner(change: Suspect, context: RuleContext): string | undefined {
  switch (change.kind) {
    case 'create-index':
      return change.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined;
    case 'drop-index':
      return change.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined;
    case 'detach-partition':
      return change.concurrently ? 'DETACH PARTITION CONCURRENTLY' : undefined;
    case 'add-enum-value':
      // Since 12 only using the value has to wait (release notes).
      return context.version < 12 ? 'ALTER TYPE ADD VALUE before PostgreSQL 12' : undefined;
    case 'drop-database':
      return 'DROP DATABASE';
    case 'maintain':
      return maintenance(change, context);
    case 'drop-object':
      return change.what === 'DROP TABLESPACE' ? change.what : undefined;
    case 'set':
      return /^(?:alter\s+system|discard\s+all)\b/i
        .exec(change.inBlock === true ? '' : context.statement)?.[0]
        .toUpperCase();
    case 'other':
      return alone.has(change.what) ? change.what : undefined;
  }
}

const alone: ReadonlySet<string> = new Set([
  'CREATE DATABASE',
  'CREATE TABLESPACE',
  'DROP DATABASE',
  'DROP TABLESPACE',
]);

/** REFRESH MATERIALIZED VIEW CONCURRENTLY is not among them. */
function maintenance({ what, table, concurrently }: ChangeOf<'maintain'>, { before }: RuleContext): string | undefined {
  const isPartitioned = table !== undefined && tableOf(before, table)?.partitionBy !== undefined;
  if (what === 'REINDEX') {
    if (concurrently) return 'REINDEX CONCURRENTLY';
    return isPartitioned ? 'REINDEX of a partitioned table' : undefined;
  }
  if (what.startsWith('REINDEX') || what.startsWith('VACUUM')) return what;
  return what === 'CLUSTER' && (table === undefined || isPartitioned) ? 'CLUSTER of more than one table' : undefined;
}

import type { ChangeOf } from '../../change.ts';
import { ownerOf } from '../../facts/locks/index.ts';
import { isWholeStatement, runsInTransaction, wordAfter } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const requireConcurrentReindex = defineRule({
  id: 'require-concurrent-reindex',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'An index, or every index of a table, schema or database, is rebuilt without CONCURRENTLY',
  effect:
    'Writes to the table wait until the rebuild is over, and so do most reads: planning a query opens every index of its tables',
  remedy: 'Rebuild with REINDEX ... CONCURRENTLY (PostgreSQL 12 and later), outside a transaction',
  source: 'PostgreSQL manual, REINDEX, Notes and "Rebuilding Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nREINDEX TABLE orders;",
      good: 'REINDEX TABLE CONCURRENTLY orders;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE INDEX orders_note ON orders (note);',
      bad: "SET lock_timeout = '2s';\nREINDEX (VERBOSE) INDEX orders_note;",
      good: 'REINDEX (VERBOSE) INDEX CONCURRENTLY orders_note;',
    },
  ],
  on: ['maintain'],

  check(change, context) {
    if (!change.what.startsWith('REINDEX') || change.concurrently) return undefined;
    const subject = subjectOf(change, context);
    if (subject === undefined) return undefined;
    const message = `Writes to ${subject} wait until its indexes are rebuilt, and most reads with them.`;
    // REINDEX SYSTEM has no concurrent form.
    if (change.what === 'REINDEX SYSTEM' || runsInTransaction(change, context)) return message;
    const isOff = /\bconcurrently\b/i.test(context.statement);
    if (isOff || !isWholeStatement(change, context)) return message;
    const replacement = wordAfter(context.statement, ['index', 'table', 'schema', 'database'], 'CONCURRENTLY');
    return replacement === undefined ? message : { message, fix: { description: 'Rebuild concurrently', replacement } };
  },
});

function subjectOf({ what, table, index }: ChangeOf<'maintain'>, context: RuleContext): string | undefined {
  if (table === undefined && index === undefined)
    return what === 'REINDEX SCHEMA' ? 'each table of the schema in turn' : 'each table of the database in turn';
  const owner = table ?? (index === undefined ? undefined : ownerOf(index, context.before)?.name);
  if (owner === undefined) return 'the table of this index';
  return mayHoldRows(owner, context) ? described(owner, context) : undefined;
}

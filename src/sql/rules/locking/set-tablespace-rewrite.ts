import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { ownerOf } from '../../facts/locks/index.ts';
import { isWholeStatement, runsInTransaction } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { display } from '../../name.ts';
import { quoteIdentifier, quoteName } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const setTablespaceRewrite = defineRule({
  id: 'set-tablespace-rewrite',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A table, an index or a materialized view is moved to another tablespace',
  effect: 'All of it is copied under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy:
    'Move an index with `REINDEX (TABLESPACE name) INDEX CONCURRENTLY` (PostgreSQL 14 and later), and a table with pg_repack or by copying its rows in batches',
  source: 'PostgreSQL manual, ALTER TABLE, SET TABLESPACE; REINDEX, TABLESPACE',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE INDEX orders_note ON orders (note);',
      bad: "SET lock_timeout = '2s';\nALTER INDEX orders_note SET TABLESPACE pg_default;",
      good: 'REINDEX (TABLESPACE pg_default) INDEX CONCURRENTLY orders_note;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders SET TABLESPACE pg_default;",
      good: { none: 'PostgreSQL itself has no way to move a table that lets others use it meanwhile' },
    },
  ],
  on: ['set-tablespace', 'maintain'],

  check(change, context) {
    if (change.kind === 'maintain') {
      if (!change.what.endsWith('ALL IN TABLESPACE')) return undefined;
      return 'Everything in the tablespace is copied, and nobody can read or write what is being copied.';
    }
    const owner = ownerOf(change.table, context.before);
    if (owner !== undefined) return moveOfIndex(change, owner.name, context);
    const isEmpty = tableOf(context.before, change.table)?.partitionBy !== undefined;
    if (isEmpty || !mayHoldRows(change.table, context)) return undefined;
    return `All of ${described(change.table, context)} is copied while nobody can read or write it.`;
  },
});

function moveOfIndex(
  change: ChangeOf<'set-tablespace'>,
  owner: ChangeOf<'set-tablespace'>['table'],
  context: RuleContext,
) {
  if (tableOf(context.before, owner)?.partitionBy !== undefined || !mayHoldRows(owner, context)) return undefined;
  const message = `The index \`${display(change.table)}\` is copied while nobody can read or write ${described(owner, context)}.`;
  if (context.version < 14 || runsInTransaction(change, context) || !isWholeStatement(change, context)) return message;
  const replacement = `REINDEX (TABLESPACE ${quoteIdentifier(change.tablespace)}) INDEX CONCURRENTLY ${quoteName(change.table)}`;
  return { message, fix: { description: 'Build it concurrently in the other tablespace', replacement } };
}

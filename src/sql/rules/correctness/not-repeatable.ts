import type { Change } from '../../change.ts';
import { madeBy, removedBy } from '../../facts/made-by.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const notRepeatable = defineRule({
  id: 'not-repeatable',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A statement would fail when it ran a second time, in a file that its tool runs without a transaction',
  effect:
    'When a later statement of the file fails, what ran before it stays, and the migration fails at this one whenever it is tried again',
  remedy:
    'Write IF NOT EXISTS or IF EXISTS, or drop first what a failed try may have left; or give the last statement a migration of its own',
  source: 'PostgreSQL manual, CREATE TABLE, ALTER TABLE, DROP TABLE; documentation of each tool on its switch',
  options: { everywhere: false },
  optionDocs: {
    everywhere:
      'Also in files that run in a transaction or whose tool is not known, and for the last statement as well.',
  },
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text);',
      file: { tool: 'goose', transaction: false },
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN remark text;\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN IF NOT EXISTS remark text;\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);",
    },
  ],
  on: [
    'create-schema',
    'create-table',
    'create-view',
    'create-index',
    'create-sequence',
    'create-enum',
    'create-composite',
    'create-domain',
    'create-extension',
    'create-function',
    'create-trigger',
    'create-policy',
    'add-enum-value',
    'add-column',
    'add-constraint',
    'drop-table',
    'drop-column',
    'drop-index',
    'drop-constraint',
    'drop-view',
    'drop-sequence',
    'drop-type',
    'drop-schema',
    'drop-trigger',
    'drop-policy',
    'drop-function',
    'rename-table',
    'rename-column',
    'rename-index',
    'rename-constraint',
    'rename-type',
  ],

  check(change, context) {
    const { inTransaction, options, file, following, earlier, statement, siblings } = context;
    if (change.guarded === true || isRepeatable(change) || /\bif\s+(?:not\s+)?exists\b/i.test(statement))
      return undefined;
    if (!options.everywhere) {
      // Where nobody knows how the file is run, most files run in one transaction.
      if (file.tool === undefined || file.transaction !== false || inTransaction) return undefined;
      if (siblings.at(-1) === change && !changesMore(following())) return undefined;
      if (siblings.at(-1) !== change && !changesMore(following(), siblings)) return undefined;
    }
    if (isPrepared(change, earlier)) return undefined;
    const message = 'After a failure further on, this statement fails when the migration is tried again.';
    const replacement = guardedForm(change, context);
    if (replacement === undefined) return message;
    return { message, fix: { description: 'Let it pass where it has run already', replacement } };
  },
});

/** Whether a change says itself what to do when it has been made. */
function isRepeatable(change: Change): boolean {
  if ('ifNotExists' in change && change.ifNotExists === true) return true;
  if ('ifExists' in change && change.ifExists === true) return true;
  if ('replace' in change && change.replace === true) return true;
  if (change.kind === 'create-function') return change.definition.replace;
  if (change.kind === 'create-table' && change.temporary) return true;
  // A constraint that stands in ADD COLUMN IF NOT EXISTS is its column's.
  return change.kind === 'add-constraint' && change.inline !== undefined;
}

/** Whether a later statement of the file could fail. */
function changesMore(following: Iterable<Change>, siblings: readonly Change[] = []): boolean {
  for (const change of following) {
    if (siblings.includes(change) || change.within !== undefined) continue;
    if (change.kind !== 'set' && change.kind !== 'transaction') return true;
  }
  return false;
}

/** Whether an earlier statement has dropped, if it exists, what this one makes. */
function isPrepared(change: Change, earlier: readonly Change[]): boolean {
  const made = madeBy(change);
  if (made === undefined) return false;
  return earlier.some((each) => {
    const gone = 'ifExists' in each && each.ifExists === true ? removedBy(each) : undefined;
    return gone !== undefined && gone === made;
  });
}

/** The statement with the words that make it repeatable, where it is of one change and the words have one place. */
function guardedForm(change: Change, { statement, siblings }: RuleContext): string | undefined {
  if (siblings.length !== 1) return undefined;
  const forms: readonly (readonly [RegExp, string])[] = guards[change.kind] ?? [];
  for (const [before, words] of forms) {
    if (before.test(statement)) return statement.replace(before, `$& ${words}`);
  }
  return undefined;
}

const guards: Readonly<Partial<Record<Change['kind'], readonly (readonly [RegExp, string])[]>>> = {
  'create-schema': [[/^create\s+schema\b(?!\s+authorization)/i, 'IF NOT EXISTS']],
  'create-table': [[/^create\s+(?:unlogged\s+)?table\b/i, 'IF NOT EXISTS']],
  'create-sequence': [[/^create\s+(?:unlogged\s+)?sequence\b/i, 'IF NOT EXISTS']],
  'create-extension': [[/^create\s+extension\b/i, 'IF NOT EXISTS']],
  'add-enum-value': [[/^alter\s+type\s+\S+\s+add\s+value\b/i, 'IF NOT EXISTS']],
  // One that failed half-way leaves an invalid index, which IF NOT EXISTS would take for the real one.
  'create-index': [[/^create\s+(?:unique\s+)?index\b(?!\s+concurrently\b)(?=\s+(?!on\b))/i, 'IF NOT EXISTS']],
  'add-column': [[/^alter\s+table\s+(?:only\s+)?\S+\s+add\s+column\b/i, 'IF NOT EXISTS']],
  'drop-table': [[/^drop\s+(?:foreign\s+)?table\b/i, 'IF EXISTS']],
  'drop-view': [[/^drop\s+(?:materialized\s+)?view\b/i, 'IF EXISTS']],
  'drop-sequence': [[/^drop\s+sequence\b/i, 'IF EXISTS']],
  'drop-type': [[/^drop\s+(?:type|domain)\b/i, 'IF EXISTS']],
  'drop-schema': [[/^drop\s+schema\b/i, 'IF EXISTS']],
  'drop-index': [[/^drop\s+index(?:\s+concurrently)?\b/i, 'IF EXISTS']],
  'drop-trigger': [[/^drop\s+trigger\b/i, 'IF EXISTS']],
  'drop-policy': [[/^drop\s+policy\b/i, 'IF EXISTS']],
  'drop-column': [[/^alter\s+table\s+(?:only\s+)?\S+\s+drop\s+column\b/i, 'IF EXISTS']],
  'drop-constraint': [[/^alter\s+table\s+(?:only\s+)?\S+\s+drop\s+constraint\b/i, 'IF EXISTS']],
};

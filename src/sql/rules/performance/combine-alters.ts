import type { Change, ChangeKind } from '../../change.ts';
import { blockingLocks, blocksReads } from '../../facts/locks/index.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Commands that ALTER TABLE runs together in one pass over the rows (manual, ALTER TABLE, Notes). */
const kinds = [
  'add-column',
  'drop-column',
  'change-column-type',
  'set-not-null',
  'drop-not-null',
  'set-default',
  'drop-default',
  'add-constraint',
  'drop-constraint',
  'add-identity',
  'drop-identity',
  'set-expression',
  'drop-expression',
  'set-logged',
  'set-access-method',
] as const satisfies readonly ChangeKind[];
type Alter = Extract<Change, { readonly kind: (typeof kinds)[number] }>;
const known: ReadonlySet<ChangeKind> = new Set(kinds);

export const combineAlters = defineRule({
  id: 'combine-alters',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  sized: true,
  when: 'Two ALTER TABLEs in a row each scan or rewrite the same table, though one could do both',
  effect: 'The table is gone through twice, and closed for twice as long',
  remedy: 'Write the commands into one ALTER TABLE, parted by commas: PostgreSQL then does them in one pass',
  source:
    'PostgreSQL manual, ALTER TABLE, Notes: "multiple table scans or rewrites can thereby be combined into one pass"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;\nALTER TABLE orders ALTER COLUMN total SET NOT NULL;",
      good: {
        none: 'One ALTER TABLE with both commands scans the table once, but still while nobody can use it; other rules say how to do without',
      },
    },
  ],
  options: { locksToo: false },
  optionDocs: { locksToo: 'also those in a row that only take the lock, outside a transaction' },
  on: kinds,

  check(change, context) {
    if (change.inBlock === true || !isWorth(change, context)) return undefined;
    const { siblings, earlier } = context;
    const start = siblings.findIndex((each) => isAlterOf(each, change.table) && isWorth(each, context));
    if (siblings[start] !== change) return undefined;
    const previous = earlier[earlier.length - siblings.indexOf(change) - 1];
    if (previous !== undefined && isAlterOf(previous, change.table) && mayHaveBeenWorth(previous, context))
      return undefined;
    for (const next of context.following()) {
      if (siblings.includes(next)) continue;
      if (!isAlterOf(next, change.table)) return undefined;
      if (isWorth(next, context) && canJoin(change, next)) {
        return `This and a later ALTER TABLE go through ${described(change.table, context)} one after the other, where one statement would do with one pass.`;
      }
    }
    return undefined;
  },
});

function isAlterOf(change: Change, table: ObjectName): change is Alter {
  return known.has(change.kind) && keyOf((change as Alter).table) === keyOf(table);
}

/** Whether a command of its own costs a pass over the rows, or, where that is asked, a wait for the lock. */
function isWorth(change: Alter, context: RuleContext<{ locksToo: boolean }>): boolean {
  // Each index is built in a pass of its own, and foreign keys are checked by queries.
  if (change.kind === 'add-constraint' && !['check', 'not-null'].includes(change.constraint.kind)) return false;
  const own = blockingLocks(change, context).find(({ relation }) => keyOf(relation) === keyOf(change.table));
  if (own === undefined || !blocksReads(own.mode) || !mayHoldRows(change.table, context)) return false;
  if (own.rewrites === true || own.scans === true) return true;
  return context.options.locksToo && !context.inTransaction;
}

/** The row of statements has a beginning, where it was said; what it cost cannot be seen any more after some commands. */
function mayHaveBeenWorth(change: Alter, context: RuleContext<{ locksToo: boolean }>): boolean {
  return change.kind === 'set-not-null' || change.kind === 'change-column-type' || isWorth(change, context);
}

/** One statement takes a column's type only once; and a check may have proven by then what NOT NULL would look for. */
function canJoin(first: Alter, next: Alter): boolean {
  if (first.kind === 'change-column-type' && next.kind === 'change-column-type') return first.column !== next.column;
  return !(first.kind === 'add-constraint' && next.kind === 'set-not-null');
}

import type { Change, ChangeKind } from '../../change.ts';
import { blockingLocks } from '../../facts/locks/index.ts';
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
  when: 'Two ALTER TABLEs in a row each scan, rewrite or lock the same table, though one could do both',
  effect:
    'The table is gone through twice, or its lock is waited for twice, and it is closed for longer than it need be',
  remedy:
    'Write the commands into one ALTER TABLE, parted by commas: PostgreSQL then does them under one lock and in one pass',
  source:
    'PostgreSQL manual, ALTER TABLE, Notes: "multiple table scans or rewrites can thereby be combined into one pass"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders ADD COLUMN total int;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text, ADD COLUMN total int;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;\nALTER TABLE orders ALTER COLUMN total SET NOT NULL;",
      good: {
        none: 'One ALTER TABLE with both commands scans the table once, but still while nobody can use it; other rules say how to do without',
      },
    },
  ],
  options: { locksToo: true },
  optionDocs: { locksToo: 'also two of a kind that only take the lock, outside a transaction' },
  on: kinds,

  check(change, context) {
    if (change.inBlock === true) return undefined;
    const cost = costOf(change, context);
    const { siblings, earlier } = context;
    if (cost === undefined || siblings.find((each) => known.has(each.kind)) !== change) return undefined;
    // A row of statements is spoken of where it begins.
    const previous = earlier.at(-1);
    if (previous !== undefined && isAlterOf(previous, change.table) && isLike(previous, change)) return undefined;
    const costs = new Set(
      siblings.flatMap((each) => (isAlterOf(each, change.table) ? (costOf(each, context) ?? []) : [])),
    );
    for (const next of context.following()) {
      if (siblings.includes(next)) continue;
      if (!isAlterOf(next, change.table)) return undefined;
      const nextCost = costOf(next, context);
      const table = described(change.table, context);
      if (nextCost === 'pass' && costs.has('pass') && siblings.every((each) => canJoin(each, next))) {
        return `This and a later ALTER TABLE go through ${table} one after the other, where one statement would do with one pass.`;
      }
      if (nextCost === 'lock' && context.options.locksToo && !context.inTransaction && next.kind === change.kind) {
        return `This and a later ALTER TABLE wait for the lock on ${table} one after the other, where one statement would wait once.`;
      }
    }
    return undefined;
  },
});

function isAlterOf(change: Change, table: ObjectName): change is Alter {
  return known.has(change.kind) && keyOf((change as Alter).table) === keyOf(table);
}

/** Whether the two could be one, so that it has been said: what a type change or a NOT NULL cost cannot be seen any more. */
function isLike(previous: Alter, change: Alter): boolean {
  const passes: readonly ChangeKind[] = ['set-not-null', 'change-column-type'];
  return previous.kind === change.kind || (passes.includes(previous.kind) && passes.includes(change.kind));
}

/** A pass over the rows, or only a wait for the lock. */
function costOf(change: Alter, context: RuleContext<{ locksToo: boolean }>): 'pass' | 'lock' | undefined {
  const own = blockingLocks(change, context).find(({ relation }) => keyOf(relation) === keyOf(change.table));
  if (own === undefined || !mayHoldRows(change.table, context)) return undefined;
  if (own.rewrites !== true && own.scans !== true) return 'lock';
  // Each index is built in a pass of its own, and foreign keys are checked by queries.
  const isApart = change.kind === 'add-constraint' && !['check', 'not-null'].includes(change.constraint.kind);
  return isApart ? undefined : 'pass';
}

/** One statement takes a column's type only once; and a check may have proven by then what NOT NULL would look for. */
function canJoin(first: Change, next: Alter): boolean {
  if (first.kind === 'change-column-type' && next.kind === 'change-column-type') return first.column !== next.column;
  return !(first.kind === 'add-constraint' && next.kind === 'set-not-null');
}

import type { ObjectKind } from '../../../sql/description.ts';
import type { SchemaGoal } from '../goal.ts';
import { type Comparison, type Differences, together } from './differences.ts';
import { compareEnums } from './enums.ts';
import { afterMoves, compareMoves } from './moves.ts';
import { compareObjects } from './objects.ts';
import { compareTables } from './tables.ts';

export type { Comparison, Differences } from './differences.ts';

/** What leads from one schema to another, in the order in which it is done where nothing says otherwise: what is dropped comes last. */
export function compareSchemas(comparison: Comparison): Differences {
  const all = together([
    compareEnums(comparison),
    compareTables(comparison),
    compareMoves(comparison),
    compareObjects(comparison),
  ]);
  const goals = afterMoves(all.goals, comparison);
  return { ...all, goals: goals.toSorted((one, other) => rank(one) - rank(other)) };
}

/** What tables may be made of comes before them, what is made of tables after them. */
const early: ReadonlySet<ObjectKind> = new Set([
  'schema',
  'extension',
  'domain',
  'composite',
  'range',
  'sequence',
  'function',
  'aggregate',
]);

function rank(goal: SchemaGoal): number {
  if (goal.kind === 'object') {
    if (goal.after === undefined) return 4;
    return early.has(goal.after.kind) ? 0 : 2;
  }
  if (goal.kind === 'move-columns') return 2;
  if (goal.kind === 'end-move') return 3;
  if (goal.kind !== 'change') return 1;
  const { kind } = goal.change;
  if (kind === 'create-enum' || kind === 'add-enum-value') return 0;
  return kind.startsWith('drop-') && kind !== 'drop-default' && kind !== 'drop-not-null' ? 3 : 1;
}

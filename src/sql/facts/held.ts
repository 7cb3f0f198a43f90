import type { Change } from '../change.ts';
import { keyOf } from '../name.ts';
import type { RuleContext } from '../rule.ts';
import { type RelationLock, waitedFor } from './locks/index.ts';

/**
 * The locks that statements before this one took in the same transaction and hold while it runs. What its own statement takes
 * anyway is not among them; but in a DO block, each statement is one of its own.
 */
export function heldBefore(change: Change, context: RuleContext): readonly RelationLock[] {
  const { inTransaction, held, siblings } = context;
  const before = siblings.slice(0, siblings.indexOf(change));
  if (change.inBlock === true) {
    if (inTransaction) return held;
    const start = before.findLastIndex(({ kind }) => kind === 'transaction') + 1;
    return before.slice(start).flatMap((each) => waitedFor(each, context));
  }
  if (held.length === 0 || before.length === 0) return held;
  const own = new Set(before.flatMap((each) => waitedFor(each, context).map(({ relation }) => keyOf(relation))));
  return held.filter(({ relation }) => !own.has(keyOf(relation)));
}

import type { Change, ChangeOf } from '../change.ts';
import { keyOf } from '../name.ts';
import type { RuleContext } from '../rule.ts';

/** Whether a constraint is validated in the very transaction that has added it as NOT VALID. */
export function isAddedUnvalidated(change: ChangeOf<'validate-constraint'>, context: RuleContext): boolean {
  const { inTransaction, earlier, transactionStart, siblings } = context;
  // One statement is one transaction as well: ALTER TABLE with both commands, or a DO block.
  const before = inTransaction ? earlier.slice(transactionStart) : siblings.slice(0, siblings.indexOf(change));
  return before.some((each) => addsUnvalidated(each, change));
}

/** A constraint added without a name got one from the engine, which may be this one. */
function addsUnvalidated(change: Change, { table, name }: ChangeOf<'validate-constraint'>): boolean {
  if (change.kind !== 'add-constraint' || keyOf(change.table) !== keyOf(table)) return false;
  const { constraint } = change;
  return 'validated' in constraint && !constraint.validated && (constraint.name ?? name) === name;
}

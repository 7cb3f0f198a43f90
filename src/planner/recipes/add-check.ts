import type { BodyOf, Constraint } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import type { Named } from '../names.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { isEmpty, type Situation } from '../situation.ts';
import { validate } from './validate-constraint.ts';

export type AddCheck = BodyOf<'add-constraint'> & {
  readonly constraint: Named<Extract<Constraint, { readonly kind: 'check' }>>;
};

/** A check that is enforced for new rows first and held against the existing ones afterwards. */
export function addCheck(change: AddCheck, situation: Situation): readonly Draft[] {
  const { table, constraint } = change;
  const empty = isEmpty(situation, table);
  const staysOpen = situation.exact === true && !constraint.validated;
  const add = step({
    title: `Add check ${constraint.name} to ${display(table)}${empty ? '' : ', for new rows'}`,
    phase: 'expand',
    sql: [renderChange({ ...change, constraint: { ...constraint, validated: empty && !staysOpen } })],
    down: [renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false })],
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards: empty ? [] : ['breaks-running-code'],
    criteria: [constraintExists(table, constraint, empty)],
    because: empty
      ? `The table holds no rows that would have to be checked. ${manual('sql-altertable')}`
      : `NOT VALID skips the scan, so the exclusive lock is brief. From here on a write that does not meet the check fails. ${manual('sql-altertable')}`,
  });
  return empty || staysOpen ? [add] : [add, validate(table, constraint)];
}

import type { BodyOf, Constraint } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import type { Named } from '../names.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';

export function validateConstraint(
  { table, name }: BodyOf<'validate-constraint'>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const constraint = knownTable(situation, table).constraints.find((known) => known.name === name);
  if (constraint === undefined) return { unsupported: `constraint ${name} of ${display(table)} does not exist` };
  const drop = renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false });
  const add = renderChange({
    kind: 'add-constraint',
    table,
    constraint: 'validated' in constraint ? { ...constraint, validated: false } : constraint,
  });
  return [{ ...validate(table, { ...constraint, name }), down: [drop, add] }];
}

/** Checks the existing rows against a constraint that new rows already obey. */
export function validate(table: ObjectName, constraint: Named<Constraint>): Draft {
  const referenced = constraint.kind === 'foreign-key' ? [lock(constraint.references, 'RowShareLock')] : [];
  return step({
    title: `Check the existing rows of ${display(table)} against ${constraint.name}`,
    phase: 'migrate',
    sql: [renderChange({ kind: 'validate-constraint', table, name: constraint.name })],
    // A validated constraint asks no more of new rows than before, so there is nothing to take back.
    down: [],
    locks: [lock(table, 'ShareUpdateExclusiveLock'), ...referenced],
    hazards: ['long-running', 'may-fail-on-existing-rows'],
    statementTimeoutMs: scanMs,
    criteria: [constraintExists(table, constraint, true)],
    because: `Validation scans the table under SHARE UPDATE EXCLUSIVE (and ROW SHARE on a referenced table): reads and writes go on. In a transaction of its own, so that no stronger lock is held meanwhile. ${manual('sql-altertable')}`,
  });
}

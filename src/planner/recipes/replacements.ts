import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import type { Replacement } from '../schemas/goal.ts';
import type { Situation } from '../situation.ts';
import { restore } from './drop-constraint.ts';

/** Another constraint, index or enum of the same name in the place of one that is in use. */
export function planReplacement(goal: Replacement, situation: Situation): readonly Draft[] | Unsupported {
  switch (goal.kind) {
    case 'replace-constraint':
      return replaceConstraint(goal, situation);
    case 'replace-index':
      return { unsupported: `index ${goal.after.name}` };
    case 'replace-enum':
      return { unsupported: `type ${display(goal.type)}` };
  }
}

function replaceConstraint(
  { table, before, after }: Extract<Replacement, { kind: 'replace-constraint' }>,
  _situation: Situation,
): readonly Draft[] {
  const drop = renderChange({ kind: 'drop-constraint', table, name: after.name, ifExists: true, cascade: false });
  return [
    step({
      title: `Replace constraint ${after.name} of ${display(table)}`,
      phase: 'migrate',
      sql: [drop, renderChange({ kind: 'add-constraint', table, constraint: after })],
      down: [drop, ...restore(table, before)],
      locks: [lock(table, 'AccessExclusiveLock')],
      criteria: [constraintExists(table, after, false)],
      because: manual('sql-altertable'),
    }),
  ];
}

import type { Draft, Unsupported } from '../recipe.ts';
import type { Replacement } from '../schemas/goal.ts';
import type { Situation } from '../situation.ts';
import { changeIdentity } from './add-numbered-column.ts';
import { replaceConstraint } from './replace-constraint.ts';
import { replaceEnum } from './replace-enum.ts';
import { replaceIndex } from './replace-index.ts';

/** Another constraint, index or enum of the same name in the place of one that is in use. */
export function planReplacement(goal: Replacement, situation: Situation): readonly Draft[] | Unsupported {
  switch (goal.kind) {
    case 'replace-constraint':
      return replaceConstraint(goal, situation);
    case 'change-identity':
      return changeIdentity(goal.table, goal.before, goal.after);
    case 'replace-index':
      return replaceIndex(goal.before, goal.after, situation);
    case 'replace-enum':
      return replaceEnum(goal, situation);
  }
}

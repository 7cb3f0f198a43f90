import type { Constraint } from '../change.ts';
import { keyOf } from '../name.ts';

/** Whether two constraints demand the same, their names and validity aside. */
export function isAlike(one: Constraint, other: Constraint): boolean {
  return JSON.stringify(subjectOf(one)) === JSON.stringify(subjectOf(other));
}

/** What a constraint demands, its name and validity aside. */
function subjectOf(constraint: Constraint): readonly unknown[] {
  const { kind } = constraint;
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return [kind, constraint.columns];
    case 'foreign-key':
      return [kind, constraint.columns, keyOf(constraint.references), constraint.referencedColumns];
    case 'check':
      return [kind, constraint.expression];
    case 'not-null':
      return [kind, constraint.column];
    case 'exclusion':
      return [kind, constraint.definition];
  }
}

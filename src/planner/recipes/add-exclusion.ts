import type { BodyOf, Constraint } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import type { Named } from '../names.ts';
import { type Draft, lock, manual, scanMs, step } from '../recipe.ts';
import { isEmpty, type Situation } from '../situation.ts';

export type AddExclusion = BodyOf<'add-constraint'> & {
  readonly constraint: Named<Extract<Constraint, { readonly kind: 'exclusion' }>>;
};

/**
 * Under a lock, whatever the table's size: ALTER TABLE takes over a ready index for UNIQUE and PRIMARY KEY only, an exclusion
 * constraint cannot be NOT VALID, and CREATE INDEX CONCURRENTLY makes none (the manual, ALTER TABLE, ADD table_constraint_using_index).
 */
export function addExclusion(change: AddExclusion, situation: Situation): readonly Draft[] {
  const { table, constraint } = change;
  const empty = isEmpty(situation, table);
  return [
    step({
      title: `Add exclusion constraint ${constraint.name} to ${display(table)}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false })],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: empty ? [] : ['blocks-reads', 'blocks-writes', 'long-running', 'may-fail-on-existing-rows'],
      ...(empty ? {} : { knowingly: [{ rule: 'exclusion-constraint-lock', reason: 'PostgreSQL has no other way' }] }),
      statementTimeoutMs: scanMs,
      criteria: [constraintExists(table, constraint, true)],
      ...(empty
        ? {}
        : {
            application: `must bear that ${display(table)} can be neither read nor written while the index is built: choose a quiet hour, and try it before on a copy of the rows, where two that exclude one another show.`,
          }),
      because: empty
        ? `The table holds no rows yet. ${manual('sql-altertable')}`
        : `PostgreSQL builds an exclusion constraint's index only while the table is locked: it takes over no index that was built concurrently, and knows no NOT VALID for it. ${manual('sql-altertable')}`,
    }),
  ];
}

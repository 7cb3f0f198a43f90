import type { Constraint } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import { type Named, temporaryName } from '../names.ts';
import type { Hazard } from '../plan.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import type { Replacement } from '../schemas/goal.ts';
import { isEmpty, type Situation } from '../situation.ts';
import { addCheck } from './add-check.ts';
import { addForeignKey } from './add-foreign-key.ts';
import { concurrently } from './create-index.ts';
import { isSameKey, referencesTo, restore } from './drop-constraint.ts';

type Given = Extract<Replacement, { readonly kind: 'replace-constraint' }>;

/**
 * Another constraint in the place of one that is in force: the new one is made and checked beside the old one under a name of its own,
 * so that no write escapes both, and takes the name in the moment in which the old one goes.
 */
export function replaceConstraint(given: Given, situation: Situation): readonly Draft[] | Unsupported {
  const { table, before, after } = given;
  if (isEmpty(situation, table) || before.kind !== after.kind || after.kind === 'exclusion')
    return [atOnce(given, situation)];
  const needed = before.kind === 'unique' || before.kind === 'primary-key' ? keysNeeding(given, situation) : [];
  if (needed.length > 0)
    return {
      unsupported: `constraint ${before.name} of ${display(table)}: the foreign keys ${needed.join(', ')} need it`,
    };
  const label = 'new';
  const name = temporaryName(table, after.name, label, situation.catalog);
  switch (after.kind) {
    case 'check':
      return beside(
        given,
        addCheck({ kind: 'add-constraint', table, constraint: { ...after, name } }, situation),
        name,
      );
    case 'foreign-key':
      return beside(
        given,
        addForeignKey({ kind: 'add-constraint', table, constraint: { ...after, name } }, situation),
        name,
      );
    case 'unique':
    case 'primary-key': {
      const keys = after.columns.map((column) => ({ column }));
      const nulls = after.kind === 'unique' && after.nullsNotDistinct === true ? { nullsNotDistinct: true } : {};
      const index = { name, table, method: 'btree', keys, include: after.include ?? [], unique: true, ...nulls };
      return [concurrently(index), swapKey(given, name)];
    }
    default:
      return [atOnce(given, situation)];
  }
}

function keysNeeding({ table, before }: Given, { catalog }: Situation): readonly string[] {
  const columns = 'columns' in before ? before.columns : [];
  return referencesTo(catalog, table, (target) => isSameKey(target, columns));
}

function beside(given: Given, added: readonly Draft[] | Unsupported, name: string): readonly Draft[] | Unsupported {
  if ('unsupported' in added) return added;
  const { table, before, after } = given;
  const isValid = !('validated' in after) || after.validated;
  const steps = isValid
    ? added
    : added.filter(({ sql }) => !sql.some((statement) => / VALIDATE CONSTRAINT /.test(statement)));
  const swap = step({
    title: `Put the new ${after.name} of ${display(table)} in the place of the old one`,
    phase: 'contract',
    sql: [dropOf(table, before), renderChange({ kind: 'rename-constraint', table, name, to: after.name })],
    down: [renderChange({ kind: 'rename-constraint', table, name: after.name, to: name }), ...restore(table, before)],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [constraintExists(table, after, isValid)],
    knowingly: [{ rule: 'drop-constraint', reason: 'the new constraint is in force already' }],
    because: `Both statements change the catalog only and commit together; every row obeys the new constraint already. ${manual('sql-altertable')}`,
  });
  return [...steps, swap];
}

function swapKey({ table, before, after }: Given, index: string): Draft {
  const attached = { ...after, usingIndex: index } as Named<Constraint>;
  return step({
    title: `Put the new ${after.name} of ${display(table)} in the place of the old one`,
    phase: 'contract',
    sql: [dropOf(table, before), renderChange({ kind: 'add-constraint', table, constraint: attached })],
    down: [dropOf(table, after), ...restore(table, before)],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [constraintExists(table, after, true)],
    knowingly: [{ rule: 'drop-constraint', reason: 'the index of the new constraint is built already' }],
    because: `The index is there, so the constraint takes it over and gives it its name; the catalog alone changes. Going back builds the old index under the lock. ${manual('sql-altertable')}`,
  });
}

/** Where nothing better can be: both in one transaction, under the lock. */
function atOnce({ table, before, after }: Given, situation: Situation): Draft {
  const empty = isEmpty(situation, table);
  const hazards: readonly Hazard[] = empty ? [] : ['blocks-reads', 'blocks-writes', 'may-fail-on-existing-rows'];
  return step({
    title: `Replace constraint ${after.name} of ${display(table)}`,
    phase: 'contract',
    sql: [dropOf(table, before), renderChange({ kind: 'add-constraint', table, constraint: after })],
    down: [dropOf(table, after), ...restore(table, before)],
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards,
    statementTimeoutMs: scanMs,
    criteria: [constraintExists(table, after, false)],
    because: empty
      ? `The table holds no rows that would have to be checked. ${manual('sql-altertable')}`
      : `The new constraint is built under an exclusive lock, because it cannot stand beside the old one. ${manual('sql-altertable')}`,
  });
}

function dropOf(table: ObjectName, { name }: Named<Constraint>): string {
  return renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false });
}

import { tableOf } from '../../sql/catalog.ts';
import type { BodyOf, Constraint } from '../../sql/change.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists } from '../criteria.ts';
import type { Named } from '../names.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { isEmpty, isSmall, partitionsOf, type Situation } from '../situation.ts';
import { validate } from './validate-constraint.ts';

export type AddForeignKey = BodyOf<'add-constraint'> & {
  readonly constraint: Named<Extract<Constraint, { readonly kind: 'foreign-key' }>>;
};

/** Since PostgreSQL 18 a foreign key of a partitioned table can be NOT VALID (release notes of 18). */
const validatesPartitioned = 18;

/** A foreign key that is checked for new rows first and for the existing ones afterwards. */
export function addForeignKey(change: AddForeignKey, situation: Situation): readonly Draft[] {
  const { table, constraint } = change;
  // As the desired schema has it: checked for new rows alone.
  if (situation.exact === true && !constraint.validated) return [notValid(change)];
  if (isEmpty(situation, table))
    return [direct(change, 'The table holds no rows that would have to be checked', situation)];
  const partitioned = tableOf(situation.catalog, table)?.partitionBy !== undefined;
  if (partitioned && situation.version < validatesPartitioned) {
    if (isSmall(situation, table)) return [direct(change, 'The table is small', situation)];
    return onPartitions(change, situation);
  }
  return [notValid(change), validate(table, constraint)];
}

/**
 * Each partition that holds rows gets its own, checked for new rows first; the one of the partitioned table then takes these over and
 * checks nothing again (PostgreSQL source, tryAttachPartitionForeignKey: the same columns, target and actions, and validated).
 */
function onPartitions(change: AddForeignKey, situation: Situation): readonly Draft[] {
  const leaves = leavesOf(change.table, situation);
  const own = leaves.flatMap((table) => [notValid({ ...change, table }), validate(table, change.constraint)]);
  const last = direct(change, 'Every partition has the same foreign key already, which is taken over', situation);
  return [
    ...own,
    {
      ...last,
      hazards: [],
      knowingly: [{ rule: 'foreign-key-not-valid', reason: 'every partition has the same foreign key, and validated' }],
    },
  ];
}

function leavesOf(table: ObjectName, situation: Situation): readonly ObjectName[] {
  return partitionsOf(situation.catalog, table).flatMap(({ name, partitionBy }) =>
    partitionBy === undefined ? [name] : leavesOf(name, situation),
  );
}

function notValid(change: AddForeignKey): Draft {
  const { table, constraint } = change;
  return step({
    title: `Add foreign key ${constraint.name} from ${display(table)} to ${display(constraint.references)}, for new rows`,
    phase: 'expand',
    sql: [renderChange({ ...change, constraint: { ...constraint, validated: false } })],
    down: [dropForeignKey(change)],
    locks: locksOf(change),
    hazards: ['breaks-running-code'],
    criteria: [constraintExists(table, constraint, false)],
    because: `NOT VALID skips the scan; SHARE ROW EXCLUSIVE is needed on both tables, but only for a moment. From here on a write without its counterpart fails. ${manual('sql-altertable')}`,
  });
}

function direct(change: AddForeignKey, why: string, situation: Situation): Draft {
  const { table, constraint } = change;
  return step({
    title: `Add foreign key ${constraint.name} from ${display(table)} to ${display(constraint.references)}`,
    phase: 'expand',
    sql: [renderChange({ ...change, constraint: { ...constraint, validated: true } })],
    down: [dropForeignKey(change)],
    locks: locksOf(change),
    hazards: isEmpty(situation, table) ? [] : ['blocks-writes', 'may-fail-on-existing-rows'],
    criteria: [constraintExists(table, constraint, true)],
    because: `${why}; SHARE ROW EXCLUSIVE on the referenced table lasts only a moment. ${manual('sql-altertable')}`,
  });
}

function locksOf({ table, constraint }: AddForeignKey) {
  const own = lock(table, 'ShareRowExclusiveLock');
  return keyOf(table) === keyOf(constraint.references)
    ? [own]
    : [own, lock(constraint.references, 'ShareRowExclusiveLock')];
}

function dropForeignKey({ table, constraint }: AddForeignKey): string {
  return renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false });
}

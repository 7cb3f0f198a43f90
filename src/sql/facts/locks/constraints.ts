import { tableOf } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import { isProvenNotNull } from '../not-null.ts';
import { type LockTable, onFamily, onReferenced, type RelationLock, type Scene, scans } from './lock.ts';
import { foreignKeysOf } from './relations.ts';

/** ALTER TABLE's commands about constraints (manual, ALTER TABLE: ADD table_constraint, VALIDATE CONSTRAINT, DROP CONSTRAINT). */
export const constraintLocks = {
  'add-constraint': addConstraint,
  'drop-constraint': ({ table, name }, scene) => {
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter((each) => each.name === name);
    return [...onFamily(table, scene, 'AccessExclusiveLock'), ...onReferenced(keys, table, 'AccessExclusiveLock')];
  },
  'validate-constraint': ({ table, name }, scene) => {
    const constraint = tableOf(scene.catalog, table)?.constraints.find((each) => each.name === name);
    const isDone = constraint !== undefined && 'validated' in constraint && constraint.validated;
    return [
      ...onFamily(table, scene, 'ShareUpdateExclusiveLock', isDone ? {} : scans),
      ...(constraint?.kind === 'foreign-key' ? onReferenced([constraint], table, 'RowShareLock') : []),
    ];
  },
  'rename-constraint': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
} satisfies Partial<LockTable<ChangeKind>>;

function addConstraint(
  { table, constraint, inline }: ChangeOf<'add-constraint'>,
  scene: Scene,
): readonly RelationLock[] {
  const { catalog, version } = scene;
  const exclusively = (isScanned: boolean) => onFamily(table, scene, 'AccessExclusiveLock', isScanned ? scans : {});
  switch (constraint.kind) {
    case 'foreign-key': {
      // "Addition of a foreign key requires a SHARE ROW EXCLUSIVE lock on the referenced table" as well.
      const work = constraint.validated && inline === undefined ? scans : {};
      return [
        ...onFamily(table, scene, 'ShareRowExclusiveLock', work),
        ...onReferenced([constraint], table, 'ShareRowExclusiveLock', work),
      ];
    }
    case 'check':
      return exclusively(constraint.validated);
    case 'not-null':
      return exclusively(constraint.validated && !isProvenNotNull(tableOf(catalog, table), constraint.column, version));
    case 'unique':
      return exclusively(constraint.usingIndex === undefined);
    case 'primary-key': {
      if (constraint.usingIndex === undefined) return exclusively(true);
      const known = tableOf(catalog, table);
      const index = known?.indexes.find(({ name }) => name === constraint.usingIndex);
      const columns = index?.keys.flatMap(({ column }) => column ?? []);
      return exclusively(columns?.every((column) => isProvenNotNull(known, column, version)) !== true);
    }
    case 'exclusion':
      return exclusively(true);
  }
}

import { columnOf, tableOf } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { isProvenNotNull } from '../not-null.ts';
import { takenAlong } from './along.ts';
import { type LockTable, lockOn, onFamily, onReferenced, type RelationLock, type Scene, scans } from './lock.ts';
import { foreignKeysOf } from './relations.ts';

/** ALTER TABLE's commands about constraints (manual, ALTER TABLE: ADD table_constraint, VALIDATE CONSTRAINT, DROP CONSTRAINT). */
export const constraintLocks = {
  'add-constraint': addConstraint,
  'drop-constraint': ({ table, name, cascade }, scene) => {
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter((each) => each.name === name);
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...onReferenced(keys, table, 'AccessExclusiveLock'),
      ...(cascade ? takenAlong({ kind: 'constraint', of: table, part: name }, scene.catalog) : []),
    ];
  },
  'validate-constraint': ({ table, name }, scene) => {
    const constraint = tableOf(scene.catalog, table)?.constraints.find((each) => each.name === name);
    const isDone = constraint !== undefined && 'validated' in constraint && constraint.validated;
    return [
      ...onFamily(table, scene, 'ShareUpdateExclusiveLock', isDone ? {} : scans),
      ...(constraint?.kind === 'foreign-key' ? onReferenced([constraint], table, 'RowShareLock') : []),
    ];
  },
  'alter-constraint': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
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
      const isChecked = inline === undefined || isFilled(table, inline, scene);
      const work = constraint.validated && isChecked ? scans : {};
      return [
        ...onFamily(table, scene, 'ShareRowExclusiveLock', work),
        ...onReferenced([constraint], table, 'ShareRowExclusiveLock', work),
      ];
    }
    case 'check':
      return exclusively(constraint.validated);
    case 'not-null':
      return exclusively(constraint.validated && !isProvenNotNull(tableOf(catalog, table), constraint.column, version));
    case 'unique': {
      if (version >= 18 || tableOf(catalog, table)?.partitionBy === undefined) {
        return exclusively(constraint.usingIndex === undefined);
      }
      // The indexes of the partitions are built as by CREATE INDEX (seen on 15; on 18 each partition is locked as the parent is).
      return [...onFamily(table, scene, 'ShareLock', scans), lockOn(table, 'AccessExclusiveLock')];
    }
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

/**
 * A new column without a default holds only NULL, which refers to nothing; one that is written is not looked at, be it NULL
 * (PostgreSQL source, transformAlterTableStmt).
 */
function isFilled(name: ObjectName, column: string, { catalog }: Scene): boolean {
  const table = tableOf(catalog, name);
  const added = table === undefined ? undefined : columnOf(table, column);
  if (added === undefined) return true;
  return added.identity !== undefined || added.generated !== undefined || added.default !== undefined;
}

import { tableOf } from '../../catalog.ts';
import type { ChangeKind } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import {
  type LockTable,
  lockOn,
  onFamily,
  onReferenced,
  type RelationLock,
  type Scene,
  scans,
  type Work,
} from './lock.ts';
import { descendantsOf, foreignKeysOf } from './relations.ts';

/** Statements that tie tables to a parent, or take them from it (manual, ALTER TABLE: ATTACH PARTITION, DETACH PARTITION, INHERIT). */
export const partitionLocks = {
  'attach-partition': ({ table, partition, bound }, scene) => {
    const isDefault = /^default$/i.test(bound.trim());
    return [
      lockOn(table, 'ShareUpdateExclusiveLock'),
      ...onFamily(partition, scene, 'AccessExclusiveLock', scans),
      ...(isDefault ? [] : onDefaultPartition(table, scene)),
      // The partition gets its parent's foreign keys.
      ...onReferenced(foreignKeysOf(tableOf(scene.catalog, table)), table, 'ShareRowExclusiveLock'),
    ];
  },
  'detach-partition': ({ table, partition, concurrently, finalize }, scene) => {
    if (finalize) return [lockOn(table, 'ShareUpdateExclusiveLock'), lockOn(partition, 'AccessExclusiveLock')];
    // Its second transaction takes ACCESS EXCLUSIVE on the partition, when the queries that still use it as one are over.
    if (concurrently) return [lockOn(table, 'ShareUpdateExclusiveLock'), lockOn(partition, 'AccessExclusiveLock')];
    return [
      lockOn(table, 'AccessExclusiveLock'),
      lockOn(partition, 'AccessExclusiveLock'),
      ...onDefaultPartition(table, scene, {}).filter(({ relation }) => keyOf(relation) !== keyOf(partition)),
      ...onReferenced(foreignKeysOf(tableOf(scene.catalog, table)), table, 'ShareRowExclusiveLock'),
    ];
  },
  'set-inherit': ({ table, parent, inherits }) => [
    lockOn(table, 'AccessExclusiveLock'),
    lockOn(parent, inherits ? 'ShareUpdateExclusiveLock' : 'AccessShareLock'),
  ],
} satisfies Partial<LockTable<ChangeKind>>;

/** A new partition takes values from the default one, which is searched for rows that are to be in the new one (manual, CREATE TABLE). */
export function onDefaultPartition(parent: ObjectName, scene: Scene, work: Work = scans): readonly RelationLock[] {
  const key = keyOf(parent);
  const found = descendantsOf(parent, scene.catalog).find((name) => {
    const table = tableOf(scene.catalog, name);
    return table?.defaultPartition === true && table.partitionOf !== undefined && keyOf(table.partitionOf) === key;
  });
  return found === undefined ? [] : onFamily(found, scene, 'AccessExclusiveLock', work);
}

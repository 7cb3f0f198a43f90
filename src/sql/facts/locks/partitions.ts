import { type Table, tableOf } from '../../catalog.ts';
import type { ChangeKind } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { type AccessPath, accessPaths } from '../indexes.ts';
import { type Bound, defaultPartitionOf, isDefault, seemsOutside, seemsWithin } from '../partition-bounds.ts';
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
import { foreignKeysOf } from './relations.ts';

/** Statements that tie tables to a parent, or take them from it (manual, ALTER TABLE: ATTACH PARTITION, DETACH PARTITION, INHERIT). */
export const partitionLocks = {
  'attach-partition': ({ table, partition, bound }, scene) => {
    const { catalog, version } = scene;
    const parent = tableOf(catalog, table);
    const held: Bound = { bound, partitionBy: parent?.partitionBy ?? '' };
    const other = isDefault(bound) ? undefined : defaultPartitionOf(table, catalog);
    const isKeptOut = other !== undefined && seemsOutside(tableOf(catalog, other), held);
    const known = tableOf(catalog, partition);
    // What the partition lacks of its parent's indexes is built.
    const isReady = seemsWithin(known, held, version) && hasIndexesOf(known, parent);
    return [
      lockOn(table, 'ShareUpdateExclusiveLock'),
      ...onFamily(partition, scene, 'AccessExclusiveLock', isReady ? {} : scans),
      ...(other === undefined ? [] : onFamily(other, scene, 'AccessExclusiveLock', isKeptOut ? {} : scans)),
      // The partition gets its parent's foreign keys.
      ...onReferenced(foreignKeysOf(parent), table, 'ShareRowExclusiveLock'),
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

function hasIndexesOf(table: Table | undefined, parent: Table | undefined): boolean {
  if (table === undefined || parent === undefined) return false;
  const own = new Set(accessPaths(table).map(shapeOf));
  return accessPaths(parent).every((path) => own.has(shapeOf(path)));
}

function shapeOf({ name: _name, ...shape }: AccessPath): string {
  return JSON.stringify(shape);
}

/** A new partition takes values from the default one, which is searched for rows that are to be in the new one (manual, CREATE TABLE). */
export function onDefaultPartition(parent: ObjectName, scene: Scene, work: Work = scans): readonly RelationLock[] {
  const found = defaultPartitionOf(parent, scene.catalog);
  return found === undefined ? [] : onFamily(found, scene, 'AccessExclusiveLock', work);
}

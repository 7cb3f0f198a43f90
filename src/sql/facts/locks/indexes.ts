import { tableOf } from '../../catalog.ts';
import type { ChangeKind } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { type LockTable, lockOn, onFamily, type RelationLock, type Scene, scans, type Work } from './lock.ts';
import type { LockMode } from './modes.ts';
import { ownerOf } from './relations.ts';

/** Statements about indexes (manual: CREATE INDEX, DROP INDEX, ALTER INDEX, "Building Indexes Concurrently"). */
export const indexLocks = {
  'create-index': ({ index, concurrently, ifNotExists }, scene) => {
    const mode = concurrently ? 'ShareUpdateExclusiveLock' : 'ShareLock';
    const { name } = index;
    // The table is locked before the name is looked for.
    if (ifNotExists && name !== undefined && ownerOf({ ...index.table, name }, scene.catalog) !== undefined) {
      return [lockOn(index.table, mode)];
    }
    const isPartitioned = tableOf(scene.catalog, index.table)?.partitionBy !== undefined;
    if (!isPartitioned) return [lockOn(index.table, mode, scans)];
    return index.only === true ? [lockOn(index.table, mode)] : onFamily(index.table, scene, mode, scans);
  },
  'drop-index': ({ index, table, concurrently }, scene) => {
    const mode = concurrently ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock';
    const owner = table ?? ownerOf(index, scene.catalog)?.name;
    // An index of a partitioned table goes with the indexes of the partitions.
    return [...(owner === undefined ? [] : onFamily(owner, scene, mode)), onIndex(index, mode, scene)];
  },
  // Since PostgreSQL 12 (release notes): it was ACCESS EXCLUSIVE before.
  'rename-index': ({ index }, scene) => [
    onIndex(index, scene.version < 12 ? 'AccessExclusiveLock' : 'ShareUpdateExclusiveLock', scene),
  ],
  'attach-index': ({ index, partition }, scene) => [
    onIndex(index, 'ShareUpdateExclusiveLock', scene),
    onIndex(partition, 'AccessExclusiveLock', scene),
  ],
} satisfies Partial<LockTable<ChangeKind>>;

/** A lock on an index, with the table whose readers wait for it. */
export function onIndex(index: ObjectName, mode: LockMode, { catalog }: Scene, work?: Work): RelationLock {
  const of = ownerOf(index, catalog)?.name;
  return { relation: index, mode, ...work, ...(of === undefined ? {} : { of }) };
}

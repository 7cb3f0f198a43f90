import { tableOf } from '../../catalog.ts';
import type { ChangeKind } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { onIndex } from './indexes.ts';
import { type LockTable, lockOn, type RelationLock, rewrites, type Scene, type Work } from './lock.ts';
import type { LockMode } from './modes.ts';
import { ownerOf } from './relations.ts';

/** ALTER TABLE's commands about storage (manual, ALTER TABLE). */
export const storageLocks = {
  'set-logged': ({ table, logged }, { catalog }) => {
    const isSo = logged === (tableOf(catalog, table)?.unlogged !== true);
    return [lockOn(table, 'AccessExclusiveLock', isSo && catalog.tables.has(keyOf(table)) ? {} : rewrites)];
  },
  'set-tablespace': ({ table }, scene) => [onRelation(table, scene, 'AccessExclusiveLock', rewrites)],
  'set-access-method': ({ table }, { catalog }) => {
    // A partitioned table has no rows of its own.
    const isEmpty = tableOf(catalog, table)?.partitionBy !== undefined;
    return [lockOn(table, 'AccessExclusiveLock', isEmpty ? {} : rewrites)];
  },
  'set-storage-parameters': ({ table, parameters }, scene) => [
    onRelation(table, scene, parameters.every(isMild) ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock'),
  ],
  'set-replica-identity': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
} satisfies Partial<LockTable<ChangeKind>>;

/** "SHARE UPDATE EXCLUSIVE lock will be taken for fillfactor, toast and autovacuum storage parameters, as well as parallel_workers". */
const mild: ReadonlySet<string> = new Set([
  'deduplicate_items',
  'fillfactor',
  'log_autovacuum_min_duration',
  'parallel_workers',
  'toast_tuple_target',
  'vacuum_index_cleanup',
  'vacuum_max_eager_freeze_failure_rate',
  'vacuum_truncate',
]);

function isMild(parameter: string): boolean {
  const name = parameter.replace(/^toast\./, '');
  return name.startsWith('autovacuum_') || mild.has(name);
}

/** ALTER INDEX shares these commands with ALTER TABLE. */
function onRelation(relation: ObjectName, scene: Scene, mode: LockMode, work?: Work): RelationLock {
  const isIndex = !scene.catalog.tables.has(keyOf(relation)) && ownerOf(relation, scene.catalog) !== undefined;
  return isIndex ? onIndex(relation, mode, scene, work) : lockOn(relation, mode, work);
}

import { tableOf } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { accessPaths } from '../indexes.ts';
import { onIndex } from './indexes.ts';
import { type LockTable, lockOn, noLock, onFamily, type RelationLock, rewrites, type Scene, scans } from './lock.ts';
import { modeNamed } from './modes.ts';
import { ownerOf, reachedFrom, referrersOf } from './relations.ts';

/** Statements about rows, and the upkeep of tables (manual: "Explicit Locking" and the page of each statement). */
export const dataLocks = {
  'write-data': (change, scene) => {
    const { verb, table } = change;
    if (verb !== 'truncate') return [lockOn(table, 'RowExclusiveLock')];
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...(change.cascade === true ? truncatedAlong(change, scene) : []),
    ];
  },
  query: ({ tables }) => tables.map((table) => lockOn(table, 'AccessShareLock')),
  transaction: noLock,
  set: noLock,
  maintain,
  other: ({ what, table }) => {
    if (table === undefined) return [];
    return [lockOn(table, mildCommands.has(what) ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock')];
  },
} satisfies Partial<LockTable<ChangeKind>>;

/** Statements that the model does not know and that let readers and writers go on (manual: ALTER TABLE, ANALYZE, CREATE STATISTICS). */
const mildCommands: ReadonlySet<string> = new Set([
  'ANALYZE',
  'CREATE STATISTICS',
  'ALTER TABLE ALTER COLUMN RESET',
  'ALTER TABLE ALTER COLUMN SET',
  'ALTER TABLE ALTER COLUMN SET STATISTICS',
  'ALTER TABLE CLUSTER ON',
  'ALTER TABLE SET WITHOUT CLUSTER',
]);

function maintain(change: ChangeOf<'maintain'>, scene: Scene): readonly RelationLock[] {
  const { what, table, index, concurrently } = change;
  if (index !== undefined) return reindexed(change, scene);
  if (table === undefined) return [];
  switch (what) {
    case 'LOCK TABLE':
      return onFamily(table, scene, modeNamed(change.mode));
    case 'CLUSTER':
    case 'VACUUM FULL':
      return onFamily(table, scene, 'AccessExclusiveLock', rewrites);
    case 'VACUUM':
      return onFamily(table, scene, 'ShareUpdateExclusiveLock');
    case 'REFRESH MATERIALIZED VIEW':
      return [lockOn(table, concurrently ? 'ExclusiveLock' : 'AccessExclusiveLock', rewrites)];
    case 'REINDEX':
      return reindexedAll(table, concurrently, scene);
    default:
      return [];
  }
}

/** REINDEX TABLE does with every index of the table what REINDEX INDEX does with one. */
function reindexedAll(table: ObjectName, concurrently: boolean, scene: Scene): readonly RelationLock[] {
  if (concurrently) return onFamily(table, scene, 'ShareUpdateExclusiveLock', scans);
  const tables = onFamily(table, scene, 'ShareLock', scans);
  const indexes = tables.flatMap(({ relation, scans: hasRows }) => {
    const known = hasRows === true ? tableOf(scene.catalog, relation) : undefined;
    const names = known === undefined ? [] : accessPaths(known).flatMap(({ name }) => name ?? []);
    return names.map((name) => onIndex({ ...relation, name }, 'AccessExclusiveLock', scene, rewrites));
  });
  return [...tables, ...indexes];
}

/** REINDEX INDEX locks out the writers of the table, and the readers who would use the index. */
function reindexed({ index, concurrently }: ChangeOf<'maintain'>, scene: Scene): readonly RelationLock[] {
  if (index === undefined) return [];
  const owner = ownerOf(index, scene.catalog)?.name;
  const mode = concurrently ? 'ShareUpdateExclusiveLock' : 'ShareLock';
  return [
    ...(owner === undefined ? [] : [lockOn(owner, mode, scans)]),
    onIndex(index, concurrently ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock', scene, rewrites),
  ];
}

/** TRUNCATE ... CASCADE empties what refers to the table as well, and so on. */
function truncatedAlong({ table }: ChangeOf<'write-data'>, { catalog }: Scene): readonly RelationLock[] {
  const referrers = (name: ObjectName) => referrersOf(name, catalog).map((each) => each.table.name);
  return reachedFrom(table, referrers).map((name) => lockOn(name, 'AccessExclusiveLock'));
}

import type { Catalog } from '../../catalog.ts';
import type { Change, ChangeKind } from '../../change.ts';
import { columnLocks } from './columns.ts';
import { constraintLocks } from './constraints.ts';
import { dataLocks } from './data.ts';
import { indexLocks } from './indexes.ts';
import { type LockTable, merged, noLock, type RelationLock, type Scene } from './lock.ts';
import { blocksReads, blocksWrites } from './modes.ts';
import { partitionLocks } from './partitions.ts';
import { routineLocks } from './routines.ts';
import { storageLocks } from './storage.ts';
import { tableLocks } from './tables.ts';
import { typeLocks } from './types.ts';

export type { RelationLock } from './lock.ts';
export { blocksReads, blocksWrites, isStronger, type LockMode, modeWords } from './modes.ts';
export { ownerOf } from './relations.ts';

const table: LockTable<ChangeKind> = {
  ...tableLocks,
  ...columnLocks,
  ...constraintLocks,
  ...indexLocks,
  ...storageLocks,
  ...partitionLocks,
  ...typeLocks,
  ...routineLocks,
  ...dataLocks,
};

/**
 * The locks that PostgreSQL takes for a change on relations that exist before it, one a relation, and what it does to their
 * rows (manual, "Explicit Locking" and the page of each statement; `test/sql/facts/locks` holds it against `pg_locks`). Of
 * relations that the catalog does not know, only those are named that the change itself names. A statement holds the locks of all
 * its changes until its transaction ends; one that is written CONCURRENTLY has no transaction of its own, and lets go sooner.
 */
export function locksOf(
  change: Change,
  catalog: Catalog,
  version: number,
  { utc = false }: { readonly utc?: boolean } = {},
): readonly RelationLock[] {
  const read = table[change.kind] as (change: Change, scene: Scene) => readonly RelationLock[];
  return merged(read(change, { catalog, version, utc }));
}

/** Those of its locks for which writers, or readers and writers, wait. Nobody writes to a materialized view. */
export function blockingLocks(change: Change, catalog: Catalog, version: number): readonly RelationLock[] {
  const blocks = change.kind === 'maintain' && change.what === 'REFRESH MATERIALIZED VIEW' ? blocksReads : blocksWrites;
  return locksOf(change, catalog, version).filter(({ mode }) => blocks(mode));
}

/** Every kind of change that locks a relation in some case: what a rule about locks looks at. */
export const lockingKinds: readonly ChangeKind[] = (Object.keys(table) as ChangeKind[]).filter(
  (kind) => table[kind] !== noLock,
);

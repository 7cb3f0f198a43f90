import { type Catalog, tableOf } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { isStronger, type LockMode } from './modes.ts';
import { descendantsOf, type ForeignKey } from './relations.ts';

/** A lock that a statement takes on a relation that exists before it, and what it does there while it holds it. */
export interface RelationLock {
  /** A table, a partition, a view, a materialized view or an index. */
  readonly relation: ObjectName;
  readonly mode: LockMode;
  /** The table of an index that is locked: the planner opens every index of a table, so that its readers wait as well. */
  readonly of?: ObjectName;
  /** Every row is written anew. */
  readonly rewrites?: true;
  /** Every row is read: to check it, or to build an index. */
  readonly scans?: true;
}

/** What a statement does to the rows of a relation. */
export type Work = Pick<RelationLock, 'rewrites' | 'scans'>;

export const rewrites: Work = { rewrites: true };
export const scans: Work = { scans: true };

/** What the locks of a change depend on: the schema before it and the major version. */
export interface Scene {
  readonly catalog: Catalog;
  readonly version: number;
  /** The session's time zone is known to be UTC, which makes some type changes free. */
  readonly utc: boolean;
}

/** The locks of each kind of change. The compiler asks for one of every kind. */
export type LockTable<Kind extends ChangeKind> = {
  readonly [Each in Kind]: (change: ChangeOf<Each>, scene: Scene) => readonly RelationLock[];
};

/** For what locks no relation that others use. */
export function noLock(): readonly RelationLock[] {
  return [];
}

export function lockOn(relation: ObjectName, mode: LockMode, work: Work = {}): RelationLock {
  return { relation, mode, ...work };
}

/**
 * The same lock on a table and on everything that inherits from it or is a partition of it. A partitioned table has no rows to
 * work on.
 */
export function onFamily(table: ObjectName, { catalog }: Scene, mode: LockMode, work?: Work): readonly RelationLock[] {
  return [table, ...descendantsOf(table, catalog)].map((each) =>
    lockOn(each, mode, tableOf(catalog, each)?.partitionBy === undefined ? work : {}),
  );
}

/** Locks on the tables that foreign keys of a table point at, itself left out. */
export function onReferenced(
  keys: readonly ForeignKey[],
  table: ObjectName,
  mode: LockMode,
  work?: Work,
): readonly RelationLock[] {
  const own = keyOf(table);
  return keys
    .filter(({ references }) => keyOf(references) !== own)
    .map(({ references }) => lockOn(references, mode, work));
}

/** One lock a relation, of the strongest mode, with all the work that is done there. */
export function merged(locks: readonly RelationLock[]): readonly RelationLock[] {
  if (locks.length < 2) return locks;
  const byRelation = new Map<string, RelationLock>();
  for (const lock of locks) {
    const key = keyOf(lock.relation);
    const known = byRelation.get(key);
    const { mode } = known !== undefined && isStronger(known.mode, lock.mode) ? known : lock;
    byRelation.set(key, known === undefined ? lock : { ...known, ...lock, mode });
  }
  return [...byRelation.values()];
}

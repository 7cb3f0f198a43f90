import type { Catalog } from '../../catalog.ts';
import type { Change, ChangeKind } from '../../change.ts';
import { keyOf } from '../../name.ts';
import type { RuleContext } from '../../rule.ts';
import { isUtc } from '../time-zone.ts';
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

/** What of a rule's context the locks depend on. */
export type LockContext = Pick<RuleContext, 'before' | 'version' | 'settings' | 'isNew'>;

/** Half a dozen rules ask for the locks of the same change, and a context stands for one moment of the catalog. */
const asked = new WeakMap<LockContext, Map<Change, readonly RelationLock[]>>();

/** The locks that a change takes on what this change set has not made: for others nobody waits. */
export function waitedFor(change: Change, context: LockContext): readonly RelationLock[] {
  const answers = asked.get(context) ?? new Map<Change, readonly RelationLock[]>();
  const known = answers.get(change);
  if (known !== undefined) return known;
  const { before, version, settings, isNew } = context;
  const all = locksOf(change, before, version, { utc: isUtc(settings.get('timezone')) });
  const locks = all.filter(({ relation, of }) => !isNew(of ?? relation));
  asked.set(context, answers.set(change, locks));
  return locks;
}

/** Those of them for which writers, or readers and writers, wait. */
export function blockingLocks(change: Change, context: LockContext): readonly RelationLock[] {
  return blocking(change, waitedFor(change, context), context.before);
}

/**
 * Those of a change's locks for which others wait. Nobody writes to a view, materialized or not; and DETACH ... CONCURRENTLY asks
 * for the partition only after it has waited for everybody else.
 */
export function blocking(
  change: Change,
  locks: readonly RelationLock[],
  { views }: Pick<Catalog, 'views'>,
): readonly RelationLock[] {
  if (change.kind === 'detach-partition' && change.concurrently) return [];
  const isRefresh = change.kind === 'maintain' && change.what === 'REFRESH MATERIALIZED VIEW';
  return locks.filter(({ mode, relation, of }) =>
    isRefresh || views.has(keyOf(of ?? relation)) ? blocksReads(mode) : blocksWrites(mode),
  );
}

/** Every kind of change that can keep others waiting: what a rule about locks looks at. */
export const lockingKinds: readonly ChangeKind[] = (Object.keys(table) as ChangeKind[]).filter(
  (kind) => kind !== 'query' && table[kind] !== noLock,
);

import { blocksWrites, isStronger, type RelationLock } from '../facts/locks/index.ts';
import { keyOf, type ObjectName } from '../name.ts';

/** A lock that a transaction holds, and which of the file's statements took it. */
export interface HeldLock extends RelationLock {
  readonly statement: number;
}

/**
 * The locks of one transaction for which others wait, the strongest of each relation, by its key. A file may lock thousands of
 * tables in one transaction, so they are not copied for each: what is here is what is held now.
 */
export interface HeldLocks {
  readonly byRelation: ReadonlyMap<string, HeldLock>;
  readonly take: (locks: readonly RelationLock[], statement: number) => void;
  /** A table stays locked under the name that it is given. */
  readonly rename: (from: ObjectName, to: ObjectName) => void;
  /** A point in time that {@link HeldLocks.backTo} goes back to. */
  readonly mark: () => number;
  readonly backTo: (mark: number) => void;
}

export function holdLocks(): HeldLocks {
  const held = new Map<string, HeldLock>();
  const before: (readonly [key: string, lock: HeldLock | undefined])[] = [];
  const put = (key: string, lock: HeldLock | undefined) => {
    before.push([key, held.get(key)]);
    if (lock === undefined) held.delete(key);
    else held.set(key, lock);
  };
  return {
    byRelation: held,
    take(locks, statement) {
      for (const lock of locks) {
        if (!blocksWrites(lock.mode)) continue;
        const key = keyOf(lock.relation);
        const known = held.get(key);
        if (known === undefined || isStronger(lock.mode, known.mode)) put(key, { ...lock, statement });
      }
    },
    rename(from, to) {
      const lock = held.get(keyOf(from));
      if (lock === undefined) return;
      put(keyOf(from), undefined);
      put(keyOf(to), { ...lock, relation: to });
    },
    mark: () => before.length,
    backTo(mark) {
      for (const [key, lock] of before.splice(mark).reverse()) {
        if (lock === undefined) held.delete(key);
        else held.set(key, lock);
      }
    },
  };
}

/**
 * The table-level lock modes of PostgreSQL as `pg_locks` spells them, from the weakest to the strongest (manual, "Explicit Locking",
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES).
 */
export const lockModes = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const;
export type LockMode = (typeof lockModes)[number];

const words: Readonly<Record<LockMode, string>> = {
  AccessShareLock: 'ACCESS SHARE',
  RowShareLock: 'ROW SHARE',
  RowExclusiveLock: 'ROW EXCLUSIVE',
  ShareUpdateExclusiveLock: 'SHARE UPDATE EXCLUSIVE',
  ShareLock: 'SHARE',
  ShareRowExclusiveLock: 'SHARE ROW EXCLUSIVE',
  ExclusiveLock: 'EXCLUSIVE',
  AccessExclusiveLock: 'ACCESS EXCLUSIVE',
};

/** What a mode is called in SQL and in the manual's prose: `SHARE UPDATE EXCLUSIVE`. */
export function modeWords(mode: LockMode): string {
  return words[mode];
}

/** The mode that LOCK TABLE names; without one, or with one that is unknown, the mode that it takes by default. */
export function modeNamed(name: string | undefined): LockMode {
  return lockModes.find((mode) => words[mode] === name) ?? 'AccessExclusiveLock';
}

/** Whether the first is stronger than the second in the manual's order. */
export function isStronger(first: LockMode, second: LockMode): boolean {
  return lockModes.indexOf(first) > lockModes.indexOf(second);
}

/** Only ACCESS EXCLUSIVE conflicts with the ACCESS SHARE of a plain SELECT (manual, Table 13.2). */
export function blocksReads(mode: LockMode): boolean {
  return mode === 'AccessExclusiveLock';
}

/** SHARE and everything stronger conflicts with the ROW EXCLUSIVE of INSERT, UPDATE and DELETE (manual, Table 13.2). */
export function blocksWrites(mode: LockMode): boolean {
  return lockModes.indexOf(mode) >= lockModes.indexOf('ShareLock');
}

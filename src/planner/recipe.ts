import { keyOf, type ObjectName } from '../sql/name.ts';
import type { Criterion, Lock, PlanStep } from './plan.ts';
import type { Situation } from './situation.ts';

/** A step before the plan has numbered it, with what will be true once it has run. */
export interface Draft extends Omit<PlanStep, 'id'> {
  readonly criteria: readonly Criterion[];
  /** What reads the column that the plan alters must be out of the way while this step runs. */
  readonly disturbs?: true;
  /** The statement before which nobody could do harm to what the step knowingly does: in one migration with it, nothing needs to be said. */
  readonly harmlessWith?: string;
}

/** A recipe's answer: the steps, or the sentence that says why there are none. */
export type Recipe<Input> = (input: Input, situation: Situation) => readonly Draft[] | Unsupported;

export interface Unsupported {
  readonly unsupported: string;
}

type Given = Pick<Draft, 'title' | 'phase' | 'sql' | 'down' | 'because'> & Partial<Draft>;

/** Three seconds: long enough to get a lock in a quiet moment, short enough that the queue behind the waiting statement stays small. */
const lockTimeoutMs = 3_000;
/** For statements that only change the catalog. */
const briefMs = 30_000;
/** For statements that read a whole table while others go on working. */
export const scanMs = 1_200_000;
/** For statements that work in the background and commit in between. */
export const backgroundMs = 14_400_000;

/** A step with the usual values: one transaction, nothing rewritten, no hazard, catalog only. */
export function step(given: Given): Draft {
  return {
    transaction: true,
    locks: [],
    rewrites: [],
    hazards: [],
    lockTimeoutMs,
    statementTimeoutMs: briefMs,
    criteria: [],
    ...given,
  };
}

/** The lock modes of the manual's "Explicit Locking", as `pg_locks` spells them. */
export type LockMode =
  | 'AccessShareLock'
  | 'RowShareLock'
  | 'RowExclusiveLock'
  | 'ShareUpdateExclusiveLock'
  | 'ShareLock'
  | 'ShareRowExclusiveLock'
  | 'AccessExclusiveLock';

export function lock(table: ObjectName, mode: LockMode): Lock {
  return { relation: keyOf(table), mode };
}

/** The address of a page of the manual of the current version. */
export function manual(page: string): string {
  return `https://www.postgresql.org/docs/current/${page}.html`;
}

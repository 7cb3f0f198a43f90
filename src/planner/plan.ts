import type { Engine } from '../sql/engine.ts';

/** What may go wrong with a step, as typed data. */
export const hazards = [
  'deletes-data',
  'blocks-writes',
  'blocks-reads',
  'rewrites-table',
  'long-running',
  'may-fail-on-existing-rows',
  'breaks-running-code',
] as const;
export type Hazard = (typeof hazards)[number];

/** A lock in the words of the engine's own lock views (`ShareUpdateExclusiveLock`). */
export interface Lock {
  readonly relation: string;
  readonly mode: string;
}

export interface Knowingly {
  readonly rule: string;
  readonly reason: string;
  /** Which of the step's statements, from 0; absent: the first. */
  readonly statement?: number;
}

/** One deployable statement group. The JSON contract of `plan`. */
export interface PlanStep {
  readonly id: number;
  readonly title: string;
  readonly phase: 'expand' | 'migrate' | 'contract';
  readonly sql: readonly string[];
  readonly down: readonly string[];
  /** Whether the statements may share one transaction; `false`: each runs alone. */
  readonly transaction: boolean;
  /** What finishes an interrupted try, which `sql` could not be run after. Absent: the step is run again. */
  readonly resume?: readonly string[];
  /** From the engine's manual until the proof has measured them. */
  readonly locks: readonly Lock[];
  readonly rewrites: readonly string[];
  readonly hazards: readonly Hazard[];
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** What the application must do before the next step; absent when nothing. */
  readonly application?: string;
  /** Why each statement is safe, with the page of the manual. */
  readonly because: string;
  /** Rules of ours that a statement breaks knowingly, so that its migration says so itself. */
  readonly knowingly?: readonly Knowingly[];
  /** What must be true of the rows and the database before the step runs, or it fails or harms. Absent: nothing. */
  readonly preconditions?: readonly Criterion[];
}

/** A sentence and the SQL query that answers with one `true` when it is met. */
export interface Criterion {
  readonly text: string;
  readonly sql: string;
  /** `sql` is a query to be fast, not one to be true: the planner's cost of it, at these rows of tables, is not more than this. */
  readonly estimate?: { readonly atMost: number; readonly rows: Readonly<Record<string, number>> };
}

/** One unit of work for one specialist: one sub-issue, usually one pull request. */
export interface Task {
  /** `T1`, `T2`, ... in order. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly number[];
  readonly dependsOn: readonly string[];
  readonly criteria: readonly Criterion[];
}

export interface Plan {
  readonly engine: Engine;
  readonly steps: readonly PlanStep[];
  readonly tasks: readonly Task[];
  /** What could not be planned, with the object's name. */
  readonly unsupported: readonly string[];
  /** The tables that the plan touches, as `keyOf` texts. */
  readonly tables: readonly string[];
}

/** Whether a person with authority must agree before the plan is carried out. */
export function isDestructive(plan: Plan): boolean {
  return plan.steps.some(({ hazards }) => hazards.includes('deletes-data'));
}

/** What running the plan on a scratch engine showed. */
export interface Proof {
  readonly applied: boolean;
  readonly reachedDesired: boolean;
  /** `null`: the plan deletes data, so going back cannot bring it again; the schema is compared all the same. */
  readonly reverted: boolean | null;
  readonly engineVersion: string;
  readonly ms: number;
  /** Seeded rows over all tables while the plan ran. */
  readonly rows: number;
  /** Measured, by step id. */
  readonly locks: Readonly<Record<string, readonly Lock[]>>;
  readonly rewrites: Readonly<Record<string, readonly string[]>>;
  /** What went wrong, with the statement and the engine's words. */
  readonly failure?: { readonly step: number; readonly statement: string; readonly message: string };
  readonly differences: readonly string[];
  /** What our own rules say of the plan's migrations and the plan does not say itself, as `T2: rule: message`. Absent: nothing. */
  readonly findings?: readonly string[];
  /** What a reader has to know to judge the result, as sentences. Absent when there is nothing. */
  readonly remarks?: readonly string[];
}

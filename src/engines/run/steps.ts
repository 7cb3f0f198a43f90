import type { Lock, PlanStep } from '../../planner/plan.ts';
import type { Session } from '../session.ts';
import { createGauge } from './measure.ts';
import { type Failure, runFile } from './run-file.ts';

/** What the steps of a plan did while they ran. */
export interface StepsRun {
  readonly ms: number;
  /** Measured, by step id. */
  readonly locks: Readonly<Record<string, readonly Lock[]>>;
  readonly rewrites: Readonly<Record<string, readonly string[]>>;
  /** The step that failed, and how. */
  readonly failed?: StepFailure;
}

export interface StepFailure {
  readonly step: number;
  readonly failure: Failure;
}

/** Carries out steps in order, one statement at a time, and measures what each locks and rewrites. Stops at the first that fails. */
export async function runSteps(session: Session, steps: readonly PlanStep[]): Promise<StepsRun> {
  const locks: Record<string, readonly Lock[]> = {};
  const rewrites: Record<string, readonly string[]> = {};
  let total = 0;
  for (const step of steps) {
    const gauge = await createGauge(session);
    const { ms, failure } = await runFile(session, runnable(step, step.sql), gauge);
    total += ms;
    locks[step.id] = gauge.locks();
    rewrites[step.id] = gauge.rewrites();
    if (failure !== undefined) return { ms: total, locks, rewrites, failed: { step: step.id, failure } };
  }
  return { ms: total, locks, rewrites };
}

/** Goes the way back of steps, the last one first. */
export async function revertSteps(session: Session, steps: readonly PlanStep[]): Promise<StepFailure | undefined> {
  for (const step of steps.toReversed()) {
    const { failure } = await runFile(session, runnable(step, step.down));
    if (failure !== undefined) return { step: step.id, failure };
  }
  return undefined;
}

function runnable({ id, transaction, lockTimeoutMs, statementTimeoutMs }: PlanStep, sql: readonly string[]) {
  return {
    file: `step ${id}`,
    sql: sql.map((statement) => statement.replace(/;?\s*$/, ';')).join('\n'),
    transaction,
    settings: { lock_timeout: `${lockTimeoutMs}`, statement_timeout: `${statementTimeoutMs}` },
  };
}

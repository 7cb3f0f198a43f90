import type { Engine } from '../sql/engine.ts';
import type { Design } from './evidence.ts';
import type { PlanStep, Proof, Task } from './plan.ts';
import type { Question } from './question.ts';

/** The plan contract: what `plan --format json` prints. */
export interface PlanReport {
  readonly engine: Engine;
  /** While there are any, nothing is planned. */
  readonly questions: readonly Question[];
  /** What could not be planned, with the object's name; the rest is. */
  readonly unsupported: readonly string[];
  /** Empty where the proof failed: a plan that does not hold is not shown. */
  readonly steps: readonly PlanStep[];
  readonly tasks: readonly Task[];
  readonly proof: Proof;
}

/** What was designed, as far as the engine bears it out: each step that ran with the locks and rewrites that were measured. */
export function planReport({ plan, questions, proof }: Design): PlanReport {
  const { engine, unsupported } = plan;
  const told = { engine, questions, unsupported };
  if (hasFailed({ questions, unsupported, proof })) return { ...told, steps: [], tasks: [], proof };
  const steps = plan.steps.map((step) => ({
    ...step,
    locks: proof.locks[step.id] ?? step.locks,
    rewrites: proof.rewrites[step.id] ?? step.rewrites,
  }));
  return { ...told, steps, tasks: plan.tasks, proof };
}

/** A step failed, or the way led elsewhere though all of it was planned, or it does not lead back. */
export function hasFailed({
  questions,
  unsupported,
  proof,
}: Pick<PlanReport, 'questions' | 'unsupported' | 'proof'>): boolean {
  if (proof.failure !== undefined) return true;
  if (questions.length > 0) return false;
  return !proof.applied || (unsupported.length === 0 && !proof.reachedDesired) || proof.reverted === false;
}

/** Whether the plan can be carried out as it is. */
export function isReady(report: PlanReport): boolean {
  return report.questions.length === 0 && report.unsupported.length === 0 && !hasFailed(report);
}

import type { Optimized } from '../planner/optimize/judge.ts';
import type { Plan, Proof } from '../planner/plan.ts';

/** Everything that a plan comment shows and that must be known again from it, whatever the repository looks like later. */
export interface PlanRecord {
  readonly plan: Plan;
  /** The shortest DDL to what was asked for, which the plan's outcome was held against. */
  readonly desired: readonly string[];
  readonly proof: Proof;
  readonly asker: string;
  /** What the request was understood to say, a sentence a goal. */
  readonly paraphrase: readonly string[];
  /** Sentences and statements that were not understood. */
  readonly notUnderstood: readonly string[];
  readonly database: { readonly name: string; readonly version: string };
  /** What was measured for the queries that are to become fast. */
  readonly optimized?: readonly Optimized[];
  /** Mermaid text of the tables concerned. */
  readonly diagram: string;
  /** The commit whose migrations the plan starts from. */
  readonly head: string;
  /** Digest of the request's text and answers. */
  readonly reading: string;
}

/** One decision of a person, for the log. */
export interface Decision {
  readonly at: string;
  readonly by: string;
  /** A sentence without its subject: `answered question 2: numeric(12,2)`. */
  readonly what: string;
}

import type { Advice } from '../planner/advice.ts';
import type { Design, Explained, VerifyReport } from '../planner/evidence.ts';
import type { Criterion, PlanStep, Proof } from '../planner/plan.ts';
import type { SchemaPlanOptions } from '../planner/schemas/index.ts';
import type { Index } from '../sql/change.ts';
import type { Engine } from '../sql/engine.ts';
import type { Migration } from '../sql/history/history.ts';

/**
 * An engine that runs untrusted SQL where it can do no harm: a throwaway database in a process of its own, as a role
 * without superuser rights, killed when it exceeds its limits. What it returns is evidence, also when things fail: a
 * migration that does not run is a result, not an exception. Only our own faults throw.
 */
export interface ScratchEngine {
  readonly engine: Engine;
  /** Base migrations, then the pull request's, statement by statement; criteria; down and up again. */
  verify(input: VerifyInput): Promise<VerifyReport>;
  /** Base migrations, then a plan's steps: did it arrive, and does it go back? */
  prove(input: ProveInput): Promise<Proof>;
  /** The way from one schema to another: planned from what the engine says of both, carried out, and gone back. */
  design(input: DesignInput): Promise<Design>;
  /** `EXPLAIN` of one query on the schema that the base migrations make. */
  explain(input: ExplainInput): Promise<Explained>;
  /** Indexes tried for real: what the planner expects of a query with and without them, at the sizes that are said. */
  advise(input: AdviseInput): Promise<Advice>;
  close(): Promise<void>;
}

export interface VerifyInput {
  /** DDL of what exists before, where there is no history. */
  readonly schema?: string;
  /** What has been merged already. */
  readonly base: readonly Migration[];
  readonly migrations: readonly Migration[];
  readonly criteria: readonly Criterion[];
}

export interface ProveInput {
  readonly base: readonly Migration[];
  readonly schema?: string;
  /** The shortest DDL that makes the desired state, whatever it locks: what the plan's outcome is held against. */
  readonly desired: readonly string[];
  readonly steps: readonly PlanStep[];
}

/** Two schemas, and what somebody has decided about their differences. */
export interface DesignInput {
  readonly current: Schema;
  readonly desired: Schema;
  readonly options: SchemaPlanOptions;
}

/** A schema as DDL, as migrations, or as migrations on top of DDL. */
export interface Schema {
  readonly schema?: string;
  readonly base: readonly Migration[];
}

export interface ExplainInput {
  readonly base: readonly Migration[];
  readonly schema?: string;
  readonly query: string;
  /** Rows of tables by their `keyOf` texts: with any, the costs are those at these sizes. */
  readonly rows?: Readonly<Record<string, number>>;
}

export interface AdviseInput {
  readonly base: readonly Migration[];
  readonly schema?: string;
  readonly query: string;
  readonly candidates: readonly (Index & { readonly name: string })[];
  /** Rows of tables by their `keyOf` texts, where somebody gave a figure. */
  readonly rows: Readonly<Record<string, number>>;
}

/** What a run may use; beyond it the process is killed from outside. */
export interface Limits {
  readonly ms: number;
  readonly memoryMb: number;
}

export const defaultLimits: Limits = { ms: 120_000, memoryMb: 1_500 };

export type { Design, Explained, VerifyReport } from '../planner/evidence.ts';

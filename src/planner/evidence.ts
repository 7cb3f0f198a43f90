import type { Engine } from '../sql/engine.ts';
import type { Lock, Plan, Proof } from './plan.ts';
import type { Question } from './question.ts';

/** The verify contract: what `verify --format json` prints. */
export interface VerifyReport {
  readonly engine: Engine;
  readonly engineVersion: string;
  /** Base and pull-request migrations that ran to their end. */
  readonly applied: number;
  readonly failed: {
    readonly file: string;
    readonly statement: string;
    readonly line: number;
    readonly message: string;
    /** SQLSTATE, or the name of the limit that was exceeded. */
    readonly code: string;
    /** The base does not run either, so nothing is said about the pull request. */
    readonly inBase: boolean;
  } | null;
  readonly migrations: readonly {
    readonly file: string;
    /** Absent where a text that is made again and again has to stay the same. */
    readonly ms?: number;
    readonly locks: readonly Lock[];
    readonly rewrites: readonly string[];
    readonly error: string | null;
  }[];
  readonly roundTrip: { readonly down: 'ok' | 'failed' | 'none'; readonly differences: readonly string[] };
  readonly criteria: readonly { readonly text: string; readonly pass: boolean; readonly observed: string }[];
  /** Why nothing was run, where nothing was: an extension that is missing, no server configured. */
  readonly notExecuted?: string;
  /** What a reader has to know to judge the result, as sentences with the engine's words in them. Absent when there is nothing. */
  readonly remarks?: readonly string[];
}

/** The report of an engine that ran nothing; `why` is a sentence without a full stop. */
export function notExecuted(engine: Engine, why: string): VerifyReport {
  return {
    engine,
    engineVersion: '',
    applied: 0,
    failed: null,
    migrations: [],
    roundTrip: { down: 'none', differences: [] },
    criteria: [],
    notExecuted: why,
  };
}

/** The way from one schema to another, and what carrying it out showed. */
export interface Design {
  readonly plan: Plan;
  /** While there are any, nothing is planned. */
  readonly questions: readonly Question[];
  readonly proof: Proof;
}

export interface Explained {
  /** The plan as the engine prints it, or its error. */
  readonly text: string;
  readonly failed: boolean;
  /** The sizes of tables that the planner was told; absent: it took them for empty. */
  readonly sizes?: readonly { readonly table: string; readonly rows: number; readonly assumed: boolean }[];
}

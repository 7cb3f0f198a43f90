import type { Log } from '../../kernel/log.ts';
import type { Proof } from '../../planner/plan.ts';
import type { Description } from '../../sql/description.ts';
import { tokensOf } from '../../sql/lex.ts';
import { differences } from '../introspect/differences.ts';
import { introspect } from '../introspect/introspect.ts';
import type { ProveInput } from '../port.ts';
import { seedRows } from '../seed/seed.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import type { Failure } from './run-file.ts';
import { revertSteps, runSteps, type StepFailure } from './steps.ts';

export interface Outcome {
  readonly proof: Proof;
  /** With which a step failed. */
  readonly code?: string;
}

type Draft = { -readonly [Key in keyof Proof]: Proof[Key] };

/** A proof before anything has run. */
export function unproven(engineVersion: string): Draft {
  return {
    applied: false,
    reachedDesired: false,
    reverted: false,
    engineVersion,
    ms: 0,
    rows: 0,
    locks: {},
    rewrites: {},
    differences: [],
  };
}

/** Carries out a plan's steps on the base, compares what came out with what was wanted, and goes back. */
export async function prove(
  session: Session,
  input: ProveInput,
  { log, rows }: { readonly log: Log; readonly rows: boolean },
): Promise<Outcome> {
  const proof = unproven(session.version);
  try {
    const base = await runBase(session, input);
    if (base.failure !== undefined)
      return {
        proof: { ...proof, failure: { step: 0, ...failureOf(base.failure, 'the existing migrations do not run') } },
      };
    const start = await introspect(session);
    const desired = await desiredState(session, input.desired);
    if ('code' in desired)
      return { proof: { ...proof, failure: { step: 0, ...failureOf(desired, 'the desired state cannot be made') } } };

    if (rows) {
      const data = mayFailOnRows(input) ? 'distinct' : 'any';
      proof.rows = (await seedRows(session, { log, data })).rows;
    }
    const run = await runSteps(session, input.steps);
    Object.assign(proof, { ms: run.ms, locks: run.locks, rewrites: run.rewrites });
    if (run.failed !== undefined) return failedAt(proof, run.failed);
    proof.applied = true;
    const reached = differences(desired, await introspect(session));
    proof.reachedDesired = reached.length === 0;
    proof.differences = reached.map((difference) => `after the last step, ${difference}`);

    const stuck = await revertSteps(session, input.steps);
    if (stuck !== undefined) return failedAt(proof, stuck);
    const left = differences(start, await introspect(session));
    const deletes = input.steps.some(({ hazards }) => hazards.includes('deletes-data'));
    proof.reverted = deletes ? null : left.length === 0;
    proof.differences = [...proof.differences, ...left.map((difference) => `after going back, ${difference}`)];
    return { proof: { ...proof, ms: Math.round(proof.ms) } };
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return { proof: { ...proof, failure: { step: 0, statement: '', message: `${thrown.ending}: ${thrown.message}` } } };
  }
}

/** Whether the plan itself says that rows may stand against it. */
export function mayFailOnRows({ steps }: Pick<ProveInput, 'steps'>): boolean {
  return steps.some(({ hazards }) => hazards.includes('may-fail-on-existing-rows'));
}

/** Made and rolled back at once, on empty tables: what it would lock or how long it would take does not matter. */
async function desiredState(session: Session, desired: readonly string[]): Promise<Description | Failure> {
  await session.run('BEGIN');
  for (const sql of desired) {
    const statement = withoutConcurrently(sql);
    const ran = await session.run(statement);
    if (ran.ok) continue;
    await session.run('ROLLBACK');
    return { file: 'desired', statement, line: 1, message: ran.message, code: ran.code };
  }
  const state = await introspect(session);
  await session.run('ROLLBACK');
  return state;
}

function withoutConcurrently(sql: string): string {
  const word = tokensOf(sql).find(
    ({ kind, start, end }) => kind === 'word' && sql.slice(start, end).toLowerCase() === 'concurrently',
  );
  return word === undefined ? sql : `${sql.slice(0, word.start)}${sql.slice(word.end)}`;
}

function failedAt(proof: Proof, { step, failure }: StepFailure): Outcome {
  return { proof: { ...proof, failure: { step, ...failureOf(failure) } }, code: failure.code };
}

/** What failed in words; `what` says of which text it is, where it is none of the steps. */
export function failureOf(
  { file, line, statement, message, code }: Failure,
  what?: string,
): { readonly statement: string; readonly message: string } {
  return { statement, message: `${what === undefined ? '' : `${what}: ${file}:${line}: `}${message} (${code})` };
}

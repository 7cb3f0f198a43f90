import type { Log } from '../../kernel/log.ts';
import type { Lock, PlanStep, Proof } from '../../planner/plan.ts';
import type { Description } from '../../sql/description.ts';
import { tokensOf } from '../../sql/lex.ts';
import { differences } from '../introspect/differences.ts';
import { introspect } from '../introspect/introspect.ts';
import type { ProveInput } from '../port.ts';
import { seedRows } from '../seed/seed.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import { createGauge } from './measure.ts';
import { type Failure, runFile } from './run-file.ts';

export interface Outcome {
  readonly proof: Proof;
  /** With which a step failed. */
  readonly code?: string;
}

type Draft = { -readonly [Key in keyof Proof]: Proof[Key] };

/** Carries out a plan's steps on the base, compares what came out with what was wanted, and goes back. */
export async function prove(
  session: Session,
  input: ProveInput,
  { log, rows }: { readonly log: Log; readonly rows: boolean },
): Promise<Outcome> {
  const locks: Record<string, readonly Lock[]> = {};
  const rewrites: Record<string, readonly string[]> = {};
  const proof: Draft = {
    applied: false,
    reachedDesired: false,
    reverted: false,
    engineVersion: session.version,
    ms: 0,
    rows: 0,
    locks,
    rewrites,
    differences: [],
  };
  let step = 0;
  try {
    const base = await runBase(session, input);
    if (base.failure !== undefined)
      return { proof: { ...proof, failure: before('the existing migrations do not run', base.failure) } };
    const start = await introspect(session);
    const desired = await desiredState(session, input.desired);
    if ('code' in desired) return { proof: { ...proof, failure: before('the desired state cannot be made', desired) } };

    if (rows) proof.rows = await seedRows(session, { log, data: mayFailOnRows(input) ? 'distinct' : 'any' });
    for (const each of input.steps) {
      step = each.id;
      const gauge = await createGauge(session);
      const { ms, failure } = await runFile(session, runnable(each, each.sql), gauge);
      proof.ms += ms;
      locks[step] = gauge.locks();
      rewrites[step] = gauge.rewrites();
      if (failure !== undefined)
        return { proof: { ...proof, failure: { step, ...failureOf(failure) } }, code: failure.code };
    }
    proof.applied = true;
    const reached = differences(desired, await introspect(session));
    proof.reachedDesired = reached.length === 0;
    proof.differences = reached.map((difference) => `after the last step, ${difference}`);

    for (const each of input.steps.toReversed()) {
      step = each.id;
      const { failure } = await runFile(session, runnable(each, each.down));
      if (failure !== undefined)
        return { proof: { ...proof, failure: { step, ...failureOf(failure) } }, code: failure.code };
    }
    const left = differences(start, await introspect(session));
    const deletes = input.steps.some(({ hazards }) => hazards.includes('deletes-data'));
    proof.reverted = deletes ? null : left.length === 0;
    proof.differences = [...proof.differences, ...left.map((difference) => `after going back, ${difference}`)];
    return { proof: { ...proof, ms: Math.round(proof.ms) } };
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return { proof: { ...proof, failure: { step, statement: '', message: `${thrown.ending}: ${thrown.message}` } } };
  }
}

/** Whether the plan itself says that rows may stand against it. */
export function mayFailOnRows({ steps }: ProveInput): boolean {
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

function runnable({ id, transaction, lockTimeoutMs, statementTimeoutMs }: PlanStep, sql: readonly string[]) {
  return {
    file: `step ${id}`,
    sql: sql.map((statement) => statement.replace(/;?\s*$/, ';')).join('\n'),
    transaction,
    settings: { lock_timeout: `${lockTimeoutMs}`, statement_timeout: `${statementTimeoutMs}` },
  };
}

function failureOf({ statement, message, code }: Failure): { readonly statement: string; readonly message: string } {
  return { statement, message: `${message} (${code})` };
}

function before(what: string, { file, line, statement, message, code }: Failure): NonNullable<Proof['failure']> {
  return { step: 0, statement, message: `${what}: ${file}:${line}: ${message} (${code})` };
}

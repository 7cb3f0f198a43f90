import type { Criterion } from '../../planner/plan.ts';
import { tokensOf } from '../../sql/lex.ts';
import { parse } from '../../sql/parsers/index.ts';
import { costAt } from '../advise/cost.ts';
import type { VerifyReport } from '../port.ts';
import { type Asked, EngineEnded, type Session } from '../session.ts';
import { explainableQuery } from './explain.ts';

type Outcome = VerifyReport['criteria'][number];

/** Evaluates each criterion by itself, read-only. Whatever comes back is an outcome, the engine's end included. */
export async function evaluate(session: Session, criteria: readonly Criterion[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { text, sql, estimate } of criteria) {
    try {
      const outcome = estimate === undefined ? evaluateOne(session, sql) : evaluateCost(session, sql, estimate);
      outcomes.push({ text, ...(await outcome) });
    } catch (thrown) {
      if (!(thrown instanceof EngineEnded)) throw thrown;
      outcomes.push({ text, pass: false, observed: `${thrown.ending}: ${thrown.message}` });
    }
  }
  return outcomes;
}

/** The outcomes of criteria on a database that was not reached. */
export function notEvaluated(criteria: readonly Criterion[]): readonly Outcome[] {
  return criteria.map(({ text }) => ({ text, pass: false, observed: 'not evaluated: the migrations did not run' }));
}

async function evaluateOne(session: Session, sql: string): Promise<Omit<Outcome, 'text'>> {
  const query = singleQuery(sql);
  if (query === undefined) return { pass: false, observed: 'not evaluated: a criterion is one single SELECT' };
  await session.run('BEGIN READ ONLY');
  const asked = await session.ask(query);
  await session.run('ROLLBACK');
  // A function of the schema may have changed settings or its role for the session.
  await session.run('DISCARD ALL');
  return { pass: asked.ok && asked.count === 1 && asked.first[0]?.truth === true, observed: observed(asked) };
}

async function evaluateCost(
  session: Session,
  sql: string,
  { atMost, rows }: NonNullable<Criterion['estimate']>,
): Promise<Omit<Outcome, 'text'>> {
  const query = explainableQuery(sql);
  if ('refusal' in query) return { pass: false, observed: `not evaluated: ${query.refusal}` };
  const estimated = await costAt(session, query.sql, rows);
  await session.run('DISCARD ALL');
  if ('failure' in estimated) return { pass: false, observed: estimated.failure };
  return { pass: estimated.cost <= atMost, observed: `cost ${estimated.cost}` };
}

/** The one query of a text, or `undefined` where it is anything else. */
function singleQuery(sql: string): string | undefined {
  const { statements, errors } = parse(sql, 'postgresql');
  const [statement] = statements;
  if (statement === undefined || statements.length > 1 || errors.length > 0) return undefined;
  const first = tokensOf(statement.sql).find(({ start }) => statement.sql[start] !== '(');
  const word = first === undefined ? '' : statement.sql.slice(first.start, first.end).toLowerCase();
  const reads = statement.changes.every(({ kind }) => kind === 'query' || kind === 'set');
  return reads && ['select', 'with', 'values', 'table'].includes(word) ? statement.sql : undefined;
}

function observed(asked: Asked): string {
  if (!asked.ok) return `${asked.message} (${asked.code})`;
  if (asked.count !== 1) return asked.count === 0 ? 'no row' : `${asked.count} rows`;
  const [only, ...more] = asked.first;
  if (only === undefined) return 'a row without columns';
  return more.length === 0 ? only.text : asked.first.map(({ name, text }) => `${name}: ${text}`).join(', ');
}

import type { Estimate } from '../../planner/advice.ts';
import { tokensOf } from '../../sql/lex.ts';
import type { Session } from '../session.ts';

/** Lines of a plan that are kept: a person reads no more, and comments are limited. */
const MOST_LINES = 30;

export type Estimated = (Estimate & { readonly whole: string }) | { readonly failure: string };

/** What the planner expects of a query that has been checked to be one; nothing of it is executed. */
export async function estimate(session: Session, sql: string, options: readonly string[] = []): Promise<Estimated> {
  // Placeholders get a generic plan.
  const generic = tokensOf(sql).some(({ start }) => sql[start] === '$' && /^\d/.test(sql.slice(start + 1)));
  const all = [...options, ...(generic ? ['GENERIC_PLAN'] : [])];
  const asked = await session.ask(`EXPLAIN ${all.length > 0 ? `(${all.join(', ')}) ` : ''}${sql}`);
  if (!asked.ok) return { failure: `${asked.message} (${asked.code})` };
  const [, cost, rows] = /cost=[\d.]+\.\.([\d.]+) rows=(\d+)/.exec(asked.lines[0] ?? '') ?? [];
  if (cost === undefined) return { failure: 'the plan has no cost' };
  const text = asked.lines.slice(0, MOST_LINES).join('\n');
  return { cost: Number(cost), rows: Number(rows), text, whole: asked.lines.join('\n') };
}

/** Whether a plan reads an index, by its name as EXPLAIN writes it. */
export function reads(plan: string, index: string): boolean {
  return plan.split('\n').some((line) => {
    const [, name] = / using (.+?) on /.exec(line) ?? / Index Scan on (.+?) {2}\(/.exec(line) ?? [];
    return name === index;
  });
}

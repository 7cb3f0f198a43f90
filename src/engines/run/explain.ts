import type { Log } from '../../kernel/log.ts';
import { tokensOf } from '../../sql/lex.ts';
import { parse } from '../../sql/parsers/index.ts';
import { costAt } from '../advise/cost.ts';
import { nameOf } from '../advise/sizes.ts';
import type { Explained } from '../port.ts';
import { seedRows } from '../seed/seed.ts';
import type { Session } from '../session.ts';

const explainable = ['select', 'insert', 'update', 'delete', 'merge', 'with', 'values', 'table'];

/** The text of one statement that EXPLAIN takes, or why it is refused. */
export function explainableQuery(query: string): { readonly sql: string } | { readonly refusal: string } {
  const { statements, errors } = parse(query, 'postgresql');
  const [error] = errors;
  if (error !== undefined) return { refusal: `${error.message} (line ${error.line})` };
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) return { refusal: 'Only one single query can be explained.' };
  const tokens = tokensOf(statement.sql);
  const first = tokens.find(({ start }) => statement.sql[start] !== '(');
  const word = first === undefined ? '' : statement.sql.slice(first.start, first.end).toLowerCase();
  if (!explainable.includes(word)) {
    return { refusal: 'Only SELECT, INSERT, UPDATE, DELETE and WITH queries can be explained.' };
  }
  return { sql: statement.sql };
}

/** Has the planner describe a query; nothing of it is executed. Placeholders (`$1`) get a generic plan. */
export async function explainQuery(session: Session, sql: string): Promise<Explained> {
  const generic = tokensOf(sql).some(({ start }) => sql[start] === '$' && /^\d/.test(sql.slice(start + 1)));
  await session.run('BEGIN READ ONLY');
  const asked = await session.ask(`EXPLAIN ${generic ? '(GENERIC_PLAN) ' : ''}${sql}`);
  return asked.ok
    ? { text: asked.lines.join('\n'), failed: false }
    : { text: `${asked.message} (${asked.code})`, failed: true };
}

/** The same at the sizes that are said: on made-up rows, of which the widths are measured. */
export async function explainAtSizes(
  session: Session,
  sql: string,
  rows: Readonly<Record<string, number>>,
  log: Log,
): Promise<Explained> {
  await seedRows(session, { log, data: 'distinct' });
  const found = await costAt(session, sql, rows);
  if ('failure' in found) return { text: found.failure, failed: true };
  const sizes = found.sizes.map(({ relation, rows: many }) => {
    const table = nameOf(relation);
    return { table, rows: many, assumed: rows[table] === undefined };
  });
  return { text: found.text, failed: false, sizes };
}

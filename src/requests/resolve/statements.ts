import { digest } from '../../kernel/hash.ts';
import type { Change, Statement, SyntaxProblem } from '../../sql/change.ts';
import { tokensOf } from '../../sql/lex.ts';
import { keyOf } from '../../sql/name.ts';
import { parse } from '../../sql/parsers/index.ts';
import { isRenderable } from '../../sql/render.ts';
import type { WishOf } from '../grammar/wish.ts';
import { desiredIn } from '../statements/desired.ts';
import { withoutFence } from '../text/fence.ts';
import type { Refused } from './choices.ts';
import { consider } from './consider.ts';
import { takeAway } from './desired/gone-tables.ts';
import { become } from './desired/index.ts';
import type { Desk } from './desk.ts';
import { theColumn, theTable } from './names.ts';
import { fulfilOptimize } from './queries.ts';
import { fill, rowsOf } from './rows.ts';

/**
 * Desired SQL: each statement becomes goals, and so does what is different of tables that exist; a place that cannot be read
 * becomes a question. `line` is where it begins.
 */
export function fulfilSql(desk: Desk, { sql, line, was }: WishOf<'sql'>): undefined {
  const script = parse(sql, desk.engine);
  takeAll(desk, script.statements, was === undefined ? undefined : parse(was, desk.engine).statements);
  for (const error of script.errors) askAgain(desk, sql, error, line ?? 1);
}

function takeAll(desk: Desk, statements: readonly Statement[], were?: readonly Statement[]): undefined {
  const { early, tables, late, gone } = desiredIn(statements, were, desk.catalog());
  const held = takeAway(desk, gone, early);
  for (const statement of early) if (!makes(statement, held)) takeStatement(desk, statement);
  for (const table of tables) become(desk, table);
  for (const statement of late) if (!makes(statement, held)) takeStatement(desk, statement);
}

/** Whether the statement makes one of the tables, or an index of it. */
function makes({ changes: [change] }: Statement, tables: ReadonlySet<string>): boolean {
  if (change?.kind === 'create-index') return tables.has(keyOf(change.index.table));
  return change?.kind === 'create-table' && tables.has(keyOf(change.table));
}

function takeStatement(desk: Desk, statement: Statement): undefined {
  const [first] = statement.changes;
  if (first?.kind === 'query') return fulfilOptimize(desk, { kind: 'optimize', query: statement.sql });
  if (first?.kind === 'write-data') return takeWrite(desk, statement, first);
  if (first === undefined || isBeyond(first)) return desk.giveUp(shown(statement.sql));
  for (const change of statement.changes) if (change.within === undefined) consider(desk, change);
}

/** Whether a change is none that a plan can hold; what frames statements is no change at all. */
function isBeyond(change: Change): boolean {
  return change.kind !== 'transaction' && change.kind !== 'set' && !isRenderable(change);
}

/** `UPDATE orders SET status = 'new' WHERE ...` fills a column; other changes of data are not planned. */
function takeWrite(desk: Desk, { sql }: Statement, change: Extract<Change, { kind: 'write-data' }>): undefined {
  const assignment = change.verb === 'update' ? soleAssignment(sql) : undefined;
  if (assignment === undefined) return desk.giveUp(shown(sql));
  const table = theTable(
    desk,
    change.table.schema === undefined ? change.table.name : `${change.table.schema}.${change.table.name}`,
  );
  const column = table === undefined ? undefined : theColumn(desk, table, assignment.column);
  if (table === undefined || column === undefined)
    return desk.await(`Fill \`${assignment.column}\` (which column is still to be answered).`);
  const found = { table, column };
  const which = rowsOf(desk, { ...assignment, all: true }, found);
  if (which === undefined) return desk.await(`Fill \`${column.name}\` (in which rows is still to be answered).`);
  fill(desk, found, assignment.value, which);
}

/** The parts of an UPDATE with one assignment and neither FROM nor RETURNING. */
function soleAssignment(
  sql: string,
): { readonly column: string; readonly value: string; readonly where?: string } | undefined {
  const tokens = tokensOf(sql).map((token) => ({ ...token, text: sql.slice(token.start, token.end) }));
  let depth = 0;
  let set = -1;
  let where = -1;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === 'symbol' && text === '(') depth++;
    else if (kind === 'symbol' && text === ')') depth--;
    if (depth > 0) continue;
    const word = kind === 'word' ? text.toLowerCase() : '';
    if (word === 'set' && set === -1) set = at;
    else if (word === 'where' && where === -1) where = at;
    else if (set !== -1 && (word === 'from' || word === 'returning')) return undefined;
    else if (set !== -1 && where === -1 && kind === 'symbol' && text === ',') return undefined;
  }
  const column = tokens[set + 1];
  const [first, last] = [tokens[set + 3], tokens[(where === -1 ? tokens.length : where) - 1]];
  if (set === -1 || column === undefined || first === undefined || last === undefined || tokens[set + 2]?.text !== '=')
    return undefined;
  const name = column.kind === 'name' ? column.text.slice(1, -1) : column.text.toLowerCase();
  const condition = where === -1 ? undefined : sql.slice(tokens[where]?.end).trim();
  return {
    column: name,
    value: sql.slice(first.start, last.end),
    ...(condition === undefined ? {} : { where: condition }),
  };
}

function askAgain(desk: Desk, sql: string, { line, column, message }: SyntaxProblem, from: number): undefined {
  const source = sql.split('\n')[line - 1]?.trim() ?? '';
  // The place moves with edits elsewhere; the line's own text does not.
  const id = `sql:${digest([source, message]).slice(0, 8)}`;
  const answer = desk.ask(
    {
      id,
      to: 'asker',
      text: `The SQL cannot be read at line ${line + from - 1}, column ${column} of the request (\`${shown(source)}\`): ${message}. What is the statement?`,
    },
    (text): readonly Statement[] | Refused => {
      const corrected = withoutFence(text);
      const { statements, errors } = parse(corrected, desk.engine);
      const [error] = errors;
      if (error !== undefined) return { refused: `line ${error.line}, column ${error.column}: ${error.message}` };
      return statements.length > 0 ? statements : { refused: 'it holds no statement' };
    },
  );
  if (answer === undefined)
    return desk.await(`A statement of the SQL (it is still to be corrected: ${shown(source)}).`);
  takeAll(desk, answer);
}

function shown(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

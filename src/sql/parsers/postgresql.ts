import type { RawStmt } from 'libpg-query';
import type { Foreign, Script, Statement, SyntaxProblem } from '../change.ts';
import { nextToken, tokensOf } from '../lex.ts';
import { offsetOfCodePoint, type Positions, positionsIn, utf16Offsets } from '../positions.ts';
import { isTooDeep } from './postgresql/depth.ts';
import { isRefusal, type Refusal, treesOf } from './postgresql/library.ts';
import { placeholdersIn } from './postgresql/placeholder.ts';
import { lazyTokens, type Reading } from './postgresql/reading.ts';
import { type Segment, split } from './postgresql/split.ts';
import { readTemplate } from './postgresql/stand-ins.ts';
import { readStatement } from './postgresql/statement.ts';

/**
 * Reads PostgreSQL's SQL with PostgreSQL's own parser, which must have been loaded before. A text that does not parse as a
 * whole is read statement by statement: what is good is kept, what is not becomes a problem with its place. Commands to psql and
 * placeholders of templates are `foreign`; a statement that can be read with stand-ins for its placeholders is. A byte order mark
 * does not count as a column.
 */
export function parsePostgresql(sql: string): Script {
  const text = sql.startsWith('\uFEFF') ? sql.slice(1) : sql;
  const positions = positionsIn(text);
  const whole = answerTo(text);
  if (!isRefusal(whole)) {
    return { statements: statementsOf(whole, { text, base: 0, positions }), errors: [] };
  }

  const statements: Statement[] = [];
  const errors: SyntaxProblem[] = [];
  const foreign: Foreign[] = [];
  for (const segment of split(text)) {
    const base = segment.start;
    const piece = text.slice(base, segment.end);
    if (segment.kind === 'psql') {
      foreign.push({ kind: 'psql', text: piece.trimEnd(), span: positions.span(base, base + piece.trimEnd().length) });
      continue;
    }
    const answer = answerToPiece(piece);
    if (!isRefusal(answer)) {
      statements.push(...statementsOf(answer, { text: piece, base, positions }));
      continue;
    }
    const template = readTemplate(piece, answerTo);
    if (template === undefined) errors.push(problemOf(answer, segment, piece, positions));
    else {
      statements.push(...statementsOf(template.tree, { text: template.sql, written: piece, base, positions }));
      for (const { text: placeholder, start, end } of template.placeholders) {
        const standIn = template.sql.slice(start, end);
        const name = /^_[\w\u0080-\uffff]+$/.test(standIn) ? { standIn } : {};
        const span = positions.span(base + start, base + end);
        foreign.push({ kind: 'placeholder', text: placeholder, ...name, span });
      }
    }
  }
  // A comment that never ends lies between the pieces.
  if (
    errors.length === 0 &&
    (whole.message.startsWith('unterminated /*') || (whole === tooDeep && endsInComment(text)))
  )
    errors.push(problemOf(whole, { kind: 'sql', start: 0, end: text.length }, text, positions));
  return { statements, errors, foreign };
}

type Answer = ReturnType<typeof treesOf>;

function answerTo(sql: string): Answer {
  // The parser reads a C string, so that everything after a NUL would be passed over in silence.
  const nul = sql.indexOf('\0');
  if (nul !== -1) return { message: 'NUL character: this is not SQL text', codePoint: [...sql.slice(0, nul)].length };
  return isTooDeep(sql) ? tooDeep : treesOf(sql);
}

const tooDeep: Refusal = { message: 'nested too deeply to be read', codePoint: 0 };

function endsInComment(sql: string): boolean {
  const last = tokensOf(sql, { comments: true }).at(-1);
  return last?.kind === 'comment' && !last.closed;
}

/**
 * The parser looks two words ahead and finds a comment where PostgreSQL finds the next word (`NOT -- why`, then `IN`), so what it
 * refuses is tried once more with blanks of the same number of bytes for its comments.
 */
function answerToPiece(piece: string): Answer {
  const answer = answerTo(piece);
  if (!isRefusal(answer) || answer.message.startsWith('unterminated')) return answer;
  const bare = withoutComments(piece);
  const second = bare === piece ? answer : answerTo(bare);
  return isRefusal(second) ? answer : second;
}

function withoutComments(sql: string): string {
  if (!sql.includes('--') && !sql.includes('/*')) return sql;
  let bare = '';
  let end = 0;
  for (const token of tokensOf(sql, { comments: true })) {
    if (token.kind !== 'comment') continue;
    const blank = sql.slice(token.start, token.end).replace(/[^\r\n]/gu, (each) => ' '.repeat(Buffer.byteLength(each)));
    bare += sql.slice(end, token.start) + blank;
    end = token.end;
  }
  return bare + sql.slice(end);
}

function problemOf(refusal: Refusal, segment: Segment, piece: string, positions: Positions): SyntaxProblem {
  const [placeholder] = placeholdersIn(piece).filter(({ text }) => !text.startsWith(':'));
  const offset = placeholder?.start ?? offsetOfCodePoint(piece, refusal.codePoint);
  const { line, column } = positions.span(segment.start + offset, segment.start + offset);
  if (placeholder === undefined) return { line, column, message: refusal.message };
  const message = `template placeholder ${placeholder.text} is not SQL: what it becomes is not known, so the statement was not looked at`;
  return { line, column, message };
}

interface Source {
  readonly text: string;
  /** The text as it is written, where `text` has stand-ins of the same length in it. */
  readonly written?: string;
  /** Where `text` begins in the file. */
  readonly base: number;
  readonly positions: Positions;
}

function statementsOf(answer: Exclude<Answer, Refusal>, source: Source): readonly Statement[] {
  const offset = utf16Offsets(source.text);
  return (answer.stmts ?? []).map((raw) => statementOf(raw, source, offset));
}

function statementOf(
  raw: RawStmt,
  { text, written, base, positions }: Source,
  offset: (byte: number) => number,
): Statement {
  const from = raw.stmt_location ?? 0;
  const start = offset(from);
  const sql = withoutTrailingComments(text.slice(start, raw.stmt_len ? offset(from + raw.stmt_len) : text.length));
  const at = base + start;
  const reading: Reading = {
    sql,
    tokens: lazyTokens(sql),
    offset: (location) => offset(location ?? 0) - start,
    span: (first, last) => positions.span(at + first, at + last),
  };
  const span = reading.span(0, sql.length);
  const changes = raw.stmt === undefined ? [] : readStatement(raw.stmt, reading);
  return {
    sql: written?.slice(start, start + sql.length) ?? sql,
    span,
    changes: changes.map((change) => ({ ...change, span: change.span ?? span })),
  };
}

/** The parser's statement reaches to its terminator, comments and all. */
function withoutTrailingComments(sql: string): string {
  if (!sql.includes('--') && !sql.includes('/*')) return sql.trimEnd();
  let end = 0;
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    if (token.kind !== 'comment') end = token.end;
  }
  return sql.slice(0, end);
}

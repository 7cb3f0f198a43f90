import type { Token } from '../../lex.ts';
import type { ObjectName } from '../../name.ts';

/** A statement that is being read from left to right. */
export interface Cursor {
  readonly engine: 'mysql' | 'mariadb';
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Index of the next token. */
  at: number;
  /** Index behind the last token to read. */
  readonly end: number;
}

/** What stands at an offset of the text is not understood. Caught per statement, never thrown out of the parser. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Ends the reading of a statement at the next token. */
export function refuse(cursor: Cursor): never {
  const token = peek(cursor);
  if (token === undefined) {
    throw new NotUnderstood('not understood: it ends too early', cursor.tokens[cursor.end - 1]?.end ?? 0);
  }
  const near = cursor.text.slice(token.start, Math.min(token.end, token.start + 40));
  throw new NotUnderstood(`not understood at "${near}"`, token.start);
}

export function peek({ tokens, at, end }: Cursor, ahead = 0): Token | undefined {
  return at + ahead < end ? tokens[at + ahead] : undefined;
}

/** The next word in capitals or the next symbol; empty for literals, quoted names and the end. */
export function key(cursor: Cursor, ahead = 0): string {
  const token = peek(cursor, ahead);
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'symbol')) return '';
  return cursor.text.slice(token.start, token.end).toUpperCase();
}

export function isAtEnd({ at, end }: Cursor): boolean {
  return at >= end;
}

/** Steps over the words if they all come next. */
export function accept(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, ahead) => key(cursor, ahead) === word)) return false;
  cursor.at += words.length;
  return true;
}

/** Steps over one of the words, and says which. */
export function acceptOne(cursor: Cursor, ...words: readonly string[]): string | undefined {
  const next = key(cursor);
  if (next === '' || !words.includes(next)) return undefined;
  cursor.at++;
  return next;
}

export function expect(cursor: Cursor, ...words: readonly string[]): void {
  if (!accept(cursor, ...words)) refuse(cursor);
}

/** Steps over `IF EXISTS`. */
export function ifExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'EXISTS');
}

/** Steps over `IF NOT EXISTS`. */
export function ifNotExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'NOT', 'EXISTS');
}

/** A name, with or without quotes. */
export function name(cursor: Cursor): string {
  const token = peek(cursor);
  if (token?.closed !== true) refuse(cursor);
  const raw = cursor.text.slice(token.start, token.end);
  cursor.at++;
  if (token.kind === 'word') return raw;
  if (token.kind === 'name') return raw.slice(1, -1).replaceAll('``', '`');
  // With ANSI_QUOTES, names stand in double quotes; where a name is due, nothing else can be meant.
  if (token.kind === 'string' && raw.startsWith('"')) return raw.slice(1, -1).replaceAll('""', '"');
  cursor.at--;
  return refuse(cursor);
}

/** A name that may be qualified by its database. */
export function objectName(cursor: Cursor): ObjectName {
  const first = name(cursor);
  return accept(cursor, '.') ? { schema: first, name: name(cursor) } : { name: first };
}

/** A string literal's text, its escapes resolved as far as they occur in comments. */
export function stringLiteral(cursor: Cursor): string {
  const token = peek(cursor);
  if (token?.kind !== 'string' || !token.closed) refuse(cursor);
  cursor.at++;
  const raw = cursor.text.slice(token.start, token.end);
  const quote = raw.at(-1) ?? "'";
  return raw
    .slice(raw.indexOf(quote) + 1, -1)
    .replaceAll(quote + quote, quote)
    .replace(/\\(.)/gs, '$1');
}

/** A cursor over what stands in the parentheses that come next; this one then stands behind them. */
export function parentheses(cursor: Cursor): Cursor {
  if (key(cursor) !== '(') refuse(cursor);
  const from = cursor.at + 1;
  const to = closing(cursor, cursor.at);
  cursor.at = to + 1;
  return { ...cursor, at: from, end: to };
}

/** The parts of what is left, as commas outside parentheses separate them. Empty parts are kept: they are mistakes. */
export function parts(cursor: Cursor): readonly Cursor[] {
  const { end } = cursor;
  const found: Cursor[] = [];
  let from = cursor.at;
  let depth = 0;
  for (let at = cursor.at; at < end; at++) {
    const symbol = symbolAt(cursor, at);
    if (symbol === '(') depth++;
    else if (symbol === ')') depth--;
    else if (symbol === ',' && depth === 0) {
      found.push({ ...cursor, at: from, end: at });
      from = at + 1;
    }
  }
  found.push({ ...cursor, at: from, end });
  cursor.at = end;
  return found;
}

/** The text from one token to before another, as it is written. */
export function textBetween({ text, tokens }: Cursor, from: number, to: number): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return from >= to || first === undefined || last === undefined ? '' : text.slice(first.start, last.end);
}

/** The text of everything that is left. */
export function rest(cursor: Cursor): string {
  const text = textBetween(cursor, cursor.at, cursor.end);
  cursor.at = cursor.end;
  return text;
}

/** Index of the token that closes the parenthesis at `open`. */
function closing(cursor: Cursor, open: number): number {
  let depth = 0;
  for (let at = open; at < cursor.end; at++) {
    const symbol = symbolAt(cursor, at);
    if (symbol === '(') depth++;
    else if (symbol === ')' && --depth === 0) return at;
  }
  throw new NotUnderstood('not understood: a parenthesis is never closed', cursor.tokens[open]?.start ?? 0);
}

function symbolAt({ text, tokens }: Cursor, at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === 'symbol' ? text[token.start] : undefined;
}

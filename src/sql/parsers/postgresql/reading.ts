import type { Change, ChangeBody } from '../../change.ts';
import { type Token, tokensOf } from '../../lex.ts';
import type { Span } from '../../span.ts';

/** What a reader of one statement works on. Token offsets count from the start of the statement. */
export interface Reading {
  /** The statement without terminator and surrounding comments. */
  readonly sql: string;
  /** The tokens without comments, computed on first use: most statements need none. */
  readonly tokens: () => readonly Token[];
  /** Offset in `sql` of a `location` of the syntax tree. */
  readonly offset: (location: number | undefined) => number;
  /** A range of `sql` as a place in the file. */
  readonly span: (start: number, end: number) => Span;
  /** In how many bodies of code it stands. */
  readonly nesting?: number;
}

/** A change as a reader gives it; without a span, the whole statement is meant. */
export type Read = ChangeBody & Partial<Pick<Change, 'span' | 'only' | 'within' | 'inBlock' | 'guarded'>>;

/** The tokens of a statement, computed once. */
export function lazyTokens(sql: string): () => readonly Token[] {
  let tokens: readonly Token[] | undefined;
  return () => {
    tokens ??= tokensOf(sql);
    return tokens;
  };
}

/** Index of the first token at or after the place of a node. */
export function indexAt(reading: Reading, location: number | undefined): number {
  const offset = reading.offset(location);
  const tokens = reading.tokens();
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle] as Token).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The text of the tokens `from` (inclusive) to `to` (exclusive): comments left out, white space as single spaces. */
export function textOf(reading: Reading, from: number, to: number): string {
  const tokens = reading.tokens();
  let text = '';
  for (let at = from; at < to && at < tokens.length; at++) {
    const { start, end } = tokens[at] as Token;
    const before = tokens[at - 1];
    if (at > from && before !== undefined && before.end < start) text += ' ';
    text += reading.sql.slice(start, end);
  }
  return text;
}

/** Whether the token is that keyword or symbol, written in lower case. */
export function isToken(reading: Reading, index: number, expected: string): boolean {
  const token = reading.tokens()[index];
  if (token === undefined || token.end - token.start !== expected.length) return false;
  if (token.kind !== 'word' && token.kind !== 'symbol') return false;
  return reading.sql.slice(token.start, token.end).toLowerCase() === expected;
}

/** Index of the bracket that closes the one at `open`, or the number of tokens when none does. */
export function closing(reading: Reading, open: number): number {
  return scan(reading, open + 1, () => false);
}

/**
 * Index of the first token from `from` on that stands at the same depth and satisfies `stop`, or that closes that depth,
 * or the number of tokens.
 */
export function scan(reading: Reading, from: number, stop: (index: number) => boolean): number {
  const tokens = reading.tokens();
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { kind, start } = tokens[at] as Token;
    if (depth === 0 && stop(at)) return at;
    if (kind !== 'symbol') continue;
    const char = reading.sql[start];
    if (char === '(' || char === '[') depth++;
    else if ((char === ')' || char === ']') && --depth < 0) return at;
  }
  return tokens.length;
}

/** Index of a keyword from `from` on at the same depth, or `undefined`. */
export function keywordAfter(reading: Reading, from: number, keyword: string): number | undefined {
  const at = scan(reading, from, (index) => isToken(reading, index, keyword));
  return isToken(reading, at, keyword) ? at : undefined;
}

import type { Token } from '../../lex.ts';
import { nextToken } from './lex.ts';

/** One statement of a text: its tokens without comments, and whether quotes and comments in it are closed. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly closed: boolean;
}

/**
 * The statements of a text, without terminators and surrounding comments. Obeys the client's DELIMITER lines. Where a file
 * writes a routine without them, as runners that send the file whole allow, its body is followed to its END.
 */
export function split(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let tokens: Token[] = [];
  let closed = true;
  let delimiter = ';';
  let depth = 0;
  let isRoutine = false;

  const finish = () => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first !== undefined && last !== undefined) segments.push({ start: first.start, end: last.end, tokens, closed });
    tokens = [];
    closed = true;
    depth = 0;
    isRoutine = false;
  };

  for (let token = nextToken(text, 0); token !== undefined; token = nextToken(text, token.end)) {
    if (!token.closed) closed = false;
    if (token.kind === 'comment') {
      // A comment that is never closed swallows the rest of the file: it must not pass for an empty one.
      if (!token.closed) tokens.push(token);
      continue;
    }
    if (token.kind === 'word' && tokens.length === 0 && upper(text, token) === 'DELIMITER') {
      const lineEnd = endOfLine(text, token.end);
      delimiter = text.slice(token.end, lineEnd).trim() || ';';
      token = { ...token, end: lineEnd };
      continue;
    }
    token = beforeDelimiter(text, token, delimiter);
    if (depth === 0 && text.startsWith(delimiter, token.start) && token.kind !== 'string' && token.kind !== 'name') {
      token = { ...token, end: token.start + delimiter.length };
      finish();
      continue;
    }
    tokens.push(token);
    if (delimiter !== ';') continue;
    if (tokens.length <= 12) isRoutine ||= beginsRoutine(text, tokens);
    if (isRoutine && token.kind === 'word') depth = Math.max(0, depth + nesting(text, tokens));
  }
  finish();
  return segments;
}

/** Whether a statement is a routine, so that semicolons may stand in it. */
function beginsRoutine(text: string, tokens: readonly Token[]): boolean {
  const [first, second] = tokens.map((token) => upper(text, token));
  if (first === 'BEGIN') return second === 'NOT';
  if (first !== 'CREATE') return false;
  // The first word that names a kind of object decides: a table may well be called `event`.
  const kind = tokens.map((token) => upper(text, token)).find((word) => objects.test(word));
  return kind !== undefined && /^(?:PROCEDURE|FUNCTION|TRIGGER|EVENT|PACKAGE)$/.test(kind);
}

const objects =
  /^(?:PROCEDURE|FUNCTION|TRIGGER|EVENT|PACKAGE|TABLE|VIEW|INDEX|DATABASE|SCHEMA|USER|ROLE|SERVER|SEQUENCE|TABLESPACE|LOGFILE)$/;

/** A delimiter such as `$$` may stand right behind a word (`END$$`), of which it could be a part. */
function beforeDelimiter(text: string, token: Token, delimiter: string): Token {
  if (delimiter === ';' || token.kind === 'string' || token.kind === 'name') return token;
  const at = text.slice(token.start, token.end).indexOf(delimiter);
  return at > 0 ? { ...token, end: token.start + at } : token;
}

/** How the last token changes the depth of compound statements. `END IF` and its like close what was not counted. */
function nesting(text: string, tokens: readonly Token[]): number {
  const [before, last] = [upper(text, tokens.at(-2)), upper(text, tokens.at(-1))];
  if (last === 'BEGIN') return 1;
  if (last === 'CASE') return before === 'END' ? 0 : 1;
  if (last === 'END') return -1;
  // The END before it was counted as one that closes a block.
  return before === 'END' && /^(?:IF|LOOP|WHILE|REPEAT)$/.test(last) ? 1 : 0;
}

function upper(text: string, token: Token | undefined): string {
  return token === undefined || token.kind !== 'word' ? '' : text.slice(token.start, token.end).toUpperCase();
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

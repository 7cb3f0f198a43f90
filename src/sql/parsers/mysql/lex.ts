import type { Token } from '../../lex.ts';

/**
 * The token that begins at or after `from`, or `undefined` at the end. Knows MySQL's lexical rules (manual, "Language
 * Structure"): backslashes in strings, double quotes around strings, backquoted names, `#` and `-- ` comments. What a
 * version comment (one whose star is followed by an exclamation mark) holds is SQL that the server runs, so that text counts
 * and only its frame is a comment. A symbol is a single character.
 */
export function nextToken(text: string, from: number): Token | undefined {
  const start = skipSpace(text, from);
  if (start >= text.length) return undefined;
  const char = text[start] as string;
  if (char === '-' && text[start + 1] === '-' && isSpaceOrEnd(text, start + 2)) return line(text, start);
  if (char === '#') return line(text, start);
  if (char === '/' && text[start + 1] === '*') return block(text, start);
  if (char === '*' && text[start + 1] === '/') return token('comment', start, start + 2);
  if (char === "'" || char === '"') return quoted(text, start, start, 'string');
  if (char === '`') return quoted(text, start, start, 'name');
  if (isWordStart(text.charCodeAt(start))) return word(text, start);
  if (isDigit(text.charCodeAt(start))) return number(text, start);
  return token('symbol', start, start + 1);
}

function token(kind: Token['kind'], start: number, end: number, closed = true): Token {
  return { kind, start, end, closed };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpaceOrEnd(text, at)) at++;
  return at;
}

function line(text: string, start: number): Token {
  const end = text.indexOf('\n', start);
  return token('comment', start, end === -1 ? text.length : end);
}

function block(text: string, start: number): Token {
  const version = /\/\*M?!\d*/y;
  version.lastIndex = start;
  const opening = version.exec(text)?.[0];
  if (opening !== undefined) return token('comment', start, start + opening.length);
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? token('comment', start, text.length, false) : token('comment', start, end + 2);
}

function quoted(text: string, start: number, quoteAt: number, kind: 'string' | 'name'): Token {
  const quote = text[quoteAt];
  for (let at = quoteAt + 1; at < text.length; at++) {
    if (text[at] === '\\' && kind === 'string') at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return token(kind, start, at + 1);
      at++;
    }
  }
  return token(kind, start, text.length, false);
}

function word(text: string, start: number): Token {
  let end = start + 1;
  while (end < text.length && (isWordStart(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end++;
  // B'..', X'..', N'..' and a character set before a string are part of the literal.
  const isIntroducer = text[start] === '_' || (end === start + 1 && /[bxn]/i.test(text[start] as string));
  if (isIntroducer && (text[end] === "'" || text[end] === '"')) return quoted(text, start, end, 'string');
  return token('word', start, end);
}

/** A name may begin with a digit in MySQL (`2fa_tokens`), but not consist of digits alone. */
function number(text: string, start: number): Token {
  const form = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
  form.lastIndex = start;
  let end = start + (form.exec(text)?.[0].length ?? 1);
  if (end >= text.length || !isWordStart(text.charCodeAt(end))) return token('number', start, end);
  while (end < text.length && (isWordStart(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end++;
  return token(/^0[xb]/i.test(text.slice(start, start + 2)) ? 'number' : 'word', start, end);
}

function isSpaceOrEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code <= 32 || code === 0xa0 || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 36 ||
    code === 64 ||
    code >= 128
  );
}

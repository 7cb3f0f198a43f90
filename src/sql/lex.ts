/** One lexical piece of an SQL text. Offsets count UTF-16 characters; the end is exclusive. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'comment';
  readonly start: number;
  readonly end: number;
  /** `false` where the text ended inside a quote or a comment. */
  readonly closed: boolean;
}

/**
 * The token that begins at or after `from`, or `undefined` at the end of the text. Knows PostgreSQL's lexical rules
 * (manual, "Lexical Structure"): doubled quotes, escape strings, dollar quotes, nested comments. A symbol is always a
 * single character. Backquotes count as quotes, so that MySQL's names stay whole.
 */
export function nextToken(text: string, from: number): Token | undefined {
  let start = from;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  if (start >= text.length) return undefined;

  const char = text[start] as string;
  if (char === "'") return quoted(text, start, start, 'string', false);
  if (char === '"' || char === '`') return quoted(text, start, start, 'name', false);
  if (char === '-' && text[start + 1] === '-') return lineComment(text, start);
  if (char === '/' && text[start + 1] === '*') return blockComment(text, start);
  if (char === '$') return dollarQuoted(text, start) ?? token('symbol', start, start + 1);
  if (isWordStart(text.charCodeAt(start))) return word(text, start);
  if (isDigit(text.charCodeAt(start))) return token('number', start, endOfNumber(text, start));
  return token('symbol', start, start + 1);
}

/** Every token of a text in order; comments only where asked for. */
export function tokensOf(text: string, { comments = false } = {}): readonly Token[] {
  const tokens: Token[] = [];
  for (let next = nextToken(text, 0); next !== undefined; next = nextToken(text, next.end)) {
    if (comments || next.kind !== 'comment') tokens.push(next);
  }
  return tokens;
}

function token(kind: Token['kind'], start: number, end: number, closed = true): Token {
  return { kind, start, end, closed };
}

function quoted(text: string, start: number, quoteAt: number, kind: 'string' | 'name', escapes: boolean): Token {
  const quote = text.charCodeAt(quoteAt);
  for (let at = quoteAt + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (escapes && code === BACKSLASH) at++;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) return token(kind, start, at + 1);
      at++;
    }
  }
  return token(kind, start, text.length, false);
}

function lineComment(text: string, start: number): Token {
  const end = text.indexOf('\n', start);
  return token('comment', start, end === -1 ? text.length : end);
}

function blockComment(text: string, start: number): Token {
  let depth = 1;
  let at = start + 2;
  while (at < text.length) {
    if (text[at] === '*' && text[at + 1] === '/') {
      at += 2;
      if (--depth === 0) return token('comment', start, at);
    } else if (text[at] === '/' && text[at + 1] === '*') {
      depth++;
      at += 2;
    } else at++;
  }
  return token('comment', start, text.length, false);
}

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

function dollarQuoted(text: string, start: number): Token | undefined {
  dollarTag.lastIndex = start;
  const tag = dollarTag.exec(text)?.[0];
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, start + tag.length);
  return close === -1 ? token('string', start, text.length, false) : token('string', start, close + tag.length);
}

function word(text: string, start: number): Token {
  let end = start + 1;
  while (end < text.length && isWordPart(text.charCodeAt(end))) end++;
  const next = text[end];
  if (next !== "'" && next !== '&') return token('word', start, end);
  // E'..' knows backslashes; B, N and X do not; U& may stand before a string and before a name.
  const prefix = text.slice(start, end).toLowerCase();
  if (next === "'" && (prefix === 'e' || prefix === 'b' || prefix === 'n' || prefix === 'x')) {
    return quoted(text, start, end, 'string', prefix === 'e');
  }
  if (prefix === 'u' && next === '&' && text[end + 1] === "'") return quoted(text, start, end + 1, 'string', false);
  if (prefix === 'u' && next === '&' && text[end + 1] === '"') return quoted(text, start, end + 1, 'name', false);
  return token('word', start, end);
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && (isWordPart(text.charCodeAt(end)) || text[end] === '.')) end++;
  return end;
}

const BACKSLASH = 92;

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 36;
}

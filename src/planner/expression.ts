import { tokensOf } from '../sql/lex.ts';

/**
 * Whether a text can stand in parentheses as one SQL expression: quotes closed, parentheses balanced and never closed before
 * they are opened, no semicolon, no comment. It does not say that the expression is right; the proof on the engine does.
 * What comes from an issue must pass here before it becomes part of a statement.
 */
export function isOneExpression(text: string): boolean {
  // The lexer takes a backquote for MySQL's quote, PostgreSQL for an operator: what the two read differently is refused.
  if (text.includes('`') || text.includes('\0')) return false;
  const tokens = tokensOf(text, { comments: true });
  let depth = 0;
  for (const { kind, start, end, closed } of tokens) {
    if (!closed || kind === 'comment') return false;
    const symbol = kind === 'symbol' ? text.slice(start, end) : '';
    if (symbol === ';') return false;
    if (symbol === '(') depth++;
    if (symbol === ')' && --depth < 0) return false;
  }
  return tokens.length > 0 && depth === 0;
}

/** Whether the text is a literal: a number, a string, `true` or `false`, with a cast or without. */
export function isLiteral(text: string): boolean {
  return /^\s*(?:[-+]?\d+(?:\.\d+)?|'(?:[^'\\]|'')*'|true|false)(?:::[a-z_ ]+(?:\(\d+(?:,\s*\d+)?\))?)?\s*$/i.test(
    text,
  );
}

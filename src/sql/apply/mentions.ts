import { type Token, tokensOf } from '../lex.ts';
import { quoteIdentifier } from '../quote.ts';

/** Those of the columns that an SQL expression mentions, each once, in the order of the list. */
export function columnsIn(expression: string, columns: readonly string[]): readonly string[] {
  const mentioned = new Set(mentions(expression).map(({ name }) => name));
  return columns.filter((column) => mentioned.has(column));
}

/** The expression with a column's new name. */
export function renameIn(expression: string, column: string, to: string): string {
  let renamed = '';
  let copied = 0;
  for (const { name, token } of mentions(expression)) {
    if (name !== column) continue;
    renamed += expression.slice(copied, token.start) + quoteIdentifier(to);
    copied = token.end;
  }
  return renamed + expression.slice(copied);
}

/**
 * The identifiers that can be columns. A word is none before `(` (a function), after `::` (a type), and before a string
 * (`date '2020-01-01'`).
 */
function mentions(expression: string): readonly { readonly name: string; readonly token: Token }[] {
  const tokens = tokensOf(expression);
  const at = (index: number) => expression.slice(tokens[index]?.start, tokens[index]?.end);
  return tokens.flatMap((token, index) => {
    if (token.kind === 'name') return [{ name: unquoted(at(index)), token }];
    if (token.kind !== 'word') return [];
    const isFunction = index + 1 < tokens.length && at(index + 1) === '(';
    const isType = index > 1 && at(index - 1) === ':' && at(index - 2) === ':';
    const isTyped = tokens[index + 1]?.kind === 'string';
    return isFunction || isType || isTyped ? [] : [{ name: at(index).toLowerCase(), token }];
  });
}

function unquoted(name: string): string {
  const quote = name[0] ?? '"';
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}

import { type Token, tokensOf } from '../lex.ts';
import type { ObjectName } from '../name.ts';
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

/** Whether an SQL text calls the function: its name before a bracket. */
export function callsFunction(sql: string, name: ObjectName): boolean {
  return namesIn(sql, name).some((at) => at.after === '(');
}

/** Whether an SQL text casts to the type: `::mood`, `CAST(x AS mood)`, `mood 'sad'`. */
export function castsTo(sql: string, name: ObjectName): boolean {
  return namesIn(sql, name).some(({ before, after }) => before === ':' || before === 'as' || after.startsWith("'"));
}

/** Whether an SQL text names the relation, in whatever place. */
export function namesRelation(sql: string, name: ObjectName): boolean {
  return namesIn(sql, name).some(({ after }) => after !== '(' && after !== '.');
}

/** Whether a default takes its values from the sequence: `nextval('app.numbers'::regclass)`. */
export function drawsFrom(sql: string, sequence: ObjectName): boolean {
  if (!sql.includes(sequence.name)) return false;
  const text = /nextval\s*\(\s*'((?:[^']|'')*)'/i.exec(sql)?.[1];
  return text !== undefined && namesIn(text, sequence).some(({ after }) => after === '');
}

/** The places where a possibly qualified name stands, with what stands next to it. A search tells most texts apart at once. */
function namesIn(
  sql: string,
  { schema, name }: ObjectName,
): readonly { readonly before: string; readonly after: string }[] {
  if (!sql.toLowerCase().includes(name.toLowerCase())) return [];
  const tokens = tokensOf(sql);
  const text = (index: number) => sql.slice(tokens[index]?.start ?? sql.length, tokens[index]?.end ?? sql.length);
  const identifier = (index: number) => {
    const kind = tokens[index]?.kind;
    return kind === 'name' ? unquoted(text(index)) : kind === 'word' ? text(index).toLowerCase() : undefined;
  };
  return tokens.flatMap((_, at) => {
    if (identifier(at) !== name) return [];
    const isQualified = text(at - 1) === '.';
    if (isQualified && identifier(at - 2) !== (schema ?? 'public')) return [];
    if (!isQualified && schema !== undefined && schema !== 'public') return [];
    return [{ before: text(isQualified ? at - 3 : at - 1).toLowerCase(), after: text(at + 1) }];
  });
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

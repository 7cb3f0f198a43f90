import type { Table } from '../catalog.ts';
import { type Token, tokensOf } from '../lex.ts';

/**
 * Whether PostgreSQL knows already that a column holds no NULL, so that SET NOT NULL needs no scan: since version 12 from a
 * validated CHECK constraint (manual, ALTER TABLE, SET NOT NULL), from 18 also from a validated NOT NULL constraint.
 */
export function isProvenNotNull(table: Table | undefined, column: string, version: number): boolean {
  if (table === undefined) return false;
  if (table.columns.some(({ name, nullable }) => name === column && !nullable)) return true;
  return table.constraints.some((constraint) => {
    if (constraint.kind === 'not-null') return constraint.validated && constraint.column === column;
    return (
      version >= 12 && constraint.kind === 'check' && constraint.validated && requires(constraint.expression, column)
    );
  });
}

/** Whether an expression is `column IS NOT NULL`, in one of its spellings, or such terms joined by AND with others. */
function requires(expression: string, column: string): boolean {
  const words = normalized(expression);
  return conjuncts(words).some((term) => {
    const inner = stripped(term);
    if (inner.length !== term.length) return conjuncts(inner).some((each) => isNotNull(stripped(each), column));
    return isNotNull(inner, column);
  });
}

function isNotNull(words: readonly string[], column: string): boolean {
  if (words[0] === 'not') return endsIn('is null', stripped(words.slice(1)), column);
  return endsIn('is not null', words, column) || endsIn('is distinct from null', words, column);
}

function endsIn(test: string, words: readonly string[], column: string): boolean {
  const { length } = test.split(' ');
  return (
    words.length > length &&
    words.slice(-length).join(' ') === test &&
    stripped(words.slice(0, -length)).join() === column
  );
}

/** Parted at AND outside parentheses; with an OR there, nothing is required. */
function conjuncts(words: readonly string[]): readonly (readonly string[])[] {
  const terms: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (depth === 0 && word === 'or') return [];
    if (depth === 0 && word === 'and') terms.push([]);
    else terms.at(-1)?.push(word);
  }
  return terms;
}

function stripped(words: readonly string[]): readonly string[] {
  if (words[0] !== '(' || words.at(-1) !== ')') return words;
  let depth = 0;
  const closesEarly = words.slice(0, -1).some((word) => {
    if (word === '(') depth++;
    if (word === ')') depth--;
    return depth === 0;
  });
  return closesEarly ? words : stripped(words.slice(1, -1));
}

function normalized(expression: string): readonly string[] {
  return tokensOf(expression).map((token) => word(expression, token));
}

function word(expression: string, { kind, start, end }: Token): string {
  const text = expression.slice(start, end);
  if (kind === 'name') return text.slice(1, -1).replaceAll('""', '"');
  return kind === 'word' ? text.toLowerCase() : text;
}

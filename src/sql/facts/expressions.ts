import { tokensOf } from '../lex.ts';

/** Casts that change nothing about which rows an index finds, and that the server writes into what it prints. */
const idleCasts = /:: ?(?:text|character varying|varchar|bpchar)(?=$| )/g;

/**
 * Whether two SQL expressions are the same apart from spelling: letter case of words, white space, parentheses, needless
 * quotes, and casts between texts. `false` means only that it cannot be seen.
 */
export function isSameExpression(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one === other || normalized(one) === normalized(other);
}

function normalized(expression: string): string {
  return tokensOf(expression)
    .map(({ kind, start, end }) => {
      const text = expression.slice(start, end);
      if (kind === 'word') return text.toLowerCase();
      return kind === 'name' && /^"[a-z_][a-z0-9_]*"$/.test(text) ? text.slice(1, -1) : text;
    })
    .filter((text) => text !== '(' && text !== ')')
    .join(' ')
    .replaceAll(': :', '::')
    .replace(idleCasts, '')
    .replace(/ +/g, ' ')
    .trim()
    .replace(/^date ([^ ]+)$/, '$1 :: date')
    .replace(/^timezone ([^ ]+) , ([^ ]+)$/, '$2 at time zone $1');
}

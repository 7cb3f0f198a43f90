import type { Token } from '../../lex.ts';
import { indexAt, type Reading } from './reading.ts';

/** The code between the quotes of a DO or a CREATE FUNCTION. */
export interface Body {
  /** As it stands in the statement, so that a quote inside simple quotes is still doubled. */
  readonly text: string;
  /** Where it begins in the statement. */
  readonly start: number;
}

/** The first literal at or after a place of the syntax tree, without its quotes. */
export function bodyAt(reading: Reading, location: number | undefined): Body | undefined {
  const tokens = reading.tokens();
  let at = indexAt(reading, location);
  while (at < tokens.length && tokens[at]?.kind !== 'string') at++;
  const token = tokens[at];
  return token === undefined ? undefined : inside(reading.sql, token);
}

function inside(sql: string, { start, end }: Token): Body {
  const text = sql.slice(start, end);
  const opening = /^(?:\$[^$]*\$|(?:[a-z]&?)?')/i.exec(text)?.[0] ?? '';
  const closing = opening.startsWith('$') ? opening.length : 1;
  return { text: text.slice(opening.length, -closing), start: start + opening.length };
}

/** Finds statements of a body, asked for in the order in which they stand, by the line that the parser tells and by their text. */
export interface Finder {
  /** Where the text begins in the statement that holds the body; nothing where it does not stand there as it is. */
  readonly find: (text: string, line: number) => number | undefined;
}

/** How far from the beginning of its line a statement is looked for: a limit, so that hostile text cannot cost square time. */
const reach = 4_000;

export function finderIn({ text: body, start }: Body): Finder {
  const lines = [0];
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) lines.push(at + 1);
  let reached = 0;
  return {
    find: (text, line) => {
      // PL/pgSQL puts spaces in place of an INTO clause, of the same length.
      const [sought = ''] = text.split(/\s{4}/, 1);
      if (sought === '') return undefined;
      const from = Math.max(lines[line - 1] ?? 0, reached);
      const found = body.slice(from, from + sought.length + reach).indexOf(sought);
      if (found === -1) return undefined;
      reached = from + found + sought.length;
      return start + from + found;
    },
  };
}

import type { Engine } from '../engine.ts';
import type { Category } from '../finding.ts';
import { nextToken, tokensOf } from '../lex.ts';
import type { CheckName } from './library.ts';

/** A range of a statement's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One of sql-lint's checks that says something which our rules do not. */
export interface GeneralCheck {
  /** The check's name in sql-lint. */
  readonly id: string;
  readonly category: Category;
  readonly engines: readonly Engine[];
  readonly message: string;
  readonly remedy: string;
  /** Its class in sql-lint. */
  readonly name: CheckName;
  /** Where in the statement it is really so; `undefined`: a false alarm. */
  readonly confirm: (sql: string) => Range | undefined;
}

const all: readonly Engine[] = ['postgresql', 'mysql', 'mariadb', 'sqlite'];

/**
 * Left out, and why: `missing-where` (our delete-without-where knows subqueries and tables that are new), `unmatched-parentheses`
 * and the four `invalid-*-option` (the engine's parser decides that, and these refuse valid SQL such as CREATE EXTENSION
 * or a parenthesis in a string), and whatever asks a database (`*-error`, `table-not-found`, `database-not-found`).
 */
export const generalChecks: readonly GeneralCheck[] = [
  {
    id: 'hungarian-notation',
    category: 'standards',
    engines: all,
    message: 'The name tells what kind of object it is.',
    remedy: 'Name the object by what it holds; its kind is known from the catalog',
    name: 'HungarianNotation',
    confirm: hungarianName,
  },
  {
    id: 'invalid-limit-quantifier',
    category: 'correctness',
    // PostgreSQL and SQLite take any expression after LIMIT.
    engines: ['mysql', 'mariadb'],
    message: 'LIMIT takes a number here.',
    remedy: 'Write the number of rows as a literal',
    name: 'InvalidLimitQuantifier',
    confirm: badLimit,
  },
  {
    id: 'odd-code-point',
    category: 'correctness',
    engines: all,
    message: 'The replacement character U+FFFD stands here: the text was damaged when its encoding was changed.',
    remedy: 'Restore the character that was meant and save the file as UTF-8',
    name: 'OddCodePoint',
    confirm: replacementCharacter,
  },
  {
    id: 'trailing-whitespace',
    category: 'standards',
    engines: all,
    message: 'The line ends with spaces.',
    remedy: 'Remove the spaces at the end of the line',
    name: 'TrailingWhitespace',
    confirm: trailingSpaces,
  },
];

/** sql-lint looks for the letters anywhere, so `resp_code` and texts alarm it; only a new object's name counts. */
function hungarianName(sql: string): Range | undefined {
  if (!/^\s*create\b/i.test(sql) || !/\b(?:tbl|sp)_/i.test(sql)) return undefined;
  return tokensOf(sql).find(
    ({ kind, start, end }) => (kind === 'word' || kind === 'name') && /^[`"]?(?:tbl|sp)_/i.test(sql.slice(start, end)),
  );
}

/** Placeholders and variables stand for numbers. */
function badLimit(sql: string): Range | undefined {
  const tokens = tokensOf(sql);
  const limit = tokens.findLastIndex(
    ({ kind, start, end }) => kind === 'word' && /^limit$/i.test(sql.slice(start, end)),
  );
  const value = limit === -1 ? undefined : tokens[limit + 1];
  if (value === undefined || value.kind === 'number') return undefined;
  return /^[?:@$]/.test(sql.slice(value.start, value.end)) ? undefined : value;
}

function replacementCharacter(sql: string): Range | undefined {
  const start = sql.indexOf('\uFFFD');
  return start === -1 ? undefined : { start, end: start + 1 };
}

/** Spaces in a string or comment are its author's; sql-lint cannot tell them apart. */
function trailingSpaces(sql: string): Range | undefined {
  if (!/ \r?\n/.test(sql)) return undefined;
  let end = 0;
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    const found = / +(?=\r?\n)/.exec(sql.slice(end, token.start));
    if (found !== null) return { start: end + found.index, end: end + found.index + found[0].length };
    end = token.end;
  }
  return undefined;
}

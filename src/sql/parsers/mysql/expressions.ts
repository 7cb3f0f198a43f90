import type { Expression } from '../../change.ts';
import { accept, acceptOne, type Cursor, isAtEnd, key, parentheses, peek, refuse, textBetween } from './cursor.ts';

/** The same within one statement (MySQL manual, "Date and Time Functions": NOW). */
const stable = new Set(
  'CURRENT_TIMESTAMP NOW LOCALTIME LOCALTIMESTAMP CURRENT_DATE CURDATE CURRENT_TIME CURTIME UTC_TIMESTAMP UTC_DATE UTC_TIME UNIX_TIMESTAMP'.split(
    ' ',
  ),
);
/** Depend on nothing but their arguments. */
const constant = new Set(
  'JSON_ARRAY JSON_OBJECT JSON_QUOTE CAST CONCAT COALESCE IFNULL UPPER LOWER UUID_TO_BIN POINT'.split(' '),
);

/** The value after DEFAULT: a literal, a function, or any expression in parentheses; MariaDB also takes operators. */
export function defaultExpression(cursor: Cursor): Expression {
  const from = cursor.at;
  term(cursor);
  while (acceptOne(cursor, '+', '-', '*', '/', '|', '%') !== undefined) {
    accept(cursor, '|');
    term(cursor);
  }
  return { sql: textBetween(cursor, from, cursor.at), volatility: volatility(cursor, from, cursor.at) };
}

function term(cursor: Cursor): void {
  acceptOne(cursor, '+', '-');
  const token = peek(cursor);
  if (token === undefined || !token.closed) refuse(cursor);
  if (key(cursor) === '(') {
    parentheses(cursor);
    return;
  }
  if (token.kind === 'symbol') refuse(cursor);
  cursor.at++;
  if (token.kind === 'string') while (peek(cursor)?.kind === 'string') cursor.at++;
  else if (key(cursor) === '(' && token.kind === 'word') parentheses(cursor);
  else if (isSequence(cursor)) cursor.at += 4;
}

/** MariaDB: `NEXT VALUE FOR sequence` begins with a word that was just read. */
function isSequence(cursor: Cursor): boolean {
  return key(cursor, -1) === 'NEXT' && key(cursor) === 'VALUE' && key(cursor, 1) === 'FOR';
}

function volatility(cursor: Cursor, from: number, to: number): Expression['volatility'] {
  let found: Expression['volatility'] = 'constant';
  for (let ahead = from - cursor.at; ahead < to - cursor.at; ahead++) {
    const token = cursor.tokens[cursor.at + ahead];
    if (token?.kind !== 'word') continue;
    const word = cursor.text.slice(token.start, token.end).toUpperCase();
    if (stable.has(word)) found = 'stable';
    else if (!constant.has(word) && cursor.text.startsWith('(', token.end)) return 'volatile';
  }
  return found;
}

/** Steps over what may follow ON UPDATE, which is always the current time. */
export function onUpdate(cursor: Cursor): void {
  cursor.at++;
  if (!isAtEnd(cursor) && key(cursor) === '(') parentheses(cursor);
}

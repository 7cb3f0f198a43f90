import { accept, acceptOne, type Cursor, key, name, parentheses, peek, refuse, textBetween } from './cursor.ts';

/** Spellings that mean the same type (MySQL manual, "Data Types": synonyms). */
const synonyms: Readonly<Record<string, string>> = {
  INTEGER: 'int',
  BOOL: 'tinyint(1)',
  BOOLEAN: 'tinyint(1)',
  DEC: 'decimal',
  NUMERIC: 'decimal',
  FIXED: 'decimal',
  INT1: 'tinyint',
  INT2: 'smallint',
  INT3: 'mediumint',
  INT4: 'int',
  INT8: 'bigint',
  CHARACTER: 'char',
  REAL: 'double',
  FLOAT8: 'double',
};

/** A data type in canonical spelling: lower case, synonyms resolved, `unsigned` and `zerofill` behind. */
export function dataType(cursor: Cursor): string {
  if (peek(cursor)?.kind !== 'word') refuse(cursor);
  if (accept(cursor, 'LONG', 'VARCHAR')) return 'mediumtext';
  acceptOne(cursor, 'NATIONAL');
  const word = name(cursor).toUpperCase();
  let type = synonyms[word] ?? word.toLowerCase();
  if (word === 'DOUBLE' || word === 'REAL') accept(cursor, 'PRECISION');
  else if (type === 'char' && accept(cursor, 'VARYING')) type = 'varchar';
  if (key(cursor) === '(') {
    const inside = parentheses(cursor);
    type += `(${compact(textBetween(inside, inside.at, inside.end))})`;
  }
  for (let sign = flag(cursor); sign !== undefined; sign = flag(cursor))
    if (sign !== 'SIGNED') type += ` ${sign.toLowerCase()}`;
  return type;
}

function flag(cursor: Cursor): string | undefined {
  return acceptOne(cursor, 'UNSIGNED', 'SIGNED', 'ZEROFILL');
}

/** Without spaces around commas; those in strings of an enum stay. */
function compact(parameters: string): string {
  return parameters.replace(/('(?:[^'\\]|''|\\.)*')|\s+/gs, (_, quoted: string | undefined) => quoted ?? '');
}

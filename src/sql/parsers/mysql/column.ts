import type { Column, Constraint } from '../../change.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  isAtEnd,
  key,
  name,
  parentheses,
  refuse,
  rest,
  stringLiteral,
} from './cursor.ts';
import { defaultExpression, onUpdate } from './expressions.ts';
import { references } from './references.ts';
import { dataType } from './types.ts';

/** A column with what else its definition says about the table. */
export interface ColumnDefinition {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
}

type Draft = { -readonly [Key in keyof Column]: Column[Key] };

/**
 * A column definition, to its end (MySQL manual, "CREATE TABLE Statement"; MariaDB documentation, "CREATE TABLE"). An
 * attribute that is not known is refused, because it might be the one that matters.
 */
export function columnDefinition(cursor: Cursor): ColumnDefinition {
  const column: Draft = { name: name(cursor), type: '', nullable: true };
  const constraints: Constraint[] = [];
  if (accept(cursor, 'SERIAL')) {
    // An alias of these four (MySQL manual, "Numeric Data Type Syntax").
    Object.assign(column, { type: 'bigint unsigned', nullable: false, identity: 'auto-increment' });
    constraints.push({ kind: 'unique', columns: [column.name] });
  } else column.type = dataType(cursor);
  while (!isAtEnd(cursor)) attribute(cursor, column, constraints);
  return { column, constraints };
}

function attribute(cursor: Cursor, column: Draft, constraints: Constraint[]): void {
  if (accept(cursor, 'NOT', 'NULL')) column.nullable = false;
  else if (accept(cursor, 'NULL')) column.nullable = true;
  else if (accept(cursor, 'DEFAULT')) {
    const value = defaultExpression(cursor);
    // DEFAULT NULL is what a column without a default has anyway.
    if (value.sql.toUpperCase() !== 'NULL') column.default = value;
  } else if (accept(cursor, 'ON', 'UPDATE')) onUpdate(cursor);
  else if (accept(cursor, 'AUTO_INCREMENT')) column.identity = 'auto-increment';
  else if (accept(cursor, 'COMMENT')) column.comment = stringLiteral(cursor);
  else if (accept(cursor, 'PRIMARY', 'KEY') || accept(cursor, 'PRIMARY') || accept(cursor, 'KEY')) {
    column.nullable = false;
    constraints.push({ kind: 'primary-key', columns: [column.name] });
  } else if (accept(cursor, 'UNIQUE')) {
    accept(cursor, 'KEY');
    constraints.push({ kind: 'unique', columns: [column.name] });
  } else if (key(cursor) === 'REFERENCES') {
    const target = references(cursor);
    // MySQL before 9.0 reads this and ignores it (manual, "FOREIGN KEY Constraints").
    if (cursor.engine === 'mariadb')
      constraints.push({ kind: 'foreign-key', columns: [column.name], ...target, validated: true });
  } else if (key(cursor) === 'CONSTRAINT' || key(cursor) === 'CHECK') constraints.push(check(cursor));
  else if (key(cursor) === 'GENERATED' || key(cursor) === 'AS') column.generated = generated(cursor);
  else if (!isCosmetic(cursor)) refuse(cursor);
}

/** `[CONSTRAINT [name]] CHECK (expression) [[NOT] ENFORCED]`. */
export function check(cursor: Cursor): Constraint {
  const named = accept(cursor, 'CONSTRAINT') && key(cursor) !== 'CHECK' ? name(cursor) : undefined;
  if (!accept(cursor, 'CHECK')) refuse(cursor);
  const expression = rest(parentheses(cursor));
  const enforced = !accept(cursor, 'NOT', 'ENFORCED');
  accept(cursor, 'ENFORCED');
  return { kind: 'check', ...(named === undefined ? {} : { name: named }), expression, validated: enforced };
}

function generated(cursor: Cursor): NonNullable<Column['generated']> {
  accept(cursor, 'GENERATED', 'ALWAYS');
  if (!accept(cursor, 'AS')) refuse(cursor);
  const expression = rest(parentheses(cursor));
  const kind = acceptOne(cursor, 'VIRTUAL', 'STORED', 'PERSISTENT');
  return { expression, stored: kind === 'STORED' || kind === 'PERSISTENT' };
}

/** Attributes that change neither what the column holds nor how the table is locked. */
function isCosmetic(cursor: Cursor): boolean {
  if (acceptOne(cursor, 'ASCII', 'UNICODE', 'BINARY', 'BYTE', 'VISIBLE', 'INVISIBLE', 'COMPRESSED') !== undefined)
    return true;
  if (accept(cursor, 'WITHOUT', 'SYSTEM', 'VERSIONING') || accept(cursor, 'WITH', 'SYSTEM', 'VERSIONING')) return true;
  const takesValue =
    accept(cursor, 'CHARACTER', 'SET') ||
    undefined !==
      acceptOne(
        cursor,
        'CHARSET',
        'COLLATE',
        'SRID',
        'REF_SYSTEM_ID',
        'COLUMN_FORMAT',
        'STORAGE',
        'ENGINE_ATTRIBUTE',
        'SECONDARY_ENGINE_ATTRIBUTE',
      );
  if (!takesValue) return false;
  accept(cursor, '=');
  if (isAtEnd(cursor)) refuse(cursor);
  cursor.at++;
  return true;
}

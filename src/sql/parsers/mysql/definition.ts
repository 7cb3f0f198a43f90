import type { Constraint, Index } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { type ColumnDefinition, check, columnDefinition } from './column.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  expect,
  ifNotExists,
  isAtEnd,
  key,
  name,
  parentheses,
  parts,
  refuse,
} from './cursor.ts';
import { indexBody, indexKind, indexOf } from './indexes.ts';
import { references } from './references.ts';

/** One element of a table's definition. */
export type Definition =
  | ({ readonly kind: 'column' } & ColumnDefinition)
  | { readonly kind: 'index'; readonly index: Index }
  | { readonly kind: 'constraint'; readonly constraint: Constraint };

/** Whether what comes next is an index or a constraint rather than a column: these words cannot be unquoted names. */
export function beginsKeyOrConstraint(cursor: Cursor): boolean {
  return (
    /^(?:CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK|INDEX|KEY|FULLTEXT|SPATIAL)$/.test(key(cursor)) ||
    isVectorIndex(cursor)
  );
}

function isVectorIndex(cursor: Cursor): boolean {
  return key(cursor) === 'VECTOR' && (key(cursor, 1) === 'INDEX' || key(cursor, 1) === 'KEY');
}

/** One element, to its end. */
export function definition(cursor: Cursor, table: ObjectName): Definition {
  if (!beginsKeyOrConstraint(cursor)) return { kind: 'column', ...columnDefinition(cursor) };
  const element = keyOrConstraint(cursor, table);
  if (!isAtEnd(cursor)) refuse(cursor);
  return element;
}

function keyOrConstraint(cursor: Cursor, table: ObjectName): Definition {
  if (key(cursor) === 'CHECK') return { kind: 'constraint', constraint: check(cursor) };
  const constraintName = nameOfConstraint(cursor);
  if (key(cursor) === 'CHECK') return { kind: 'constraint', constraint: named(check(cursor), constraintName) };
  if (accept(cursor, 'PRIMARY', 'KEY')) {
    const body = indexBody(cursor, undefined);
    return {
      kind: 'constraint',
      constraint: named({ kind: 'primary-key', columns: columnsOf(body.keys) }, constraintName),
    };
  }
  if (accept(cursor, 'FOREIGN', 'KEY')) return { kind: 'constraint', constraint: foreignKey(cursor, constraintName) };
  if (accept(cursor, 'UNIQUE')) {
    acceptOne(cursor, 'INDEX', 'KEY');
    const body = indexBody(cursor, undefined);
    // A key on an expression is no constraint that a list of columns can tell.
    if (body.keys.some(({ column }) => column === undefined))
      return { kind: 'index', index: indexOf(table, body, true) };
    const own = constraintName ?? body.name;
    return {
      kind: 'constraint',
      constraint: named({ kind: 'unique', columns: columnsOf(body.keys) }, body.name ?? own),
    };
  }
  if (constraintName !== undefined) refuse(cursor);
  const kind = indexKind(cursor);
  if (acceptOne(cursor, 'INDEX', 'KEY') === undefined && kind === undefined) refuse(cursor);
  return { kind: 'index', index: indexOf(table, indexBody(cursor, kind), false) };
}

/** `CONSTRAINT [name]`; the name may be left out even where the word is not. */
function nameOfConstraint(cursor: Cursor): string | undefined {
  if (!accept(cursor, 'CONSTRAINT')) return undefined;
  ifNotExists(cursor);
  return beginsKeyOrConstraint(cursor) ? undefined : name(cursor);
}

function foreignKey(cursor: Cursor, constraintName: string | undefined): Constraint {
  ifNotExists(cursor);
  const indexName = key(cursor) === '(' ? undefined : name(cursor);
  const columns = parts(parentheses(cursor)).map(name);
  if (key(cursor) !== 'REFERENCES') expect(cursor, 'REFERENCES');
  return named({ kind: 'foreign-key', columns, ...references(cursor), validated: true }, constraintName ?? indexName);
}

function named(constraint: Constraint, own: string | undefined): Constraint {
  return own === undefined ? constraint : { ...constraint, name: own };
}

function columnsOf(keys: Index['keys']): readonly string[] {
  return keys.map(({ column, expression }) => column ?? expression ?? '');
}

import { columnsIn } from '../../apply/mentions.ts';
import type { Catalog, Table } from '../../catalog.ts';
import type { Column, Constraint, Index } from '../../change.ts';
import { readType } from '../../type-text.ts';
import { underlying } from '../domains.ts';

/**
 * The indexes on a column that are built again although its rows stay (PostgreSQL source, CheckIndexCompatible): all that
 * sort by it, when the operators or the collation change; always those with a condition or an expression, and GIN indexes of
 * arrays, of which PostgreSQL does not find out that they would still do.
 */
export function rebuiltIndexes(table: Table, column: Column, isSortedAnew: boolean): readonly string[] {
  const indexes = table.indexes.filter((index) => isRebuilt(index, column, isSortedAnew)).map(({ name }) => name);
  const constraints = table.constraints
    .filter((constraint) => isConstraintRebuilt(constraint, column.name, isSortedAnew))
    .map(({ name }) => name);
  return [...indexes, ...constraints].flatMap((name) => name ?? []);
}

function isRebuilt({ keys, include, where, method }: Index, { name, type }: Column, isSortedAnew: boolean): boolean {
  const mentions = (text: string | undefined) => text !== undefined && columnsIn(text, [name]).length > 0;
  const isKey = keys.some((key) => key.column === name);
  if (isKey && (isSortedAnew || (method === 'gin' && readType(type).isArray))) return true;
  const isCompared = where !== undefined || keys.some(({ expression }) => expression !== undefined);
  const isInvolved = isKey || include.includes(name) || mentions(where) || keys.some((key) => mentions(key.expression));
  return isCompared && isInvolved;
}

function isConstraintRebuilt(constraint: Constraint, column: string, isSortedAnew: boolean): boolean {
  if (!isSortedAnew) return false;
  if (constraint.kind === 'primary-key' || constraint.kind === 'unique') return constraint.columns.includes(column);
  return constraint.kind === 'exclusion' && columnsIn(constraint.definition, [column]).length > 0;
}

/** The checks on a column that are verified again: those that are valid (PostgreSQL source, ATPostAlterTypeParse). */
export function verifiedChecks(table: Table, column: string): readonly string[] {
  return table.constraints.flatMap((constraint) => {
    if (constraint.kind !== 'check' || !constraint.validated) return [];
    return columnsIn(constraint.expression, [column]).length > 0 ? (constraint.name ?? []) : [];
  });
}

const collatable: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'bpchar', 'citext']);

/** The collation by which a column sorts: its own, else its domain's, else the database's. */
export function collationOf(column: Pick<Column, 'type' | 'collation'>, catalog: Pick<Catalog, 'domains'>): string {
  const below = underlying(column.type, catalog);
  if (!collatable.has(readType(below.type).base)) return '';
  return column.collation ?? below.collation ?? '"default"';
}

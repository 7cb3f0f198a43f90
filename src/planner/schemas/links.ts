import type { Table } from '../../sql/catalog.ts';
import type { Constraint } from '../../sql/change.ts';
import { keyOf } from '../../sql/name.ts';

/** How the rows of two tables belong to each other, one to one at most. */
export interface Link {
  /** The columns that hold the same in rows that belong together. */
  readonly pairs: readonly { readonly source: string; readonly target: string }[];
  /** Who refers to whom, by a foreign key; `none`: they have the same primary key. */
  readonly refers: 'target' | 'source' | 'none';
  /** Whether deleting a row that is referred to deletes the one that refers to it. */
  readonly cascades: boolean;
}

/**
 * The link between the table that columns leave and the one where they go: a foreign key from one to the primary key of the other over
 * columns that are unique, or the same primary key. Anything else would make one value many, or many one.
 */
export function linkBetween(source: Table, target: Table): Link | undefined {
  const there = referring(target, source);
  if (there !== undefined) return { ...there, refers: 'target' };
  const back = referring(source, target);
  if (back !== undefined)
    return {
      pairs: back.pairs.map((pair) => ({ source: pair.target, target: pair.source })),
      refers: 'source',
      cascades: back.cascades,
    };
  return sameKey(source, target);
}

/** A key that each table numbers for itself, or that stands beside a reference to the other one, means something else in each. */
function sameKey(source: Table, target: Table): Link | undefined {
  const [one, other] = [primaryKey(source), primaryKey(target)];
  const isSame = isSameSet(one, other) && one.every((name) => typeOf(source, name) === typeOf(target, name));
  const isOwn = target.columns.some(
    ({ name, identity, default: value }) => other.includes(name) && (identity !== undefined || value !== undefined),
  );
  if (!isSame || isOwn || refersAtAll(source, target) || refersAtAll(target, source)) return undefined;
  return { pairs: one.map((name) => ({ source: name, target: name })), refers: 'none', cascades: false };
}

function refersAtAll(from: Table, to: Table): boolean {
  return from.constraints.some((key) => key.kind === 'foreign-key' && keyOf(key.references) === keyOf(to.name));
}

/** The pairs of a foreign key `from` one table to the primary key of another, where each row is referred to once. */
function referring(from: Table, to: Table): Omit<Link, 'refers'> | undefined {
  for (const key of from.constraints) {
    if (key.kind !== 'foreign-key' || keyOf(key.references) !== keyOf(to.name)) continue;
    const primary = primaryKey(to);
    const referenced = key.referencedColumns.length === 0 ? primary : key.referencedColumns;
    if (!isSameSet(referenced, primary) || !isUnique(from, key.columns)) continue;
    const pairs = key.columns.map((column, at) => ({ source: referenced[at] ?? '', target: column }));
    return { pairs, cascades: key.onDelete === 'cascade' };
  }
  return undefined;
}

function isUnique({ constraints, indexes }: Table, columns: readonly string[]): boolean {
  // ON CONFLICT takes no key that is checked later (INSERT, "ON CONFLICT Clause").
  const isKey = (constraint: Constraint) =>
    (constraint.kind === 'primary-key' || constraint.kind === 'unique') &&
    constraint.deferrable === undefined &&
    isSameSet(constraint.columns, columns);
  return (
    constraints.some(isKey) ||
    indexes.some(
      ({ unique, where, keys }) =>
        unique &&
        where === undefined &&
        isSameSet(
          keys.map(({ column = '' }) => column),
          columns,
        ),
    )
  );
}

export function primaryKey({ constraints }: Table): readonly string[] {
  const found = constraints.find(({ kind }) => kind === 'primary-key');
  return found?.kind === 'primary-key' ? found.columns : [];
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && one.length === other.length && one.every((each) => other.includes(each));
}

function typeOf({ columns }: Table, name: string): string | undefined {
  return columns.find((column) => column.name === name)?.type;
}

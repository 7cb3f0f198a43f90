import type { Table } from '../catalog.ts';
import type { BodyOf, Column, Constraint, Index } from '../change.ts';
import type { Attribute } from '../changes/types.ts';
import { keyOf } from '../name.ts';
import type { Draft } from './draft.ts';
import { withoutSerial } from './sequences.ts';

/** What a new table takes over from others; `open` where one of them is not known well enough. */
export interface Copied {
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly open: boolean;
}

/** Bits of INCLUDING (PostgreSQL source, TableLikeOption). */
const including = { comments: 1, constraints: 4, defaults: 8, generated: 16, identity: 32, indexes: 64 };

/** What LIKE, INHERITS and PARTITION OF bring into a new table. */
export function copiedInto(draft: Draft, change: BodyOf<'create-table'>): Copied {
  const copies = [
    ...(change.ofType === undefined ? [] : [typed(draft.composites.get(keyOf(change.ofType)))]),
    ...(change.like ?? []).map(({ table, options }) => like(draft.tables.get(keyOf(table)), options)),
    ...(change.inherits ?? []).map((parent) => inherited(draft.tables.get(keyOf(parent)))),
    ...(change.partitionOf === undefined ? [] : [partition(draft.tables.get(keyOf(change.partitionOf)))]),
  ];
  return {
    columns: copies.flatMap(({ columns }) => columns),
    constraints: copies.flatMap(({ constraints }) => constraints),
    indexes: copies.flatMap(({ indexes }) => indexes),
    open: copies.some(({ open }) => open) || change.columnsFrom !== undefined,
  };
}

/** The columns of a typed table. */
function typed(attributes: readonly Attribute[] | undefined): Copied {
  if (attributes === undefined) return nothingKnown;
  const columns = attributes.map((attribute) => ({ ...attribute, nullable: true }));
  return { columns, constraints: [], indexes: [], open: false };
}

const nothingKnown: Copied = { columns: [], constraints: [], indexes: [], open: true };

function like(table: Table | undefined, options: number): Copied {
  if (table === undefined) return nothingKnown;
  const has = (bit: number) => (options & bit) !== 0;
  return {
    columns: spelledOut(table).map(({ default: value, identity, generated, comment, ...column }) => ({
      ...column,
      ...(value !== undefined && has(including.defaults) ? { default: value } : {}),
      ...(identity !== undefined && has(including.identity) ? { identity } : {}),
      ...(generated !== undefined && has(including.generated) ? { generated } : {}),
      ...(comment !== undefined && has(including.comments) ? { comment } : {}),
    })),
    constraints: table.constraints
      .filter(({ kind }) => {
        if (kind === 'check') return has(including.constraints);
        return kind === 'not-null' || (kind !== 'foreign-key' && has(including.indexes));
      })
      .map(withoutIndexName),
    indexes: has(including.indexes)
      ? table.indexes.map(
          ({ name: _name, only: _only, invalid: _invalid, partitionOf: _partitionOf, ...index }) => index,
        )
      : [],
    open: table.open,
  };
}

/** A copy draws from the sequence of the serial column that it is of. */
function spelledOut({ name, columns }: Table): readonly Column[] {
  return columns.map((column) => withoutSerial(name, column));
}

/** Indexes, keys, foreign keys, identity and comments are not inherited (manual, "Inheritance"). */
function inherited(table: Table | undefined): Copied {
  if (table === undefined) return nothingKnown;
  return {
    columns: spelledOut(table).map(({ comment: _comment, identity: _identity, ...column }) => ({
      ...column,
      inherited: true,
    })),
    constraints: table.constraints.filter(isHeritable).map((constraint) => ({ ...constraint, inherited: true })),
    indexes: [],
    open: table.open,
  };
}

/** Whether the tables that inherit get the constraint as well. */
export function isHeritable(constraint: Constraint): constraint is Extract<Constraint, { kind: 'check' | 'not-null' }> {
  return (constraint.kind === 'check' || constraint.kind === 'not-null') && constraint.noInherit !== true;
}

function partition(table: Table | undefined): Copied {
  if (table === undefined) return nothingKnown;
  return {
    columns: spelledOut(table).map(({ comment: _comment, ...column }) => column),
    constraints: table.constraints.map(withoutIndexName),
    indexes: table.indexes.map(({ name, only: _only, invalid: _invalid, ...index }) => ({
      ...index,
      ...(name === undefined ? {} : { partitionOf: { ...table.name, name } }),
    })),
    open: table.open,
  };
}

/** A check keeps its name in the copy; what owns an index needs one of its own. */
export function withoutIndexName(constraint: Constraint): Constraint {
  if (constraint.kind === 'check' || constraint.kind === 'foreign-key' || constraint.kind === 'not-null') {
    return constraint;
  }
  const { name: _name, ...rest } = constraint;
  return rest;
}

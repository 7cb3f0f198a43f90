import { applyChange } from '../sql/apply/index.ts';
import { makeObjectName } from '../sql/apply/names.ts';
import { type Catalog, tableOf } from '../sql/catalog.ts';
import type { BodyOf, Constraint, Index } from '../sql/change.ts';
import { defaultSchema, type ObjectName } from '../sql/name.ts';

export type Named<Thing> = Thing & { readonly name: string };

/**
 * A change with the names that PostgreSQL would give to what it makes without one. A plan that says them ends with the same
 * names as the direct DDL, whatever order its steps build things in.
 */
export function nameTable(change: BodyOf<'create-table'>, catalog: Catalog): BodyOf<'create-table'> {
  const made = tableOf(applyChange(catalog, change).catalog, change.table);
  return made === undefined ? change : { ...change, constraints: made.constraints, indexes: made.indexes };
}

export function nameConstraint(table: ObjectName, constraint: Constraint, catalog: Catalog): Named<Constraint> {
  if (constraint.name !== undefined) return { ...constraint, name: constraint.name };
  const after = applyChange(catalog, { kind: 'add-constraint', table, constraint }).catalog;
  return { ...constraint, name: newName(tableOf(catalog, table)?.constraints, tableOf(after, table)?.constraints) };
}

export function nameIndex(index: Index, catalog: Catalog): Named<Index> {
  if (index.name !== undefined) return { ...index, name: index.name };
  const after = applyChange(catalog, { kind: 'create-index', index, concurrently: false, ifNotExists: false }).catalog;
  return { ...index, name: newName(tableOf(catalog, index.table)?.indexes, tableOf(after, index.table)?.indexes) };
}

type Things = readonly { readonly name?: string }[] | undefined;

function newName(before: Things, after: Things): string {
  const known = new Set(before?.map(({ name }) => name));
  const name = after?.find((thing) => !known.has(thing.name))?.name;
  if (name === undefined) throw new Error('the catalog gave no name to a new index or constraint');
  return name;
}

/** A free name for a constraint that is gone again when the plan has ended. */
export function temporaryName(table: ObjectName, column: string, label: string, catalog: Catalog): string {
  const taken = new Set(tableOf(catalog, table)?.constraints.map(({ name }) => name));
  for (let pass = 0; ; pass++) {
    const name = makeObjectName(table.name, column, pass === 0 ? label : `${label}${pass}`);
    if (!taken.has(name)) return name;
  }
}

/** The name with its schema, for statements and look-ups that must not depend on the search path. */
export function qualified(name: ObjectName): Required<ObjectName> {
  return { schema: name.schema ?? defaultSchema, name: name.name };
}

import { applyChange } from '../sql/apply/index.ts';
import { makeObjectName } from '../sql/apply/names.ts';
import { type Catalog, type Table, tableOf } from '../sql/catalog.ts';
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

/** A free name for a constraint, an index or a function that is gone again, or has got its own name, when the plan has ended. */
export function temporaryName(table: ObjectName, column: string, label: string, catalog: Catalog): string {
  return freeName(namesBeside(table, catalog), table.name, column, label);
}

/** A free name for a column that is gone again, or has got its own name, when the plan has ended. */
export function temporaryColumn(table: Table, column: string, label: string): string {
  return freeName(new Set(table.columns.map(({ name }) => name)), column, '', label);
}

function freeName(taken: ReadonlySet<string>, first: string, second: string, label: string): string {
  for (let pass = 0; ; pass++) {
    const name = makeObjectName(first, second, pass === 0 ? label : `${label}${pass}`);
    if (!taken.has(name)) return name;
  }
}

/** The names of relations and functions in the table's schema, and of the table's constraints. */
function namesBeside({ schema = defaultSchema, name: own }: ObjectName, catalog: Catalog): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, indexes, constraints } of catalog.tables.values()) {
    if ((name.schema ?? defaultSchema) !== schema) continue;
    names.add(name.name);
    for (const index of indexes) names.add(index.name ?? '');
    for (const constraint of constraints) {
      const isRelation = constraint.kind !== 'check' && constraint.kind !== 'foreign-key';
      if (isRelation || name.name === own) names.add(constraint.name ?? '');
    }
  }
  const beside = [catalog.views, catalog.sequences, catalog.functions, catalog.enums, catalog.domains];
  for (const key of beside.flatMap((map) => [...map.keys()]))
    if (key.startsWith(`${schema}.`)) names.add(key.slice(schema.length + 1));
  return names;
}

/** The name with its schema, for statements and look-ups that must not depend on the search path. */
export function qualified(name: ObjectName): Required<ObjectName> {
  return { schema: name.schema ?? defaultSchema, name: name.name };
}

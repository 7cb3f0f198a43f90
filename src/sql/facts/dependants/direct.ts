import { columnsIn, namesRelation } from '../../apply/mentions.ts';
import { constraintInvolves, indexInvolves } from '../../apply/table-edits.ts';
import type { Catalog, Table, View } from '../../catalog.ts';
import type { Constraint } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { ownerOf, tablesThatMayReference } from '../locks/relations.ts';
import { policyText } from './expressions.ts';
import { cascaded, constraintObject, type Links, viewObject } from './links.ts';
import type { SchemaObject } from './objects.ts';
import { ownersOfType, usersOfExtension, usersOfFunction, usersOfSequence, usersOfType } from './uses.ts';

/**
 * What depends on an object directly, as PostgreSQL tracks it (manual, "Dependency Tracking"; source, dependency.c and its
 * callers). A function's body is a text to it, so nothing in one depends on anything.
 */
export function linksOf(catalog: Catalog, object: SchemaObject): Links {
  switch (object.kind) {
    case 'schema':
      return contentsOf(catalog, object.name.name);
    case 'extension':
      return usersOfExtension(catalog, object.name.name);
    case 'table':
      return usersOfTable(catalog, object.name);
    case 'view':
    case 'materialized-view':
      return usersOfRelation(catalog, object.name);
    case 'column':
      return usersOfColumn(catalog, object.of, object.part);
    case 'constraint':
      return usersOfConstraint(catalog, object.of, object.part);
    case 'index':
      return usersOfIndex(catalog, object.name);
    case 'sequence':
      return usersOfSequence(catalog, object.name);
    case 'type':
      return usersOfType(catalog, object.name);
    case 'function':
      return usersOfFunction(catalog, object.name);
    case 'default':
    case 'trigger':
    case 'policy':
    case 'attribute':
      return nothing();
  }
}

function* nothing(): Links {}

function* contentsOf(catalog: Catalog, schema: string): Links {
  const isInside = (key: string) => key.startsWith(`${schema}.`);
  for (const [key, { name }] of catalog.tables) if (isInside(key)) yield cascaded({ kind: 'table', name });
  for (const [key, view] of catalog.views) if (isInside(key)) yield cascaded(viewObject(view));
  for (const [key, { name }] of catalog.sequences) if (isInside(key)) yield cascaded({ kind: 'sequence', name });
  for (const [kind, map] of [
    ['type', catalog.enums],
    ['type', catalog.domains],
    ['type', catalog.composites],
    ['function', catalog.functions],
  ] as const) {
    for (const key of map.keys()) {
      if (isInside(key)) yield cascaded({ kind, name: { schema, name: key.slice(schema.length + 1) } });
    }
  }
}

function* usersOfTable(catalog: Catalog, name: ObjectName): Links {
  yield* usersOfRelation(catalog, name);
  yield* ownersOfType(catalog, name);
  for (const { table, key } of foreignKeysTo(catalog, name)) {
    if (keyOf(table.name) !== keyOf(name)) yield cascaded(constraintObject(table, key));
  }
  for (const child of childrenOf(catalog, name)) {
    yield { object: { kind: 'table', name: child.name }, automatic: child.partitionOf !== undefined };
  }
  for (const { name: sequence, ownedBy } of catalog.sequences.values()) {
    const isOwned = ownedBy !== undefined && keyOf(ownedBy.table) === keyOf(name);
    if (isOwned) yield { object: { kind: 'sequence', name: sequence }, automatic: true };
  }
}

/** Of a table or a view: the views that read it, and the policies of other tables that look into it. */
function* usersOfRelation(catalog: Catalog, name: ObjectName): Links {
  for (const view of viewsThatMayRead(catalog, name)) if (reads(view, name)) yield cascaded(viewObject(view));
  for (const table of tablesWithPolicies(catalog)) {
    for (const policy of table.policies ?? []) {
      const isOther = keyOf(table.name) !== keyOf(name);
      if (isOther && namesRelation(policyText(policy), name))
        yield cascaded({ kind: 'policy', of: table.name, part: policy.name });
    }
  }
}

/** The views, generated columns, policies and triggers that name a column. */
export function* readersOfColumn(catalog: Catalog, of: ObjectName, column: string): Links {
  for (const view of viewsThatMayRead(catalog, of)) if (reads(view, of, column)) yield cascaded(viewObject(view));
  yield* policiesOn(catalog, of, column);
  const table = catalog.tables.get(keyOf(of));
  if (table === undefined) return;
  yield* generatedFrom(table, column);
  for (const { name, columns = [] } of table.triggers ?? [])
    if (columns.includes(column)) yield cascaded({ kind: 'trigger', of, part: name });
}

function* generatedFrom(table: Table, column: string): Links {
  for (const { name, generated } of table.columns) {
    if (generated !== undefined && columnsIn(generated.expression, [column]).length > 0)
      yield cascaded({ kind: 'column', of: table.name, part: name });
  }
}

function* usersOfColumn(catalog: Catalog, of: ObjectName, column: string): Links {
  const table = catalog.tables.get(keyOf(of));
  yield* readersOfColumn(catalog, of, column);
  for (const { table: other, key } of foreignKeysTo(catalog, of)) {
    if (key.referencedColumns.includes(column)) yield cascaded(constraintObject(other, key));
  }
  for (const child of childrenOf(catalog, of)) {
    const own = child.columns.find(({ name }) => name === column);
    // What a child has of its own stays with it.
    if (own !== undefined && (child.partitionOf !== undefined || own.inherited === true))
      yield { object: { kind: 'column', of: child.name, part: column }, automatic: true };
  }
  for (const { name, ownedBy } of catalog.sequences.values()) {
    const isOwned = ownedBy?.column === column && keyOf(ownedBy.table) === keyOf(of);
    if (isOwned) yield { object: { kind: 'sequence', name }, automatic: true };
  }
  if (table !== undefined) yield* ownUsersOfColumn(table, column);
}

function* ownUsersOfColumn(table: Table, column: string): Links {
  const of = table.name;
  for (const constraint of table.constraints) {
    if (constraintInvolves(constraint, column)) yield { object: constraintObject(table, constraint), automatic: true };
  }
  for (const index of table.indexes) {
    if (indexInvolves(index, column))
      yield { object: { kind: 'index', name: { ...of, name: index.name ?? '' } }, automatic: true };
  }
}

/** Every table, where nobody keeps which ones have some. */
function tablesWithPolicies({ tables, guarded }: Catalog): Iterable<Table> {
  return guarded === undefined ? tables.values() : [...guarded].flatMap((key) => tables.get(key) ?? []);
}

/** Policies depend on the columns that they name, in whatever table they stand. */
function* policiesOn(catalog: Catalog, of: ObjectName, column: string): Links {
  for (const table of tablesWithPolicies(catalog)) {
    for (const policy of table.policies ?? []) {
      const text = policyText(policy);
      const isMeant = keyOf(table.name) === keyOf(of) || namesRelation(text, of);
      if (isMeant && columnsIn(text, [column]).length > 0)
        yield cascaded({ kind: 'policy', of: table.name, part: policy.name });
    }
  }
}

/** A foreign key relies on the primary key or unique constraint over exactly the columns that it refers to. */
function* usersOfConstraint(catalog: Catalog, of: ObjectName, name: string): Links {
  const table = catalog.tables.get(keyOf(of));
  const constraint = table?.constraints.find((each) => each.name === name);
  if (constraint?.kind !== 'primary-key' && constraint?.kind !== 'unique') return;
  for (const { table: other, key } of foreignKeysTo(catalog, of)) {
    const isMeant =
      key.referencedColumns.length === 0
        ? constraint.kind === 'primary-key'
        : isSameSet(key.referencedColumns, constraint.columns);
    if (isMeant) yield cascaded(constraintObject(other, key));
  }
}

/** A foreign key may rely on a unique index that no constraint owns. */
function* usersOfIndex(catalog: Catalog, name: ObjectName): Links {
  const table = ownerOf(name, catalog);
  const index = table?.indexes?.find((each) => each.name === name.name);
  if (table === undefined || 'query' in table || index === undefined) return;
  const columns = index.keys.flatMap(({ column }) => column ?? []);
  const isKey = index.unique && index.where === undefined && columns.length === index.keys.length;
  const isConstrained = table.constraints.some(
    (each) => (each.kind === 'primary-key' || each.kind === 'unique') && isSameSet(each.columns, columns),
  );
  if (!isKey || isConstrained) return;
  for (const { table: other, key } of foreignKeysTo(catalog, table.name)) {
    if (isSameSet(key.referencedColumns, columns)) yield cascaded(constraintObject(other, key));
  }
}

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;

function* foreignKeysTo(
  catalog: Catalog,
  target: ObjectName,
): Generator<{ readonly table: Table; readonly key: ForeignKey }> {
  const wanted = keyOf(target);
  for (const table of tablesThatMayReference(wanted, catalog)) {
    for (const constraint of table.constraints) {
      if (constraint.kind !== 'foreign-key' || constraint.references.name !== target.name) continue;
      if (keyOf(constraint.references) === wanted) yield { table, key: constraint };
    }
  }
}

/** Every view, where nobody keeps which ones do. */
function viewsThatMayRead({ views, readers }: Catalog, relation: ObjectName): Iterable<View> {
  if (readers === undefined) return views.values();
  const keys = [...(readers.get(keyOf(relation)) ?? []), ...(readers.get('') ?? [])];
  return keys.flatMap((key) => views.get(key) ?? []);
}

function* childrenOf(catalog: Catalog, parent: ObjectName): Generator<Table> {
  const key = keyOf(parent);
  if (catalog.children !== undefined) {
    for (const child of catalog.children.get(key) ?? []) {
      const table = catalog.tables.get(child);
      if (table !== undefined) yield table;
    }
    return;
  }
  for (const table of catalog.tables.values()) {
    const parents = [...(table.partitionOf === undefined ? [] : [table.partitionOf]), ...(table.inherits ?? [])];
    if (parents.some((each) => keyOf(each) === key)) yield table;
  }
}

/** Whether a view reads a relation, or that column of it. Of a view whose query was not taken apart, its words decide. */
function reads({ uses, query }: View, relation: ObjectName, column?: string): boolean {
  if (uses === undefined) {
    if (!namesRelation(query, relation)) return false;
    return column === undefined || query.includes('*') || columnsIn(query, [column]).length > 0;
  }
  const use = uses.find((each) => each.relation.name === relation.name && keyOf(each.relation) === keyOf(relation));
  return use !== undefined && (column === undefined || use.columns === 'all' || use.columns.includes(column));
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}

import { passesOver } from '../apply/optional.ts';
import { type Catalog, columnOf, type Table, tableOf } from '../catalog.ts';
import type { Change, ChangeOf, Constraint, Index } from '../change.ts';
import type { FunctionDefinition } from '../changes/routines.ts';
import { display, keyOf, type ObjectName } from '../name.ts';

/** Something that a change makes and that exists already. */
export interface Duplicate {
  /** What exists, as words: `table \`orders\``. */
  readonly what: string;
  /** IF NOT EXISTS passes over it, and then this is how it differs from what is written. */
  readonly hidden?: string;
}

/** What a change makes although it is there already; `undefined`: nothing, or IF NOT EXISTS and OR REPLACE see to it. */
export function duplicateOf(change: Change, catalog: Catalog): Duplicate | undefined {
  if (passesOver(change, catalog)) return undefined;
  switch (change.kind) {
    case 'create-schema':
      return catalog.schemas.has(change.schema) && !change.ifNotExists
        ? { what: `schema \`${change.schema}\`` }
        : undefined;
    case 'create-table':
      return change.temporary ? undefined : duplicateTable(change, catalog);
    case 'create-view':
      return duplicateView(change, catalog);
    case 'create-index':
      return duplicateIndex(change, catalog);
    case 'create-sequence':
      return change.ifNotExists ? undefined : duplicateRelation(change.sequence, catalog);
    case 'create-enum':
    case 'create-composite':
      return duplicateType(change.type, catalog);
    case 'create-domain':
      return duplicateType(change.domain, catalog);
    case 'rename-type':
      return duplicateType({ ...change.type, name: change.to }, catalog);
    case 'add-enum-value': {
      const exists = catalog.enums.get(keyOf(change.type))?.includes(change.value) === true;
      return exists && change.ifNotExists !== true
        ? { what: `value \`${change.value}\` of \`${display(change.type)}\`` }
        : undefined;
    }
    case 'create-extension': {
      const exists = catalog.extensions.has(change.extension) && change.ifNotExists !== true;
      return exists ? { what: `extension \`${change.extension}\`` } : undefined;
    }
    case 'create-function':
      return duplicateFunction(change.function, change.definition, catalog);
    case 'create-trigger':
      return change.replace ? undefined : duplicatePart(change.table, 'triggers', change.trigger, catalog);
    case 'create-policy':
      return duplicatePart(change.table, 'policies', change.policy, catalog);
    case 'add-column':
      return duplicateColumn(change, catalog);
    case 'rename-column': {
      const table = tableOf(catalog, change.table);
      return table !== undefined && columnOf(table, change.to) !== undefined
        ? column(change.table, change.to)
        : undefined;
    }
    case 'add-constraint':
      return duplicateConstraint(change, catalog);
    case 'rename-table':
      return duplicateRelation({ ...change.table, name: change.to }, catalog);
    case 'rename-index':
      return duplicateRelation({ ...change.index, name: change.to }, catalog);
    default:
      return undefined;
  }
}

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

function duplicateTable(change: Of<'create-table'>, catalog: Catalog): Duplicate | undefined {
  const existing = tableOf(catalog, change.table);
  // The rows of a table are a type of its name (manual, CREATE TABLE, Notes).
  if (existing === undefined) {
    const other = duplicateRelation(change.table, catalog);
    if (other !== undefined) return change.ifNotExists ? { ...other, hidden: 'it is no table' } : other;
    return duplicateType(change.table, catalog) ?? duplicateKey(change, catalog);
  }
  // A table that is only known from what altered it is made here.
  if (existing.open && existing.columns.length === 0) return undefined;
  const what = `table \`${display(change.table)}\``;
  if (!change.ifNotExists) return { what };
  if (
    existing.open ||
    change.columnsFrom !== undefined ||
    change.ofType !== undefined ||
    change.partitionOf !== undefined
  )
    return undefined;
  if ((change.like ?? change.inherits ?? []).length > 0) return undefined;
  const hidden = differenceOf(change, existing);
  return hidden === undefined ? undefined : { what, hidden };
}

/** A key's name is that of its index, which a table under another name may still have. */
function duplicateKey({ table, constraints }: Of<'create-table'>, catalog: Catalog): Duplicate | undefined {
  for (const constraint of constraints) {
    if (constraint.name === undefined || !ownsIndex(constraint)) continue;
    const found = duplicateRelation({ ...table, name: constraint.name }, catalog);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownsIndex({ kind }: Constraint): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclusion';
}

/** The first column that is there on one side only, or with another type. */
function differenceOf({ columns }: Of<'create-table'>, existing: Table): string | undefined {
  for (const { name, type } of columns) {
    const known = columnOf(existing, name);
    if (known === undefined) return `it has no column \`${name}\``;
    if (known.type !== type) return `its column \`${name}\` is ${known.type}`;
  }
  return undefined;
}

function duplicateView(
  { view, replace, ifNotExists, materialized }: Of<'create-view'>,
  catalog: Catalog,
): Duplicate | undefined {
  if (ifNotExists === true) return undefined;
  const existing = catalog.views.get(keyOf(view));
  if (existing === undefined) return duplicateRelation(view, catalog);
  return replace && !materialized && !existing.materialized ? undefined : { what: `view \`${display(view)}\`` };
}

function duplicateIndex({ index, ifNotExists }: Of<'create-index'>, catalog: Catalog): Duplicate | undefined {
  if (index.name === undefined) return undefined;
  const name = { ...index.table, name: index.name };
  const owner = catalog.owners?.get(keyOf(name));
  if (owner === undefined || !ifNotExists) return ifNotExists ? undefined : duplicateRelation(name, catalog);
  const existing = catalog.tables.get(owner)?.indexes.find((each) => each.name === index.name);
  const what = `index \`${display(name)}\``;
  if (owner !== keyOf(index.table)) return { what, hidden: `it is on \`${owner.replace(/^public\./, '')}\`` };
  if (existing === undefined || sameKeys(existing, index)) return undefined;
  return { what, hidden: `it is on ${keysOf(existing)}` };
}

function sameKeys(one: Index, other: Index): boolean {
  return keysOf(one) === keysOf(other) && one.unique === other.unique && one.method === other.method;
}

function keysOf({ keys }: Index): string {
  return `(${keys.map(({ column, expression, descending }) => `${column ?? expression}${descending === true ? ' desc' : ''}`).join(', ')})`;
}

function duplicateColumn(
  { table, column: added, ifNotExists }: Of<'add-column'>,
  catalog: Catalog,
): Duplicate | undefined {
  const known = tableOf(catalog, table);
  const existing = known === undefined ? undefined : columnOf(known, added.name);
  if (existing === undefined) return undefined;
  const found = column(table, added.name);
  if (!ifNotExists) return found;
  return existing.type === added.type ? undefined : { ...found, hidden: `it is ${existing.type}` };
}

function column(table: ObjectName, name: string): Duplicate {
  return { what: `column \`${name}\` of \`${display(table)}\`` };
}

function duplicateConstraint(
  { table: owner, constraint, inline }: ChangeOf<'add-constraint'>,
  catalog: Catalog,
): Duplicate | undefined {
  const { name } = constraint;
  const table = tableOf(catalog, owner);
  if (table === undefined) return undefined;
  const key = table.constraints.find(({ kind }) => kind === 'primary-key');
  // ADD COLUMN IF NOT EXISTS of a column that has the key already makes no other.
  const isThere = key?.kind === 'primary-key' && inline !== undefined && key.columns.join() === inline;
  if (constraint.kind === 'primary-key' && key !== undefined && !isThere) {
    return { what: `a primary key of \`${display(owner)}\`` };
  }
  if (name === undefined) return undefined;
  if (table.constraints.some((each) => each.name === name))
    return { what: `constraint \`${name}\` of \`${display(owner)}\`` };
  const takesOver = 'usingIndex' in constraint && constraint.usingIndex !== undefined;
  return ownsIndex(constraint) && !takesOver ? duplicateRelation({ ...owner, name }, catalog) : undefined;
}

/** Tables, views, indexes and sequences share one room of names in a schema (manual, CREATE TABLE, Description). */
function duplicateRelation(name: ObjectName, catalog: Catalog): Duplicate | undefined {
  const key = keyOf(name);
  const table = catalog.tables.get(key);
  if (table !== undefined)
    return table.open && table.columns.length === 0 ? undefined : { what: `table \`${display(name)}\`` };
  if (catalog.views.has(key)) return { what: `view \`${display(name)}\`` };
  if (catalog.sequences.has(key)) return { what: `sequence \`${display(name)}\`` };
  return catalog.owners?.has(key) === true ? { what: `index \`${display(name)}\`` } : undefined;
}

function duplicateType(name: ObjectName, catalog: Catalog): Duplicate | undefined {
  const key = keyOf(name);
  const exists = catalog.enums.has(key) || catalog.domains.has(key) || catalog.composites.has(key);
  if (exists) return { what: `type \`${display(name)}\`` };
  return catalog.tables.has(key) ? duplicateRelation(name, catalog) : undefined;
}

function duplicateFunction(name: ObjectName, definition: FunctionDefinition, catalog: Catalog): Duplicate | undefined {
  if (definition.replace) return undefined;
  const overloads = catalog.functions.get(keyOf(name)) ?? [];
  const wanted = definition.arguments.join();
  return overloads.some((each) => each.arguments.join() === wanted)
    ? { what: `function \`${display(name)}\`` }
    : undefined;
}

function duplicatePart(
  table: ObjectName,
  part: 'policies' | 'triggers',
  name: string,
  catalog: Catalog,
): Duplicate | undefined {
  const parts: readonly { readonly name: string }[] = tableOf(catalog, table)?.[part] ?? [];
  if (!parts.some((each) => each.name === name)) return undefined;
  return { what: `${part === 'policies' ? 'policy' : 'trigger'} \`${name}\` of \`${display(table)}\`` };
}

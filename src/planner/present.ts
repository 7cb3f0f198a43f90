import { canonicalJson } from '../kernel/hash.ts';
import { type Catalog, columnOf, type Table, tableOf } from '../sql/catalog.ts';
import type { BodyOf, ChangeBody, Column, Constraint, Index } from '../sql/change.ts';
import { display, keyOf, type ObjectName } from '../sql/name.ts';
import { findIndex } from './recipes/drop-index.ts';

/**
 * Whether the catalog shows already what a change would bring: `true`, `false`, or the sentence of what stands in its way.
 * So a plan made from its own outcome is empty, and a goal is never planned twice.
 */
export function isPresent(change: ChangeBody, catalog: Catalog): boolean | string {
  switch (change.kind) {
    case 'create-schema':
      return catalog.schemas.has(change.schema);
    case 'create-extension':
      return catalog.extensions.has(change.extension);
    case 'create-enum':
      return enumPresent(change, catalog);
    case 'add-enum-value':
      return catalog.enums.get(keyOf(change.type))?.includes(change.value) ?? false;
    case 'create-table':
      return tablePresent(change, catalog);
    case 'drop-table':
      return tableOf(catalog, change.table) === undefined && change.ifExists;
    case 'rename-table':
      return (
        tableOf(catalog, change.table) === undefined &&
        tableOf(catalog, { ...change.table, name: change.to }) !== undefined
      );
    case 'drop-constraint':
      return (
        gone(catalog, change.table, ({ constraints }) => constraints.every(({ name }) => name !== change.name)) &&
        change.ifExists
      );
    case 'rename-constraint':
      return gone(
        catalog,
        change.table,
        ({ constraints }) =>
          constraints.some(({ name }) => name === change.to) && constraints.every(({ name }) => name !== change.name),
      );
    case 'add-constraint':
      return constraintPresent(change, catalog);
    case 'create-index':
      return indexPresent(change.index, catalog);
    case 'drop-index':
      return (
        change.ifExists &&
        findIndex([...catalog.tables.values()], change.index) === undefined &&
        !isConstraint(catalog, change.index)
      );
    case 'rename-index':
      return (
        findIndex([...catalog.tables.values()], { ...change.index, name: change.to }) !== undefined &&
        findIndex([...catalog.tables.values()], change.index) === undefined
      );
    default:
      return 'table' in change && change.table !== undefined ? inTable(change, tableOf(catalog, change.table)) : false;
  }
}

function inTable(change: ChangeBody, table: Table | undefined): boolean | string {
  if (table === undefined) return false;
  const has = (column: string) => columnOf(table, column);
  switch (change.kind) {
    case 'add-column':
      return columnPresent(change, has(change.column.name));
    case 'drop-column':
      return has(change.column) === undefined && change.ifExists;
    case 'rename-column':
      return has(change.column) === undefined && has(change.to) !== undefined;
    case 'change-column-type':
      return has(change.column)?.type === change.type;
    case 'set-logged':
      return (table.unlogged === true) === !change.logged;
    case 'add-identity':
      return has(change.column)?.identity === change.identity;
    case 'drop-identity':
      return has(change.column) !== undefined && has(change.column)?.identity === undefined;
    case 'set-expression':
      return has(change.column)?.generated?.expression === change.expression;
    case 'drop-expression':
      return has(change.column) !== undefined && has(change.column)?.generated === undefined;
    case 'set-not-null':
      return has(change.column)?.nullable === false;
    case 'drop-not-null':
      return has(change.column)?.nullable === true;
    case 'set-default':
      return has(change.column)?.default?.sql === change.default.sql;
    case 'drop-default':
      return has(change.column) !== undefined && has(change.column)?.default === undefined;
    case 'validate-constraint':
      return table.constraints.some(
        (constraint) => constraint.name === change.name && (!('validated' in constraint) || constraint.validated),
      );
    case 'comment': {
      const comment = change.column === undefined ? table.comment : has(change.column)?.comment;
      return (comment ?? null) === change.comment;
    }
    default:
      return false;
  }
}

function enumPresent({ type, values }: BodyOf<'create-enum'>, { enums }: Catalog): boolean | string {
  const present = enums.get(keyOf(type));
  if (present === undefined) return false;
  return (
    values.every((value) => present.includes(value)) ||
    `type ${display(type)} exists with the values ${present.join(', ')}`
  );
}

function tablePresent({ table, columns }: BodyOf<'create-table'>, catalog: Catalog): boolean | string {
  const present = tableOf(catalog, table);
  if (present === undefined) return false;
  const differs = columns.find((column) => columnOf(present, column.name)?.type !== column.type);
  return (
    differs === undefined ||
    `table ${display(table)} exists, but not with a column ${differs.name} of type ${differs.type}`
  );
}

/** Nullability is not compared: a required column is a goal of its own (`set-not-null`). */
function columnPresent({ table, column }: BodyOf<'add-column'>, present: Column | undefined): boolean | string {
  if (present === undefined) return false;
  return present.type === column.type || `column ${display(table)}.${column.name} exists with type ${present.type}`;
}

function constraintPresent({ table, constraint }: BodyOf<'add-constraint'>, catalog: Catalog): boolean | string {
  const known = tableOf(catalog, table);
  if (constraint.kind === 'not-null')
    return known !== undefined && columnOf(known, constraint.column)?.nullable === false;
  const same = known?.constraints.find(
    (present) =>
      (constraint.name === undefined || constraint.name === present.name) &&
      shapeOf(present, catalog) === shapeOf(constraint, catalog),
  );
  if (same !== undefined) return true;
  const taken = known?.constraints.some(({ name }) => name !== undefined && name === constraint.name) ?? false;
  return taken && `constraint ${constraint.name} of ${display(table)} exists with another definition`;
}

/** What a constraint demands, without its name and spelling: the target of a foreign key is its primary key unless said. */
function shapeOf(constraint: Constraint, catalog: Catalog): string {
  const plain = { ...constraint, name: undefined, usingIndex: undefined, validated: true };
  if (constraint.kind === 'check') {
    return canonicalJson({ ...plain, expression: constraint.expression.replace(/[\s()]+/g, ' ').trim() });
  }
  if (constraint.kind !== 'foreign-key') return canonicalJson(plain);
  const { references, referencedColumns, onDelete = 'no action', onUpdate = 'no action' } = constraint;
  const primary = tableOf(catalog, references)?.constraints.find(({ kind }) => kind === 'primary-key');
  const implied = primary?.kind === 'primary-key' ? primary.columns : [];
  const target = referencedColumns.length === 0 ? implied : referencedColumns;
  return canonicalJson({ ...plain, references: keyOf(references), referencedColumns: target, onDelete, onUpdate });
}

function indexPresent(index: Index, catalog: Catalog): boolean | string {
  const shape = (each: Index) => canonicalJson({ ...each, name: undefined, table: keyOf(each.table) });
  const known = tableOf(catalog, index.table)?.indexes ?? [];
  if (
    known.some(
      (present) => (index.name === undefined || index.name === present.name) && shape(present) === shape(index),
    )
  )
    return true;
  return (
    known.some(({ name }) => name !== undefined && name === index.name) &&
    `index ${index.name} exists with another definition`
  );
}

function isConstraint(catalog: Catalog, index: ObjectName): boolean {
  return [...catalog.tables.values()].some(({ constraints }) => constraints.some(({ name }) => name === index.name));
}

function gone(catalog: Catalog, table: ObjectName, test: (table: Table) => boolean): boolean {
  const known = tableOf(catalog, table);
  return known !== undefined && test(known);
}

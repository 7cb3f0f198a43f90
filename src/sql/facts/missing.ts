import { type Catalog, type Table, tableOf } from '../catalog.ts';
import type { Change, Column, Constraint, Index } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import {
  functionExists,
  ownTypeExists,
  relationExists,
  schemaExists,
  sequenceExists,
  typeExists,
} from './existence.ts';

type CreateTable = Extract<Change, { kind: 'create-table' }>;

export function missingForTable(change: CreateTable, catalog: Catalog): string | undefined {
  const { table, columns, constraints, partitionOf, inherits = [], like = [] } = change;
  const sources = [...(partitionOf === undefined ? [] : [partitionOf]), ...inherits, ...like.map((each) => each.table)];
  const isWhole = sources.length === 0 && change.columnsFrom === undefined && change.ofType === undefined;
  const known: Table = { name: table, columns, constraints: [], indexes: [], open: !isWhole };
  return (
    (change.temporary ? undefined : missingSchema(table.schema, catalog)) ??
    firstMissing(sources, catalog) ??
    first(columns, (column) => (column.type === '' ? undefined : missingType(column, catalog))) ??
    first(constraints, (constraint) => missingForConstraint(table, constraint, catalog, known))
  );
}

export function missingForConstraint(
  owner: ObjectName,
  constraint: Constraint,
  catalog: Catalog,
  table = tableOf(catalog, owner),
): string | undefined {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return first(constraint.columns, (column) => missingIn(table, column));
    case 'not-null':
      return missingIn(table, constraint.column);
    case 'foreign-key': {
      const { columns, references, referencedColumns } = constraint;
      const own = first(columns, (column) => missingIn(table, column));
      if (own !== undefined) return own;
      const isSelf = keyOf(references) === keyOf(owner);
      const target = isSelf ? table : tableOf(catalog, references);
      if (!isSelf && target === undefined) return missingRelation(references, catalog);
      return first(referencedColumns, (column) => missingIn(target, column));
    }
    case 'check':
    case 'exclusion':
      return undefined;
  }
}

export function missingForIndex({ table, keys, include }: Index, catalog: Catalog): string | undefined {
  const columns = [...keys.flatMap(({ column }) => column ?? []), ...include];
  return firstMissingColumn(table, columns, catalog);
}

export function missingSchema(schema: string | undefined, catalog: Catalog): string | undefined {
  return schemaExists(schema, catalog) ? undefined : `schema \`${schema}\``;
}

export function missingTable(table: ObjectName, catalog: Catalog): string | undefined {
  return missingRelation(table, catalog);
}

export function missingRelation(name: ObjectName, catalog: Catalog, what = 'table'): string | undefined {
  if (relationExists(name, catalog)) return undefined;
  return missingSchema(name.schema, catalog) ?? `${what} \`${display(name)}\``;
}

export function firstMissing(names: readonly ObjectName[], catalog: Catalog): string | undefined {
  return first(names, (name) => missingRelation(name, catalog, 'table or view'));
}

/** GRANT ... ON TABLE is of sequences too. */
export function firstMissingGrant(names: readonly ObjectName[], catalog: Catalog): string | undefined {
  return first(names, (name) =>
    sequenceExists(name, catalog) ? undefined : missingRelation(name, catalog, 'table or view'),
  );
}

export function missingColumn(table: ObjectName, column: string, catalog: Catalog): string | undefined {
  return missingRelation(table, catalog) ?? missingIn(tableOf(catalog, table), column);
}

export function firstMissingColumn(
  table: ObjectName,
  columns: readonly string[],
  catalog: Catalog,
): string | undefined {
  const known = tableOf(catalog, table);
  return known === undefined ? undefined : first(columns, (column) => missingIn(known, column));
}

function missingIn(table: Table | undefined, column: string): string | undefined {
  if (table === undefined || table.open || systemColumns.has(column)) return undefined;
  if (table.columns.some(({ name }) => name === column)) return undefined;
  return `column \`${column}\` in table \`${display(table.name)}\``;
}

/** Columns that every table has (manual, "System Columns"). */
const systemColumns: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);

export function missingConstraint(
  { table: name, name: constraint }: { readonly table: ObjectName; readonly name: string },
  catalog: Catalog,
): string | undefined {
  const missing = missingTable(name, catalog);
  const table = tableOf(catalog, name);
  if (missing !== undefined || table === undefined || table.open) return missing;
  if (table.constraints.some((each) => each.name === constraint)) return undefined;
  // Since 18 every NOT NULL is a constraint with a name (manual, release notes of 18).
  if (/_not_null\d*$/.test(constraint) && table.columns.some(({ nullable }) => !nullable)) return undefined;
  return `constraint \`${constraint}\` on table \`${display(name)}\``;
}

export function missingPart(
  name: ObjectName,
  part: 'policies' | 'triggers',
  wanted: string,
  catalog: Catalog,
): string | undefined {
  const table = tableOf(catalog, name);
  const parts: readonly { readonly name: string }[] | undefined = table?.[part];
  if (table === undefined || table.open || table.partitionOf !== undefined || parts === undefined) return undefined;
  if (parts.some((each) => each.name === wanted)) return undefined;
  return `${part === 'policies' ? 'policy' : 'trigger'} \`${wanted}\` on table \`${display(name)}\``;
}

export function missingType({ type }: Pick<Column, 'type'>, catalog: Catalog): string | undefined {
  // A partition's column takes the type that its table has.
  return type === '' || typeExists(type, catalog) ? undefined : `type \`${type}\``;
}

export function missingOwnType(name: ObjectName, catalog: Catalog, what = 'type'): string | undefined {
  if (catalog.extensions.size > 0 || ownTypeExists(name, catalog)) return undefined;
  return missingSchema(name.schema, catalog) ?? `${what} \`${display(name)}\``;
}

export function missingFunction(name: ObjectName, catalog: Catalog, what = 'function'): string | undefined {
  return functionExists(name, catalog) ? undefined : `${what} \`${display(name)}\``;
}

export function missingValue(type: ObjectName, value: string | undefined, catalog: Catalog): string | undefined {
  const values = catalog.enums.get(keyOf(type));
  if (value === undefined || values === undefined || values.includes(value)) return undefined;
  return `value \`${value}\` in enum \`${display(type)}\``;
}

function first<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

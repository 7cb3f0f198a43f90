import { type Catalog, type Table, tableOf } from '../catalog.ts';
import type { Change, Column, Constraint, Index } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import {
  functionExists,
  indexExists,
  ownTypeExists,
  relationExists,
  schemaExists,
  sequenceExists,
  typeExists,
} from './existence.ts';

/**
 * What a change refers to and a catalog of everything that exists does not have, as words: `table \`orders\``. `undefined`: it is
 * all there, or may be. What IF EXISTS passes over is not asked for.
 */
export function missingFor(change: Change, catalog: Catalog): string | undefined {
  switch (change.kind) {
    case 'drop-schema':
      return change.ifExists === true ? undefined : missingSchema(change.schema, catalog);
    case 'rename-schema':
      return missingSchema(change.schema, catalog);
    case 'create-table':
      return missingForTable(change, catalog);
    case 'drop-table':
      return change.ifExists ? undefined : missingTable(change.table, catalog);
    case 'rename-table':
      return missingRelation(change.table, catalog);
    case 'set-table-schema':
      return missingRelation(change.table, catalog) ?? missingSchema(change.to, catalog);
    case 'add-column':
      return missingTable(change.table, catalog) ?? missingType(change.column, catalog);
    case 'drop-column':
      return change.ifExists
        ? missingTable(change.table, catalog)
        : missingColumn(change.table, change.column, catalog);
    case 'change-column-type':
      return missingColumn(change.table, change.column, catalog) ?? missingType({ type: change.type }, catalog);
    case 'rename-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'add-identity':
    case 'drop-identity':
    case 'set-expression':
    case 'drop-expression':
      return missingColumn(change.table, change.column, catalog);
    case 'add-constraint':
      return missingTable(change.table, catalog) ?? missingForConstraint(change.table, change.constraint, catalog);
    case 'drop-constraint':
      return change.ifExists ? missingTable(change.table, catalog) : missingConstraint(change, catalog);
    case 'validate-constraint':
    case 'rename-constraint':
      return missingConstraint(change, catalog);
    case 'create-index':
      return missingRelation(change.index.table, catalog) ?? missingForIndex(change.index, catalog);
    case 'drop-index':
    case 'rename-index':
      if (change.kind === 'drop-index' && change.ifExists) return undefined;
      return indexExists(change.index, catalog) ? undefined : `index \`${display(change.index)}\``;
    case 'create-view':
      return (
        missingSchema(change.view.schema, catalog) ??
        firstMissing(
          (change.uses ?? []).map((use) => use.relation),
          catalog,
        )
      );
    case 'drop-view':
      return change.ifExists === true ? undefined : missingRelation(change.view, catalog, 'view');
    case 'create-sequence':
      return missingSchema(change.sequence.schema, catalog);
    case 'drop-sequence':
      if (change.ifExists || sequenceExists(change.sequence, catalog)) return undefined;
      return `sequence \`${display(change.sequence)}\``;
    case 'create-enum':
    case 'create-composite':
      return missingSchema(change.type.schema, catalog);
    case 'create-domain':
      return missingSchema(change.domain.schema, catalog) ?? missingType(change.definition, catalog);
    case 'add-enum-value':
      return missingOwnType(change.type, catalog) ?? missingValue(change.type, change.before ?? change.after, catalog);
    case 'rename-enum-value':
      return missingOwnType(change.type, catalog) ?? missingValue(change.type, change.value, catalog);
    case 'alter-composite':
    case 'rename-type':
    case 'set-type-schema':
      return missingOwnType(change.type, catalog);
    case 'drop-type':
      return change.ifExists === true ? undefined : missingOwnType(change.type, catalog);
    case 'alter-domain':
      return missingOwnType(change.domain, catalog, 'domain');
    case 'attach-partition':
    case 'detach-partition':
      return missingTable(change.table, catalog) ?? missingTable(change.partition, catalog);
    case 'set-inherit':
      return missingTable(change.table, catalog) ?? missingTable(change.parent, catalog);
    case 'set-logged':
    case 'set-row-security':
    case 'create-policy':
    case 'toggle-trigger':
      return missingTable(change.table, catalog);
    case 'create-trigger':
      return missingRelation(change.table, catalog) ?? missingFunction(change.function, catalog);
    case 'drop-function':
      // Aggregates are not in the catalog.
      if (change.ifExists || change.what === 'AGGREGATE') return undefined;
      return missingFunction(change.function, catalog, change.what.toLowerCase());
    case 'alter-policy':
      return missingTable(change.table, catalog) ?? missingPart(change.table, 'policies', change.policy, catalog);
    case 'drop-policy':
      if (change.ifExists) return undefined;
      return missingTable(change.table, catalog) ?? missingPart(change.table, 'policies', change.policy, catalog);
    case 'drop-trigger':
      if (change.ifExists) return undefined;
      return missingRelation(change.table, catalog) ?? missingPart(change.table, 'triggers', change.trigger, catalog);
    case 'comment':
      if (change.column === undefined) return missingRelation(change.table, catalog);
      return missingRelation(change.table, catalog) ?? missingColumn(change.table, change.column, catalog);
    case 'write-data':
      return (
        missingRelation(change.table, catalog) ??
        firstMissing(change.sources ?? [], catalog) ??
        firstMissingColumn(change.table, [...(change.sets ?? []), ...(change.columns ?? [])], catalog)
      );
    case 'query':
      return firstMissing(change.tables, catalog);
    case 'grant':
    case 'revoke':
      return change.on === 'table' ? firstMissingGrant(change.objects, catalog) : undefined;
    case 'maintain':
      if (change.index !== undefined && !indexExists(change.index, catalog))
        return `index \`${display(change.index)}\``;
      return change.table === undefined ? undefined : missingRelation(change.table, catalog);
    default:
      return undefined;
  }
}

type CreateTable = Extract<Change, { kind: 'create-table' }>;

function missingForTable(change: CreateTable, catalog: Catalog): string | undefined {
  const { table, columns, constraints, partitionOf, inherits = [], like = [] } = change;
  const sources = [...(partitionOf === undefined ? [] : [partitionOf]), ...inherits, ...like.map((each) => each.table)];
  const isWhole = sources.length === 0 && change.columnsFrom === undefined;
  const known: Table = { name: table, columns, constraints: [], indexes: [], open: !isWhole };
  return (
    (change.temporary ? undefined : missingSchema(table.schema, catalog)) ??
    firstMissing(sources, catalog) ??
    first(columns, (column) => missingType(column, catalog)) ??
    first(constraints, (constraint) => missingForConstraint(table, constraint, catalog, known))
  );
}

function missingForConstraint(
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

function missingForIndex({ table, keys, include }: Index, catalog: Catalog): string | undefined {
  const columns = [...keys.flatMap(({ column }) => column ?? []), ...include];
  return firstMissingColumn(table, columns, catalog);
}

function missingSchema(schema: string | undefined, catalog: Catalog): string | undefined {
  return schemaExists(schema, catalog) ? undefined : `schema \`${schema}\``;
}

function missingTable(table: ObjectName, catalog: Catalog): string | undefined {
  return missingRelation(table, catalog);
}

function missingRelation(name: ObjectName, catalog: Catalog, what = 'table'): string | undefined {
  if (relationExists(name, catalog)) return undefined;
  return missingSchema(name.schema, catalog) ?? `${what} \`${display(name)}\``;
}

function firstMissing(names: readonly ObjectName[], catalog: Catalog): string | undefined {
  return first(names, (name) => missingRelation(name, catalog, 'table or view'));
}

/** GRANT ... ON TABLE is of sequences too. */
function firstMissingGrant(names: readonly ObjectName[], catalog: Catalog): string | undefined {
  return first(names, (name) =>
    sequenceExists(name, catalog) ? undefined : missingRelation(name, catalog, 'table or view'),
  );
}

function missingColumn(table: ObjectName, column: string, catalog: Catalog): string | undefined {
  return missingRelation(table, catalog) ?? missingIn(tableOf(catalog, table), column);
}

function firstMissingColumn(table: ObjectName, columns: readonly string[], catalog: Catalog): string | undefined {
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

function missingConstraint(
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

function missingPart(
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

function missingType({ type }: Pick<Column, 'type'>, catalog: Catalog): string | undefined {
  return typeExists(type, catalog) ? undefined : `type \`${type}\``;
}

function missingOwnType(name: ObjectName, catalog: Catalog, what = 'type'): string | undefined {
  if (catalog.extensions.size > 0 || ownTypeExists(name, catalog)) return undefined;
  return missingSchema(name.schema, catalog) ?? `${what} \`${display(name)}\``;
}

function missingFunction(name: ObjectName, catalog: Catalog, what = 'function'): string | undefined {
  return functionExists(name, catalog) ? undefined : `${what} \`${display(name)}\``;
}

function missingValue(type: ObjectName, value: string | undefined, catalog: Catalog): string | undefined {
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

import type { Catalog, Table } from '../catalog.ts';
import { tableOf } from '../catalog.ts';
import type { BodyOf, Change, Constraint } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { alsoDropped, objectOf } from './dependants/dropped.ts';
import { nameObject, nameObjects, obstacles, typeObstacles } from './dependants/index.ts';
import { sequenceOf } from './dependants/uses.ts';
import { ownerOf, referrersOf } from './locks/relations.ts';

/**
 * Why PostgreSQL refuses a change for the sake of something else that exists, as a sentence without a full stop; `undefined`
 * where nothing is known to stand in the way. SQLSTATE 2BP01, 0A000, 42P16, 42601 or 42809 (source, dependency.c and tablecmds.c).
 */
export function refusalOf(change: Change, siblings: readonly Change[], catalog: Catalog): string | undefined {
  switch (change.kind) {
    case 'drop-table':
      return catalog.views.has(keyOf(change.table))
        ? `\`${display(change.table)}\` is a view, which DROP TABLE does not drop`
        : dependence(change, siblings, catalog);
    case 'drop-view':
      return wrongView(change, catalog) ?? dependence(change, siblings, catalog);
    case 'drop-column':
      return boundColumn(change.table, change.column, catalog) ?? dependence(change, siblings, catalog);
    case 'drop-constraint':
      return inheritedConstraint(change, catalog) ?? dependence(change, siblings, catalog);
    case 'drop-index':
      return neededIndex(change, catalog) ?? dependence(change, siblings, catalog);
    case 'drop-sequence':
      return identityOf(change, catalog) ?? dependence(change, siblings, catalog);
    case 'drop-schema':
    case 'drop-type':
    case 'drop-function':
    case 'drop-extension':
      return dependence(change, siblings, catalog);
    case 'change-column-type':
      return boundType(change, siblings, catalog);
    case 'drop-not-null':
      return requiredColumn(change, catalog);
    case 'drop-default':
      return computedColumn(change, catalog);
    case 'write-data':
      return referencedTable(change, siblings, catalog);
    default:
      return undefined;
  }
}

function dependence(change: Change, siblings: readonly Change[], catalog: Catalog): string | undefined {
  if ('cascade' in change && change.cascade === true) return undefined;
  const object = objectOf(change, catalog);
  if (object === undefined) return undefined;
  const found = obstacles(catalog, object, alsoDropped(object, siblings, catalog));
  if (found.length === 0) return undefined;
  return `${nameObjects(found)} ${found.length === 1 ? 'depends' : 'depend'} on ${nameObject(object)}`;
}

function wrongView({ view, materialized }: BodyOf<'drop-view'>, { tables, views }: Catalog): string | undefined {
  const name = display(view);
  if (tables.has(keyOf(view))) return `\`${name}\` is a table, which needs DROP TABLE`;
  const known = views.get(keyOf(view));
  if (known === undefined || known.materialized === materialized) return undefined;
  return known.materialized
    ? `\`${name}\` is a materialized view, which needs DROP MATERIALIZED VIEW`
    : `\`${name}\` is a plain view, which needs DROP VIEW`;
}

/** Columns that a table has from another, and columns by which it is partitioned, cannot be dropped in it. */
function boundColumn(table: ObjectName, column: string, catalog: Catalog): string | undefined {
  const known = tableOf(catalog, table);
  if (known?.partitionOf !== undefined)
    return `\`${column}\` is a column of the partitioned table \`${display(known.partitionOf)}\`, and can only be dropped there`;
  const parent = known?.inherits?.find((each) => hasColumn(tableOf(catalog, each), column));
  if (parent !== undefined)
    return `\`${column}\` is inherited from \`${display(parent)}\`, and can only be dropped there`;
  if (partitionKeys(known).includes(column)) return `\`${display(table)}\` is partitioned by \`${column}\``;
  return undefined;
}

function hasColumn(table: Table | undefined, column: string): boolean {
  return table?.columns.some(({ name }) => name === column) === true;
}

/** The plain columns in `RANGE (created_at, id)`. */
function partitionKeys(table: Table | undefined): readonly string[] {
  const inside = /\((.*)\)$/s.exec(table?.partitionBy ?? '')?.[1] ?? '';
  return inside.split(',').map((key) => key.trim().replace(/^"(.*)"$/, '$1'));
}

function inheritedConstraint({ table, name }: BodyOf<'drop-constraint'>, catalog: Catalog): string | undefined {
  const known = tableOf(catalog, table);
  const constraint = known?.constraints.find((each) => each.name === name);
  const parents = [...(known?.partitionOf === undefined ? [] : [known.partitionOf]), ...(known?.inherits ?? [])];
  if (constraint === undefined) return undefined;
  const isPartition = known?.partitionOf !== undefined;
  const from = parents.find((parent) =>
    tableOf(catalog, parent)?.constraints.some((each) =>
      constraint.kind === 'check'
        ? each.kind === 'check' && each.name === name
        : isPartition && isSameKey(each, constraint),
    ),
  );
  return from === undefined
    ? undefined
    : `\`${name}\` is inherited from \`${display(from)}\`, and can only be dropped there`;
}

/** A partition has the keys and foreign keys of its table, each under a name of its own. */
function isSameKey(one: Constraint, other: Constraint): boolean {
  if (one.kind !== other.kind || !('columns' in one) || !('columns' in other)) return false;
  return one.columns.join() === other.columns.join();
}

function identityOf({ sequence }: BodyOf<'drop-sequence'>, { tables, sequences }: Catalog): string | undefined {
  const key = keyOf(sequence);
  // One that was there before took the name, and the identity's own has another.
  if (sequences.has(key)) return undefined;
  for (const { name: table, columns } of tables.values()) {
    for (const { name, identity } of columns) {
      const isIdentity = identity === 'always' || identity === 'by-default';
      if (isIdentity && keyOf(sequenceOf(table, name)) === key)
        return `the identity column \`${name}\` of \`${display(table)}\` needs its sequence`;
    }
  }
  return undefined;
}

function neededIndex({ index }: BodyOf<'drop-index'>, catalog: Catalog): string | undefined {
  const owner = ownerOf(index, catalog);
  if (owner === undefined || 'query' in owner) return undefined;
  const own = owner.indexes.find(({ name }) => name === index.name);
  if (own?.partitionOf !== undefined)
    return `it belongs to the index \`${display(own.partitionOf)}\` of the partitioned table, and can only be dropped with that`;
  return own === undefined
    ? `the constraint \`${index.name}\` of \`${display(owner.name)}\` needs the index; drop the constraint instead`
    : undefined;
}

function boundType(
  { table, column }: BodyOf<'change-column-type'>,
  siblings: readonly Change[],
  catalog: Catalog,
): string | undefined {
  // ALTER TABLE drops before it changes types, in whatever order the commands stand (source, AlterTablePass).
  const isGone = (name: string) => siblings.some((each) => each.kind === 'drop-column' && each.column === name);
  const users = typeObstacles(catalog, table, column).filter((user) => user.kind !== 'column' || !isGone(user.part));
  const known = tableOf(catalog, table);
  const parents = [...(known?.partitionOf === undefined ? [] : [known.partitionOf]), ...(known?.inherits ?? [])];
  const parent = parents.find((each) => hasColumn(tableOf(catalog, each), column));
  if (parent !== undefined)
    return `\`${column}\` comes from \`${display(parent)}\`, and can only be given another type there`;
  if (users.length > 0) return `${nameObjects(users)} ${users.length === 1 ? 'uses' : 'use'} the column \`${column}\``;
  return partitionKeys(tableOf(catalog, table)).includes(column)
    ? `\`${display(table)}\` is partitioned by \`${column}\``
    : undefined;
}

function requiredColumn({ table, column }: BodyOf<'drop-not-null'>, catalog: Catalog): string | undefined {
  const known = tableOf(catalog, table);
  const isKey = known?.constraints.some((each) => each.kind === 'primary-key' && each.columns.includes(column));
  if (isKey === true) return `\`${column}\` is in the primary key of \`${display(table)}\``;
  const parent = known?.partitionOf === undefined ? undefined : tableOf(catalog, known.partitionOf);
  if (parent?.columns.some(({ name, nullable }) => name === column && !nullable) === true)
    return `\`${column}\` is required in \`${display(parent.name)}\`, of which this is a partition`;
  const identity = known?.columns.find(({ name }) => name === column)?.identity;
  return identity === 'always' || identity === 'by-default'
    ? `\`${column}\` is an identity column, which is always required`
    : undefined;
}

function computedColumn({ table, column }: BodyOf<'drop-default'>, catalog: Catalog): string | undefined {
  const known = tableOf(catalog, table)?.columns.find(({ name }) => name === column);
  if (known?.generated !== undefined) return `\`${column}\` is a generated column, which needs DROP EXPRESSION`;
  return known?.identity === 'always' || known?.identity === 'by-default'
    ? `\`${column}\` is an identity column, which needs DROP IDENTITY`
    : undefined;
}

function referencedTable(
  { verb, table, cascade }: BodyOf<'write-data'>,
  siblings: readonly Change[],
  catalog: Catalog,
): string | undefined {
  if (verb !== 'truncate' || cascade === true) return undefined;
  const together = new Set(siblings.flatMap((each) => (each.kind === 'write-data' ? keyOf(each.table) : [])));
  const other = referrersOf(table, catalog).find(({ table: { name } }) => !together.has(keyOf(name)));
  if (other === undefined) return undefined;
  return `\`${display(other.table.name)}\` refers to \`${display(table)}\` with a foreign key, even if it is empty`;
}

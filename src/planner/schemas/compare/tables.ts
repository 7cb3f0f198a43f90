import type { Catalog, Table } from '../../../sql/catalog.ts';
import type { Column, Constraint } from '../../../sql/change.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { attachmentKey, columnKey, constraintKey, gone, tableKey } from '../keys.ts';
import { compareColumns } from './columns.ts';
import * as constraints from './constraints.ts';
import {
  type Comparison,
  change,
  type Differences,
  droppingOf,
  makingOf,
  none,
  only,
  together,
} from './differences.ts';
import * as indexes from './indexes.ts';
import { endsOf } from './moves.ts';
import { isDetached } from './partitions.ts';

/** Tables with their columns, constraints and indexes. Tables that have another name have been renamed before. */
export function compareTables(comparison: Comparison): Differences {
  const { current, desired } = comparison;
  return together([
    ...[...desired.catalog.tables].map(([key, table]) => {
      const before = current.catalog.tables.get(key);
      return before === undefined ? created(table, comparison) : altered(before, table, comparison);
    }),
    ...[...current.catalog.tables]
      .filter(([key]) => !desired.catalog.tables.has(key))
      .map(([, table]) => dropped(table, comparison)),
  ]);
}

function altered(before: Table, after: Table, comparison: Comparison): Differences {
  const key = tableKey(after.name);
  const [was, is] = [comparison.current, comparison.desired].map(({ objects }) => objects.get(key)?.definition);
  if (was !== is) return { ...none, unsupported: [`table ${display(after.name)}: from "${was}" to "${is}"`] };
  return together([
    compareColumns(before, after, comparison),
    constraints.compareConstraints(before, after, comparison),
    indexes.compareIndexes(before, after, comparison),
  ]);
}

/**
 * A new table with its own keys and checks; foreign keys and indexes are goals of their own. A partition is made as a table by
 * itself and attached when it is complete, which does not lock its table for readers.
 */
function created(table: Table, comparison: Comparison): Differences {
  if (table.foreign === true) return none;
  const { name, partitionBy } = table;
  const own = constraints.own(table, comparison.desired);
  const elsewhere = own.filter((constraint) => refersElsewhere(constraint, table) || !isValid(constraint));
  const inside = [
    ...own.filter((constraint) => !elsewhere.includes(constraint)),
    ...inheritedChecks(table, comparison),
  ];
  const keys = [
    tableKey(name),
    ...table.columns.map((column) => columnKey(name, column.name)),
    ...inside.flatMap((constraint) => (constraint.name === undefined ? [] : [constraintKey(name, constraint.name)])),
  ];
  const orders = keys.map((key) => makingOf(key, comparison));
  const order = {
    makes: keys,
    needs: [...new Set(orders.flatMap(({ needs }) => needs))].filter((need) => !keys.includes(need)),
  };
  const body = {
    kind: 'create-table',
    table: name,
    columns: table.columns.map((column) => plain(column, table, comparison.desired.catalog)),
    constraints: inside,
    indexes: [],
    ifNotExists: false,
    temporary: false,
    ...(partitionBy === undefined ? {} : { partitionBy }),
  } as const;
  return only([
    change(body, order),
    ...elsewhere.map((constraint) => constraints.add(name, constraint, comparison)),
    ...indexes.own(table, comparison.desired).map((index) => indexes.add(name, index, comparison)),
  ]);
}

/** Comments are objects of their own; an identity comes to a partition from its table. */
function plain({ comment: _comment, identity, ...column }: Column, { partitionOf }: Table, _catalog: Catalog): Column {
  return identity === undefined || (partitionOf !== undefined && identity !== 'serial')
    ? column
    : { ...column, identity };
}

function refersElsewhere(constraint: Constraint, { name }: Table): boolean {
  return constraint.kind === 'foreign-key' && keyOf(constraint.references) !== keyOf(name);
}

function isValid(constraint: Constraint): boolean {
  return !('validated' in constraint) || constraint.validated;
}

/** A partition or child must have the checks of its table before it is attached; keys come with it. */
function inheritedChecks(table: Table, { desired }: Comparison): readonly Constraint[] {
  return table.constraints.filter(
    ({ kind, name }) =>
      kind === 'check' &&
      name !== undefined &&
      desired.objects.get(constraintKey(table.name, name))?.create.length === 0,
  );
}

/** Foreign keys between tables that all go are dropped first, because none of the tables can be while another refers to it. */
function dropped(table: Table, comparison: Comparison): Differences {
  const { name } = table;
  const { catalog } = comparison.desired;
  const foreign = constraints
    .own(table, comparison.current)
    .filter(
      (constraint) =>
        constraint.kind === 'foreign-key' &&
        refersElsewhere(constraint, table) &&
        !catalog.tables.has(keyOf(constraint.references)),
    );
  const parts = [
    ...table.columns.map((column) => columnKey(name, column.name)),
    ...table.constraints.flatMap((constraint) =>
      constraint.name === undefined ? [] : [constraintKey(name, constraint.name)],
    ),
  ];
  const orders = [tableKey(name), ...parts].map((key) => droppingOf(key, comparison));
  const own = new Set([tableKey(name), ...parts].flatMap((key) => [key, gone(key)]));
  const belongs = (need: string) =>
    own.has(need) && !foreign.some((constraint) => need === gone(constraintKey(name, constraint.name)));
  return only([
    ...foreign.map((constraint) => constraints.drop(name, constraint.name, comparison)),
    change(
      { kind: 'drop-table', table: name, ifExists: false, cascade: false },
      {
        makes: [...new Set(orders.flatMap(({ makes }) => makes))],
        needs: [
          ...new Set(orders.flatMap(({ needs }) => needs)),
          ...foreign.map((constraint) => gone(constraintKey(name, constraint.name))),
          ...(isDetached(table, comparison) ? [gone(attachmentKey(name))] : []),
          ...endsOf(name, comparison),
        ].filter((need) => !belongs(need)),
      },
    ),
  ]);
}

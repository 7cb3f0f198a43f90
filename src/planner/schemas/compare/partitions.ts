import type { Table } from '../../../sql/catalog.ts';
import type { SchemaObject } from '../../../sql/description.ts';
import { keyOf, type ObjectName } from '../../../sql/name.ts';
import type { Order } from '../goal.ts';
import { attachmentKey, columnKey, constraintKey, gone, indexKey, typed } from '../keys.ts';
import { type Comparison, makingOf } from './differences.ts';

/** The table of which another one is a partition in both schemas, or in neither; `undefined` where that changes. */
export function isTiedTheSame({ name }: Table, { current, desired }: Comparison): boolean {
  const [was, is] = [current, desired].map(({ catalog }) => catalog.tables.get(keyOf(name))?.partitionOf);
  return was === undefined || is === undefined ? was === is : keyOf(was) === keyOf(is);
}

/** Whether a partition leaves a table that stays. */
export function isDetached({ name, partitionOf }: Table, { desired }: Comparison): boolean {
  if (partitionOf === undefined || !desired.catalog.tables.has(keyOf(partitionOf))) return false;
  const after = desired.catalog.tables.get(keyOf(name))?.partitionOf;
  return after === undefined || keyOf(after) !== keyOf(partitionOf);
}

/** The order of a part of a table that becomes a partition or ceases to be one: made before it does, altered and dropped after. */
export function standing(order: Order, table: Table, comparison: Comparison): Order {
  if (isTiedTheSame(table, comparison)) return order;
  const key = attachmentKey(table.name);
  const parent = comparison.desired.catalog.tables.get(keyOf(table.name))?.partitionOf;
  const above = parent === undefined ? undefined : `constraint ${keyOf(parent)}.`;
  const needs = order.needs.filter((need) => need !== key && (above === undefined || !need.startsWith(above)));
  return comparison.current.objects.has(key) ? { ...order, needs: [...needs, gone(key)] } : { ...order, needs };
}

/** An attachment is made, or gets another bound: when the table has all that it must have, and no other partition is in the way. */
export function attachingOf({ key }: SchemaObject, comparison: Comparison): Order {
  const table = comparison.desired.catalog.tables.get(tableIn(key));
  const parent = table?.partitionOf;
  if (table === undefined || parent === undefined) return makingOf(key, comparison);
  const above = comparison.desired.catalog.tables.get(keyOf(parent));
  const own = makingOf(key, comparison, [
    ...partsOf(table),
    ...partsOf(above),
    ...goneColumns(table, comparison),
    ...othersBefore(table, parent, comparison),
  ]);
  return own;
}

/** The default partition goes last, so that its rows always have a place. */
export function detachingOf({ key }: SchemaObject, { current, desired }: Comparison): Order {
  const table = current.catalog.tables.get(tableIn(key));
  const parent = table?.partitionOf;
  const needs =
    table?.defaultPartition === true && parent !== undefined
      ? siblings(parent, desired).flatMap((each) => (each.defaultPartition === true ? [] : [attachmentKey(each.name)]))
      : [];
  return { makes: [gone(key)], needs };
}

export function tableIn(attachment: string): string {
  return attachment.slice('attachment of table '.length);
}

/** Bounds must not overlap: partitions that go, go before others take their place; then those that stay; the default partition is last. */
function othersBefore(table: Table, parent: ObjectName, { current, desired }: Comparison): readonly string[] {
  const isDefault = table.defaultPartition === true;
  const before = siblings(parent, current);
  const wasThere = before.some(({ name }) => keyOf(name) === keyOf(table.name));
  const going = before.filter((each) => {
    const after = desired.catalog.tables.get(keyOf(each.name))?.partitionOf;
    return after === undefined || keyOf(after) !== keyOf(parent);
  });
  const coming = siblings(parent, desired).filter(
    (each) => each.defaultPartition !== true && keyOf(each.name) !== keyOf(table.name),
  );
  const staying = coming.filter(({ name }) => before.some((each) => keyOf(each.name) === keyOf(name)));
  return [
    ...going.filter((each) => isDefault || each.defaultPartition !== true).map(({ name }) => gone(attachmentKey(name))),
    ...(isDefault ? coming : wasThere ? [] : staying).map(({ name }) => attachmentKey(name)),
  ];
}

function siblings(parent: ObjectName, { catalog }: Comparison['current']): readonly Table[] {
  return [...catalog.tables.values()].filter(
    ({ partitionOf }) => partitionOf !== undefined && keyOf(partitionOf) === keyOf(parent),
  );
}

/** What a partition must have in common with its table, so that nothing of it is built while it is attached. */
function partsOf(table: Table | undefined): readonly string[] {
  if (table === undefined) return [];
  const { name, columns, constraints, indexes } = table;
  const keys = columns.map((column) => columnKey(name, column.name));
  return [
    ...keys.flatMap((key) => [key, typed(key), `required ${key}`]),
    ...constraints.flatMap((each) => (each.name === undefined ? [] : [constraintKey(name, each.name)])),
    ...indexes.flatMap((each) => (each.name === undefined ? [] : [indexKey(name, each.name)])),
  ];
}

/** A partition has the columns of its table and no more. */
function goneColumns({ name, columns }: Table, { current }: Comparison): readonly string[] {
  const stay = new Set(columns.map((column) => column.name));
  const before = current.catalog.tables.get(keyOf(name))?.columns ?? [];
  return before.flatMap((column) => (stay.has(column.name) ? [] : [gone(columnKey(name, column.name))]));
}

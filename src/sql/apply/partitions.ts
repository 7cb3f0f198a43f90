import type { Table } from '../catalog.ts';
import type { BodyOf, Index } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { isAlike } from './alike.ts';
import { withConstraint } from './constraints.ts';
import { withoutIndexName } from './copied.ts';
import { alter, type Draft, type Problem, putTable, unknownTable } from './draft.ts';
import { childrenOf } from './family.ts';
import { createIndex, unknownIndex, withIndex } from './indexes.ts';

/**
 * The partition gets what it lacks of its parent's indexes, keys and foreign keys; its own index of the same form is taken
 * instead of a new one (manual, ALTER TABLE, ATTACH PARTITION).
 */
export function attachPartition(draft: Draft, { table, partition, bound }: BodyOf<'attach-partition'>): Problem {
  const parent = draft.tables.get(keyOf(table));
  const unknown = alter(draft, partition, (before) => {
    const isDefault = /^default$/i.test(bound.trim());
    let attached: Table = { ...before, partitionOf: table, ...(isDefault ? { defaultPartition: true } : {}) };
    for (const constraint of parent?.constraints ?? []) {
      if (!attached.constraints.some((each) => isAlike(each, constraint)))
        attached = withConstraint(draft, attached, withoutIndexName(constraint)).table;
    }
    for (const index of parent?.indexes ?? []) attached = withAttached(draft, attached, index, table);
    return attached;
  });
  return parent === undefined ? unknownTable(table) : unknown;
}

/** What was attached stays on the table, and belongs to it alone from here on. */
export function detachPartition(draft: Draft, { partition }: BodyOf<'detach-partition'>): Problem {
  return alter(draft, partition, ({ partitionOf: _partitionOf, defaultPartition: _default, ...table }) => ({
    ...table,
    // Identity is the parent's, which hands out the numbers.
    columns: table.columns.map(({ identity, ...column }) => (identity === 'serial' ? { ...column, identity } : column)),
    indexes: table.indexes.map(({ partitionOf: _index, ...index }) => index),
  }));
}

/** The index of a partitioned table becomes valid once each partition has one attached (manual, CREATE INDEX). */
export function attachIndex(draft: Draft, { index, partition }: BodyOf<'attach-index'>): Problem {
  const parent = ownerOf(draft, index);
  const child = ownerOf(draft, partition);
  if (parent === undefined) return unknownIndex(index);
  if (child === undefined) return unknownIndex(partition);
  putTable(
    draft,
    withIndexEdited(child, partition.name, (each) => ({ ...each, partitionOf: index })),
  );
  validate(draft, parent, index.name);
  return undefined;
}

function validate(draft: Draft, table: Table, name: string): void {
  const index = table.indexes.find((each) => each.name === name);
  if (index?.invalid !== true) return;
  const key = keyOf({ ...table.name, name });
  const isAttached = (partition: Table) =>
    partition.indexes.some(
      (each) => each.partitionOf !== undefined && keyOf(each.partitionOf) === key && each.invalid !== true,
    );
  if (!childrenOf(draft, table.name).every(isAttached)) return;
  putTable(
    draft,
    withIndexEdited(table, name, ({ invalid: _invalid, ...each }) => each),
  );
  const upper = index.partitionOf === undefined ? undefined : ownerOf(draft, index.partitionOf);
  if (upper !== undefined && index.partitionOf !== undefined) validate(draft, upper, index.partitionOf.name);
}

/**
 * An index of a partitioned table goes to its partitions as well; made ON ONLY the table, it is invalid as long as a partition
 * lacks its part (manual, CREATE INDEX).
 */
export function createIndexes(draft: Draft, change: BodyOf<'create-index'>): Problem {
  const problem = createIndex(draft, change);
  const table = draft.tables.get(keyOf(change.index.table));
  const index = table?.indexes.at(-1);
  if (table?.partitionBy === undefined || index === undefined) return problem;
  const partitions = childrenOf(draft, table.name);
  if (change.index.only !== true) spread(draft, table, index);
  else if (partitions.length > 0 && index.name !== undefined)
    putTable(
      draft,
      withIndexEdited(table, index.name, (each) => ({ ...each, invalid: true })),
    );
  return problem;
}

function spread(draft: Draft, table: Table, index: Index, seen: ReadonlySet<string> = new Set()): void {
  const above = new Set([...seen, keyOf(table.name)]);
  for (const partition of childrenOf(draft, table.name)) {
    // A text may tie tables in a circle, though no server would.
    if (above.has(keyOf(partition.name))) continue;
    const attached = withAttached(draft, partition, index, table.name);
    putTable(draft, attached);
    const part = attached.indexes.find(({ partitionOf }) => partitionOf?.name === index.name);
    if (attached.partitionBy !== undefined && part !== undefined) spread(draft, attached, part, above);
  }
}

/** The partition with an index that belongs to its parent's: one of its own that is the same, else a new one. */
function withAttached(draft: Draft, partition: Table, index: Index, parent: ObjectName): Table {
  const { name = '', only: _only, invalid: _invalid, partitionOf: _partitionOf, ...form } = index;
  const partitionOf: ObjectName = { ...parent, name };
  const own = partition.indexes.find((each) => each.partitionOf === undefined && shapeOf(each) === shapeOf(index));
  if (own === undefined) return withIndex(draft, partition, { ...form, table: partition.name, partitionOf });
  return { ...partition, indexes: partition.indexes.map((each) => (each === own ? { ...own, partitionOf } : each)) };
}

function withIndexEdited(table: Table, name: string, edit: (index: Index) => Index): Table {
  return { ...table, indexes: table.indexes.map((index) => (index.name === name ? edit(index) : index)) };
}

function ownerOf(draft: Draft, index: ObjectName): Table | undefined {
  return draft.tables.get(draft.owners.get(keyOf(index)) ?? '');
}

/** What two indexes must share for one to stand in for the other; names of tables and indexes aside. */
function shapeOf({ method, keys, include, unique, where, nullsNotDistinct }: Index): string {
  return JSON.stringify([method, keys, include, unique, where, nullsNotDistinct === true]);
}

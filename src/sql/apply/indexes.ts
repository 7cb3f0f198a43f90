import type { Table, View } from '../catalog.ts';
import type { BodyOf, Index } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, indexKey, lacks, type Problem, putTable, putView, unknownColumn } from './draft.ts';
import { childrenOf } from './family.ts';
import { indexName } from './names.ts';

export function createIndex(draft: Draft, { index, ifNotExists }: BodyOf<'create-index'>): Problem {
  const isKnown = index.name !== undefined && draft.owners.has(indexKey(index.table, index.name));
  if (isKnown && ifNotExists) return undefined;
  const view = draft.views.get(keyOf(index.table));
  if (view !== undefined) return indexView(draft, view, index);
  return alter(draft, index.table, (table) => {
    const missing = index.keys.find(({ column }) => column !== undefined && lacks(table, column));
    return missing === undefined ? withIndex(draft, table, index) : unknownColumn(table, missing.column ?? '');
  });
}

/** The table with one index more, named as the engine does it. */
export function withIndex(draft: Draft, table: Table, index: Index): Table {
  const named = { ...index, name: index.name ?? indexName(draft, table, index) };
  return { ...table, indexes: [...table.indexes, named] };
}

/** A materialized view has indexes too. */
function indexView(draft: Draft, view: View, index: Index): Problem {
  const name =
    index.name ?? indexName(draft, { ...view, columns: [], constraints: [], indexes: [], open: true }, index);
  putView(draft, { ...view, indexes: [...(view.indexes ?? []), { ...index, name }] });
  draft.owners.set(indexKey(view.name, name), keyOf(view.name));
  return undefined;
}

export function dropIndex(draft: Draft, change: BodyOf<'drop-index'>): Problem {
  if (change.cascade) takeAlong(draft, { kind: 'index', name: change.index }, true);
  const other = ({ name }: { readonly name?: string }) => name !== change.index.name;
  const view = draft.views.get(draft.owners.get(keyOf(change.index)) ?? '');
  if (view !== undefined) {
    draft.owners.delete(keyOf(change.index));
    putView(draft, { ...view, indexes: (view.indexes ?? []).filter(other) });
    return undefined;
  }
  const table = ownerOf(draft, change.index, change.table);
  if (table === undefined) return change.ifExists ? undefined : unknownIndex(change.index);
  // MySQL's unique constraints are indexes, and dropped as such.
  putTable(draft, { ...table, indexes: table.indexes.filter(other), constraints: table.constraints.filter(other) });
  editParts(draft, table, change.index.name, (part) => {
    dropIndex(draft, { ...change, index: part });
  });
  return undefined;
}

/** The indexes of partitions that belong to an index of their table. */
function editParts(draft: Draft, table: Table, name: string, edit: (part: ObjectName, partition: Table) => void): void {
  if (table.partitionBy === undefined) return;
  const whole = indexKey(table.name, name);
  for (const partition of childrenOf(draft, table.name)) {
    const part = partition.indexes.find((each) => each.partitionOf !== undefined && keyOf(each.partitionOf) === whole);
    if (part?.name !== undefined) edit({ ...partition.name, name: part.name }, partition);
  }
}

export function renameIndex(draft: Draft, { index, table: named, to }: BodyOf<'rename-index'>): Problem {
  const renamed = <Named extends { readonly name?: string }>(each: Named): Named =>
    each.name === index.name ? { ...each, name: to } : each;
  const view = draft.views.get(draft.owners.get(keyOf(index)) ?? '');
  if (view !== undefined) {
    draft.owners.delete(keyOf(index));
    draft.owners.set(indexKey(view.name, to), keyOf(view.name));
    putView(draft, { ...view, indexes: (view.indexes ?? []).map(renamed) });
    return undefined;
  }
  const table = ownerOf(draft, index, named);
  if (table === undefined) return unknownIndex(index);
  putTable(draft, { ...table, indexes: table.indexes.map(renamed), constraints: table.constraints.map(renamed) });
  editParts(draft, table, index.name, (part, partition) => {
    const partitionOf = { ...table.name, name: to };
    const indexes = partition.indexes.map((each) => (each.name === part.name ? { ...each, partitionOf } : each));
    putTable(draft, { ...partition, indexes });
  });
  return undefined;
}

/** MySQL names the table, since index names are unique only within one. */
function ownerOf(draft: Draft, index: ObjectName, table?: ObjectName): Table | undefined {
  const key = table === undefined ? draft.owners.get(keyOf(index)) : keyOf(table);
  return key === undefined ? undefined : draft.tables.get(key);
}

export function unknownIndex(index: ObjectName): string {
  return `index \`${display(index)}\` is not known`;
}

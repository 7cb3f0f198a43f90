import type { Catalog, Domain, Sequence, Table, View } from '../catalog.ts';
import type { Constraint, Index } from '../change.ts';
import type { FunctionDefinition } from '../changes/routines.ts';
import type { Attribute } from '../changes/types.ts';
import type { Engine } from '../engine.ts';
import { display, keyOf, type ObjectName } from '../name.ts';

/** What could not be applied, as a sentence without a full stop; `undefined` when all is well. */
export type Problem = string | undefined;

/**
 * A catalog that is being changed. Applying thousands of migrations by copying would cost square time, so changes go into one
 * draft, and only whole tables are replaced. A draft is also a {@link Catalog}, of the moment at which it is looked at.
 */
export interface Draft extends Catalog {
  readonly engine: Engine;
  readonly schemas: Set<string>;
  readonly tables: Map<string, Table>;
  readonly enums: Map<string, readonly string[]>;
  readonly domains: Map<string, Domain>;
  readonly composites: Map<string, readonly Attribute[]>;
  readonly sequences: Map<string, Sequence>;
  readonly functions: Map<string, readonly FunctionDefinition[]>;
  readonly views: Map<string, View>;
  readonly extensions: Set<string>;
  readonly settings: Map<string, string>;
  /** The key of the table to which an index belongs, by the index's key; constraints that own an index included. */
  readonly owners: Map<string, string>;
  /** The keys of a table's partitions and children, by its key. */
  readonly children: Map<string, Set<string>>;
  /** The key of a table's default partition, by its key. */
  readonly defaultPartitions: Map<string, string>;
  /** The keys of the tables whose foreign keys point at a table, by its key. */
  readonly referrers: Map<string, Set<string>>;
  /** The keys of the views that read a relation, by its key; under the empty text, those of which it is not known what they read. */
  readonly readers: Map<string, Set<string>>;
  /** The keys of the tables that have policies. */
  readonly guarded: Set<string>;
  /** Keys of temporary tables: they are no part of the schema, but naming them is no mistake. */
  readonly temporary: Set<string>;
}

/** A draft that begins as the catalog, which stays as it is. */
export function draftOf(catalog: Catalog): Draft {
  const draft: Draft = {
    engine: catalog.engine,
    schemas: new Set(catalog.schemas),
    tables: new Map(),
    enums: new Map(catalog.enums),
    domains: new Map(catalog.domains),
    composites: new Map(catalog.composites),
    sequences: new Map(catalog.sequences),
    functions: new Map(catalog.functions),
    views: new Map(),
    extensions: new Set(catalog.extensions),
    settings: new Map(catalog.settings),
    owners: new Map(),
    children: new Map(),
    referrers: new Map(),
    readers: new Map(),
    guarded: new Set(),
    defaultPartitions: new Map(),
    temporary: new Set(),
  };
  for (const table of catalog.tables.values()) putTable(draft, table);
  for (const view of catalog.views.values()) putView(draft, view);
  return draft;
}

/** The draft as it stands now, as a catalog that later changes to the draft do not reach. */
export function snapshot(draft: Draft): Catalog {
  return {
    engine: draft.engine,
    schemas: new Set(draft.schemas),
    tables: new Map(draft.tables),
    enums: new Map(draft.enums),
    domains: new Map(draft.domains),
    composites: new Map(draft.composites),
    sequences: new Map(draft.sequences),
    functions: new Map(draft.functions),
    views: new Map(draft.views),
    extensions: new Set(draft.extensions),
    settings: new Map(draft.settings),
  };
}

/** Makes of a draft what another is. */
export function restore(draft: Draft, to: Draft): void {
  for (const key of ['schemas', 'extensions', 'temporary', 'guarded'] as const)
    refill(draft[key], to[key], (set, each) => set.add(each));
  for (const key of maps)
    refill<[string, unknown], Map<string, unknown>>(draft[key], to[key], (map, each) => map.set(...each));
}

const maps = [
  'tables',
  'enums',
  'domains',
  'composites',
  'sequences',
  'functions',
  'views',
  'settings',
  'owners',
  'children',
  'referrers',
  'readers',
  'defaultPartitions',
] as const satisfies readonly (keyof Draft)[];

function refill<Item, Kept extends { clear(): void }>(
  kept: Kept,
  items: Iterable<Item>,
  add: (kept: Kept, item: Item) => void,
) {
  const all = [...items];
  kept.clear();
  for (const item of all) add(kept, item);
}

/** The table under its name, in place of the one that was there. Only what differs is entered anew: a table may have many indexes. */
export function putTable(draft: Draft, table: Table): void {
  const key = keyOf(table.name);
  const known = draft.tables.get(key);
  draft.tables.set(key, table);
  if ((table.policies?.length ?? 0) > 0) draft.guarded.add(key);
  else draft.guarded.delete(key);
  enterParts(draft, key, known, table);
  enterParents(draft, key, known, table);
  enterReferences(draft, key, known, table);
}

export function removeTable(draft: Draft, name: ObjectName): void {
  const key = keyOf(name);
  const known = draft.tables.get(key);
  if (known === undefined) return;
  draft.tables.delete(key);
  draft.guarded.delete(key);
  enterParts(draft, key, known, undefined);
  enterParents(draft, key, known, undefined);
  enterReferences(draft, key, known, undefined);
}

function enterParts(draft: Draft, key: string, before: Table | undefined, after: Table | undefined): void {
  const indexes = difference(before?.indexes, after?.indexes);
  const constraints = difference(before?.constraints, after?.constraints);
  if (before !== undefined) {
    for (const name of namesOf(indexes.gone, constraints.gone)) {
      const index = indexKey(before.name, name);
      if (draft.owners.get(index) === key) draft.owners.delete(index);
    }
  }
  if (after === undefined) return;
  for (const name of namesOf(indexes.come, constraints.come)) draft.owners.set(indexKey(after.name, name), key);
}

/** What one list has and the other lacks, by what they share at their beginning and end: a change is at one place. */
function difference<Item>(before: readonly Item[] = [], after: readonly Item[] = []) {
  if (before === after) return { gone: [], come: [] };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { gone: before.slice(start, before.length - end), come: after.slice(start, after.length - end) };
}

function enterParents(draft: Draft, key: string, before: Table | undefined, after: Table | undefined): void {
  if (before?.partitionOf === after?.partitionOf && before?.inherits === after?.inherits) return;
  if (before !== undefined) {
    for (const parent of parentsOf(before)) {
      draft.children.get(parent)?.delete(key);
      if (draft.defaultPartitions.get(parent) === key) draft.defaultPartitions.delete(parent);
    }
  }
  if (after === undefined) return;
  for (const parent of parentsOf(after)) {
    if (after.defaultPartition === true) draft.defaultPartitions.set(parent, key);
    enter(draft.children, parent, key);
  }
}

function enterReferences(draft: Draft, key: string, before: Table | undefined, after: Table | undefined): void {
  const { gone, come } = difference(before?.constraints, after?.constraints);
  const isOf = (target: string) => (each: Constraint) =>
    each.kind === 'foreign-key' && keyOf(each.references) === target;
  for (const target of targetsOf(gone)) {
    if (after?.constraints.some(isOf(target)) !== true) draft.referrers.get(target)?.delete(key);
  }
  for (const target of targetsOf(come)) enter(draft.referrers, target, key);
}

function targetsOf(constraints: readonly Constraint[]): readonly string[] {
  return constraints.flatMap((each) => (each.kind === 'foreign-key' ? [keyOf(each.references)] : []));
}

/** The view under its name, in place of the one that was there. */
export function putView(draft: Draft, view: View): void {
  removeView(draft, view.name);
  const key = keyOf(view.name);
  draft.views.set(key, view);
  for (const { name } of view.indexes ?? []) if (name !== undefined) draft.owners.set(indexKey(view.name, name), key);
  for (const relation of relationsIn(view)) enter(draft.readers, relation, key);
}

export function removeView(draft: Draft, name: ObjectName): void {
  const key = keyOf(name);
  const known = draft.views.get(key);
  if (known === undefined) return;
  draft.views.delete(key);
  for (const { name: index } of known.indexes ?? [])
    if (index !== undefined) draft.owners.delete(indexKey(name, index));
  for (const relation of relationsIn(known)) draft.readers.get(relation)?.delete(key);
}

function relationsIn({ uses }: View): readonly string[] {
  return uses === undefined ? [''] : uses.map(({ relation }) => keyOf(relation));
}

function enter(entries: Map<string, Set<string>>, key: string, value: string): void {
  const values = entries.get(key);
  if (values === undefined) entries.set(key, new Set([value]));
  else values.add(value);
}

/** The keys of the tables from which a table inherits, or of which it is a partition. */
export function parentsOf({ partitionOf, inherits }: Table): readonly string[] {
  if (partitionOf === undefined && inherits === undefined) return [];
  return [...(partitionOf === undefined ? [] : [partitionOf]), ...(inherits ?? [])].map(keyOf);
}

/**
 * Replaces a table by what `edit` makes of it. A table that is not known is said, and taken up as open: what alters it was
 * run, so it must exist, and later statements may build on what this one tells about it.
 */
export function alter(draft: Draft, name: ObjectName, edit: (table: Table) => Table | string): Problem {
  const key = keyOf(name);
  if (draft.views.has(key) || draft.temporary.has(key)) return undefined;
  const known = draft.tables.get(key);
  const edited = edit(known ?? { name, columns: [], constraints: [], indexes: [], open: true });
  if (typeof edited === 'string') return edited;
  putTable(draft, edited);
  return known === undefined ? unknownTable(name) : undefined;
}

export function unknownTable(name: ObjectName): string {
  return `table \`${display(name)}\` is not known`;
}

export function unknownColumn(table: Table, column: string): string {
  return `column \`${column}\` of table \`${display(table.name)}\` is not known`;
}

/** Whether the column is missing for sure; of an open table nothing is. */
export function lacks(table: Table, column: string): boolean {
  return !table.open && !table.columns.some(({ name }) => name === column);
}

/** The key of an index, which lives in the schema of its table. */
export function indexKey(table: ObjectName, name: string): string {
  return keyOf({ ...table, name });
}

/** The names of indexes, and of the constraints that have one; those without a name aside. */
function namesOf(indexes: readonly Index[], constraints: readonly Constraint[]): readonly string[] {
  const owning = constraints.filter(({ kind }) => kind !== 'check' && kind !== 'foreign-key' && kind !== 'not-null');
  return [...indexes, ...owning].flatMap(({ name }) => name ?? []);
}

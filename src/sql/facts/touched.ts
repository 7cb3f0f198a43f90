import type { Catalog } from '../catalog.ts';
import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';

/** The keys of the relations and types that changes make, alter or remove, under their old and their new names. */
export function touchedBy(changes: Iterable<Change>, { owners }: Catalog): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const change of changes) {
    for (const name of namesIn(change)) keys.add(keyOf(name));
    const index =
      change.kind === 'drop-index' || change.kind === 'rename-index' ? owners?.get(keyOf(change.index)) : undefined;
    if (index !== undefined) keys.add(index);
  }
  return keys;
}

/** The relations and types that one change names. */
export function* namesIn(change: Change): Generator<ObjectName> {
  if (change.kind === 'create-index') yield change.index.table;
  if ('table' in change && change.table !== undefined) yield change.table;
  if ('view' in change) yield change.view;
  if ('type' in change && typeof change.type === 'object') yield change.type;
  if ('domain' in change && typeof change.domain === 'object') yield change.domain;
  if ('partition' in change) yield change.partition;
  if (change.kind === 'rename-table') yield { ...change.table, name: change.to };
  if (change.kind === 'set-table-schema') yield { ...change.table, schema: change.to };
  if (change.kind === 'rename-type') yield { ...change.type, name: change.to };
  if (change.kind === 'set-type-schema') yield { ...change.type, schema: change.to };
}

/** The part of a catalog that has those keys: a copy of the whole would cost as much as the whole is large. */
export function partWith(catalog: Catalog, keys: ReadonlySet<string>): Catalog {
  const part = <Value>(all: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
    const kept = new Map<string, Value>();
    for (const key of keys) {
      const value = all.get(key);
      if (value !== undefined) kept.set(key, value);
    }
    return kept;
  };
  return {
    engine: catalog.engine,
    schemas: catalog.schemas,
    tables: part(catalog.tables),
    enums: part(catalog.enums),
    domains: part(catalog.domains),
    composites: part(catalog.composites),
    sequences: part(catalog.sequences),
    functions: new Map(),
    views: part(catalog.views),
    extensions: catalog.extensions,
  };
}

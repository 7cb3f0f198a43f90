import { parentsOf } from '../../apply/draft.ts';
import type { Catalog, Table, View } from '../../catalog.ts';
import type { Constraint } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';

/** The table or materialized view that has the index, where it is known. */
export function ownerOf(index: ObjectName, { tables, views, owners }: Catalog): Table | View | undefined {
  const key = keyOf(index);
  if (owners !== undefined) {
    const owner = owners.get(key) ?? '';
    return tables.get(owner) ?? views.get(owner);
  }
  const isNamed = (relation: ObjectName) => (each: { readonly name?: string }) =>
    each.name !== undefined && keyOf({ ...relation, name: each.name }) === key;
  for (const table of tables.values()) {
    const has = isNamed(table.name);
    if (table.indexes.some(has) || table.constraints.some((each) => ownsIndex(each) && has(each))) return table;
  }
  for (const view of views.values()) if (view.indexes?.some(isNamed(view.name)) === true) return view;
  return undefined;
}

/** The partitions and children of a table, and theirs: what ALTER TABLE reaches without ONLY. */
export function descendantsOf(name: ObjectName, catalog: Catalog): readonly ObjectName[] {
  return reachedFrom(name, (parent) => childrenOf(keyOf(parent), catalog));
}

/** Everything that is reached step by step, each once and the beginning left out: a text may tie tables in a circle or a long chain. */
export function reachedFrom(
  start: ObjectName,
  step: (from: ObjectName) => readonly ObjectName[],
): readonly ObjectName[] {
  const seen = new Set([keyOf(start)]);
  const reached = [start];
  for (let at = 0; at < reached.length; at++) {
    for (const next of step(reached[at] as ObjectName)) {
      if (seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      reached.push(next);
    }
  }
  return reached.slice(1);
}

function childrenOf(parent: string, { tables, children }: Catalog): readonly ObjectName[] {
  if (children !== undefined) {
    return [...(children.get(parent) ?? [])].flatMap((key) => tables.get(key)?.name ?? []);
  }
  return [...tables.values()].filter((table) => parentsOf(table).includes(parent)).map(({ name }) => name);
}

export type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;

/** The tables whose foreign keys point at a table, each with the keys that do; itself left out. */
export function referrersOf(
  name: ObjectName,
  catalog: Catalog,
): readonly { readonly table: Table; readonly keys: readonly ForeignKey[] }[] {
  const target = keyOf(name);
  return tablesThatMayReference(target, catalog).flatMap((table) => {
    if (keyOf(table.name) === target) return [];
    const keys = foreignKeysOf(table).filter(({ references }) => keyOf(references) === target);
    return keys.length === 0 ? [] : [{ table, keys }];
  });
}

/** Every table, where nobody keeps which ones do. */
export function tablesThatMayReference(target: string, { tables, referrers }: Catalog): readonly Table[] {
  if (referrers === undefined) return [...tables.values()];
  return [...(referrers.get(target) ?? [])].flatMap((key) => tables.get(key) ?? []);
}

export function foreignKeysOf(table: Table | undefined): readonly ForeignKey[] {
  return table?.constraints.filter((constraint) => constraint.kind === 'foreign-key') ?? [];
}

function ownsIndex({ kind }: Constraint): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclusion';
}

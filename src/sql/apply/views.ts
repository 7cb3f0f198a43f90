import type { Catalog, Table, View } from '../catalog.ts';
import type { BodyOf } from '../change.ts';
import type { RelationUse } from '../changes/queries.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { type Draft, type Problem, putView, removeView } from './draft.ts';
import { withRenamedKey } from './table-edits.ts';

/** A view takes over the columns that there are when it is made: one that is added later is not in its `*` (manual, CREATE VIEW). */
export function createView(draft: Draft, change: BodyOf<'create-view'>): Problem {
  const { view: name, query, materialized } = change;
  const key = keyOf(name);
  const before = draft.views.get(key);
  if (before !== undefined && change.ifNotExists === true) return undefined;
  const columns = viewColumns(draft, change.columns);
  putView(draft, {
    name,
    query,
    materialized,
    ...(before?.indexes === undefined ? {} : { indexes: before.indexes }),
    ...(columns === undefined ? {} : { columns }),
    ...(change.uses === undefined ? {} : { uses: change.uses.map((use) => resolved(draft, use)) }),
  });
  return undefined;
}

export function dropView(draft: Draft, { view, materialized, cascade }: BodyOf<'drop-view'>): Problem {
  takeAlong(draft, { kind: materialized ? 'materialized-view' : 'view', name: view }, cascade);
  removeView(draft, view);
  return undefined;
}

/** The names of a view's columns, where the statement or the relations it takes them from tell. */
export function viewColumns(
  catalog: Catalog,
  columns: BodyOf<'create-view'>['columns'],
): readonly string[] | undefined {
  const names: string[] = [];
  for (const column of columns ?? []) {
    const own = typeof column === 'string' ? [column] : knownColumns(catalog, column);
    if (own === undefined) return undefined;
    names.push(...own);
  }
  return columns === undefined ? undefined : names;
}

/** A column that was written without its table belongs to those relations that have one of that name. */
function resolved(draft: Draft, { relation, columns }: RelationUse): RelationUse {
  const known = knownColumns(draft, relation);
  if (known === undefined) return { relation, columns };
  return { relation, columns: columns === 'all' ? known : columns.filter((column) => known.includes(column)) };
}

/** The columns of a table or view, where all of them are known. */
function knownColumns(catalog: Catalog, name: ObjectName): readonly string[] | undefined {
  const table = catalog.tables.get(keyOf(name));
  if (table === undefined) return catalog.views.get(keyOf(name))?.columns;
  return table.open ? undefined : columnNames(table);
}

function columnNames({ columns }: Table): readonly string[] {
  return columns.map(({ name }) => name);
}

/** Views know what they read by identity, so that they follow a relation that gets another name (manual, CREATE VIEW). */
export function followRelation(draft: Draft, from: ObjectName, to: ObjectName): void {
  editUses(draft, from, (use) => ({ ...use, relation: to }));
}

/** The same for a column; what a view shows keeps its own name. */
export function followColumn(draft: Draft, relation: ObjectName, from: string, to: string): void {
  editUses(draft, relation, (use) => ({
    ...use,
    columns: use.columns === 'all' ? 'all' : use.columns.map((column) => (column === from ? to : column)),
  }));
}

/** Gives a column of a view another name. */
export function renameViewColumn(draft: Draft, view: View, from: string, to: string): void {
  const columns = view.columns?.map((column) => (column === from ? to : column));
  const indexes = view.indexes?.map((index) => withRenamedKey(index, from, to));
  putView(draft, {
    ...view,
    ...(columns === undefined ? {} : { columns }),
    ...(indexes === undefined ? {} : { indexes }),
  });
}

function editUses(draft: Draft, relation: ObjectName, edit: (use: RelationUse) => RelationUse): void {
  const key = keyOf(relation);
  const isMeant = (use: RelationUse) => use.relation.name === relation.name && keyOf(use.relation) === key;
  for (const reader of [...(draft.readers.get(key) ?? [])]) {
    const view = draft.views.get(reader);
    if (view?.uses === undefined) continue;
    putView(draft, { ...view, uses: view.uses.map((use) => (isMeant(use) ? edit(use) : use)) });
  }
}

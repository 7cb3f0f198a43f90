import type { Table } from '../catalog.ts';
import type { BodyOf, Column, Constraint, Index } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { withoutNullDefault } from './columns.ts';
import { withConstraint } from './constraints.ts';
import { copiedInto } from './copied.ts';
import {
  type Draft,
  indexKey,
  type Problem,
  putTable,
  putView,
  removeTable,
  removeView,
  unknownTable,
} from './draft.ts';
import { childrenOf } from './family.ts';
import { withIndex } from './indexes.ts';
import { followOwner, moveOwned, spellOutSerial, spellOutTaken } from './sequences.ts';
import { editReferencesTo } from './table-edits.ts';
import { followRelation } from './views.ts';

export function createTable(draft: Draft, change: BodyOf<'create-table'>): Problem {
  const key = keyOf(change.table);
  if (change.temporary) {
    draft.temporary.add(key);
    return undefined;
  }
  const existing = draft.tables.get(key);
  if (existing !== undefined && !isGuess(existing)) {
    return change.ifNotExists ? undefined : `table \`${display(change.table)}\` exists already`;
  }

  const copied = copiedInto(draft, change);
  let table: Table = {
    name: change.table,
    columns: merged([...copied.columns, ...change.columns]).map((column) => withoutNullDefault(draft, column)),
    constraints: [],
    indexes: [],
    ...(change.partitionBy === undefined ? {} : { partitionBy: change.partitionBy }),
    ...(change.partitionOf === undefined ? {} : { partitionOf: change.partitionOf }),
    ...(change.defaultPartition === true ? { defaultPartition: true } : {}),
    ...(change.inherits === undefined ? {} : { inherits: change.inherits }),
    ...(change.unlogged === true ? { unlogged: true } : {}),
    ...(change.foreign === true ? { foreign: true as const } : {}),
    open: copied.open,
  };
  let problem: Problem;
  for (const constraint of mergedConstraints(copied.constraints, change.constraints)) {
    const added = withConstraint(draft, table, constraint);
    table = added.table;
    problem ??= added.problem;
  }
  for (const index of [...copied.indexes, ...change.indexes]) {
    table = withIndex(draft, table, { ...index, table: change.table });
  }
  putTable(draft, table);
  for (const { name, identity } of table.columns) {
    if (identity === 'serial') spellOutTaken(draft, change.table, name);
  }
  return problem;
}

export function dropTable(draft: Draft, { table, ifExists, cascade }: BodyOf<'drop-table'>): Problem {
  const key = keyOf(table);
  if (draft.temporary.delete(key)) return undefined;
  if (!draft.tables.has(key)) return ifExists ? undefined : unknownTable(table);
  takeAlong(draft, { kind: 'table', name: table }, cascade);
  removeTable(draft, table);
  return undefined;
}

/** Sequences keep their names, so that a column is not serial any more in the way that its table's name tells. */
export function renameTable(draft: Draft, { table, to }: BodyOf<'rename-table'>): Problem {
  for (const { name } of draft.tables.get(keyOf(table))?.columns ?? []) spellOutSerial(draft, table, name);
  return move(draft, table, { ...table, name: to });
}

export function setTableSchema(draft: Draft, { table, to }: BodyOf<'set-table-schema'>): Problem {
  const moved = { schema: to, name: table.name };
  const problem = move(draft, table, moved);
  moveOwned(draft, moved, to);
  return problem;
}

/** Views answer to the same statements as tables. */
function move(draft: Draft, from: ObjectName, to: ObjectName): Problem {
  const view = draft.views.get(keyOf(from));
  if (view !== undefined) {
    removeView(draft, from);
    const indexes = view.indexes?.map((index) => ({ ...index, table: to }));
    putView(draft, { ...view, name: to, ...(indexes === undefined ? {} : { indexes }) });
    for (const { name = '' } of indexes ?? []) {
      draft.owners.delete(indexKey(from, name));
      draft.owners.set(indexKey(to, name), keyOf(to));
    }
    followRelation(draft, from, to);
    return undefined;
  }
  if (draft.temporary.delete(keyOf(from))) {
    draft.temporary.add(keyOf(to));
    return undefined;
  }
  const table = draft.tables.get(keyOf(from));
  if (table === undefined) {
    putTable(draft, { name: to, columns: [], constraints: [], indexes: [], open: true });
    return unknownTable(from);
  }
  const children = childrenOf(draft, from);
  removeTable(draft, from);
  putTable(draft, { ...table, name: to, indexes: table.indexes.map((index) => ({ ...index, table: to })) });
  editReferencesTo(draft, from, (foreignKey) => ({ ...foreignKey, references: to }));
  followRelation(draft, from, to);
  followOwner(draft, { table: from }, { table: to });
  for (const child of children) putTable(draft, withParentNamed(child, from, to));
  return undefined;
}

function withParentNamed(table: Table, from: ObjectName, to: ObjectName): Table {
  const renamed = (name: ObjectName) => (keyOf(name) === keyOf(from) ? to : name);
  const isOfParent = ({ partitionOf }: Index) =>
    partitionOf !== undefined && keyOf({ ...from, name: partitionOf.name }) === keyOf(partitionOf);
  const indexes = table.indexes.map((index) =>
    index.partitionOf !== undefined && isOfParent(index)
      ? { ...index, partitionOf: { ...to, name: index.partitionOf.name } }
      : index,
  );
  return {
    ...table,
    indexes,
    ...(table.partitionOf === undefined ? {} : { partitionOf: renamed(table.partitionOf) }),
    ...(table.inherits === undefined ? {} : { inherits: table.inherits.map(renamed) }),
  };
}

/**
 * Parents may share a column with each other and with the new table: the last word on its default counts, it is required where any of
 * them says so, and a word of the table's own makes it the table's (manual, CREATE TABLE, INHERITS).
 */
function merged(columns: readonly Column[]): readonly Column[] {
  const found = new Map<string, Column>();
  for (const column of columns) {
    const { inherited: _inherited, ...known } = found.get(column.name) ?? column;
    const type = column.type === '' ? known.type : column.type;
    found.set(column.name, { ...known, ...column, type, nullable: known.nullable && column.nullable });
  }
  return [...found.values()];
}

/** Of checks of one name, inherited and own, there is one, and it is the table's own where it says it too. */
function mergedConstraints(inherited: readonly Constraint[], own: readonly Constraint[]): readonly Constraint[] {
  const isNamed = (name: string | undefined) => (each: Constraint) => name !== undefined && each.name === name;
  const left = inherited.filter(
    (each, at) =>
      inherited.findIndex(isNamed(each.name)) >= (each.name === undefined ? -1 : at) && !own.some(isNamed(each.name)),
  );
  return [...left, ...own];
}

/** A table that we took up only because something altered it; its creation, when it comes, knows better. */
function isGuess({ open, columns }: Table): boolean {
  return open && columns.length === 0;
}

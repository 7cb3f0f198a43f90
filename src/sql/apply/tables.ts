import type { Table } from '../catalog.ts';
import type { BodyOf, Column, Constraint } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { withConstraint } from './constraints.ts';
import { copiedInto } from './copied.ts';
import { type Draft, type Problem, putTable, putView, removeTable, removeView, unknownTable } from './draft.ts';
import { childrenOf } from './family.ts';
import { withIndex } from './indexes.ts';
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
    columns: merged([...copied.columns, ...change.columns]),
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
  for (const constraint of [...copied.constraints, ...change.constraints.map(inNewTable)]) {
    const added = withConstraint(draft, table, constraint);
    table = added.table;
    problem ??= added.problem;
  }
  for (const index of [...copied.indexes, ...change.indexes]) {
    table = withIndex(draft, table, { ...index, table: change.table });
  }
  putTable(draft, table);
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

export function renameTable(draft: Draft, { table, to }: BodyOf<'rename-table'>): Problem {
  return move(draft, table, { ...table, name: to });
}

export function setTableSchema(draft: Draft, { table, to }: BodyOf<'set-table-schema'>): Problem {
  return move(draft, table, { schema: to, name: table.name });
}

/** Views answer to the same statements as tables. */
function move(draft: Draft, from: ObjectName, to: ObjectName): Problem {
  const view = draft.views.get(keyOf(from));
  if (view !== undefined) {
    removeView(draft, from);
    putView(draft, { ...view, name: to });
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
  for (const child of children) putTable(draft, withParentNamed(child, from, to));
  return undefined;
}

function withParentNamed(table: Table, from: ObjectName, to: ObjectName): Table {
  const renamed = (name: ObjectName) => (keyOf(name) === keyOf(from) ? to : name);
  return {
    ...table,
    ...(table.partitionOf === undefined ? {} : { partitionOf: renamed(table.partitionOf) }),
    ...(table.inherits === undefined ? {} : { inherits: table.inherits.map(renamed) }),
  };
}

/** Of a table without rows there is nothing that NOT VALID would leave to be seen (PostgreSQL source, transformCheckConstraints). */
function inNewTable(constraint: Constraint): Constraint {
  return 'validated' in constraint ? { ...constraint, validated: true } : constraint;
}

/** Parents may share a column with each other and with the new table; the last word on it counts. */
function merged(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

/** A table that we took up only because something altered it; its creation, when it comes, knows better. */
function isGuess({ open, columns }: Table): boolean {
  return open && columns.length === 0;
}

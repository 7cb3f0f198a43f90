import type { Table } from '../catalog.ts';
import type { BodyOf, Column } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, lacks, type Problem, unknownColumn } from './draft.ts';
import { makeObjectName } from './names.ts';
import { editReferencesTo, withColumn, withoutColumn, withRenamedColumn } from './table-edits.ts';
import { followColumn, renameViewColumn } from './views.ts';

export function addColumn(draft: Draft, { table: name, column, ifNotExists }: BodyOf<'add-column'>): Problem {
  return alter(draft, name, (table) => {
    if (!table.columns.some((each) => each.name === column.name)) {
      return { ...table, columns: [...table.columns, column] };
    }
    return ifNotExists ? table : `column \`${column.name}\` of table \`${table.name.name}\` exists already`;
  });
}

export function dropColumn(draft: Draft, change: BodyOf<'drop-column'>): Problem {
  const { column, cascade } = change;
  takeAlong(draft, { kind: 'column', of: change.table, part: column }, cascade);
  return alter(draft, change.table, (table) => {
    if (lacks(table, column)) return change.ifExists ? table : unknownColumn(table, column);
    return withoutColumn(table, column);
  });
}

export function renameColumn(draft: Draft, change: BodyOf<'rename-column'>): Problem {
  return rename(draft, change.table, change.column, change.to);
}

export function changeColumnType(draft: Draft, change: BodyOf<'change-column-type'>): Problem {
  const { table, column, restated, type, collation } = change;
  if (restated === undefined) {
    // Without COLLATE the column gets the new type's own collation (PostgreSQL source, ATPrepAlterColumnType).
    return editColumn(draft, table, column, ({ collation: _old, ...before }) => ({
      ...before,
      type,
      ...(collation === undefined ? {} : { collation }),
    }));
  }
  // CHANGE may rename the column on the way.
  const problem = restated.name === column ? undefined : rename(draft, table, column, restated.name);
  return problem ?? editColumn(draft, table, restated.name, () => restated);
}

export function setNotNull(draft: Draft, { table, column }: BodyOf<'set-not-null'>): Problem {
  return editColumn(draft, table, column, (before) => ({ ...before, nullable: false }));
}

export function dropNotNull(draft: Draft, { table, column }: BodyOf<'drop-not-null'>): Problem {
  return alter(draft, table, (before) => {
    if (lacks(before, column)) return unknownColumn(before, column);
    const constraints = before.constraints.filter((each) => each.kind !== 'not-null' || each.column !== column);
    return withColumn({ ...before, constraints }, column, { nullable: true });
  });
}

export function setDefault(draft: Draft, change: BodyOf<'set-default'>): Problem {
  keepSequence(draft, change);
  return editColumn(draft, change.table, change.column, (before) => ({ ...plain(before), default: change.default }));
}

export function dropDefault(draft: Draft, { table, column }: BodyOf<'drop-default'>): Problem {
  keepSequence(draft, { table, column });
  return editColumn(draft, table, column, (before) => {
    const { default: _default, ...rest } = plain(before);
    return rest;
  });
}

/** Serial is a default and nothing more (manual, "Serial Types"), so that another default, or none, ends it. */
function plain(column: Column): Column {
  if (column.identity !== 'serial') return column;
  const { identity: _identity, ...rest } = column;
  return rest;
}

/** Its sequence stays, and belongs to the column as before. */
function keepSequence(draft: Draft, { table, column }: { readonly table: ObjectName; readonly column: string }): void {
  const known = draft.tables.get(keyOf(table))?.columns.find(({ name }) => name === column);
  if (known?.identity !== 'serial') return;
  const sequence = { ...table, name: makeObjectName(table.name, column, 'seq') };
  draft.sequences.set(keyOf(sequence), { name: sequence, ownedBy: { table, column } });
}

function rename(draft: Draft, name: ObjectName, from: string, to: string): Problem {
  const view = draft.views.get(keyOf(name));
  if (view !== undefined) renameViewColumn(draft, view, from, to);
  followColumn(draft, name, from, to);
  const problem = alter(draft, name, (table) =>
    lacks(table, from) ? unknownColumn(table, from) : withRenamedColumn(table, from, to),
  );
  editReferencesTo(draft, name, (key) => ({
    ...key,
    referencedColumns: key.referencedColumns.map((column) => (column === from ? to : column)),
  }));
  return problem;
}

function editColumn(draft: Draft, name: ObjectName, column: string, edit: (column: Column) => Column): Problem {
  return alter(draft, name, (table): Table | string => {
    if (lacks(table, column)) return unknownColumn(table, column);
    return { ...table, columns: table.columns.map((each) => (each.name === column ? edit(each) : each)) };
  });
}

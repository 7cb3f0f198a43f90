import type { Table } from '../catalog.ts';
import type { BodyOf, Column } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { namedBy } from '../type-text.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, lacks, type Problem, putTable, unknownColumn } from './draft.ts';
import { childrenOf } from './family.ts';
import { followOwner, settleSerial, spellOutSerial, spellOutTaken } from './sequences.ts';
import { editReferencesTo, withColumn, withoutColumn, withRenamedColumn } from './table-edits.ts';
import { followColumn, renameViewColumn } from './views.ts';

export function addColumn(draft: Draft, { table: name, column, ifNotExists }: BodyOf<'add-column'>): Problem {
  const isNew = draft.tables.get(keyOf(name))?.columns.some((each) => each.name === column.name) !== true;
  const problem = alter(draft, name, (table) => {
    if (isNew) return { ...table, columns: [...table.columns, withoutNullDefault(draft, column)] };
    return ifNotExists ? table : `column \`${column.name}\` of table \`${table.name.name}\` exists already`;
  });
  if (isNew && column.identity === 'serial') spellOutTaken(draft, name, column.name);
  return problem;
}

export function dropColumn(draft: Draft, change: BodyOf<'drop-column'>): Problem {
  const { column, cascade } = change;
  if ('only' in change && change.only === true) leaveToChildren(draft, change.table, column);
  takeAlong(draft, { kind: 'column', of: change.table, part: column }, cascade);
  return alter(draft, change.table, (table) => {
    if (lacks(table, column)) return change.ifExists ? table : unknownColumn(table, column);
    return withoutColumn(table, column);
  });
}

/** With ONLY, the tables that inherit keep the column as their own (manual, "Inheritance"). */
function leaveToChildren(draft: Draft, table: ObjectName, column: string): void {
  for (const child of childrenOf(draft, table)) {
    const columns = child.columns.map((each) => {
      const { inherited: _inherited, ...own } = each;
      return each.name === column ? own : each;
    });
    putTable(draft, { ...child, columns });
  }
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
  return alter(draft, table, (before) => {
    if (lacks(before, column)) return unknownColumn(before, column);
    // A constraint that was NOT VALID is validated on the way (PostgreSQL source, ATExecSetNotNull).
    const constraints = before.constraints.map((each) =>
      each.kind === 'not-null' && each.column === column ? { ...each, validated: true } : each,
    );
    return withColumn({ ...before, constraints }, column, { nullable: false });
  });
}

export function dropNotNull(draft: Draft, { table, column }: BodyOf<'drop-not-null'>): Problem {
  return alter(draft, table, (before) => {
    if (lacks(before, column)) return unknownColumn(before, column);
    const constraints = before.constraints.filter((each) => each.kind !== 'not-null' || each.column !== column);
    return withColumn({ ...before, constraints }, column, { nullable: true });
  });
}

export function setDefault(draft: Draft, change: BodyOf<'set-default'>): Problem {
  const { table, column } = change;
  // Its sequence stays, and belongs to the column as before.
  spellOutSerial(draft, table, column);
  const problem = editColumn(draft, table, column, (before) =>
    withoutNullDefault(draft, { ...before, default: change.default }),
  );
  settleSerial(draft, table, column);
  return problem;
}

/** DEFAULT NULL is no default, but where it hides that of a domain (PostgreSQL source, AddRelationNewConstraints). */
export function withoutNullDefault(draft: Draft, column: Column): Column {
  const { default: value, ...rest } = column;
  if (value === undefined || !isNull(value.sql)) return column;
  return draft.domains.has(keyOf(namedBy(column.type))) ? column : rest;
}

/** Whether a default says NULL, of whatever type. */
export function isNull(sql: string): boolean {
  return /^null(?:::[\w ".,()[\]]+)?$/i.test(sql.trim());
}

export function dropDefault(draft: Draft, { table, column }: BodyOf<'drop-default'>): Problem {
  spellOutSerial(draft, table, column);
  return editColumn(draft, table, column, ({ default: _default, ...rest }) => rest);
}

function rename(draft: Draft, name: ObjectName, from: string, to: string): Problem {
  const view = draft.views.get(keyOf(name));
  if (view !== undefined) renameViewColumn(draft, view, from, to);
  followColumn(draft, name, from, to);
  spellOutSerial(draft, name, from);
  followOwner(draft, { table: name, column: from }, { table: name, column: to });
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

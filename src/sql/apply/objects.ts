import type { BodyOf } from '../change.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { alter, type Draft, type Problem, removeTable, unknownColumn, unknownTable } from './draft.ts';
import { withoutColumn } from './table-edits.ts';

export function dropSchema(draft: Draft, { schema, cascade }: BodyOf<'drop-schema'>): Problem {
  draft.schemas.delete(schema);
  if (!cascade) return undefined;
  const prefix = `${schema}.`;
  for (const table of [...draft.tables.values()]) if (table.name.schema === schema) removeTable(draft, table.name);
  for (const key of draft.views.keys()) if (key.startsWith(prefix)) draft.views.delete(key);
  for (const key of draft.enums.keys()) if (key.startsWith(prefix)) draft.enums.delete(key);
  return undefined;
}

/** Types other than enums are not modelled, so an unknown one is no problem here and below. */
export function addEnumValue(draft: Draft, change: BodyOf<'add-enum-value'>): Problem {
  const values = draft.enums.get(keyOf(change.type));
  if (values === undefined || values.includes(change.value)) return undefined;
  const at = change.before === undefined ? values.indexOf(change.after ?? '') + 1 : values.indexOf(change.before);
  const place = at > 0 || change.before !== undefined ? Math.max(at, 0) : values.length;
  draft.enums.set(keyOf(change.type), values.toSpliced(place, 0, change.value));
  return undefined;
}

/** CASCADE drops the columns of the type with it (manual, DROP TYPE). */
export function dropType(draft: Draft, { type, cascade }: BodyOf<'drop-type'>): Problem {
  draft.enums.delete(keyOf(type));
  if (!cascade) return undefined;
  const text = display(type);
  for (const table of [...draft.tables.values()]) {
    const columns = table.columns.filter((column) => column.type === text || column.type === `${text}[]`);
    for (const column of columns) alter(draft, table.name, (before) => withoutColumn(before, column.name));
  }
  return undefined;
}

export function createView(draft: Draft, { view, query, materialized }: BodyOf<'create-view'>): Problem {
  draft.views.set(keyOf(view), { name: view, query, materialized });
  return undefined;
}

export function setComment(draft: Draft, { table: name, column, comment }: BodyOf<'comment'>): Problem {
  const text = comment === null ? {} : { comment };
  return alter(draft, name, (table) => {
    const { comment: _comment, ...rest } = table;
    if (column === undefined) return { ...rest, ...text };
    if (!table.open && !table.columns.some((each) => each.name === column)) return unknownColumn(table, column);
    const columns = table.columns.map((each) => {
      if (each.name !== column) return each;
      const { comment: _old, ...facts } = each;
      return { ...facts, ...text };
    });
    return { ...table, columns };
  });
}

/** Writing to a table that is not known is said; the schema stays as it is. */
export function writeData(draft: Draft, { table }: BodyOf<'write-data'>): Problem {
  return isRelation(draft, table) ? undefined : unknownTable(table);
}

function isRelation(draft: Draft, name: ObjectName): boolean {
  const key = keyOf(name);
  const isSystem = name.schema === 'pg_catalog' || name.schema === 'information_schema';
  return isSystem || draft.tables.has(key) || draft.views.has(key) || draft.temporary.has(key);
}

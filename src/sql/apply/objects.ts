import type { BodyOf, ChangeKind } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, type Problem, unknownColumn, unknownTable } from './draft.ts';
import { renameSchema } from './schemas.ts';
import { sequenceAppliers } from './sequences.ts';
import { createView, dropView } from './views.ts';

function setComment(draft: Draft, { table: name, column, comment }: BodyOf<'comment'>): Problem {
  const text = comment === null ? {} : { comment };
  // COMMENT ON COLUMN is also of the attributes of a composite type.
  if (draft.composites.has(keyOf(name))) return undefined;
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
function writeData(draft: Draft, { table }: BodyOf<'write-data'>): Problem {
  return isRelation(draft, table) ? undefined : unknownTable(table);
}

function isRelation(draft: Draft, name: ObjectName): boolean {
  const key = keyOf(name);
  const isSystem =
    name.schema === 'pg_catalog' ||
    name.schema === 'information_schema' ||
    (name.schema === undefined && name.name.startsWith('pg_'));
  return isSystem || draft.tables.has(key) || draft.views.has(key) || draft.temporary.has(key);
}

/** Schemas, views, sequences, extensions, comments, and rows. */
export const objectAppliers = {
  'create-schema': (draft, { schema }) => {
    draft.schemas.add(schema);
    return undefined;
  },
  'drop-schema': (draft, { schema, cascade }) => {
    takeAlong(draft, { kind: 'schema', name: { name: schema } }, cascade);
    draft.schemas.delete(schema);
    return undefined;
  },
  'rename-schema': renameSchema,
  'drop-database': leaveAsItIs,
  'create-view': createView,
  'drop-view': dropView,
  ...sequenceAppliers,
  'create-extension': (draft, { extension }) => {
    draft.extensions.add(extension);
    return undefined;
  },
  'drop-extension': (draft, { extension, cascade }) => {
    takeAlong(draft, { kind: 'extension', name: { name: extension } }, cascade);
    draft.extensions.delete(extension);
    return undefined;
  },
  'drop-object': leaveAsItIs,
  comment: setComment,
  'write-data': writeData,
} satisfies Partial<Appliers<ChangeKind>>;

import type { BodyOf, ChangeKind } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { alter, type Draft, type Problem, removeTable, unknownColumn, unknownTable } from './draft.ts';

function dropSchema(draft: Draft, { schema, cascade }: BodyOf<'drop-schema'>): Problem {
  draft.schemas.delete(schema);
  if (!cascade) return undefined;
  const prefix = `${schema}.`;
  for (const table of [...draft.tables.values()]) if (table.name.schema === schema) removeTable(draft, table.name);
  for (const key of draft.views.keys()) if (key.startsWith(prefix)) draft.views.delete(key);
  for (const key of draft.enums.keys()) if (key.startsWith(prefix)) draft.enums.delete(key);
  return undefined;
}

function createView(draft: Draft, { view, query, materialized }: BodyOf<'create-view'>): Problem {
  draft.views.set(keyOf(view), { name: view, query, materialized });
  return undefined;
}

function setComment(draft: Draft, { table: name, column, comment }: BodyOf<'comment'>): Problem {
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
function writeData(draft: Draft, { table }: BodyOf<'write-data'>): Problem {
  return isRelation(draft, table) ? undefined : unknownTable(table);
}

function isRelation(draft: Draft, name: ObjectName): boolean {
  const key = keyOf(name);
  const isSystem = name.schema === 'pg_catalog' || name.schema === 'information_schema';
  return isSystem || draft.tables.has(key) || draft.views.has(key) || draft.temporary.has(key);
}

/** Schemas, views, sequences, extensions, comments, and rows. */
export const objectAppliers = {
  'create-schema': (draft, { schema }) => {
    draft.schemas.add(schema);
    return undefined;
  },
  'drop-schema': dropSchema,
  'rename-schema': leaveAsItIs,
  'drop-database': leaveAsItIs,
  'create-view': createView,
  'drop-view': (draft, { view }) => {
    draft.views.delete(keyOf(view));
    return undefined;
  },
  'create-sequence': (draft, { sequence, ownedBy }) => {
    draft.sequences.set(keyOf(sequence), { name: sequence, ...(ownedBy === undefined ? {} : { ownedBy }) });
    return undefined;
  },
  'set-sequence-owner': (draft, { sequence, ownedBy }) => {
    draft.sequences.set(keyOf(sequence), { name: sequence, ...(ownedBy === undefined ? {} : { ownedBy }) });
    return undefined;
  },
  'drop-sequence': (draft, { sequence }) => {
    draft.sequences.delete(keyOf(sequence));
    return undefined;
  },
  'create-extension': (draft, { extension }) => {
    draft.extensions.add(extension);
    return undefined;
  },
  'drop-extension': (draft, { extension }) => {
    draft.extensions.delete(extension);
    return undefined;
  },
  'drop-object': leaveAsItIs,
  comment: setComment,
  'write-data': writeData,
} satisfies Partial<Appliers<ChangeKind>>;

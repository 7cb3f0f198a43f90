import type { Index, IndexKey } from '../../../sql/change.ts';
import type { Row } from '../../session.ts';
import { known, text, yes } from './row.ts';

interface Key {
  readonly definition: string | null;
  readonly column: string | null;
  readonly included: boolean;
  /** `indoption` (manual, catalog pg_index): 1 for descending, 2 for nulls first. */
  readonly order: number;
  readonly opclass: string | null;
  readonly collation: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
}

export function indexOf(row: Row): Index {
  const keys = row.keys as readonly Key[];
  const invalid = row.valid !== true;
  const { parent_schema: schema, parent_name: name } = row;
  return {
    name: text(row, 'name'),
    table: { schema: text(row, 'schema'), name: text(row, 'table') },
    method: text(row, 'method'),
    keys: keys.filter(({ included }) => !included).map(keyOf),
    include: keys.filter(({ included }) => included).map(({ column, definition }) => column ?? definition ?? ''),
    unique: row.unique === true,
    ...known('where', row.where as string | null),
    ...yes('nullsNotDistinct', row.nulls_not_distinct),
    // The index of a partitioned table is invalid only while it was made ON ONLY that and a partition has none attached.
    ...yes('only', invalid && row.relkind === 'I'),
    ...yes('invalid', invalid),
    ...(name === null ? {} : { partitionOf: { schema: String(schema), name: String(name) } }),
    ...known('parameters', row.parameters as Readonly<Record<string, string>> | null),
  };
}

function keyOf({ definition, column, order, opclass, collation, parameters }: Key): IndexKey {
  const descending = (order & 1) === 1;
  const first = (order & 2) === 2;
  return {
    ...(column === null ? { expression: definition ?? '' } : { column }),
    ...yes('descending', descending),
    ...(first === descending ? {} : { nulls: first ? 'first' : 'last' }),
    ...known('collation', collation),
    ...known('opclass', opclass),
    ...known('parameters', parameters),
  };
}

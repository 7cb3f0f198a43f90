import type { Catalog } from '../../../sql/catalog.ts';
import type { SchemaObject } from '../../../sql/description.ts';
import { keyOf } from '../../../sql/name.ts';
import type { Row } from '../../session.ts';
import type { Rows } from '../objects/index.ts';
import { isSerial } from '../objects/owned.ts';
import { constraintOf } from './constraints.ts';
import { indexOf } from './indexes.ts';
import { nameOf, text } from './row.ts';
import { columnOf, type Parts, policyOf, tableOf, triggerOf, viewOf } from './tables.ts';
import { attributesOf, domainOf, functionOf, sequenceOf } from './types.ts';

/** The catalog of what is described: objects of an extension are in neither. */
export function catalogOf(all: Rows, objects: ReadonlyMap<string, SchemaObject>): Catalog {
  const rowsOf = (kind: keyof Rows) => all[kind].filter((row) => objects.has(text(row, 'key')));
  const sequences = rowsOf('sequences');
  const serials = new Set(
    sequences.filter(isSerial).map((row) => `column ${row.owner_schema}.${row.owner_table}.${row.owner_column}`),
  );
  const comments = commentsOf(objects);
  const parts: Parts = {
    columns: grouped(rowsOf('columns'), (row) => columnOf(row, serials, comments.get(text(row, 'key')))),
    constraints: grouped(rowsOf('constraints'), constraintOf),
    indexes: grouped(rowsOf('indexes'), indexOf),
    // Those of a partition that came with its parent's are the parent's.
    triggers: grouped(
      rowsOf('triggers').filter(({ needs }) => needs === null),
      triggerOf,
    ),
    policies: grouped(rowsOf('policies'), policyOf),
    comments,
  };
  const relations = rowsOf('relations');
  const isView = ({ relkind }: Row) => relkind === 'v' || relkind === 'm';

  return {
    engine: 'postgresql',
    schemas: new Set(rowsOf('schemas').map((row) => text(row, 'name'))),
    extensions: new Set(rowsOf('extensions').map((row) => text(row, 'name'))),
    enums: keyed(rowsOf('enums'), (row) => row.labels as readonly string[]),
    domains: keyed(rowsOf('domains'), domainOf),
    composites: keyed(rowsOf('composites'), attributesOf),
    sequences: keyed(
      sequences.filter((row) => row.identity !== true && !isSerial(row)),
      sequenceOf,
    ),
    functions: new Map(
      [...Map.groupBy(rowsOf('routines'), (row) => keyOf(nameOf(row)))].map(([key, rows]) => [
        key,
        rows.map(functionOf),
      ]),
    ),
    views: keyed(relations.filter(isView), (row) => viewOf(row, parts)),
    tables: keyed(
      relations.filter((row) => !isView(row)),
      (row) => tableOf(row, parts),
    ),
  };
}

function keyed<Item>(rows: readonly Row[], read: (row: Row) => Item): ReadonlyMap<string, Item> {
  return new Map(rows.map((row) => [keyOf(nameOf(row)), read(row)]));
}

function grouped<Item>(rows: readonly Row[], read: (row: Row) => Item): ReadonlyMap<string, readonly Item[]> {
  const byTable = Map.groupBy(rows, (row) => `${text(row, 'schema')}.${text(row, 'table')}`);
  return new Map([...byTable].map(([table, of]) => [table, of.map(read)]));
}

/** By the key of the object on which they are. */
function commentsOf(objects: ReadonlyMap<string, SchemaObject>): ReadonlyMap<string, string> {
  return new Map(
    [...objects.values()].flatMap(({ kind, key, definition }) =>
      kind === 'comment' ? [[key.slice('comment on '.length), definition] as const] : [],
    ),
  );
}

import type { Catalog, Table } from '../catalog.ts';
import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';

/**
 * The table on which a change takes a lock that conflicts with reading or writing, or `undefined` (PostgreSQL manual,
 * "Explicit Locking", and the pages of the statements). VALIDATE CONSTRAINT, COMMENT, ALTER INDEX ... RENAME and everything
 * CONCURRENTLY let both go on.
 */
export function blockedTable(change: Change, before: Catalog): ObjectName | undefined {
  switch (change.kind) {
    case 'drop-table':
    case 'rename-table':
    case 'set-table-schema':
    case 'add-column':
    case 'drop-column':
    case 'rename-column':
    case 'change-column-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'add-constraint':
    case 'drop-constraint':
    case 'rename-constraint':
      return change.table;
    case 'create-index':
      return change.concurrently ? undefined : change.index.table;
    case 'drop-index':
      return change.concurrently ? undefined : (change.table ?? ownerOf(change.index, before)?.name ?? change.index);
    case 'write-data':
      return change.verb === 'truncate' ? change.table : undefined;
    case 'maintain':
      return change.concurrently ? undefined : change.table;
    default:
      return undefined;
  }
}

/** The table that has the index, where it is known. */
export function ownerOf(index: ObjectName, { tables }: Catalog): Table | undefined {
  const key = keyOf(index);
  for (const table of tables.values()) {
    if (table.indexes.some(({ name = '' }) => keyOf({ ...table.name, name }) === key)) return table;
  }
  return undefined;
}

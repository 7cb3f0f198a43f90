import type { ColumnRef } from 'libpg-query';
import { columnOf, type Table } from '../../catalog.ts';
import { texts } from './nodes.ts';

/** A table of one FROM clause, under the name by which the query speaks of it. */
export interface Place {
  readonly alias: string;
  readonly table: Table;
}

/** The place whose column a reference means; a name without its table is that of the one table that has it. */
export function placeOf({ fields }: ColumnRef, places: readonly Place[]): Place | undefined {
  const names = texts(fields);
  if (names.length !== (fields ?? []).length) return undefined;
  const column = names.at(-1) ?? '';
  const alias = names.at(-2);
  const fitting = places.filter(
    (place) => (alias === undefined || place.alias === alias) && columnOf(place.table, column) !== undefined,
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

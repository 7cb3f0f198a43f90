import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { Index } from '../../sql/change.ts';
import { keyOf } from '../../sql/name.ts';
import type { Goal } from '../goal.ts';
import { readQuery, type TableUse } from '../query-columns.ts';

export type Optimize = Extract<Goal, { readonly kind: 'optimize' }>;

/**
 * The indexes that the query could use and does not have: the columns it compares for equality, then what it orders by or the
 * column it takes a range of (the manual, "Multicolumn Indexes" and "Indexes and ORDER BY"). Whether one pays is measured on
 * the engine, not here. `undefined` where the query cannot be read.
 */
export function candidates({ query }: Optimize, catalog: Catalog): readonly Index[] | undefined {
  const uses = readQuery(query, catalog);
  return uses?.flatMap((use) => {
    const index = candidate(use);
    return index === undefined || isServed(index, catalog) ? [] : [index];
  });
}

type Key = Index['keys'][number] & { readonly column: string };

function candidate(use: TableUse): Index | undefined {
  // A table with conditions of its own is read first, and the others are looked up by what joins them.
  const equal = use.equal.length > 0 || use.range.length > 0 ? use.equal : use.joined;
  const ordered = use.ordered.filter(({ column }) => !equal.includes(column));
  const range = use.range.filter((column) => !equal.includes(column)).slice(0, 1);
  const tail: readonly Key[] = ordered.length > 0 ? sameDirection(ordered) : range.map((column) => ({ column }));
  const keys: readonly Key[] = [...new Set(equal)].map((column): Key => ({ column })).concat(tail);
  if (keys.length === 0) return undefined;
  return { table: use.table, method: 'btree', keys, include: [], unique: false };
}

/** A B-tree can be read backwards, so one direction for all needs no DESC. */
function sameDirection(ordered: TableUse['ordered']): readonly Key[] {
  const mixed = ordered.some(({ descending }) => descending !== ordered[0]?.descending);
  return ordered.map(({ column, descending }) => (mixed && descending ? { column, descending } : { column }));
}

/** An index, key or unique constraint begins with the same columns, or the first column alone already finds one row. */
function isServed({ table, keys }: Index, catalog: Catalog): boolean {
  const known = tableOf(catalog, table);
  const wanted = keys.map(({ column }) => column);
  const constraints = (known?.constraints ?? []).flatMap((constraint) =>
    constraint.kind === 'primary-key' || constraint.kind === 'unique' ? [constraint.columns] : [],
  );
  const indexes = (known?.indexes ?? [])
    .filter(({ where, method }) => where === undefined && method === 'btree')
    .map((index) => index.keys.map(({ column }) => column));
  const findsOneRow = constraints.some((columns) => columns.every((column) => wanted.includes(column)));
  return (
    findsOneRow || [...constraints, ...indexes].some((columns) => wanted.every((column, at) => columns[at] === column))
  );
}

/** The tables that the query reads and the catalog knows, as `keyOf` texts. */
export function queryTables({ query }: Optimize, catalog: Catalog): readonly string[] {
  return readQuery(query, catalog)?.map(({ table }) => keyOf(table)) ?? [];
}

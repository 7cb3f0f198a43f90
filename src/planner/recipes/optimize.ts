import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { Index } from '../../sql/change.ts';
import type { Demand } from '../../sql/demand.ts';
import { accessPaths, isCoveredBy, pathOfIndex } from '../../sql/facts/indexes.ts';
import { display, keyOf } from '../../sql/name.ts';
import { demandsOf } from '../../sql/parsers/postgresql/demands.ts';
import type { Goal } from '../goal.ts';
import { type Named, nameIndex } from '../names.ts';
import { type Candidate, candidatesFor } from '../optimize/candidates.ts';

export type Optimize = Extract<Goal, { readonly kind: 'optimize' }>;

/** The indexes to try for a query, and what could be tried if something were there. */
export interface Candidates {
  readonly indexes: readonly (Candidate & { readonly index: Named<Index> })[];
  /** Sentences on what would be needed for another. */
  readonly needs: readonly string[];
}

/** Each is built and measured, so that a query over many tables must not take minutes. */
const most = 16;

/**
 * The indexes that the query could use and does not have, named as PostgreSQL would name the first. `undefined` where the query
 * cannot be read as one SELECT.
 */
export function candidates({ query }: Optimize, catalog: Catalog): Candidates | undefined {
  const demands = demandsOf(query, catalog);
  if (demands === undefined) return undefined;
  const found = demands.filter((demand) => !findsOneRow(demand, catalog)).map((each) => candidatesFor(each, catalog));
  const turns = Array.from({ length: Math.max(0, ...found.map(({ length }) => length)) }, (_, at) =>
    found.flatMap((each) => each[at] ?? []),
  ).flat();
  const indexes: Candidates['indexes'][number][] = [];
  for (const candidate of turns) {
    if (indexes.length === most) break;
    if (isServed(candidate.index, catalog) || indexes.some(({ index }) => isSame(index, candidate.index))) continue;
    indexes.push({ ...candidate, index: named(candidate.index, catalog, indexes) });
  }
  return { indexes, needs: needsOf(demands, catalog) };
}

/** The tables that the query reads and the catalog knows, as `keyOf` texts. */
export function queryTables({ query }: Optimize, catalog: Catalog): readonly string[] {
  return (demandsOf(query, catalog) ?? []).map(({ table }) => keyOf(table));
}

/** An index, key or unique constraint that is there does all that this one would. */
function isServed(index: Index, catalog: Catalog): boolean {
  const table = tableOf(catalog, index.table);
  return table !== undefined && accessPaths(table).some((path) => isCoveredBy(pathOfIndex(index), path));
}

/** A key whose columns the query compares with values has no more than one row to find. */
function findsOneRow({ table, terms }: Demand, catalog: Catalog): boolean {
  const known = tableOf(catalog, table);
  const equal = terms.flatMap((term) =>
    term.kind === 'equal' && term.subject.expression === undefined ? [term.subject.column] : [],
  );
  return (
    known !== undefined &&
    accessPaths(known).some(
      ({ unique, where, keys }) =>
        unique && where === undefined && keys.every(({ column }) => column !== undefined && equal.includes(column)),
    )
  );
}

function isSame(one: Index, other: Index): boolean {
  const shape = ({ name: _name, ...index }: Index) => JSON.stringify([keyOf(index.table), index]);
  return shape(one) === shape(other);
}

/** A name says what sets an index apart: the plan and the engine's EXPLAIN speak of it. */
function named(index: Index, catalog: Catalog, taken: Candidates['indexes']): Named<Index> {
  const { name } = nameIndex(index, catalog);
  const suffix = index.where !== undefined ? 'partial_idx' : index.method === 'gin' ? 'gin_idx' : 'idx';
  const base = name.replace(/idx(\d*)$/, `${suffix}$1`).slice(-63);
  const known = new Set(
    [...(tableOf(catalog, index.table)?.indexes ?? []), ...taken.map((each) => each.index)].map((each) => each.name),
  );
  for (let number = 1; ; number++) {
    const free = number === 1 ? base : `${base.slice(0, 60)}${number}`;
    if (!known.has(free)) return { ...index, name: free };
  }
}

/** Text that may stand anywhere in a column is found by trigrams alone. */
function needsOf(demands: readonly Demand[], catalog: Catalog): readonly string[] {
  if (catalog.extensions.has('pg_trgm')) return [];
  const columns = demands.flatMap(({ table, terms }) =>
    terms.flatMap((term) => (term.kind === 'pattern' ? [`${display(table)}.${term.subject.column}`] : [])),
  );
  return [...new Set(columns)].map(
    (column) =>
      `A pattern that does not begin with fixed text, as the one on ${column}, is served by a trigram index alone, which needs the extension pg_trgm; the schema does not have it.`,
  );
}

import type { ColumnRef, Node, SelectStmt } from 'libpg-query';
import { type Catalog, tableOf } from '../../catalog.ts';
import type { Demand } from '../../demand.ts';
import { utf16Offsets } from '../../positions.ts';
import { startOfText } from '../../span.ts';
import { conjuncts } from './bounds.ts';
import { type Place, placeOf } from './demand-places.ts';
import { termOf } from './demand-terms.ts';
import { isRefusal, treesOf } from './library.ts';
import { allOf, as, texts, visit } from './nodes.ts';
import { lazyTokens, type Reading } from './reading.ts';
import { noScope, scopeOf } from './scope.ts';

/**
 * What every SELECT of a query asks of the tables that the catalog knows. `undefined` where the text is not one SELECT that can
 * be read. `loadParsers()` must have been awaited.
 */
export function demandsOf(sql: string, catalog: Catalog): readonly Demand[] | undefined {
  const answer = treesOf(sql);
  if (isRefusal(answer) || answer.stmts?.length !== 1) return undefined;
  const query = as(answer.stmts[0]?.stmt, 'SelectStmt');
  if (query === undefined || query.intoClause !== undefined) return undefined;
  const reading = readingOf(sql);
  const demands: Demand[] = [];
  const named = new Set<string>();
  visit({ SelectStmt: query }, (key, node) => {
    if (key === 'CommonTableExpr' && typeof node.ctename === 'string') named.add(node.ctename);
  });
  visit({ SelectStmt: query }, (key, node) => {
    // What UNION joins stands under `larg` and `rarg`.
    if (key === 'SelectStmt' || key === 'larg' || key === 'rarg')
      demands.push(...demandsOfSelect(node as SelectStmt, named, catalog, reading));
  });
  return demands;
}

function readingOf(sql: string): Reading {
  const offset = utf16Offsets(sql);
  return {
    sql,
    tokens: lazyTokens(sql),
    offset: (location) => offset(location ?? 0),
    span: () => startOfText,
  };
}

function demandsOfSelect(
  select: SelectStmt,
  named: ReadonlySet<string>,
  catalog: Catalog,
  reading: Reading,
): readonly Demand[] {
  if (select.fromClause === undefined) return [];
  const places = scopeOf(select.fromClause, noScope).sources.flatMap(({ alias, relation }): readonly Place[] => {
    if (relation === undefined || (relation.schema === undefined && named.has(relation.name))) return [];
    const table = tableOf(catalog, relation);
    return table === undefined ? [] : [{ alias, table }];
  });
  const conditions = [select.whereClause, ...joinsOf(select.fromClause)].flatMap((each) => conjuncts(each));
  const order = orderOf(select, places);
  return places.map((place) => ({
    table: place.table.name,
    terms: conditions.flatMap((condition) => termOf(condition, place, places, reading) ?? []),
    ordered: order.every(({ of }) => of === place)
      ? order.map(({ column, descending }) => ({ column, descending }))
      : [],
    columns: columnsOf(select, place, places),
  }));
}

function joinsOf(from: readonly Node[]): readonly (Node | undefined)[] {
  const found: (Node | undefined)[] = [];
  const open = [...from];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const join = as(item, 'JoinExpr');
    if (join === undefined) continue;
    found.push(join.quals);
    for (const side of [join.larg, join.rarg]) if (side !== undefined) open.push(side);
  }
  return found;
}

function orderOf(select: SelectStmt, places: readonly Place[]) {
  const outputs = new Map(
    allOf(select.targetList, 'ResTarget').flatMap(({ name, val }) =>
      name === undefined ? [] : [[name, val] as const],
    ),
  );
  // Rows of groups have no order in the table.
  if (select.groupClause !== undefined || select.distinctClause !== undefined) return [];
  return allOf(select.sortClause, 'SortBy').map(({ node, sortby_dir }) => {
    const written = as(node, 'ColumnRef');
    const name = texts(written?.fields);
    // ORDER BY takes a bare name for a column of the output first (manual, SELECT).
    const output = name.length === 1 ? outputs.get(name[0] ?? '') : undefined;
    const reference = output === undefined ? written : as(output, 'ColumnRef');
    const of = reference === undefined ? undefined : placeOf(reference, places);
    return { of, column: texts(reference?.fields).at(-1) ?? '', descending: sortby_dir === 'SORTBY_DESC' };
  });
}

function columnsOf(select: SelectStmt, place: Place, places: readonly Place[]): readonly string[] | 'all' {
  const columns = new Set<string>();
  let all = false;
  visit(select, (key, node) => {
    if (key !== 'ColumnRef') return;
    const { fields } = node as ColumnRef;
    const names = texts(fields);
    const isStar = names.length < (fields ?? []).length;
    if (isStar) all ||= names.length === 0 || names.at(-1) === place.alias;
    // The whole row: `row_to_json(o)`.
    else if (names.length === 1 && names[0] === place.alias) all = true;
    else if (placeOf(node as ColumnRef, places) === place) columns.add(names.at(-1) ?? '');
  });
  return all ? 'all' : [...columns];
}

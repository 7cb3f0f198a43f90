import type { FuncCall, InsertStmt, Node, RangeVar, SelectStmt, WithClause } from 'libpg-query';
import type { QueryTrait } from '../../changes/queries.ts';
import { conditionTraits } from './conditions.ts';
import { allOf, as, texts, visit } from './nodes.ts';
import type { Reading } from './reading.ts';
import { branchesOf, noScope, type Scope, type Source, scopeOf, sourceNamed } from './scope.ts';

interface Place {
  readonly key: string;
  readonly value: unknown;
  readonly scope: Scope;
  /** Inside WHERE or ON, where an expression decides which rows are read. */
  readonly filters: boolean;
}

/**
 * What decides how a SELECT, INSERT, UPDATE, DELETE or MERGE runs, of itself and of every query in it. Rows of VALUES are
 * looked into only where their text can hold a call that reaches out of the database: there may be thousands of them.
 */
export function traitsOf(statement: Node, reading: Reading): { readonly traits?: readonly QueryTrait[] } {
  const looksOutside = outside.test(reading.sql);
  const insert = as(statement, 'InsertStmt');
  if (insert !== undefined && !looksOutside && isOnlyValues(insert)) return {};

  const traits: QueryTrait[] = [];
  const open: Place[] = [{ key: '', value: statement, scope: noScope, filters: false }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { key, value, scope, filters } = place;
    if (Array.isArray(value)) {
      for (const item of value) open.push({ key, value: item, scope, filters });
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    const node = value as Record<string, unknown>;
    const inner = isStatement(key, node) ? scopeAt(key, node, scope) : scope;
    traits.push(...traitsAt(place, node, inner, reading));
    for (const name of Object.keys(node)) {
      const member = node[name];
      if (typeof member !== 'object' || (name === 'valuesLists' && !looksOutside)) continue;
      const isFilter = name === 'whereClause' || name === 'quals' || name === 'joinCondition';
      open.push({ key: name, value: member, scope: inner, filters: isFilter || (filters && inner === scope) });
    }
  }
  if (hasStar(as(statement, 'SelectStmt') ?? as(insert?.selectStmt, 'SelectStmt')))
    traits.push({ kind: 'select-star' });
  // What was put aside last was looked at first.
  return traits.length === 0 ? {} : { traits: unique(traits.toReversed()) };
}

/** Thousands of rows can stand in one INSERT, and most say nothing else. */
function isOnlyValues({ selectStmt, withClause, onConflictClause }: InsertStmt): boolean {
  const isValues = as(selectStmt, 'SelectStmt')?.valuesLists !== undefined;
  return isValues && withClause === undefined && onConflictClause?.whereClause === undefined;
}

const statements: ReadonlySet<string> = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** The parts of a UNION hang in the tree without the name of their kind. */
function isStatement(key: string, node: Record<string, unknown>): boolean {
  return statements.has(key) || ((key === 'larg' || key === 'rarg') && 'limitOption' in node);
}

function traitsAt(
  { key, filters }: Place,
  node: Record<string, unknown>,
  scope: Scope,
  reading: Reading,
): readonly QueryTrait[] {
  if (key === 'FuncCall') return outsideCall(node as FuncCall);
  if ('sortClause' in node) return orderTraits(node as SelectStmt, scope);
  return filters ? conditionTraits(key, node, scope, reading) : [];
}

/** What SELECT, INSERT, UPDATE, DELETE and MERGE have in common. */
interface Sources {
  readonly relation?: RangeVar;
  readonly fromClause?: readonly Node[];
  readonly usingClause?: readonly Node[];
  readonly sourceRelation?: Node;
  readonly withClause?: WithClause;
}

/** The scope that a statement opens. */
function scopeAt(key: string, node: Record<string, unknown>, around: Scope): Scope {
  const { relation, fromClause, usingClause, sourceRelation, withClause }: Sources = node;
  const others = fromClause ?? usingClause ?? (sourceRelation === undefined ? [] : [sourceRelation]);
  // The table of an INSERT is none that its query reads.
  const isTarget = relation !== undefined && key !== 'InsertStmt';
  return scopeOf(isTarget ? [{ RangeVar: relation }, ...others] : others, around, withClause?.ctes);
}

/** Where a sample is drawn first, or no table is read, sorting costs little. */
function orderTraits({ sortClause, fromClause }: SelectStmt, { sources }: Scope): readonly QueryTrait[] {
  if (sortClause === undefined || !sources.some(({ relation }) => relation !== undefined)) return [];
  if (allOf(fromClause, 'RangeTableSample').length > 0) return [];
  let random = false;
  visit(sortClause, (key, value) => {
    const name = key === 'FuncCall' ? texts((value as FuncCall).funcname).at(-1) : undefined;
    if (name === 'random' || name === 'gen_random_uuid' || name === 'uuid_generate_v4') random = true;
  });
  return random ? [{ kind: 'order-by-random' }] : [];
}

/** Whether a query's list holds the star of a relation, be it through a subquery's own star. */
function hasStar(whole: SelectStmt | undefined): boolean {
  const seen = new Set<SelectStmt>();
  const partsOf = (query: SelectStmt | undefined, around: Scope) => {
    const scope = scopeOf([], around, query?.withClause?.ctes);
    return branchesOf(query).map((part) => ({ part, around: scope }));
  };
  const open = partsOf(whole, noScope);
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const stars = starsOf(top.part);
    if (stars.length === 0 || seen.has(top.part)) continue;
    seen.add(top.part);
    const scope = scopeOf(top.part.fromClause ?? [], top.around, top.part.withClause?.ctes);
    for (const source of stars.flatMap((qualifier) => starred(qualifier, scope))) {
      if (source.relation !== undefined) return true;
      open.push(...partsOf(as(source.query, 'SelectStmt'), scope));
    }
  }
  return false;
}

/** The qualifier of each star in a query's list: that of `u.*` is `u`, that of `*` the empty text. */
function starsOf({ targetList }: SelectStmt): readonly string[] {
  return allOf(targetList, 'ResTarget').flatMap(({ val }) => {
    const fields = as(val, 'ColumnRef')?.fields ?? [];
    return as(fields.at(-1), 'A_Star') === undefined ? [] : [texts(fields).at(-1) ?? ''];
  });
}

function starred(qualifier: string, scope: Scope): readonly Source[] {
  return qualifier === '' ? scope.sources : [sourceNamed(qualifier, undefined, scope) ?? []].flat();
}

/** Functions that reach other servers or the server's files (manual: dblink, adminpack, "Generic File Access", large objects). */
const outside =
  /\b(?:dblink\w*|lo_import|lo_export|pg_read_file|pg_read_binary_file|pg_read_server_files|pg_ls_dir|pg_stat_file|pg_file_\w+|pg_logdir_ls|http_\w+)\b/i;

function outsideCall({ funcname, args }: FuncCall): readonly QueryTrait[] {
  const name = texts(funcname).at(-1) ?? '';
  if (outside.exec(name)?.[0] !== name) return [];
  const constants = (args ?? []).flatMap((each) => as(each, 'A_Const')?.sval?.sval ?? []);
  return [{ kind: 'outside-call', function: name, arguments: constants }];
}

function unique(traits: readonly QueryTrait[]): readonly QueryTrait[] {
  return [...new Map(traits.map((trait) => [JSON.stringify(trait), trait])).values()];
}

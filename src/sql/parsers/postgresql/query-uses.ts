import type { ColumnRef, JoinExpr, Node, RangeVar, SelectStmt } from 'libpg-query';
import type { RelationUse } from '../../changes/queries.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { nameOf } from './names.ts';
import { allOf, as, texts } from './nodes.ts';

/** What stands behind a name in FROM: a relation, or something that the query itself makes. */
type Source = ObjectName | 'derived';

/** The names that a query's FROM puts in reach, and those around it. */
interface Scope {
  readonly sources: Map<string, Source>;
  readonly outer: Scope | undefined;
}

type Used = Map<string, { readonly relation: ObjectName; columns: Set<string> | 'all' }>;

/** Names of WITH queries in reach, which hide tables of the same name. */
type Defined = ReadonlySet<string>;

/**
 * The relations that a query reads, with the columns of each that it names: what PostgreSQL records as the dependencies of a
 * view (source, find_expr_references_walker). A whole row (`row_to_json(o)`) depends on no column. A column without its table
 * is listed for every relation of the innermost FROM.
 */
export function usesOf(query: SelectStmt): readonly RelationUse[] {
  const used: Used = new Map();
  readSelect(query, new Set(), undefined, used);
  return [...used.values()].map(({ relation, columns }) => ({
    relation,
    columns: columns === 'all' ? 'all' : [...columns],
  }));
}

function readSelect(select: SelectStmt, around: Defined, outer: Scope | undefined, used: Used): void {
  const defined = readWith(select, around, outer, used);
  if (select.larg !== undefined) readSelect(select.larg, defined, outer, used);
  if (select.rarg !== undefined) readSelect(select.rarg, defined, outer, used);

  const scope: Scope = { sources: new Map(), outer };
  const conditions: Node[] = [];
  for (const item of select.fromClause ?? []) readFrom(item, { defined, scope, used, conditions });
  const outputs = new Set(allOf(select.targetList, 'ResTarget').flatMap(({ name }) => name ?? []));
  const inside = [
    conditions,
    select.targetList,
    select.whereClause,
    select.groupClause,
    select.havingClause,
    select.windowClause,
    select.distinctClause,
    select.valuesLists,
    // ORDER BY takes a bare name for a column of the output first (manual, SELECT).
    select.larg === undefined ? select.sortClause?.filter((sort) => !isOutput(sort, outputs)) : undefined,
    select.limitCount,
    select.limitOffset,
  ];
  readExpressions(inside, defined, scope, used);
}

function readWith(select: SelectStmt, around: Defined, outer: Scope | undefined, used: Used): Defined {
  const queries = allOf(select.withClause?.ctes, 'CommonTableExpr');
  if (queries.length === 0) return around;
  const defined = new Set(around);
  const isRecursive = select.withClause?.recursive === true;
  if (isRecursive) for (const { ctename = '' } of queries) defined.add(ctename);
  for (const { ctename = '', ctequery } of queries) {
    const query = as(ctequery, 'SelectStmt');
    if (query !== undefined) readSelect(query, new Set(defined), outer, used);
    defined.add(ctename);
  }
  return defined;
}

interface From {
  readonly defined: Defined;
  readonly scope: Scope;
  readonly used: Used;
  /** Expressions that can only be read once every name is known. */
  readonly conditions: Node[];
}

function readFrom(item: Node, from: From): void {
  const join = as(item, 'JoinExpr');
  const subquery = as(item, 'RangeSubselect');
  const relation = as(item, 'RangeVar') ?? as(as(item, 'RangeTableSample')?.relation, 'RangeVar');
  if (join !== undefined) readJoin(join, from);
  else if (relation !== undefined) readRelation(relation, from);
  else if (subquery !== undefined) {
    const inner = as(subquery.subquery, 'SelectStmt');
    const reach = subquery.lateral === true ? from.scope : from.scope.outer;
    if (inner !== undefined) readSelect(inner, from.defined, reach, from.used);
    from.scope.sources.set(subquery.alias?.aliasname ?? '', 'derived');
  } else {
    from.conditions.push(item);
    const alias = Object.values(item)[0] as { readonly alias?: { readonly aliasname?: string } } | undefined;
    from.scope.sources.set(alias?.alias?.aliasname ?? '', 'derived');
  }
}

function readRelation(relation: RangeVar, { defined, scope, used }: From): void {
  const name = nameOf(relation);
  const isDefined = name.schema === undefined && defined.has(name.name);
  // `orders AS o (a, b)` gives the columns other names, so that those that the query uses say nothing of the table's.
  const isRenamed = relation.alias?.colnames !== undefined;
  scope.sources.set(relation.alias?.aliasname ?? name.name, isDefined || isRenamed ? 'derived' : name);
  if (!isDefined) note(used, name, isRenamed ? 'all' : undefined);
}

function readJoin(join: JoinExpr, from: From): void {
  const inside: From = { ...from, scope: { sources: new Map(), outer: from.scope } };
  if (join.larg !== undefined) readFrom(join.larg, inside);
  // What stands to the right of a join may refer to its left side, and to what stands before the join (LATERAL).
  if (join.rarg !== undefined) readFrom(join.rarg, inside);
  const columns = texts(join.usingClause);
  for (const [name, source] of inside.scope.sources) {
    from.scope.sources.set(name, source);
    if (source !== 'derived') for (const column of columns) note(from.used, source, { name: column });
  }
  if (join.quals !== undefined) from.conditions.push(join.quals);
}

/** Visits expressions; keeps its own stack, since an expression may be nested deeply. */
function readExpressions(roots: readonly unknown[], defined: Defined, scope: Scope, used: Used): void {
  const stack: unknown[] = [...roots];
  while (stack.length > 0) {
    const top = stack.pop();
    if (Array.isArray(top)) {
      stack.push(...top);
      continue;
    }
    if (typeof top !== 'object' || top === null) continue;
    for (const [kind, value] of Object.entries(top)) {
      if (kind === 'SelectStmt') readSelect(value as SelectStmt, defined, scope, used);
      else if (kind === 'ColumnRef') resolve(value as ColumnRef, scope, used);
      else if (typeof value === 'object') stack.push(value);
    }
  }
}

function resolve({ fields = [] }: ColumnRef, scope: Scope, used: Used): void {
  const parts = texts(fields);
  const isStar = parts.length < fields.length;
  const column = isStar ? 'all' : { name: parts.at(-1) ?? '' };
  const owner = isStar ? parts : parts.slice(0, -1);
  if (owner.length === 0) {
    for (const source of nearest(scope)) if (source !== 'derived') note(used, source, column);
    return;
  }
  const source = find(owner, scope);
  if (source !== undefined && source !== 'derived') note(used, source, column);
}

/** What the nearest FROM offers; a subquery without one looks around itself. */
function nearest(scope: Scope): Iterable<Source> {
  let at = scope;
  while (at.sources.size === 0 && at.outer !== undefined) at = at.outer;
  return at.sources.values();
}

function find(owner: readonly string[], scope: Scope): Source | undefined {
  const name = owner.at(-1) ?? '';
  const schema = owner.at(-2);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const source = at.sources.get(name);
    const isMeant = schema === undefined || (source !== 'derived' && source?.schema === schema);
    if (source !== undefined && isMeant) return source;
  }
  return undefined;
}

function note(used: Used, relation: ObjectName, column: { readonly name: string } | 'all' | undefined): void {
  const key = keyOf(relation);
  const use = used.get(key) ?? { relation, columns: new Set<string>() };
  used.set(key, use);
  if (column === 'all') use.columns = 'all';
  else if (column !== undefined && use.columns !== 'all') use.columns.add(column.name);
}

function isOutput(sort: Node, outputs: ReadonlySet<string>): boolean {
  const parts = as(as(sort, 'SortBy')?.node, 'ColumnRef')?.fields;
  return parts?.length === 1 && outputs.has(texts(parts)[0] ?? '');
}

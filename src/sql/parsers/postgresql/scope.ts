import type { ColumnRef, Node, RangeVar, SelectStmt } from 'libpg-query';
import { keyOf, type ObjectName } from '../../name.ts';
import { nameOf } from './names.ts';
import { allOf, as, texts, visit } from './nodes.ts';

/** One item of a FROM clause; without a name it is a subquery, a WITH query, or a function. */
export interface Source {
  readonly alias: string;
  readonly relation?: ObjectName;
  /** The subquery that it is. */
  readonly query?: Node;
}

/** What the columns of one query can belong to. */
export interface Scope {
  readonly sources: readonly Source[];
  /** The queries that WITH names, here and around. */
  readonly named: ReadonlyMap<string, Node>;
  /** LEFT, RIGHT and FULL JOIN bring rows of nothing but NULL. */
  readonly outer: boolean;
  /** That of the query around, whose columns a subquery can name. */
  readonly around?: Scope;
}

/** Outside of any query. */
export const noScope: Scope = { sources: [], named: new Map(), outer: false };

/** A column as far as a query tells: its table is known where it is named, or where there is but one. */
export interface ColumnUse {
  readonly column: string;
  readonly table?: ObjectName;
}

/** The scope of a query with these FROM items and WITH queries, inside another. */
export function scopeOf(from: readonly Node[], around: Scope = noScope, ctes?: readonly Node[]): Scope {
  const named = withQueries(ctes, around.named);
  const sources: Source[] = [];
  let outer = false;
  const open = [...from].toReversed();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const join = as(item, 'JoinExpr');
    if (join !== undefined) {
      if (join.jointype !== 'JOIN_INNER') outer = true;
      if (join.rarg !== undefined) open.push(join.rarg);
      if (join.larg !== undefined) open.push(join.larg);
      continue;
    }
    const sample = as(item, 'RangeTableSample');
    const source = sourceOf(sample?.relation ?? item, named);
    if (source !== undefined) sources.push(source);
  }
  return { sources, named, outer, ...(around === noScope ? {} : { around }) };
}

/** The queries that a WITH clause names, over those that are known already. */
function withQueries(ctes: readonly Node[] | undefined, known: ReadonlyMap<string, Node>): ReadonlyMap<string, Node> {
  if (ctes === undefined) return known;
  const named = new Map(known);
  for (const { ctename = '', ctequery } of allOf(ctes, 'CommonTableExpr')) {
    if (ctequery !== undefined) named.set(ctename, ctequery);
  }
  return named;
}

function sourceOf(item: Node, named: ReadonlyMap<string, Node>): Source | undefined {
  const relation = as(item, 'RangeVar');
  if (relation !== undefined) return tableOrNamed(relation, named);
  const subselect = as(item, 'RangeSubselect');
  if (subselect !== undefined) {
    return {
      alias: subselect.alias?.aliasname ?? '',
      ...(subselect.subquery === undefined ? {} : { query: subselect.subquery }),
    };
  }
  return { alias: as(item, 'RangeFunction')?.alias?.aliasname ?? '' };
}

function tableOrNamed(relation: RangeVar, named: ReadonlyMap<string, Node>): Source {
  const name = nameOf(relation);
  const alias = relation.alias?.aliasname ?? name.name;
  const query = name.schema === undefined ? named.get(name.name) : undefined;
  return query === undefined ? { alias, relation: name } : { alias, query };
}

/** The column that a reference means; `undefined` for `*`, for a variable of the code around, and for a subquery's column. */
export function resolved(reference: ColumnRef, scope: Scope): ColumnUse | undefined {
  const fields = texts(reference.fields);
  if (fields.length !== (reference.fields ?? []).length) return undefined;
  const column = fields.at(-1) ?? '';
  const qualifier = fields.at(-2);
  if (qualifier === undefined) {
    const [only, ...others] = scope.sources;
    if (others.length > 0) return { column };
    return only?.relation === undefined ? undefined : { column, table: only.relation };
  }
  const relation = sourceNamed(qualifier, fields.at(-3), scope)?.relation;
  return relation === undefined ? undefined : { column, table: relation };
}

/** The one column that an expression holds, or `undefined` where there is none, or several, or a subquery. */
export function onlyColumn(expression: Node | undefined): ColumnRef | undefined {
  const found: ColumnRef[] = [];
  let simple = true;
  visit(expression, (key, value) => {
    if (key === 'ColumnRef') found.push(value as ColumnRef);
    if (key === 'SubLink') simple = false;
  });
  return simple && found.length === 1 ? found[0] : undefined;
}

/** The FROM item of that name, here or in a query around. */
export function sourceNamed(alias: string, schema: string | undefined, scope: Scope): Source | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.around) {
    const found = at.sources.find(
      (source) => source.alias === alias && (schema === undefined || source.relation?.schema === schema),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every relation that the FROM items read, also through subqueries, each once. */
export function relationsIn({ sources, named }: Scope): readonly ObjectName[] {
  const found = new Map<string, ObjectName>();
  const seen = new Set<Node>();
  const open = [...sources];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    if (source.relation !== undefined) found.set(keyOf(source.relation), source.relation);
    if (source.query === undefined || seen.has(source.query)) continue;
    seen.add(source.query);
    const around = { ...noScope, named };
    for (const { fromClause = [], withClause } of branchesOf(as(source.query, 'SelectStmt'))) {
      open.push(...scopeOf(fromClause, around, withClause?.ctes).sources);
    }
  }
  return [...found.values()].toReversed();
}

/** A query's own parts: itself, or what UNION, INTERSECT and EXCEPT join. */
export function branchesOf(query: SelectStmt | undefined): readonly SelectStmt[] {
  const branches: SelectStmt[] = [];
  const open = query === undefined ? [] : [query];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (top.rarg !== undefined) open.push(top.rarg);
    if (top.larg === undefined) branches.push(top);
    else open.push(top.larg);
  }
  return branches;
}

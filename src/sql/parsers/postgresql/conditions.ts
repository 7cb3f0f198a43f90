import type { A_Expr, BoolExpr, ColumnRef, FuncCall, Node, SelectStmt, SubLink } from 'libpg-query';
import type { QueryTrait } from '../../changes/queries.ts';
import { conjuncts } from './bounds.ts';
import { as, texts } from './nodes.ts';
import { closing, indexAt, isToken, type Reading, scan, textOf } from './reading.ts';
import { onlyColumn, resolved, type Scope, scopeOf } from './scope.ts';
import { typeText } from './type-names.ts';

/** What one node of a WHERE or ON says about how its rows are found. */
export function conditionTraits(
  key: string,
  node: Record<string, unknown>,
  scope: Scope,
  reading: Reading,
): readonly QueryTrait[] {
  if (key === 'A_Expr')
    return [
      ...equalsNull(node as A_Expr),
      ...wildcard(node as A_Expr, scope),
      ...functions(node as A_Expr, scope, reading),
    ];
  if (key === 'SubLink') return isDifferentFromAll(node as SubLink) ? notIn(node as SubLink, scope) : [];
  if (key !== 'BoolExpr' || (node as BoolExpr).boolop !== 'NOT_EXPR') return [];
  const negated = as((node as BoolExpr).args?.[0], 'SubLink');
  return negated?.subLinkType === 'ANY_SUBLINK' && isEquality(negated) ? notIn(negated, scope) : [];
}

function equalsNull({ kind, name, lexpr, rexpr }: A_Expr): readonly QueryTrait[] {
  const operator = texts(name)[0] ?? '';
  if (kind !== 'AEXPR_OP' || !/^(?:=|<>)$/.test(operator)) return [];
  const isNull = [lexpr, rexpr].some((side) => as(side, 'A_Const')?.isnull === true);
  return isNull ? [{ kind: 'equals-null', operator }] : [];
}

/** NOT LIKE reads nearly everything anyway, so that its pattern is no matter. */
function wildcard({ kind, name, lexpr, rexpr }: A_Expr, scope: Scope): readonly QueryTrait[] {
  if ((kind !== 'AEXPR_LIKE' && kind !== 'AEXPR_ILIKE') || texts(name)[0]?.startsWith('!') !== false) return [];
  if (!/^[%_]./.test(leadingText(rexpr))) return [];
  const reference = onlyColumn(lexpr);
  const use = reference === undefined ? undefined : resolved(reference, scope);
  return use === undefined ? [] : [{ kind: 'leading-wildcard', ...use }];
}

/** How a pattern begins: `'%' || term` and `concat('%', term)` begin with their first part, which something follows. */
function leadingText(pattern: Node | undefined): string {
  const constant = as(pattern, 'A_Const');
  if (constant !== undefined) return constant.sval?.sval ?? '';
  const joined = as(pattern, 'A_Expr');
  if (joined !== undefined) return texts(joined.name)[0] === '||' ? `${leadingText(joined.lexpr)}.` : '';
  const call = as(pattern, 'FuncCall');
  if (call !== undefined) return texts(call.funcname).at(-1) === 'concat' ? `${leadingText(call.args?.[0])}.` : '';
  const cast = as(pattern, 'TypeCast');
  return cast === undefined ? '' : leadingText(cast.arg);
}

const compared: ReadonlySet<string> = new Set([
  'AEXPR_OP',
  'AEXPR_OP_ANY',
  'AEXPR_IN',
  'AEXPR_BETWEEN',
  'AEXPR_LIKE',
  'AEXPR_ILIKE',
]);
const ordering: ReadonlySet<string> = new Set(['=', '<', '>', '<=', '>=', 'BETWEEN', '~~', '~~*']);

function functions({ kind, name, lexpr, rexpr }: A_Expr, scope: Scope, reading: Reading): readonly QueryTrait[] {
  if (!compared.has(kind ?? '') || !ordering.has(texts(name)[0] ?? '')) return [];
  return [lexpr, rexpr].flatMap((side) => functionOn(side, scope, reading) ?? []);
}

/** A call, a COALESCE or a cast of exactly one column, with nothing else in it that varies. */
export function functionOn(side: Node | undefined, scope: Scope, reading: Reading): QueryTrait | undefined {
  const call = as(side, 'FuncCall');
  const coalesce = as(side, 'CoalesceExpr');
  const cast = as(side, 'TypeCast');
  if (call === undefined && coalesce === undefined && cast === undefined) return arithmetic(side, scope);
  const reference = onlyColumn(side);
  const use = reference === undefined ? undefined : resolved(reference, scope);
  if (use === undefined) return undefined;
  if (cast !== undefined) {
    if (as(cast.arg, 'ColumnRef') === undefined) return undefined;
    const type = typeText(cast.typeName);
    return { kind: 'function-on-column', function: type, ...use, expression: `${use.column}::${type}` };
  }
  const name = texts(call?.funcname).at(-1) ?? 'coalesce';
  const expression = callText(call, indexAt(reading, call?.location ?? coalesce?.location), reference, reading);
  return expression === undefined ? undefined : { kind: 'function-on-column', function: name, ...use, expression };
}

/** The text of a call without the qualifier of its column. `AT TIME ZONE` is a call that is written behind its column. */
function callText(
  call: FuncCall | undefined,
  start: number,
  reference: ColumnRef | undefined,
  reading: Reading,
): string | undefined {
  const fields = (reference?.fields ?? []).length;
  const qualifier = indexAt(reading, reference?.location);
  const column = qualifier + 2 * (fields - 1);
  if (column < start) {
    const zone = as(call?.args?.[0], 'A_Const')?.location;
    return zone === undefined ? undefined : textOf(reading, column, indexAt(reading, zone) + 1);
  }
  const open = scan(reading, start, (at) => isToken(reading, at, '('));
  const [last, first] = [reading.tokens()[qualifier - 1], reading.tokens()[qualifier]];
  const gap = last !== undefined && first !== undefined && last.end < first.start ? ' ' : '';
  return textOf(reading, start, qualifier) + gap + textOf(reading, column, closing(reading, open) + 1);
}

/** A column with a constant added or the like: what could as well be done to the other side. */
function arithmetic(side: Node | undefined, scope: Scope): QueryTrait | undefined {
  const { name, lexpr, rexpr } = as(side, 'A_Expr') ?? {};
  const operator = texts(name)[0] ?? '';
  const reference = as(lexpr, 'ColumnRef') ?? as(rexpr, 'ColumnRef');
  const constant = as(lexpr, 'A_Const') ?? as(rexpr, 'A_Const');
  if (reference === undefined || constant === undefined || !/^[-+*/%]$/.test(operator)) return undefined;
  const use = resolved(reference, scope);
  if (use === undefined) return undefined;
  const value = constant.fval?.fval ?? String(constant.ival?.ival ?? 0);
  const isFirst = as(lexpr, 'ColumnRef') !== undefined;
  const expression = isFirst ? `${use.column} ${operator} ${value}` : `${value} ${operator} ${use.column}`;
  return { kind: 'function-on-column', function: operator, ...use, expression };
}

function isEquality({ operName }: SubLink): boolean {
  return operName === undefined || texts(operName)[0] === '=';
}

function isDifferentFromAll({ subLinkType, operName }: SubLink): boolean {
  return subLinkType === 'ALL_SUBLINK' && texts(operName)[0] === '<>';
}

/** A single NULL among what the subquery returns makes NOT IN true for no row at all; some subqueries cannot return one. */
function notIn({ subselect }: SubLink, around: Scope): readonly QueryTrait[] {
  const query = as(subselect, 'SelectStmt');
  if (query === undefined || query.valuesLists !== undefined) return [];
  const value = as(query.targetList?.[0], 'ResTarget')?.val;
  const reference = as(value, 'ColumnRef');
  if (query.larg === undefined && (isNeverNull(value) || (reference !== undefined && excludesNull(query, reference))))
    return [];
  const scope = scopeOf(query.fromClause ?? [], around, query.withClause?.ctes);
  const use = reference === undefined || scope.outer ? undefined : resolved(reference, scope);
  return [{ kind: 'not-in-subquery', ...use }];
}

function isNeverNull(value: Node | undefined): boolean {
  const constant = as(value, 'A_Const');
  if (constant !== undefined) return constant.isnull !== true;
  const last = as(as(value, 'CoalesceExpr')?.args?.at(-1), 'A_Const');
  return last !== undefined && last.isnull !== true;
}

/** Whether the query's own condition lets no row with a NULL there pass: IS NOT NULL, or a comparison, which NULL never meets. */
function excludesNull({ whereClause }: SelectStmt, reference: ColumnRef): boolean {
  const name = texts(reference.fields).at(-1);
  const isIt = (node: Node | undefined) => texts(as(node, 'ColumnRef')?.fields).at(-1) === name;
  return conjuncts(whereClause).some((term) => {
    const test = as(term, 'NullTest');
    if (test !== undefined) return test.nulltesttype === 'IS_NOT_NULL' && isIt(test.arg);
    const comparison = as(term, 'A_Expr');
    return compared.has(comparison?.kind ?? '') && (isIt(comparison?.lexpr) || isIt(comparison?.rexpr));
  });
}

import type { A_Expr, ColumnRef, Node, SelectStmt, SubLink } from 'libpg-query';
import type { RowBound } from '../../changes/queries.ts';
import { allOf, as, texts, visit } from './nodes.ts';
import { branchesOf, onlyColumn, resolved, type Scope, scopeOf, sourceNamed } from './scope.ts';

/** Conditions nested deeper than any person writes them are not followed, so that hostile ones cannot exhaust the stack. */
const maxDepth = 50;

/** What bounds the rows that a condition and the FROM items of its statement let through. */
export function boundsOf(condition: Node | undefined, scope: Scope, depth = 0): readonly RowBound[] {
  if (depth > maxDepth) return [];
  const fromFew = scope.sources.some(({ query }) => query !== undefined && isLimited(query, scope, depth));
  return [
    ...(fromFew ? [{ kind: 'limit' } as const] : []),
    ...conjuncts(condition).flatMap((term) => boundsOfTerm(term, scope, depth)),
  ];
}

/** What bounds the rows of a query that is no UNION. */
export function queryBounds(query: SelectStmt, scope: Scope, depth = 0): readonly RowBound[] {
  if (query.valuesLists !== undefined || hasLimit(query) || isOneRow(query)) return [{ kind: 'limit' }];
  if (allOf(query.fromClause, 'RangeTableSample').length > 0) return [{ kind: 'limit' }];
  return boundsOf(query.whereClause, scope, depth);
}

function boundsOfTerm(term: Node, scope: Scope, depth: number): readonly RowBound[] {
  const alternatives = as(term, 'BoolExpr');
  if (alternatives !== undefined) {
    if (alternatives.boolop !== 'OR_EXPR') return [];
    const each = (alternatives.args ?? []).map((arg) =>
      boundsOf(arg, { ...scope, sources: tablesOnly(scope) }, depth + 1),
    );
    return each.every((bounds) => bounds.some(({ kind }) => kind === 'equal' || kind === 'limit'))
      ? (each[0] ?? [])
      : [];
  }
  const sublink = as(term, 'SubLink');
  if (sublink !== undefined) return boundsOfSublink(sublink, scope, depth);
  const comparison = as(term, 'A_Expr');
  return comparison === undefined ? [] : boundsOfComparison(comparison, scope, depth);
}

/** A limit of a FROM item is said once, not by every alternative of an OR. */
function tablesOnly({ sources }: Scope): Scope['sources'] {
  return sources.filter(({ relation }) => relation !== undefined);
}

function boundsOfSublink(
  { subLinkType, testexpr, subselect, operName }: SubLink,
  scope: Scope,
  depth: number,
): readonly RowBound[] {
  if (subLinkType !== 'ANY_SUBLINK' || (operName !== undefined && texts(operName)[0] !== '=')) return [];
  return subselect !== undefined && testexpr !== undefined && isLimited(subselect, scope, depth)
    ? [{ kind: 'limit' }]
    : [];
}

const mirrored: Readonly<Record<string, string>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function boundsOfComparison({ kind, name, lexpr, rexpr }: A_Expr, scope: Scope, depth: number): readonly RowBound[] {
  const operator = texts(name)[0] ?? '';
  switch (kind) {
    case 'AEXPR_OP':
      if (operator === '=' && as(lexpr, 'RowExpr') !== undefined) return equals(lexpr, rexpr, scope);
      return (
        boundsByOperator(operator, lexpr, rexpr, scope) ??
        boundsByOperator(mirrored[operator] ?? '', rexpr, lexpr, scope) ??
        []
      );
    case 'AEXPR_IN':
      return operator === '=' ? equals(lexpr, rexpr, scope) : [];
    case 'AEXPR_BETWEEN': {
      const column = columnOf(lexpr, scope);
      return column === undefined || !isValue(rexpr, scope) ? [] : [above(column), below(column)];
    }
    case 'AEXPR_LIKE': {
      // A pattern with a fixed beginning is a range.
      const column = columnOf(lexpr, scope);
      const isRange = operator === '~~' && /^[^%_]/.test(as(rexpr, 'A_Const')?.sval?.sval ?? '');
      return column === undefined || !isRange ? [] : [above(column), below(column)];
    }
    case 'AEXPR_OP_ANY':
      return operator === '=' ? anyOf(lexpr, rexpr, scope, depth) : [];
    default:
      return [];
  }
}

function boundsByOperator(
  operator: string,
  side: Node | undefined,
  value: Node | undefined,
  scope: Scope,
): readonly RowBound[] | undefined {
  const column = columnOf(side, scope);
  if (column === undefined || !isValue(value, scope)) return undefined;
  // Half of all rows can be true.
  if (operator === '=') return as(value, 'A_Const')?.boolval === undefined ? [{ kind: 'equal', column }] : [];
  if (operator === '<' || operator === '<=') return [below(column)];
  return operator === '>' || operator === '>=' ? [above(column)] : [];
}

const above = (column: string): RowBound => ({ kind: 'above', column });
const below = (column: string): RowBound => ({ kind: 'below', column });

/** `column IN (...)`, and rows of columns. */
function equals(side: Node | undefined, value: Node | undefined, scope: Scope): readonly RowBound[] {
  if (!isValue(value, scope)) return [];
  const sides = as(side, 'RowExpr')?.args ?? (side === undefined ? [] : [side]);
  return sides.flatMap((each) => {
    const column = columnOf(each, scope);
    return column === undefined ? [] : [{ kind: 'equal' as const, column }];
  });
}

/** `= ANY (array)`: of values, or of what a subquery returns. */
function anyOf(side: Node | undefined, array: Node | undefined, scope: Scope, depth: number): readonly RowBound[] {
  const query = as(array, 'SubLink')?.subselect;
  if (query !== undefined) return isLimited(query, scope, depth) ? [{ kind: 'limit' }] : [];
  return equals(side, array, scope);
}

/** The column of which a side of a comparison is made, be it through a function or a cast. */
function columnOf(side: Node | undefined, scope: Scope): string | undefined {
  const reference = onlyColumn(side);
  return reference === undefined ? undefined : resolved(reference, scope)?.column;
}

/**
 * Whether an expression is the same for all rows, as far as that can be seen: a name without a qualifier can be a variable of
 * the code around, and one with the name of no FROM item is.
 */
function isValue(expression: Node | undefined, scope: Scope): boolean {
  let value = expression !== undefined;
  visit(as(expression, 'SubLink') === undefined ? expression : undefined, (key, node) => {
    if (key !== 'ColumnRef') return;
    const qualifier = texts((node as ColumnRef).fields).at(-2);
    value &&=
      qualifier === undefined ? scope.sources.length === 1 : sourceNamed(qualifier, undefined, scope) === undefined;
  });
  return value;
}

/** Answers so far: a WITH query can be named many times, and name itself, which bounds nothing. */
const limited = new WeakMap<Node, boolean>();

/** Whether a query's rows are few by what it says of itself: its own limit, values, one group, or an equality. */
function isLimited(query: Node, around: Scope, depth: number): boolean {
  const known = limited.get(query);
  if (known !== undefined) return known;
  limited.set(query, false);
  const branches = branchesOf(as(query, 'SelectStmt'));
  const isSmall = (branch: SelectStmt) => {
    const scope = scopeOf(branch.fromClause ?? [], { ...around, sources: [] }, branch.withClause?.ctes);
    if (scope.sources.length === 0) return true;
    return queryBounds(branch, scope, depth + 1).some(({ kind }) => kind === 'limit' || kind === 'equal');
  };
  const answer = branches.length > 0 && branches.every(isSmall);
  limited.set(query, answer);
  return answer;
}

/** LIMIT ALL and LIMIT NULL limit nothing. */
function hasLimit({ limitCount }: SelectStmt): boolean {
  return limitCount !== undefined && as(limitCount, 'A_Const')?.isnull !== true;
}

const aggregates: ReadonlySet<string> = new Set([
  'count',
  'max',
  'min',
  'sum',
  'avg',
  'array_agg',
  'string_agg',
  'jsonb_agg',
  'json_agg',
]);

/** An aggregate without GROUP BY. */
function isOneRow({ targetList, groupClause }: SelectStmt): boolean {
  if (groupClause !== undefined) return false;
  return allOf(targetList, 'ResTarget').some(({ val }) => {
    const call = as(as(val, 'CoalesceExpr')?.args?.[0] ?? val, 'FuncCall');
    return call !== undefined && call.over === undefined && aggregates.has(texts(call.funcname).at(-1) ?? '');
  });
}

/** The terms of a condition that AND joins. */
export function conjuncts(condition: Node | undefined): readonly Node[] {
  const terms: Node[] = [];
  const open = condition === undefined ? [] : [condition];
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    const joined = as(term, 'BoolExpr');
    if (joined?.boolop === 'AND_EXPR') open.push(...(joined.args ?? []).toReversed());
    else terms.push(term);
  }
  return terms;
}

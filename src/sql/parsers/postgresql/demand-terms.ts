import type { A_Expr, ColumnRef, Node } from 'libpg-query';
import { columnOf } from '../../catalog.ts';
import type { Subject, Term } from '../../demand.ts';
import { quoteIdentifier, quoteLiteral } from '../../quote.ts';
import { functionOn } from './conditions.ts';
import { type Place, placeOf } from './demand-places.ts';
import { as, texts, visit } from './nodes.ts';
import type { Reading } from './reading.ts';
import { onlyColumn, type Scope } from './scope.ts';

const ranges: ReadonlySet<string> = new Set(['<', '>', '<=', '>=']);
const containments: ReadonlySet<string> = new Set(['@>', '<@', '&&', '?', '?|', '?&', '@@', '@?']);
const patterns: ReadonlySet<string> = new Set(['~', '~*']);

/** What one condition asks of the table at a place; `undefined` where it is of no use to an index of it. */
export function termOf(condition: Node, place: Place, places: readonly Place[], reading: Reading): Term | undefined {
  const comparison = as(condition, 'A_Expr');
  if (comparison === undefined) return fixed(condition, place, places);
  const subject = (node: Node | undefined) => subjectOf(node, place, places, reading);
  const { kind, name, lexpr, rexpr } = comparison;
  const operator = texts(name).at(-1) ?? '';
  const left = subject(lexpr);
  const [key, value] = left === undefined ? [subject(rexpr), lexpr] : [left, rexpr];
  if (key === undefined || touches(value, place, places)) return undefined;
  if (left === undefined && kind !== 'AEXPR_OP') return undefined;

  const others = places.filter((each) => each !== place);
  if (others.some((each) => touches(value, each, places)))
    return kind === 'AEXPR_OP' && operator === '=' ? { kind: 'joined', subject: key } : undefined;
  switch (kind) {
    case 'AEXPR_OP':
      if (operator === '=') return { kind: 'equal', subject: key, ...constant(key, comparison, value) };
      if (ranges.has(operator)) return { kind: 'range', subject: key };
      if (patterns.has(operator)) return { kind: 'pattern', subject: key };
      return containments.has(operator) ? { kind: 'contains', subject: key, operator } : undefined;
    case 'AEXPR_IN':
      return operator === '=' ? { kind: 'equal', subject: key, ...constant(key, comparison, value) } : undefined;
    case 'AEXPR_OP_ANY':
      return operator === '=' ? { kind: 'equal', subject: key } : undefined;
    case 'AEXPR_BETWEEN':
      return { kind: 'range', subject: key };
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      if (operator.startsWith('!')) return undefined;
      const beginsFixed = kind === 'AEXPR_LIKE' && /^[^%_]/.test(as(value, 'A_Const')?.sval?.sval ?? '');
      return { kind: beginsFixed ? 'prefix' : 'pattern', subject: key };
    }
    default:
      return undefined;
  }
}

/** `column`, `lower(column)`, `column::date`, `data ->> 'key'`. */
function subjectOf(
  node: Node | undefined,
  place: Place,
  places: readonly Place[],
  reading: Reading,
): Subject | undefined {
  const reference = as(node, 'ColumnRef');
  if (reference !== undefined) return placeOf(reference, places) === place ? { column: lastOf(reference) } : undefined;
  const within = onlyColumn(node);
  if (within === undefined || placeOf(within, places) !== place) return undefined;
  const column = lastOf(within);
  const member = memberOf(as(node, 'A_Expr'));
  if (member !== undefined) return { column, expression: `(${quoteIdentifier(column)} ${member})` };
  const scope: Scope = {
    sources: [{ alias: place.alias, relation: place.table.name }],
    named: new Map(),
    outer: false,
  };
  const trait = functionOn(node, scope, reading);
  if (trait?.kind !== 'function-on-column') return undefined;
  return { column, expression: as(node, 'FuncCall') === undefined ? `(${trait.expression})` : trait.expression };
}

/** `->> 'key'`: what is taken out of a JSON document by a constant key. */
function memberOf(expression: A_Expr | undefined): string | undefined {
  const operator = texts(expression?.name).at(-1) ?? '';
  if (!['->', '->>', '#>', '#>>'].includes(operator) || as(expression?.lexpr, 'ColumnRef') === undefined)
    return undefined;
  const key = literal(expression?.rexpr);
  return key === undefined ? undefined : `${operator} ${key}`;
}

function fixed(condition: Node, place: Place, places: readonly Place[]): Term | undefined {
  const own = (node: Node | undefined) => {
    const reference = as(node, 'ColumnRef');
    return reference !== undefined && placeOf(reference, places) === place ? lastOf(reference) : undefined;
  };
  const test = as(condition, 'NullTest');
  const negated = as(condition, 'BoolExpr');
  const truth = as(condition, 'BooleanTest');
  const column = own(test?.arg ?? truth?.arg ?? (negated?.boolop === 'NOT_EXPR' ? negated.args?.[0] : condition));
  if (column === undefined) return undefined;
  const name = quoteIdentifier(column);
  if (test !== undefined)
    return { kind: 'fixed', column, condition: `${name} IS ${test.nulltesttype === 'IS_NULL' ? '' : 'NOT '}NULL` };
  if (truth !== undefined) {
    const words = { IS_TRUE: 'IS TRUE', IS_FALSE: 'IS FALSE' } as Readonly<Record<string, string>>;
    const word = words[truth.booltesttype ?? ''];
    return word === undefined ? undefined : { kind: 'fixed', column, condition: `${name} ${word}` };
  }
  return { kind: 'fixed', column, condition: negated === undefined ? name : `NOT ${name}` };
}

/** The condition itself, where it holds of the same rows at every call. */
function constant(subject: Subject, { kind }: A_Expr, value: Node | undefined): { readonly constant?: string } {
  const side = subject.expression ?? quoteIdentifier(subject.column);
  if (kind !== 'AEXPR_IN') {
    const text = literal(value);
    return text === undefined ? {} : { constant: `${side} = ${text}` };
  }
  const items = (as(value, 'List')?.items ?? []).map(literal);
  return items.length === 0 || items.includes(undefined) ? {} : { constant: `${side} IN (${items.join(', ')})` };
}

function literal(node: Node | undefined): string | undefined {
  const bare = as(as(node, 'TypeCast')?.arg, 'A_Const') ?? as(node, 'A_Const');
  if (bare === undefined || bare.isnull === true) return undefined;
  if (bare.sval !== undefined) return quoteLiteral(bare.sval.sval ?? '');
  if (bare.boolval !== undefined) return bare.boolval.boolval === true ? 'true' : 'false';
  if (bare.fval !== undefined) return bare.fval.fval;
  return bare.ival === undefined ? undefined : String(bare.ival.ival ?? 0);
}

/** Whether an expression holds a column of the table at that place, or one whose table is not known. */
function touches(node: Node | undefined, place: Place, places: readonly Place[]): boolean {
  let found = false;
  visit(node, (key, value) => {
    if (key !== 'ColumnRef' || found) return;
    const reference = value as ColumnRef;
    const of = placeOf(reference, places);
    const isBare = texts(reference.fields).length === 1;
    found = of === place || (of === undefined && isBare && columnOf(place.table, lastOf(reference)) !== undefined);
  });
  return found;
}

function lastOf({ fields }: ColumnRef): string {
  return texts(fields).at(-1) ?? '';
}

import type { Node, ResTarget, SelectStmt } from 'libpg-query';
import { keyOf, type ObjectName } from '../../name.ts';
import { nameOf } from './names.ts';
import { allOf, as, texts } from './nodes.ts';

/**
 * The columns of a query's result, in order: a name, or a relation of which all columns are taken. `undefined` where that is
 * not plain to see.
 */
export function outputOf(query: SelectStmt): readonly (string | ObjectName)[] | undefined {
  let first = query;
  while (first.larg !== undefined) first = first.larg;
  const [row] = allOf(first.valuesLists, 'List');
  if (row !== undefined) return (row.items ?? []).map((_, at) => `column${at + 1}`);

  const columns: (string | ObjectName)[] = [];
  for (const target of allOf(first.targetList, 'ResTarget')) {
    const fields = as(target.val, 'ColumnRef')?.fields ?? [];
    const starred = fields.length > texts(fields).length ? starOf(texts(fields), first, query) : [];
    const named = starred?.length === 0 ? nameOfTarget(target) : undefined;
    if (starred === undefined || (starred.length === 0 && named === undefined)) return undefined;
    columns.push(...starred, ...(named === undefined ? [] : [named]));
  }
  return columns;
}

/** What `*` or `t.*` stands for, where FROM is a plain list of relations. */
function starOf(
  owner: readonly string[],
  { fromClause = [], withClause }: SelectStmt,
  whole: SelectStmt,
): readonly ObjectName[] | undefined {
  const defined = [withClause, whole.withClause].flatMap((clause) => allOf(clause?.ctes, 'CommonTableExpr'));
  const sources = relationsIn(fromClause);
  if (sources === undefined) return undefined;
  const wanted = sources.filter(
    ({ alias, name }) => owner.length === 0 || owner.at(-1) === alias || keyOf(name) === owner.join('.'),
  );
  const isDerived = wanted.some(({ name }) => defined.some(({ ctename }) => ctename === name.name));
  return wanted.length === 0 || isDerived ? undefined : wanted.map(({ name }) => name);
}

/** The relations of FROM from left to right; `undefined` where something else stands there, or USING merges columns. */
function relationsIn(
  items: readonly Node[],
): readonly { readonly alias: string; readonly name: ObjectName }[] | undefined {
  const found: { alias: string; name: ObjectName }[] = [];
  for (const item of items) {
    const relation = as(item, 'RangeVar');
    const join = as(item, 'JoinExpr');
    if (relation !== undefined && relation.alias?.colnames === undefined) {
      found.push({ alias: relation.alias?.aliasname ?? relation.relname ?? '', name: nameOf(relation) });
      continue;
    }
    if (join?.larg === undefined || join.rarg === undefined) return undefined;
    if (join.usingClause !== undefined || join.isNatural === true) return undefined;
    const sides = relationsIn([join.larg, join.rarg]);
    if (sides === undefined) return undefined;
    found.push(...sides);
  }
  return found;
}

function nameOfTarget({ name, val }: ResTarget): string | undefined {
  return name ?? nameOfExpression(val);
}

/** The name that PostgreSQL gives to an expression (source, FigureColname), as far as we follow it. */
function nameOfExpression(node: Node | undefined): string | undefined {
  const cast = as(node, 'TypeCast');
  const choice = as(node, 'CaseExpr');
  if (as(node, 'ColumnRef') !== undefined) return texts(as(node, 'ColumnRef')?.fields).at(-1);
  if (as(node, 'FuncCall') !== undefined) return texts(as(node, 'FuncCall')?.funcname).at(-1);
  if (cast !== undefined) {
    const inner = nameOfExpression(cast.arg);
    return inner === undefined || inner === unnamed ? texts(cast.typeName?.names).at(-1) : inner;
  }
  if (as(node, 'CollateClause') !== undefined) return nameOfExpression(as(node, 'CollateClause')?.arg);
  if (choice !== undefined)
    return as(choice.defresult, 'ColumnRef') === undefined ? 'case' : nameOfExpression(choice.defresult);
  if (as(node, 'CoalesceExpr') !== undefined) return 'coalesce';
  if (as(node, 'A_ArrayExpr') !== undefined) return 'array';
  if (as(node, 'RowExpr') !== undefined) return 'row';
  if (as(node, 'MinMaxExpr') !== undefined) return as(node, 'MinMaxExpr')?.op === 'IS_GREATEST' ? 'greatest' : 'least';
  const isPlain = ['A_Const', 'A_Expr', 'BoolExpr', 'NullTest', 'BooleanTest'].some((kind) => kind in (node ?? {}));
  return isPlain ? unnamed : undefined;
}

const unnamed = '?column?';

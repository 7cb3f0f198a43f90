import type { FuncCall, Node } from 'libpg-query';
import type { Expression } from '../../change.ts';
import { isSteadyFunction } from '../../facts/volatility.ts';
import { as, texts, visit } from './nodes.ts';
import { typeText } from './type-names.ts';

/** An expression with what PostgreSQL would make of it in ADD COLUMN ... DEFAULT (manual, ALTER TABLE, Notes). */
export function expression(sql: string, tree: Node | undefined): Expression {
  return { sql, volatility: volatilityOf(tree) };
}

/**
 * The types to which an expression casts a column, in order; `[]` for the column itself, `undefined` for an expression that does
 * anything else.
 */
export function castsOf(tree: Node | undefined, column: string): readonly string[] | undefined {
  const casts: string[] = [];
  let node = tree;
  for (let cast = as(node, 'TypeCast'); cast !== undefined; cast = as(node, 'TypeCast')) {
    casts.unshift(typeText(cast.typeName));
    node = cast.arg;
  }
  return texts(as(node, 'ColumnRef')?.fields).at(-1) === column ? casts : undefined;
}

function volatilityOf(tree: Node | undefined): Expression['volatility'] {
  let volatility: Expression['volatility'] = 'constant';
  visit(tree, (kind, node) => {
    if (volatility === 'volatile') return;
    if (kind === 'FuncCall') volatility = isSteady(node) ? 'stable' : 'volatile';
    else if (kind === 'SubLink') volatility = 'volatile';
    else if (kind === 'SQLValueFunction' || kind === 'ColumnRef') volatility = 'stable';
  });
  return volatility;
}

function isSteady(call: FuncCall): boolean {
  const parts = texts(call.funcname);
  const builtIn = parts.length === 1 || parts[0] === 'pg_catalog';
  return builtIn && isSteadyFunction(parts.at(-1) ?? '');
}

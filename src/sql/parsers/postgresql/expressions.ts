import type { FuncCall, Node } from 'libpg-query';
import type { Expression } from '../../change.ts';
import { as, texts, visit } from './nodes.ts';
import { typeText } from './type-names.ts';

/**
 * Built-in functions that are immutable or stable (PostgreSQL, pg_proc.provolatile), as far as they are seen in defaults.
 * A function that is not listed counts as volatile: PostgreSQL rewrites the table for it, and we cannot know better.
 */
const steady: ReadonlySet<string> = new Set(
  `now transaction_timestamp statement_timestamp current_setting current_schema current_database current_user
   to_timestamp to_date to_char to_number to_json to_jsonb date_trunc date_part extract age timezone make_date make_time
   make_timestamp make_timestamptz make_interval interval lower upper initcap trim btrim ltrim rtrim lpad rpad length
   char_length concat concat_ws format replace repeat reverse substr substring split_part md5 sha224 sha256 sha384 sha512
   encode decode abs ceil ceiling floor round trunc sign power sqrt mod greatest least array_append array_cat array_fill
   jsonb_build_object jsonb_build_array json_build_object json_build_array row_to_json to_tsvector to_tsquery
   string_to_array array_to_string int4range int8range numrange tsrange tstzrange daterange pg_client_encoding version
   txid_current pg_current_xact_id inet_client_addr nullif coalesce like_escape quote_literal quote_ident`.split(/\s+/),
);

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
  return builtIn && steady.has(parts.at(-1) ?? '');
}

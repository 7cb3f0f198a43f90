import type { Catalog } from '../catalog.ts';
import type { Expression } from '../change.ts';
import { tokensOf } from '../lex.ts';
import { keyOf } from '../name.ts';
import { namedBy } from '../type-text.ts';

/**
 * Built-in functions that are immutable or stable (PostgreSQL, pg_proc.provolatile), as far as they can stand in a default.
 * A function that is not listed counts as volatile: PostgreSQL rewrites the table for it, and we cannot know better.
 */
const steady: ReadonlySet<string> = new Set(
  `now transaction_timestamp statement_timestamp current_setting current_schema current_schemas current_database
   current_user abs acos array_append array_cat array_dims array_fill array_length array_lower array_ndims
   array_position array_positions array_prepend array_remove array_replace array_reverse array_sort array_to_json
   array_to_string array_upper ascii asin atan atan2 bit_count bit_length btrim cardinality cbrt ceil ceiling
   char_length character_length chr concat concat_ws convert convert_from convert_to cos cot crc32 crc32c decode
   degrees div encode enum_first enum_last enum_range exp extract factorial floor format gcd get_bit get_byte hashtext
   initcap lcm left length like_escape ln log log10 lower lpad ltrim md5 min_scale mod normalize num_nonnulls num_nulls
   octet_length overlay parse_ident pi position power quote_ident quote_literal quote_nullable radians regexp_count
   regexp_instr regexp_like regexp_match regexp_replace regexp_split_to_array regexp_substr repeat replace reverse
   right round rpad rtrim scale set_bit set_byte sha224 sha256 sha384 sha512 sign sin split_part sqrt starts_with
   string_to_array strpos substr substring tan to_ascii to_bin to_hex to_oct translate trim_array trim_scale trunc
   unistr upper width_bucket age date_add date_bin date_part date_subtract date_trunc isfinite justify_days
   justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz timezone to_char
   to_date to_number to_timestamp bool bpchar char date float4 float8 int2 int4 int8 interval name numeric oid text
   time timestamp timestamptz timetz varchar int4range int8range numrange daterange tsrange tstzrange int4multirange
   int8multirange nummultirange datemultirange tsmultirange tstzmultirange isempty lower_inc lower_inf upper_inc
   upper_inf range_merge abbrev broadcast family host hostmask inet_client_addr inet_client_port inet_merge
   inet_server_addr masklen netmask network set_masklen box center circle line lseg path point polygon json_build_array
   json_build_object json_object json_typeof jsonb_build_array jsonb_build_object jsonb_insert jsonb_object
   jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof json_strip_nulls row_to_json to_json to_jsonb plainto_tsquery
   phraseto_tsquery setweight strip to_tsquery to_tsvector websearch_to_tsquery numnode uuid_extract_timestamp
   uuid_extract_version pg_backend_pid pg_client_encoding pg_current_xact_id pg_postmaster_start_time pg_size_pretty
   txid_current version xmlcomment`.split(/\s+/),
);

/** Whether the built-in function of that name is known to give the same for every row of a statement. */
export function isSteadyFunction(name: string): boolean {
  return steady.has(name);
}

/**
 * Whether an expression differs from row to row, for all that is known: the parser knows built-in functions only, the catalog
 * also those that migrations have made IMMUTABLE or STABLE.
 */
export function isVolatile({ sql, volatility }: Expression, { functions }: Pick<Catalog, 'functions'>): boolean {
  if (volatility !== 'volatile') return false;
  if (functions.size === 0 || /\bselect\b/i.test(sql)) return true;
  const called = calledIn(sql);
  return called.length === 0 || !called.every((name) => isSteadyHere(name, functions));
}

function isSteadyHere(name: string, functions: Catalog['functions']): boolean {
  const known = functions.get(keyOf(namedBy(name)));
  if (known === undefined) return isSteadyFunction(name);
  return known.every(({ volatility = 'volatile' }) => volatility !== 'volatile');
}

/** The names before an opening parenthesis, as they are written: `app.next_code`. */
function calledIn(sql: string): readonly string[] {
  const tokens = tokensOf(sql);
  const text = (at: number) => sql.slice(tokens[at]?.start, tokens[at]?.end);
  return tokens.flatMap(({ kind }, at) => {
    if ((kind !== 'word' && kind !== 'name') || at + 1 >= tokens.length || text(at + 1) !== '(') return [];
    const name = kind === 'word' ? text(at).toLowerCase() : text(at);
    return at > 1 && text(at - 1) === '.' ? [`${text(at - 2).toLowerCase()}.${name}`] : [name];
  });
}

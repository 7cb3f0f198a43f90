/**
 * Pieces of the queries on PostgreSQL's catalog (https://www.postgresql.org/docs/current/catalogs.html). They run with an empty
 * search_path, so that every name in a definition is qualified.
 */

/** What people made, as opposed to the server: the schema `n`. */
export const ours = `n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'`;

/** By which the rows of pg_depend know a row of a catalog. */
export function addressOf(alias: string): string {
  return `${alias}.tableoid || ':' || ${alias}.oid`;
}

/** The key of the relation `c` in the schema `n`. */
export function relationKey(c = 'c', n = 'n'): string {
  return `CASE ${c}.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'f' THEN 'foreign table '
    WHEN 'S' THEN 'sequence ' WHEN 'c' THEN 'composite ' WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' ELSE 'table ' END
    || ${n}.nspname || '.' || ${c}.relname`;
}

/** What statements call the relation `c`: `MATERIALIZED VIEW public.orders`. */
export function relationTarget(c = 'c', n = 'n'): string {
  return `format(CASE ${c}.relkind WHEN 'v' THEN 'VIEW %I.%I' WHEN 'm' THEN 'MATERIALIZED VIEW %I.%I' WHEN 'f' THEN 'FOREIGN TABLE %I.%I'
    WHEN 'S' THEN 'SEQUENCE %I.%I' WHEN 'i' THEN 'INDEX %I.%I' WHEN 'I' THEN 'INDEX %I.%I' ELSE 'TABLE %I.%I' END,
    ${n}.nspname, ${c}.relname)`;
}

/** The options of a relation as WITH (...) says them, in the spelling of pg_get_indexdef; null where there are none. */
export function options(c = 'c'): string {
  return `(SELECT string_agg(format('%s=%s', quote_ident(o.option_name), CASE WHEN quote_ident(o.option_value) = o.option_value
      THEN o.option_value ELSE quote_literal(o.option_value) END), ', ')
    FROM pg_options_to_table(${c}.reloptions) o)`;
}

/** Keeps the planner from taking a subquery apart, and with it from printing a definition once for each place it stands in. */
export const once = `OFFSET 0`;

/** No statements. */
export const none = `'{}'::text[]`;

import { notOfExtension, ours } from './scope.ts';

/** What is asked of PostgreSQL's catalog about what stands beside tables, and on them. */

export const triggers = `
  SELECT n.nspname AS schema, c.relname AS "table", t.tgname AS name, fn.nspname AS function_schema, f.proname AS function,
    t.tgenabled <> 'D' AS enabled
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
  WHERE NOT t.tgisinternal AND ${ours} ORDER BY 1, 2, 3`;

export const policies = `
  SELECT p.schemaname AS schema, p.tablename AS "table", p.policyname AS name, lower(p.cmd) AS command,
    p.permissive = 'PERMISSIVE' AS permissive, to_json(p.roles) AS roles, p.qual AS "using", p.with_check
  FROM pg_policies p ORDER BY 1, 2, 3`;

export const domains = `
  SELECT n.nspname AS schema, t.typname AS name, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS required,
    t.typdefault AS default, CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
    (SELECT json_agg(json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, 0), 'validated', k.convalidated)
        ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
  WHERE t.typtype = 'd' AND ${ours} AND ${notOfExtension('pg_type', 't.oid')} ORDER BY 1, 2`;

export const composites = `
  SELECT n.nspname AS schema, c.relname AS name,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'c' AND ${ours} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY 1, 2`;

/** Those of identity columns are left out: they are part of their columns. */
export const sequences = `
  SELECT n.nspname AS schema, c.relname AS name, tn.nspname AS owner_schema, t.relname AS owner, a.attname AS owner_column
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
    LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE c.relkind = 'S' AND ${ours} AND ${notOfExtension('pg_class', 'c.oid')}
    AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid AND i.deptype = 'i')
  ORDER BY 1, 2`;

/** Aggregates and window functions have no definition that a catalog keeps. */
export const functions = `
  SELECT n.nspname AS schema, p.proname AS name, p.prokind = 'p' AS procedure, l.lanname AS language,
    p.prosecdef AS security_definer, p.provolatile AS volatility, p.prosrc AS body,
    (SELECT substr(s, 13) FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%') AS search_path,
    (SELECT json_agg(format_type(a.type, NULL) ORDER BY a.place) FROM unnest(p.proargtypes) WITH ORDINALITY a(type, place)) AS arguments
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE p.prokind IN ('f', 'p') AND ${ours} AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY 1, 2, p.oid`;

export const viewColumns = `
  SELECT n.nspname AS schema, c.relname AS "table", a.attname AS name
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND ${ours} ORDER BY 1, 2, a.attnum`;

/** What each view's query depends on: a column each, and a row without one for the relation itself. */
export const viewUses = `
  SELECT DISTINCT n.nspname AS schema, c.relname AS "table", rn.nspname AS read_schema, r.relname AS "read", a.attname AS "column",
    a.attnum
  FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
      AND d.refobjid <> c.oid
    JOIN pg_class r ON r.oid = d.refobjid AND r.relkind IN ('r', 'p', 'f', 'v', 'm') JOIN pg_namespace rn ON rn.oid = r.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
  WHERE w.rulename = '_RETURN' AND c.relkind IN ('v', 'm') AND ${ours} ORDER BY 1, 2, 3, 4, a.attnum`;

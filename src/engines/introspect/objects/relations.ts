import { addressOf, none, once, options, ours, relationKey, relationTarget } from './sql.ts';

const made = `coalesce(' USING ' || quote_ident(CASE WHEN m.amname <> 'heap' THEN m.amname END), '')`;

/** What a view reads, with the columns that it names. */
const uses = `SELECT json_agg(json_build_object('schema', u.nspname, 'name', u.relname, 'columns', u.columns) ORDER BY u.nspname, u.relname)
      FROM (SELECT un.nspname, r.relname, coalesce(json_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attnum > 0), '[]') AS columns
        FROM pg_rewrite w JOIN pg_depend d ON d.classid = w.tableoid AND d.objid = w.oid AND d.refclassid = c.tableoid
          AND d.refobjid <> c.oid JOIN pg_class r ON r.oid = d.refobjid JOIN pg_namespace un ON un.oid = r.relnamespace
          LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
        WHERE w.ev_class = c.oid AND w.rulename = '_RETURN' AND r.relkind IN ('r', 'p', 'v', 'm', 'f') GROUP BY 1, 2) u`;

/**
 * Tables, views, materialized and foreign tables. How a table is made is for its columns to say; a foreign one is described only.
 */
export const relations = () => `
  SELECT n.nspname AS schema, c.relname AS name, c.relkind AS relkind, ${addressOf('c')} AS address, ${relationKey()} AS key,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'other' ELSE 'table' END AS kind,
    ${relationTarget()} AS target, c.relpersistence AS persistence, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    pg_get_partkeydef(c.oid) AS partition_by, pg_get_expr(c.relpartbound, c.oid) AS bound,
    o.query AS query,
    (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY i.inhseqno) FROM pg_inherits i
      JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) AS parents,
    (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    CASE WHEN c.relkind IN ('v', 'm') THEN (${uses}) END AS uses,
    CASE c.relkind
      WHEN 'v' THEN concat('WITH (' || o.options || ') ', 'AS', o.query)
      WHEN 'm' THEN concat('USING ' || CASE WHEN m.amname <> 'heap' THEN quote_ident(m.amname) || ' ' END, 'AS', o.query,
        CASE WHEN NOT c.relispopulated THEN ' WITH NO DATA' END)
      WHEN 'f' THEN 'server ' || (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver
        WHERE f.ftrelid = c.oid) || coalesce(' options ' || (SELECT f.ftoptions::text FROM pg_foreign_table f WHERE f.ftrelid = c.oid), '')
      ELSE concat_ws(' ', 'OF ' || CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
        'PARTITION BY ' || pg_get_partkeydef(c.oid), 'USING ' || CASE WHEN m.amname <> 'heap' THEN quote_ident(m.amname) END)
      END AS definition,
    CASE c.relkind
      WHEN 'v' THEN ARRAY[format('CREATE VIEW %I.%I', n.nspname, c.relname) || coalesce(' WITH (' || o.options || ')', '')
        || ' AS' || o.query]
      WHEN 'm' THEN ARRAY[format('CREATE MATERIALIZED VIEW %I.%I', n.nspname, c.relname) || ${made} || ' AS' || o.query
        || CASE WHEN c.relispopulated THEN '' ELSE ' WITH NO DATA' END]
      ELSE ${none} END AS "create",
    CASE WHEN c.relkind = 'f' THEN ${none} ELSE ARRAY['DROP ' || ${relationTarget()}] END AS "drop"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am m ON m.oid = c.relam
    CROSS JOIN LATERAL (SELECT ${options()} AS options,
      CASE WHEN c.relkind IN ('v', 'm') THEN rtrim(pg_get_viewdef(c.oid), ';') END AS query ${once}) o
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours} ORDER BY 1, 2`;

/** A column that is NOT NULL only by a constraint that is not validated says so there. */
const unproven = (version: number) =>
  version < 180_000
    ? 'false'
    : `EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated AND k.conkey = ARRAY[a.attnum])`;

export const columns = (version: number) => `
  SELECT n.nspname AS schema, c.relname AS "table", a.attname AS name, ${addressOf('c')} || ':' || a.attnum AS address,
    CASE WHEN d.oid IS NOT NULL THEN ARRAY[${addressOf('d')}] END AS aliases, 'column ' || n.nspname || '.' || c.relname || '.' || a.attname AS key,
    format('COLUMN %I.%I.%I', n.nspname, c.relname, a.attname) AS target,
    ${relationKey()} AS "of", format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AND NOT ${unproven(version)} AS required,
    pg_get_expr(d.adbin, d.adrelid) AS "default", a.attidentity AS identity, a.attgenerated AS generated,
    t.typtype = 'd' AS is_domain, NOT a.attislocal AND NOT c.relispartition AS inherited,
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND ${ours}
  ORDER BY 1, 2, a.attnum`;

import { addressOf, none, once, options, ours, relationKey } from './sql.ts';

/** A partition that is attached later gets an index even where the one of its parent was made ON ONLY that. */
const laterPartitions = `SELECT array_agg('attachment of table ' || hn.nspname || '.' || h.relname) FROM pg_inherits e
        JOIN pg_class h ON h.oid = e.inhrelid JOIN pg_namespace hn ON hn.oid = h.relnamespace WHERE e.inhparent = c.oid`;

/**
 * Indexes that no constraint owns. Their parameters are objects of their own, and what is said of ONLY is left out, so that the
 * index of a partitioned table brings those of its partitions along.
 */
export const indexes = (version: number) => `
  SELECT n.nspname AS schema, c.relname AS "table", x.relname AS name, m.amname AS method, i.indisunique AS "unique",
    i.indisvalid AS valid, x.relkind AS relkind, pg_get_expr(i.indpred, i.indrelid) AS "where",
    ${version >= 150_000 ? 'i.indnullsnotdistinct' : 'false'} AS nulls_not_distinct, c.relkind AS table_relkind,
    ${addressOf('x')} AS address, 'index ' || xn.nspname || '.' || x.relname AS key, 'index' AS kind,
    format('INDEX %I.%I', xn.nspname, x.relname) AS target,
    concat_ws(' ', d.definition, CASE WHEN NOT i.indisvalid THEN '(invalid)' END,
      'attached to ' || pn.nspname || '.' || p.relname) AS definition,
    CASE WHEN p.oid IS NULL THEN ARRAY[d.definition] ELSE ${none} END AS "create",
    CASE WHEN p.oid IS NULL THEN ARRAY[format('DROP INDEX %I.%I', xn.nspname, x.relname)] ELSE ${none} END AS "drop",
    CASE WHEN p.oid IS NULL THEN ${relationKey()} WHEN own.oid IS NULL THEN 'index ' || pn.nspname || '.' || p.relname
      ELSE ${relationKey()} END AS "of",
    CASE WHEN p.oid IS NOT NULL THEN ARRAY['attachment of table ' || n.nspname || '.' || c.relname, ${relationKey()}]
      WHEN x.relkind = 'I' AND NOT i.indisvalid THEN (${laterPartitions}) END AS needs,
    pn.nspname AS parent_schema, p.relname AS parent_name,
    (SELECT json_object_agg(o.option_name, o.option_value) FROM pg_options_to_table(x.reloptions) o) AS parameters,
    (SELECT json_agg(json_build_object('definition', e.text,
        'column', a.attname,
        'included', s.key > i.indnkeyatts,
        'order', CASE WHEN s.key <= i.indnkeyatts THEN i.indoption[s.key - 1] ELSE 0 END, 'opclass', o.opcname,
        'collation', CASE WHEN a.attcollation <> l.oid OR a.attname IS NULL AND strpos(r.text, e.text || ' COLLATE ' || l.name) > 0
          THEN l.name END,
        'parameters', (SELECT json_object_agg(y.option_name, y.option_value) FROM pg_options_to_table(k.attoptions) y)) ORDER BY s.key)
      FROM generate_series(1, i.indnatts) s(key) JOIN pg_attribute k ON k.attrelid = i.indexrelid AND k.attnum = s.key
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s.key - 1] AND a.attnum <> 0
        CROSS JOIN LATERAL (SELECT CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, s.key, false) END AS text ${once}) e
        CROSS JOIN LATERAL (SELECT i.indcollation[s.key - 1] AS oid,
          nullif(i.indcollation[s.key - 1], 0)::regcollation::text AS name) l
        LEFT JOIN pg_opclass o ON s.key <= i.indnkeyatts AND o.oid = i.indclass[s.key - 1] AND (NOT o.opcdefault OR k.attoptions IS NOT NULL)) AS keys
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace xn ON xn.oid = x.relnamespace
    JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = x.relam
    LEFT JOIN pg_inherits h ON h.inhrelid = x.oid LEFT JOIN pg_class p ON p.oid = h.inhparent
    LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
    LEFT JOIN pg_constraint own ON own.conindid = p.oid AND own.contype IN ('p', 'u', 'x')
    CROSS JOIN LATERAL (SELECT format('CREATE %sINDEX %I ON ', CASE WHEN i.indisunique THEN 'UNIQUE ' END, x.relname) AS head,
      pg_get_indexdef(i.indexrelid) AS text, ${options('x')} AS options ${once}) r
    CROSS JOIN LATERAL (SELECT replace(CASE WHEN x.relkind = 'I' AND i.indisvalid AND left(r.text, length(r.head || 'ONLY ')) = r.head || 'ONLY '
        THEN r.head || substr(r.text, length(r.head || 'ONLY ') + 1) ELSE r.text END,
      coalesce(' WITH (' || r.options || ')', ' WITH ()'), '') AS definition ${once}) d
  WHERE ${ours} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  ORDER BY 1, 2, 3`;

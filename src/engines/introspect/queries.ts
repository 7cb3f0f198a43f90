import { notOfExtension, ours } from './scope.ts';

/**
 * What is asked of PostgreSQL's catalog (https://www.postgresql.org/docs/current/catalogs.html). Run with an empty
 * search_path, so that every name in a definition is qualified. What belongs to an extension is left out.
 */

export const schemas = `SELECT n.nspname AS name FROM pg_namespace n WHERE ${ours}`;

export const extensions = `SELECT extname AS name, extversion AS version FROM pg_extension WHERE extname <> 'plpgsql'`;

export const relations = `
  SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relrowsecurity AS rls, c.relforcerowsecurity AS forced,
    c.relpersistence AS persistence, c.reloptions::text AS options, obj_description(c.oid, 'pg_class') AS comment,
    (SELECT string_agg(a.item, ',' ORDER BY a.item) FROM (
      SELECT unnest(c.relacl)::text EXCEPT SELECT unnest(acldefault('r', c.relowner))::text) a(item)) AS acl,
    pg_get_partkeydef(c.oid) AS partition_by, pg_get_expr(c.relpartbound, c.oid) AS partition_bound,
    (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY i.inhseqno) FROM pg_inherits i
      JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) AS parents,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS view
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours} AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY 1, 2`;

export const columns = `
  SELECT n.nspname AS schema, c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS required, EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n'
      AND NOT k.convalidated AND k.conkey = ARRAY[a.attnum]) AS unproven, pg_get_expr(d.adbin, d.adrelid) AS default, a.attidentity AS identity,
    a.attgenerated AS generated, NOT a.attislocal AND NOT c.relispartition AS inherited, col_description(c.oid, a.attnum) AS comment,
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
    (SELECT json_agg(s.relname) FROM pg_depend sd JOIN pg_class s ON s.oid = sd.objid AND s.relkind = 'S'
      WHERE sd.refobjid = c.oid AND sd.refobjsubid = a.attnum AND sd.deptype = 'a'
        AND sd.classid = 'pg_class'::regclass) AS own_sequences,
    (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(a.attacl) x) AS acl
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND ${ours}
    AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY 1, 2, a.attnum`;

/**
 * Validated NOT NULL constraints are left out: the column says so, and their automatic names follow no renaming. So is what the
 * server adds to a foreign key for each partition of the table that it refers to.
 */
export const constraints = `
  SELECT n.nspname AS schema, c.relname AS "table", k.conname AS name, k.contype AS kind, k.convalidated AS validated,
    k.connoinherit AND k.contype IN ('c', 'n') AS no_inherit, NOT k.conislocal AND NOT c.relispartition AND k.contype IN ('c', 'n') AS inherited,
    k.condeferrable AS deferrable, k.condeferred AS deferred,
    (SELECT json_agg(a.attname ORDER BY o.place) FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num
      WHERE i.indexrelid = k.conindid AND o.place > i.indnkeyatts AND k.contype IN ('p', 'u')) AS include,
    pg_get_constraintdef(k.oid) AS definition, pg_get_expr(k.conbin, k.conrelid) AS expression,
    (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.conkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num) AS columns,
    (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.confkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.num) AS referenced_columns,
    fn.nspname AS referenced_schema, f.relname AS referenced_table, k.confdeltype AS on_delete, k.confupdtype AS on_update,
    coalesce((SELECT i.indnullsnotdistinct FROM pg_index i WHERE i.indexrelid = k.conindid), false) AS nulls_not_distinct
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
  WHERE ${ours} AND k.contype IN ('p', 'u', 'c', 'f', 'x', 'n') AND NOT (k.contype = 'n' AND k.convalidated)
    AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid)
    AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY 1, 2, 3`;

/** Indexes that no constraint owns. */
export const indexes = `
  SELECT n.nspname AS schema, c.relname AS "table", x.relname AS name, m.amname AS method, i.indisunique AS "unique",
    i.indisvalid AS valid, pg_get_indexdef(i.indexrelid) AS definition, pg_get_expr(i.indpred, i.indrelid) AS "where",
    i.indnullsnotdistinct AS nulls_not_distinct,
    (SELECT json_build_object('schema', pn.nspname, 'name', p.relname) FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
      JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE h.inhrelid = x.oid) AS parent,
    (SELECT json_agg(json_build_object('definition', pg_get_indexdef(i.indexrelid, s.key, false),
        'nulls_first', CASE WHEN s.key <= i.indnkeyatts THEN i.indoption[s.key - 1] & 2 ELSE 0 END,
        'opclass', CASE WHEN s.key <= i.indnkeyatts THEN (SELECT oc.opcname FROM pg_opclass oc
          WHERE oc.oid = i.indclass[s.key - 1] AND NOT oc.opcdefault) END,
        'collation', CASE WHEN s.key <= i.indnkeyatts THEN (SELECT co.oid::regcollation::text FROM pg_collation co
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s.key - 1]
          WHERE co.oid = i.indcollation[s.key - 1] AND co.oid <> a.attcollation) END,
        'column', (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[s.key - 1]),
        'included', s.key > i.indnkeyatts,
        'descending', CASE WHEN s.key <= i.indnkeyatts THEN i.indoption[s.key - 1] & 1 ELSE 0 END) ORDER BY s.key)
      FROM generate_series(1, i.indnatts) s(key)) AS keys
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = x.relam
  WHERE ${ours} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY 1, 2, 3`;

export const enums = `
  SELECT n.nspname AS schema, t.typname AS name, json_agg(e.enumlabel ORDER BY e.enumsortorder) AS labels
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ${ours} AND ${notOfExtension('pg_type', 't.oid')} GROUP BY 1, 2 ORDER BY 1, 2`;

/** Everything that the catalog type has no place for: a key in words and a definition. */
export const others = `
  SELECT 'function ' || p.oid::regprocedure::text AS key,
    CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END AS definition
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${ours} AND ${notOfExtension('pg_proc', 'p.oid')}
  UNION ALL
  SELECT 'trigger ' || t.tgname || ' on ' || n.nspname || '.' || c.relname,
    pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (enabled: ' || t.tgenabled::text || ')' END
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT t.tgisinternal AND ${ours}
  UNION ALL
  SELECT 'policy ' || p.policyname || ' on ' || p.schemaname || '.' || p.tablename,
    concat_ws(' ', p.permissive, 'for', p.cmd, 'to', p.roles::text, 'using', p.qual, 'with check', p.with_check)
  FROM pg_policies p
  UNION ALL
  SELECT 'sequence ' || n.nspname || '.' || c.relname,
    concat_ws(' ', format_type(s.seqtypid, NULL), 'start', s.seqstart, 'increment', s.seqincrement, 'from', s.seqmin, 'to',
      s.seqmax, 'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END)
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}
  UNION ALL
  SELECT CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || n.nspname || '.' || t.typname,
    CASE t.typtype
      WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
        'default ' || t.typdefault,
        (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid))
      WHEN 'c' THEN (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = t.typrelid AND NOT a.attisdropped)
      ELSE t.typtype::text END
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('d', 'c', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c') AND ${ours}
    AND ${notOfExtension('pg_type', 't.oid')}
  UNION ALL
  SELECT 'rule ' || r.rulename || ' on ' || n.nspname || '.' || c.relname, pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE r.rulename <> '_RETURN' AND ${ours}
  UNION ALL
  SELECT 'statistics ' || n.nspname || '.' || s.stxname, pg_get_statisticsobjdef(s.oid)
  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ours}`;

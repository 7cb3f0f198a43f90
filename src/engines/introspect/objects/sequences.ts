import { addressOf, none, ours } from './sql.ts';

/**
 * `owner_*` is the column in whose ownership a sequence is; `identity` where the column made it. Whether it is also what `serial`
 * would have made is for the names to tell, and `plain` is all of that but its name.
 */
export const sequences = () => `
  SELECT n.nspname AS schema, c.relname AS name, ${addressOf('c')} AS address, 'sequence ' || n.nspname || '.' || c.relname AS key,
    'sequence' AS kind, format('SEQUENCE %I.%I', n.nspname, c.relname) AS target, s.definition,
    CASE WHEN d.deptype = 'i' THEN ${none} ELSE ARRAY[format('CREATE SEQUENCE %I.%I AS %s', n.nspname, c.relname, s.definition)] END
      AS "create",
    CASE WHEN d.deptype = 'i' THEN ${none} ELSE ARRAY[format('DROP SEQUENCE %I.%I', n.nspname, c.relname)] END AS "drop",
    ARRAY[format('ALTER SEQUENCE %I.%I AS %s', n.nspname, c.relname, s.definition)] AS "replace",
    CASE WHEN d.deptype = 'i' THEN 'column ' || tn.nspname || '.' || t.relname || '.' || a.attname END AS "of",
    coalesce(d.deptype = 'i', false) AS identity,
    tn.nspname AS owner_schema, t.relname AS owner_table, a.attname AS owner_column,
    CASE WHEN a.attname IS NOT NULL THEN format('%I.%I.%I', tn.nspname, t.relname, a.attname) END AS owner,
    q.seqtypid = a.atttypid AND s.is_default AND n.oid = tn.oid AND NOT a.atthasmissing
      AND pg_get_expr(v.adbin, v.adrelid) = format('nextval(%L::regclass)', c.oid::regclass::text) AS plain
  FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT format('%s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
        format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
        CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) AS definition,
      q.seqstart = 1 AND q.seqincrement = 1 AND q.seqmin = 1 AND q.seqcache = 1 AND NOT q.seqcycle
        AND q.seqmax = CASE q.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END AS is_default) s
    LEFT JOIN pg_depend d ON d.classid = c.tableoid AND d.objid = c.oid AND d.refclassid = c.tableoid AND d.refobjsubid > 0
      AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
  WHERE ${ours} ORDER BY 1, 2`;

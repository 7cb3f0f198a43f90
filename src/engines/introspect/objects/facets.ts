import { none, ours, relationKey, relationTarget } from './sql.ts';

const on = `n.nspname || '.' || c.relname`;
const alter = (c = 'c', n = 'n') => `format('ALTER TABLE %I.%I ', ${n}.nspname, ${c}.relname)`;
const from = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`;

export const rowSecurity = () => `
  SELECT 'row security of table ' || ${on} AS key, 'row security' AS kind, 'table ' || ${on} AS "of",
    concat_ws(', ', CASE WHEN c.relrowsecurity THEN 'enabled' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END) AS definition,
    array_remove(ARRAY[CASE WHEN c.relrowsecurity THEN ${alter()} || 'ENABLE ROW LEVEL SECURITY' END,
      CASE WHEN c.relforcerowsecurity THEN ${alter()} || 'FORCE ROW LEVEL SECURITY' END], NULL) AS "create",
    array_remove(ARRAY[CASE WHEN c.relrowsecurity THEN ${alter()} || 'DISABLE ROW LEVEL SECURITY' END,
      CASE WHEN c.relforcerowsecurity THEN ${alter()} || 'NO FORCE ROW LEVEL SECURITY' END], NULL) AS "drop",
    ARRAY[${alter()} || CASE WHEN c.relrowsecurity THEN 'ENABLE' ELSE 'DISABLE' END || ' ROW LEVEL SECURITY',
      ${alter()} || CASE WHEN c.relforcerowsecurity THEN 'FORCE' ELSE 'NO FORCE' END || ' ROW LEVEL SECURITY'] AS "replace"
  FROM ${from} WHERE c.relkind IN ('r', 'p') AND (c.relrowsecurity OR c.relforcerowsecurity) AND ${ours} ORDER BY 1`;

/** One object a parameter; the options of a view are part of it, and an index that a constraint owns has them in the constraint. */
export const parameters = () => `
  SELECT 'storage parameter ' || o.name || ' of ' || ${relationKey()} AS key, 'storage parameters' AS kind, ${relationKey()} AS "of",
    o.value AS definition, ARRAY[o.set] AS "create", ARRAY[o.set] AS "replace",
    ARRAY[format('ALTER %s RESET (%s)', ${relationTarget()}, o.name)] AS "drop"
  FROM ${from} LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
    CROSS JOIN LATERAL (
      SELECT p.name, p.value, format('ALTER %s SET (%s = %L)', ${relationTarget()}, p.name, p.value) AS set
      FROM (SELECT quote_ident(option_name) AS name, option_value AS value FROM pg_options_to_table(c.reloptions)
        UNION ALL SELECT 'toast.' || quote_ident(option_name), option_value FROM pg_options_to_table(toast.reloptions)) p) o
  WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND ${ours} ORDER BY 1`;

/** The index is found as its own need. */
export const replicaIdentity = () => `
  SELECT 'replica identity of table ' || ${on} AS key, 'replica identity' AS kind, 'table ' || ${on} AS "of", d.definition,
    ARRAY[${alter()} || 'REPLICA IDENTITY ' || d.definition] AS "create", ARRAY[${alter()} || 'REPLICA IDENTITY ' || d.definition] AS "replace",
    ARRAY[${alter()} || 'REPLICA IDENTITY DEFAULT'] AS "drop", CASE WHEN d.address IS NULL THEN ${none} ELSE ARRAY[d.address] END AS addresses
  FROM ${from} CROSS JOIN LATERAL (SELECT CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
      ELSE (SELECT format('USING INDEX %I', x.relname) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = c.oid AND i.indisreplident) END AS definition,
      (SELECT c.tableoid || ':' || i.indexrelid FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident
        AND c.relreplident = 'i') AS address) d
  WHERE c.relkind IN ('r', 'p') AND c.relreplident <> 'd' AND d.definition IS NOT NULL AND ${ours} ORDER BY 1`;

export const persistence = () => `
  SELECT 'persistence of table ' || ${on} AS key, 'persistence' AS kind, 'table ' || ${on} AS "of", 'unlogged' AS definition,
    ARRAY[${alter()} || 'SET UNLOGGED'] AS "create", ARRAY[${alter()} || 'SET LOGGED'] AS "drop"
  FROM ${from} WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'u' AND ${ours} ORDER BY 1`;

const parents = `${from} JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent
    JOIN pg_namespace pn ON pn.oid = p.relnamespace`;
const parent = `pn.nspname || '.' || p.relname`;

/** Those that the parent has have to be there before. */
const checks = `ARRAY(SELECT 'constraint ' || ${on} || '.' || k.conname FROM pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.coninhcount > 0)`;

export const attachments = () => `
  SELECT 'attachment of table ' || ${on} AS key, 'attachment' AS kind, ${relationKey()} AS "of",
    'PARTITION OF ' || ${parent} || ' ' || b.bound AS definition, ARRAY['table ' || ${parent}] || ${checks} AS needs,
    ARRAY[${alter('p', 'pn')} || format('ATTACH PARTITION %I.%I %s', n.nspname, c.relname, b.bound)] AS "create",
    ARRAY[${alter('p', 'pn')} || format('DETACH PARTITION %I.%I', n.nspname, c.relname)] AS "drop",
    CASE WHEN strpos(b.rows, 'satisfies_hash_partition(') = 0 THEN b.rows END AS within
  FROM ${parents} CROSS JOIN LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid) AS bound,
      pg_get_partition_constraintdef(c.oid) AS rows) b
  WHERE c.relkind IN ('r', 'p', 'f') AND c.relispartition AND ${ours} ORDER BY 1`;

export const inheritances = () => `
  SELECT 'inheritance of table ' || ${on} || ' from ' || ${parent} AS key, 'inheritance' AS kind, ${relationKey()} AS "of",
    'INHERITS ' || ${parent} AS definition, ARRAY['table ' || ${parent}] || ${checks} AS needs,
    ARRAY[${alter()} || format('INHERIT %I.%I', pn.nspname, p.relname)] AS "create",
    ARRAY[${alter()} || format('NO INHERIT %I.%I', pn.nspname, p.relname)] AS "drop"
  FROM ${parents} WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition AND ${ours} ORDER BY i.inhseqno, 1`;

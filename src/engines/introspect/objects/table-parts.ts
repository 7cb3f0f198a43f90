import { addressOf, none, ours, relationKey } from './sql.ts';

const on = `n.nspname || '.' || c.relname`;
const table = `n.nspname AS schema, c.relname AS "table"`;

/** The triggers of a partition that its parent's brought along are made and dropped with those. */
export const triggers = (version: number) => `
  SELECT ${table}, t.tgname AS name, ${addressOf('t')} AS address, 'trigger ' || t.tgname || ' on ' || ${on} AS key,
    'trigger' AS kind, format('TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname) AS target,
    pg_get_triggerdef(t.oid) AS definition, ${relationKey()} AS "of", t.tgenabled AS enabled,
    CASE WHEN p.name IS NULL THEN ARRAY[pg_get_triggerdef(t.oid)] ELSE ${none} END AS "create",
    CASE WHEN p.name IS NULL THEN ARRAY[format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname)] ELSE ${none} END
      AS "drop",
    CASE WHEN p.name IS NOT NULL THEN ARRAY[p.name, 'attachment of table ' || ${on}] END AS needs,
    fn.nspname AS function_schema, f.proname AS function_name,
    (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum IN (SELECT e.refobjsubid
      FROM pg_depend e WHERE e.classid = t.tableoid AND e.objid = t.oid AND e.refclassid = c.tableoid AND e.refobjid = c.oid
        AND e.refobjsubid > 0)) AS columns
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
    CROSS JOIN LATERAL (SELECT ${
      version >= 130_000
        ? `(SELECT 'trigger ' || u.tgname || ' on ' || un.nspname || '.' || uc.relname FROM pg_trigger u
      JOIN pg_class uc ON uc.oid = u.tgrelid JOIN pg_namespace un ON un.oid = uc.relnamespace WHERE u.oid = t.tgparentid)`
        : 'NULL::text'
    } AS name) p
  WHERE NOT t.tgisinternal AND ${ours} ORDER BY 1, 2, 3`;

export const rules = () => `
  SELECT ${addressOf('r')} AS address, 'rule ' || r.rulename || ' on ' || ${on} AS key, 'rule' AS kind,
    format('RULE %I ON %I.%I', r.rulename, n.nspname, c.relname) AS target, d.definition, ${relationKey()} AS "of",
    ARRAY[d.definition] AS "create", ARRAY[format('DROP RULE %I ON %I.%I', r.rulename, n.nspname, c.relname)] AS "drop",
    ARRAY[regexp_replace(d.definition, '^CREATE RULE', 'CREATE OR REPLACE RULE')] AS "replace"
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT rtrim(pg_get_ruledef(r.oid), ';') AS definition) d
  WHERE r.rulename <> '_RETURN' AND ${ours} ORDER BY c.relname, r.rulename`;

export const policies = () => `
  SELECT ${table}, p.polname AS name, ${addressOf('p')} AS address, 'policy ' || p.polname || ' on ' || ${on} AS key,
    'policy' AS kind, format('POLICY %I ON %I.%I', p.polname, n.nspname, c.relname) AS target, d.definition, ${relationKey()} AS "of",
    ARRAY[format('CREATE POLICY %I ON %I.%I %s', p.polname, n.nspname, c.relname, d.definition)] AS "create",
    ARRAY[format('DROP POLICY %I ON %I.%I', p.polname, n.nspname, c.relname)] AS "drop",
    p.polcmd AS command, p.polpermissive AS permissive, r.names AS roles, r."using", r.checked
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT
      (SELECT json_agg(coalesce(a.rolname, 'public') ORDER BY a.rolname) FROM unnest(p.polroles) o(oid)
        LEFT JOIN pg_roles a ON a.oid = o.oid) AS names,
      (SELECT string_agg(coalesce(quote_ident(a.rolname), 'PUBLIC'), ', ' ORDER BY a.rolname) FROM unnest(p.polroles) o(oid)
        LEFT JOIN pg_roles a ON a.oid = o.oid) AS list,
      pg_get_expr(p.polqual, p.polrelid) AS "using", pg_get_expr(p.polwithcheck, p.polrelid) AS checked) r
    CROSS JOIN LATERAL (SELECT concat_ws(' ', CASE WHEN p.polpermissive THEN 'AS PERMISSIVE' ELSE 'AS RESTRICTIVE' END,
      'FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      'TO ' || r.list, 'USING (' || r."using" || ')', 'WITH CHECK (' || r.checked || ')') AS definition) d
  WHERE ${ours} ORDER BY 1, 2, 3`;

export const statistics = () => `
  SELECT ${addressOf('s')} AS address, 'statistics ' || sn.nspname || '.' || s.stxname AS key, 'statistics' AS kind,
    format('STATISTICS %I.%I', sn.nspname, s.stxname) AS target, pg_get_statisticsobjdef(s.oid) AS definition,
    ARRAY[pg_get_statisticsobjdef(s.oid)] AS "create", ARRAY[format('DROP STATISTICS %I.%I', sn.nspname, s.stxname)] AS "drop",
    ${relationKey()} AS "of"
  FROM pg_statistic_ext s JOIN pg_namespace sn ON sn.oid = s.stxnamespace JOIN pg_class c ON c.oid = s.stxrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ours} ORDER BY sn.nspname, s.stxname`;

import { ours, relationKey } from './sql.ts';

/** An empty list is none that aclexplode takes. */
const exploded = `SELECT x.*, true AS now FROM aclexplode(CASE WHEN cardinality(o.acl) > 0 THEN o.acl END) x
      UNION ALL SELECT x.*, false FROM aclexplode(CASE WHEN cardinality(o.initial) > 0 THEN o.initial END) x`;

/**
 * Every object of which privileges were given or taken away: what is on it now, and what is by itself on such an object. In `public`
 * everybody could make objects before PostgreSQL 15 (https://www.postgresql.org/docs/15/release-15.html).
 */
const objects = (version: number) => `
    SELECT ${relationKey()} AS key, NULL::text AS part, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
      || format(' %I.%I', n.nspname, c.relname) AS target, NULL::text AS "column",
      c.relowner AS owner, c.relacl AS acl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS initial
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relacl IS NOT NULL AND ${ours}
    UNION ALL
    SELECT ${relationKey()}, 'column ' || n.nspname || '.' || c.relname || '.' || a.attname, format('TABLE %I.%I', n.nspname, c.relname),
      quote_ident(a.attname), c.relowner, a.attacl, acldefault('c', c.relowner)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND ${ours}
    UNION ALL
    SELECT CASE p.prokind WHEN 'a' THEN 'aggregate ' ELSE 'function ' END || n.nspname || '.' || p.proname
        || '(' || oidvectortypes(p.proargtypes) || ')', NULL,
      format('ROUTINE %I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)), NULL, p.proowner, p.proacl, acldefault('f', p.proowner)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL AND ${ours}
    UNION ALL
    SELECT CASE t.typtype WHEN 'e' THEN 'enum ' WHEN 'd' THEN 'domain ' WHEN 'c' THEN 'composite ' WHEN 'r' THEN 'range ' ELSE 'type ' END
        || n.nspname || '.' || t.typname, NULL, format('TYPE %I.%I', n.nspname, t.typname), NULL, t.typowner, t.typacl,
      acldefault('T', t.typowner)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typacl IS NOT NULL AND ${ours}
    UNION ALL
    SELECT 'schema ' || n.nspname, NULL, format('SCHEMA %I', n.nspname), NULL, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner)),
      CASE n.nspname WHEN 'public' THEN ARRAY[makeaclitem(0, n.nspowner, 'USAGE', false)${
        version >= 150_000 ? '' : `, makeaclitem(0, n.nspowner, 'CREATE', false)`
      }] ELSE acldefault('n', n.nspowner) END
    FROM pg_namespace n WHERE (n.nspacl IS NOT NULL OR n.nspname = 'public') AND ${ours}`;

/** One row an object and role whose privileges are others than such an object has by itself. Those of the owner are not ours. */
export const privileges = (version: number) => `
  WITH object AS (${objects(version)}),
  item AS (
    SELECT o.key, o.part, a.grantee, a.privilege_type AS privilege, bool_or(a.is_grantable) AS grantable, a.now FROM object o
    CROSS JOIN LATERAL (${exploded}) a
    WHERE a.grantee <> o.owner GROUP BY 1, 2, 3, 4, a.now),
  side AS (
    SELECT key, part, grantee, json_agg(json_build_object('privilege', privilege, 'grantable', grantable) ORDER BY privilege)
        FILTER (WHERE now) AS actual, json_agg(json_build_object('privilege', privilege, 'grantable', grantable) ORDER BY privilege)
        FILTER (WHERE NOT now) AS initial
    FROM item GROUP BY 1, 2, 3)
  SELECT s.key AS "of", s.part, o.target, o."column", coalesce(s.actual, '[]') AS actual, coalesce(s.initial, '[]') AS initial,
    coalesce(r.rolname, 'PUBLIC') AS grantee, coalesce(quote_ident(r.rolname), 'PUBLIC') AS role
  FROM side s JOIN object o ON o.key = s.key AND o.part IS NOT DISTINCT FROM s.part LEFT JOIN pg_roles r ON r.oid = s.grantee
  WHERE s.actual::text IS DISTINCT FROM s.initial::text ORDER BY s.key, s.part NULLS FIRST, grantee`;

/** Of a schema they come on top of those that hold everywhere; those that hold everywhere stand in the place of the built-in ones. */
export const defaultPrivileges = () => `
  WITH object AS (
    SELECT d.oid, d.defaclrole AS owner, d.defaclnamespace AS schema, d.defaclobjtype AS type, d.defaclacl AS acl,
      CASE WHEN d.defaclnamespace = 0 THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char", d.defaclrole)
        END AS initial
    FROM pg_default_acl d),
  item AS (
    SELECT o.oid, a.grantee, a.privilege_type AS privilege, bool_or(a.is_grantable) AS grantable, a.now FROM object o
    CROSS JOIN LATERAL (${exploded}) a
    GROUP BY 1, 2, 3, a.now),
  side AS (
    SELECT oid, grantee, json_agg(json_build_object('privilege', privilege, 'grantable', grantable) ORDER BY privilege)
        FILTER (WHERE now) AS actual, json_agg(json_build_object('privilege', privilege, 'grantable', grantable) ORDER BY privilege)
        FILTER (WHERE NOT now) AS initial
    FROM item GROUP BY 1, 2)
  SELECT 'schema ' || n.nspname AS "of", format('FOR ROLE %I', o.rolname) || coalesce(' IN SCHEMA ' || quote_ident(n.nspname), '') AS place,
    o.rolname AS owner, n.nspname AS schema,
    CASE d.type WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS'
      ELSE 'LARGE OBJECTS' END AS target,
    coalesce(s.actual, '[]') AS actual, coalesce(s.initial, '[]') AS initial,
    coalesce(r.rolname, 'PUBLIC') AS grantee, coalesce(quote_ident(r.rolname), 'PUBLIC') AS role
  FROM side s JOIN object d ON d.oid = s.oid JOIN pg_roles o ON o.oid = d.owner LEFT JOIN pg_namespace n ON n.oid = d.schema
    LEFT JOIN pg_roles r ON r.oid = s.grantee
  WHERE s.actual::text IS DISTINCT FROM s.initial::text ORDER BY 3, 4, 5, 8`;

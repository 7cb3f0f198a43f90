import { addressOf, ours } from './sql.ts';

const names = `n.nspname AS schema, t.typname AS name, ${addressOf('t')} AS address`;
const shared = (kind: string) => `${names}, '${kind} ' || n.nspname || '.' || t.typname AS key, '${kind}' AS kind,
    format('TYPE %I.%I', n.nspname, t.typname) AS target,
    ARRAY[format('DROP TYPE %I.%I', n.nspname, t.typname)] AS "drop"`;

/** A label with a comma is quoted, so that equal definitions are equal lists. */
export const enums = () => `
  SELECT ${shared('enum')}, e.labels, e.definition,
    ARRAY[format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname, coalesce(e.literals, ''))] AS "create"
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(enumlabel ORDER BY enumsortorder), '[]') AS labels,
      string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS literals,
      coalesce(string_agg(CASE WHEN enumlabel LIKE '%,%' THEN quote_literal(enumlabel) ELSE enumlabel END, ', '
        ORDER BY enumsortorder), '') AS definition
    FROM pg_enum WHERE enumtypid = t.oid) e
  WHERE t.typtype = 'e' AND ${ours} ORDER BY 1, 2`;

/** Named checks may be NOT VALID, which CREATE DOMAIN cannot say. */
export const domains = () => `
  SELECT ${names}, 'domain ' || n.nspname || '.' || t.typname AS key, 'domain' AS kind,
    format('DOMAIN %I.%I', n.nspname, t.typname) AS target, d.type, d.collation, t.typnotnull AS required, t.typdefault AS "default",
    k.checks, k.aliases, concat_ws(' ', d.head, k.valid, k.unproven) AS definition,
    ARRAY[format('CREATE DOMAIN %I.%I AS ', n.nspname, t.typname) || concat_ws(' ', d.head, k.valid)]
      || coalesce(k.added, '{}') AS "create",
    ARRAY[format('DROP DOMAIN %I.%I', n.nspname, t.typname)] AS "drop"
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
    CROSS JOIN LATERAL (SELECT format_type(t.typbasetype, t.typtypmod) AS type,
      CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation) c
    CROSS JOIN LATERAL (SELECT c.type, c.collation, concat_ws(' ', c.type, 'COLLATE ' || c.collation, 'DEFAULT ' || t.typdefault,
      CASE WHEN t.typnotnull THEN 'NOT NULL' END) AS head) d
    CROSS JOIN LATERAL (SELECT
        string_agg(k.text, ' ' ORDER BY k.conname) FILTER (WHERE k.convalidated) AS valid,
        string_agg(k.text, ' ' ORDER BY k.conname) FILTER (WHERE NOT k.convalidated) AS unproven,
        array_agg(format('ALTER DOMAIN %I.%I ADD %s', n.nspname, t.typname, k.text) ORDER BY k.conname)
          FILTER (WHERE NOT k.convalidated) AS added,
        json_agg(json_build_object('name', k.conname, 'expression', k.expression, 'validated', k.convalidated) ORDER BY k.conname)
          AS checks,
        array_agg(k.address) AS aliases
      FROM (SELECT conname, convalidated, format('CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)) AS text,
          pg_get_expr(conbin, 0) AS expression, tableoid || ':' || oid AS address
        FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') k) k
  WHERE t.typtype = 'd' AND ${ours} ORDER BY 1, 2`;

export const composites = () => `
  SELECT ${shared('composite')}, ARRAY[${addressOf('c')}] AS aliases, a.attributes, a.definition,
    ARRAY[format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname, a.definition)] AS "create"
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
    CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', a.type, 'collation', a.collation) ORDER BY a.attnum), '[]') AS attributes,
        coalesce(string_agg(concat_ws(' ', quote_ident(a.attname), a.type, 'COLLATE ' || a.collation), ', ' ORDER BY a.attnum), '') AS definition
      FROM (SELECT attname, attnum, format_type(atttypid, atttypmod) AS type,
          CASE WHEN attcollation <> b.typcollation THEN attcollation::regcollation::text END AS collation
        FROM pg_attribute JOIN pg_type b ON b.oid = atttypid
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a) a
  WHERE t.typtype = 'c' AND c.relkind = 'c' AND ${ours} ORDER BY 1, 2`;

export const ranges = (version: number) => `
  SELECT ${shared('range')}, r.definition,
    ARRAY[format('CREATE TYPE %I.%I AS RANGE (%s)', n.nspname, t.typname, r.definition)] AS "create"
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace CROSS JOIN LATERAL (
    SELECT concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
      CASE WHEN NOT o.opcdefault THEN format('SUBTYPE_OPCLASS = %I.%I', s.nspname, o.opcname) END,
      CASE WHEN r.rngcollation <> b.typcollation THEN 'COLLATION = ' || r.rngcollation::regcollation::text END,
      CASE WHEN r.rngcanonical <> 0 THEN 'CANONICAL = ' || r.rngcanonical::regproc::text END,
      CASE WHEN r.rngsubdiff <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc::text END
      ${version >= 140_000 ? `, 'MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, NULL)` : ''}) AS definition
    FROM pg_range r JOIN pg_type b ON b.oid = r.rngsubtype JOIN pg_opclass o ON o.oid = r.rngsubopc
      JOIN pg_namespace s ON s.oid = o.opcnamespace
    WHERE r.rngtypid = t.oid) r
  WHERE t.typtype = 'r' AND ${ours} ORDER BY 1, 2`;

import { ours } from './sql.ts';

/**
 * Every comment with the address of what it is on. A column of a view and the index of a constraint are no objects of their own:
 * `part` and `part_target` name them. Comments that the server or an extension's own files wrote are left out.
 */
export const comments = () => `
  SELECT d.classoid || ':' || d.objoid || CASE WHEN d.objsubid > 0 THEN ':' || d.objsubid ELSE '' END AS address,
    d.classoid || ':' || d.objoid AS whole, d.description AS text, quote_literal(d.description) AS literal, p.part, p.part_target
  FROM pg_description d LEFT JOIN LATERAL (
    SELECT 'column ' || n.nspname || '.' || c.relname || '.' || a.attname AS part,
      format('COLUMN %I.%I.%I', n.nspname, c.relname, a.attname) AS part_target
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE d.classoid = 'pg_class'::regclass AND d.objsubid > 0 AND a.attrelid = d.objoid AND a.attnum = d.objsubid AND ${ours}
    UNION ALL
    SELECT 'index ' || n.nspname || '.' || c.relname, format('INDEX %I.%I', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE d.classoid = 'pg_class'::regclass AND d.objsubid = 0 AND c.oid = d.objoid AND c.relkind IN ('i', 'I') AND ${ours}
    UNION ALL
    SELECT 'constraint ' || k.conname || ' on domain ' || n.nspname || '.' || t.typname,
      format('CONSTRAINT %I ON DOMAIN %I.%I', k.conname, n.nspname, t.typname)
    FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid AND ${ours}) p ON true
  WHERE d.objoid >= 16384
    AND NOT (d.classoid = 'pg_extension'::regclass AND EXISTS (SELECT FROM pg_extension x
      JOIN pg_available_extensions f ON f.name = x.extname WHERE x.oid = d.objoid AND f.comment = d.description))
  ORDER BY 1`;

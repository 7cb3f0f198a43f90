import { addressOf, none, once, ours, relationKey } from './sql.ts';

/** Made with the constraint of the parent, and not to be dropped before it. */
const inherited = `(k.coninhcount > 0 AND NOT k.conislocal OR k.conparentid <> 0)`;

/** A foreign key has one more for every partition of the table at which it points: names that the engine makes up, and no more to say. */
const perPartition = `(k.contype = 'f' AND k.conparentid <> 0
    AND EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))`;

/**
 * The same check of the children, which it takes for its own when it is made after them. A table can be attached or inherit only when
 * it has the checks of its parent already.
 */
const ofChildren = `SELECT array_agg('constraint ' || hn.nspname || '.' || h.relname || '.' || o.conname) FROM pg_inherits e
        JOIN pg_constraint o ON o.conrelid = e.inhrelid AND o.conname = k.conname AND o.contype = 'c' AND o.coninhcount > 0
        JOIN pg_class h ON h.oid = e.inhrelid JOIN pg_namespace hn ON hn.oid = h.relnamespace WHERE e.inhparent = c.oid`;

/** Validated NOT NULL constraints are left out: the column says so, and their automatic names follow no renaming. */
export const constraints = (version: number) => `
  SELECT n.nspname AS schema, c.relname AS "table", k.conname AS name, k.contype AS contype, k.convalidated AS validated,
    ${addressOf('k')} AS address, 'constraint ' || n.nspname || '.' || c.relname || '.' || k.conname AS key, 'constraint' AS kind,
    format('CONSTRAINT %I ON %I.%I', k.conname, n.nspname, c.relname) AS target, ${relationKey()} AS "of", d.definition,
    CASE WHEN ${inherited} AND k.contype <> 'c' THEN ${none} ELSE
      ARRAY[format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname, d.definition)] END AS "create",
    CASE WHEN ${inherited} THEN ${none} ELSE
      ARRAY[format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname)] END AS "drop",
    CASE WHEN k.conparentid <> 0 THEN ARRAY['attachment of table ' || n.nspname || '.' || c.relname,
        (SELECT 'constraint ' || pn.nspname || '.' || pc.relname || '.' || p.conname FROM pg_constraint p
          JOIN pg_class pc ON pc.oid = p.conrelid JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE p.oid = k.conparentid)]
      WHEN k.contype = 'c' AND c.relhassubclass THEN (${ofChildren})
      END AS needs,
    CASE WHEN k.contype IN ('p', 'u', 'x') THEN ARRAY[c.tableoid || ':' || k.conindid] END AS aliases,
    NOT k.conislocal AND NOT c.relispartition AS inherited, k.connoinherit AS no_inherit, k.condeferrable AS deferrable, k.condeferred AS deferred,
    pg_get_expr(k.conbin, k.conrelid) AS expression,
    (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.conkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num) AS columns,
    CASE WHEN k.contype = 'f' THEN (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.confkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.num) END AS referenced_columns,
    CASE WHEN i.indnatts > i.indnkeyatts THEN (SELECT json_agg(a.attname ORDER BY s.key)
      FROM generate_series(i.indnkeyatts, i.indnatts - 1) s(key)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s.key]) END AS include,
    fn.nspname AS referenced_schema, f.relname AS referenced_table, k.confdeltype AS on_delete, k.confupdtype AS on_update,
    ${version >= 150_000 ? 'coalesce(i.indnullsnotdistinct, false)' : 'false'} AS nulls_not_distinct
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT pg_get_constraintdef(k.oid) AS definition ${once}) d
    LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
  WHERE ${ours} AND NOT ${perPartition} AND k.contype IN ('p', 'u', 'c', 'f', 'x', 'n') AND NOT (k.contype = 'n' AND k.convalidated)
  ORDER BY 1, 2, 3`;

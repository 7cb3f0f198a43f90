import type { Row, Session } from '../session.ts';
import { allowedBy } from './checks.ts';
import type { Slot } from './values.ts';

/** A table that rows are put into. */
export interface SeedTable {
  readonly oid: string;
  /** Schema and name, quoted. */
  readonly sql: string;
  readonly columns: readonly SeedColumn[];
  readonly references: readonly Reference[];
}

export interface SeedColumn extends Slot {
  /** The name, quoted. */
  readonly sql: string;
  readonly hasDefault: boolean;
  readonly unique: boolean;
}

/** A foreign key: `columns` hold what `referenced` columns of `table` hold. */
export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
}

/** Tables and partitioned tables, but no partitions; no column that computes itself. */
const columnsQuery = `
  SELECT c.oid::text AS oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS "table", a.attname AS name,
    quote_ident(a.attname) AS sql, b.typname AS type,
    CASE WHEN b.typcategory = 'A' THEN 'a' ELSE b.typtype END AS kind,
    NOT (a.attnotnull OR t.typnotnull) AS nullable, a.atthasdef OR t.typdefault IS NOT NULL AS has_default,
    CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS "unique",
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = b.oid) AS labels,
    (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k WHERE k.contype = 'c'
      AND (k.conrelid = c.oid AND a.attnum = ANY (k.conkey) OR k.contypid = t.oid)) AS checks
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
    AND a.attidentity = '' AND a.attgenerated = ''
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
  ORDER BY n.nspname, c.relname, a.attnum`;

const tablesQuery = `
  SELECT c.oid::text AS oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
  ORDER BY n.nspname, c.relname`;

const referencesQuery = `
  SELECT k.conrelid::text AS oid, k.confrelid::text AS "table",
    (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.conkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num) AS columns,
    (SELECT json_agg(a.attname ORDER BY o.place) FROM unnest(k.confkey) WITH ORDINALITY o(num, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.num) AS referenced
  FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0`;

/** Every table of the user's, referenced before referencing as far as there is such an order. */
export async function seedTables(session: Session): Promise<readonly SeedTable[]> {
  const columns = Map.groupBy(await session.inspect(columnsQuery), ({ oid }) => String(oid));
  const references = Map.groupBy(await session.inspect(referencesQuery), ({ oid }) => String(oid));
  const tables = (await session.inspect(tablesQuery)).map((row): SeedTable => {
    const oid = String(row.oid);
    return {
      oid,
      sql: String(row.sql),
      columns: (columns.get(oid) ?? []).map(columnOf),
      references: (references.get(oid) ?? []).map((reference) => ({
        table: String(reference.table),
        columns: reference.columns as readonly string[],
        referenced: reference.referenced as readonly string[],
      })),
    };
  });
  return inOrder(tables);
}

function inOrder(tables: readonly SeedTable[]): readonly SeedTable[] {
  const byOid = new Map(tables.map((table) => [table.oid, table]));
  const placed = new Set<SeedTable>();
  const entered = new Set<SeedTable>();
  const place = (table: SeedTable): void => {
    if (entered.has(table)) return;
    entered.add(table);
    for (const reference of table.references) {
      const parent = byOid.get(reference.table);
      if (parent !== undefined) place(parent);
    }
    placed.add(table);
  };
  for (const table of tables) place(table);
  return [...placed];
}

function columnOf(row: Row): SeedColumn {
  const type = String(row.type);
  const modifier = Number(row.modifier);
  // How atttypmod is packed: numeric(p, s) as (p << 16 | s) + 4, char(n) and varchar(n) as n + 4, bit(n) as n (PostgreSQL, numeric.c and varchar.c).
  const known = modifier >= 0;
  const bits = type === 'bit' || type === 'varbit';
  return {
    name: String(row.name),
    sql: String(row.sql),
    type,
    kind: String(row.kind),
    nullable: row.nullable === true,
    hasDefault: row.has_default === true,
    unique: row.unique === true,
    length: known && (bits || type === 'varchar' || type === 'bpchar') ? modifier - (bits ? 0 : 4) : undefined,
    precision: known && type === 'numeric' ? (modifier - 4) >> 16 : undefined,
    scale: known && type === 'numeric' ? (modifier - 4) & 0x7ff : undefined,
    labels: (row.labels ?? []) as readonly string[],
    allowed: allowedBy(row.checks === null ? '' : String(row.checks)),
  };
}

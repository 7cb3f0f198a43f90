import type { Row, Session } from '../session.ts';
import { allowedBy } from './checks.ts';
import type { Slot } from './values.ts';

/** A table that rows are put into. */
export interface SeedTable {
  readonly oid: string;
  /** As a catalog knows it. */
  readonly key: string;
  /** Schema and name, quoted. */
  readonly sql: string;
  readonly columns: readonly SeedColumn[];
  readonly references: readonly Reference[];
  readonly isPartitioned: boolean;
}

export interface SeedColumn extends Slot {
  /** The name, quoted. */
  readonly sql: string;
  readonly hasDefault: boolean;
  /** Its default counts on in a sequence. */
  readonly isNumbered: boolean;
  /** Of its own or of its domain. */
  readonly hasChecks: boolean;
  readonly unique: boolean;
}

/** A foreign key: `columns` hold what `referenced` columns of `table` hold. */
export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
}

/** Of the tables with these oids; no column that computes itself. */
const columnsQuery = (oids: readonly string[]) => `
  SELECT c.oid::text AS oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS "table", a.attname AS name,
    quote_ident(a.attname) AS sql, b.typname AS type,
    CASE WHEN b.typcategory = 'A' THEN 'a' ELSE b.typtype END AS kind,
    NOT (a.attnotnull OR t.typnotnull) AS nullable, a.atthasdef OR t.typdefault IS NOT NULL AS has_default,
    coalesce((SELECT pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%' FROM pg_attrdef d
      WHERE d.adrelid = c.oid AND d.adnum = a.attnum), false) AS numbered,
    CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS "unique",
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = b.oid) AS labels,
    nullif(concat_ws(' ', (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k WHERE k.contype = 'c'
      AND (k.conrelid = c.oid AND a.attnum = ANY (k.conkey) OR k.contypid = t.oid)),
      CASE WHEN strpos(p.bound, quote_ident(a.attname)) > 0 AND strpos(p.bound, 'satisfies_hash_partition(') = 0 THEN p.bound END), '') AS checks
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
    CROSS JOIN LATERAL (SELECT pg_get_partition_constraintdef(c.oid) AS bound) p
  WHERE c.oid = ANY ('{${oids.join(', ')}}'::oid[]) AND a.attidentity = '' AND a.attgenerated = ''
  ORDER BY n.nspname, c.relname, a.attnum`;

/** Tables and partitioned tables, but no partitions. */
const tablesQuery = `
  SELECT c.oid::text AS oid, n.nspname || '.' || c.relname AS key, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS sql,
    c.relkind AS relkind
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

const partitionsQuery = (oid: string) => `
  SELECT c.oid::text AS oid, n.nspname || '.' || c.relname AS key, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS sql
  FROM pg_partition_tree(${oid}) l JOIN pg_class c ON c.oid = l.relid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.isleaf AND l.level > 0 AND c.relkind = 'r' ORDER BY n.nspname, c.relname`;

type Bare = Omit<SeedTable, 'columns'>;

/** The partitions of a table that hold rows themselves, each with what its bound allows. */
export async function seedPartitions(session: Session, table: SeedTable): Promise<readonly SeedTable[]> {
  const partitions = (await session.inspect(partitionsQuery(table.oid))).map((row) => ({
    oid: String(row.oid),
    key: String(row.key),
    sql: String(row.sql),
    references: table.references,
    isPartitioned: false,
  }));
  return withColumns(session, partitions);
}

/**
 * Every table of the user's, or those that are wanted and what they refer to; referenced before referencing as far as there is such an
 * order.
 */
export async function seedTables(session: Session, wanted?: ReadonlySet<string>): Promise<readonly SeedTable[]> {
  const references = Map.groupBy(await session.inspect(referencesQuery), ({ oid }) => String(oid));
  const all = (await session.inspect(tablesQuery)).map((row): Bare => {
    const oid = String(row.oid);
    return {
      oid,
      key: String(row.key),
      sql: String(row.sql),
      isPartitioned: row.relkind === 'p',
      references: (references.get(oid) ?? []).map((reference) => ({
        table: String(reference.table),
        columns: reference.columns as readonly string[],
        referenced: reference.referenced as readonly string[],
      })),
    };
  });
  const tables = inOrder(all, wanted === undefined ? all : all.filter(({ key }) => wanted.has(key)));
  return withColumns(session, tables);
}

async function withColumns(session: Session, tables: readonly Bare[]): Promise<readonly SeedTable[]> {
  if (tables.length === 0) return [];
  const rows = await session.inspect(columnsQuery(tables.map(({ oid }) => oid)));
  const columns = Map.groupBy(rows, ({ oid }) => String(oid));
  return tables.map((table) => ({ ...table, columns: (columns.get(table.oid) ?? []).map(columnOf) }));
}

/** The wanted ones, with those to which they refer. */
function inOrder(all: readonly Bare[], wanted: readonly Bare[]): readonly Bare[] {
  const byOid = new Map(all.map((table) => [table.oid, table]));
  const placed = new Set<Bare>();
  const entered = new Set<Bare>();
  const place = (table: Bare): void => {
    if (entered.has(table)) return;
    entered.add(table);
    for (const reference of table.references) {
      const parent = byOid.get(reference.table);
      if (parent !== undefined) place(parent);
    }
    placed.add(table);
  };
  for (const table of wanted) place(table);
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
    isNumbered: row.numbered === true,
    hasChecks: row.checks !== null,
    unique: row.unique === true,
    length: known && (bits || type === 'varchar' || type === 'bpchar') ? modifier - (bits ? 0 : 4) : undefined,
    precision: known && type === 'numeric' ? (modifier - 4) >> 16 : undefined,
    scale: known && type === 'numeric' ? (modifier - 4) & 0x7ff : undefined,
    labels: (row.labels ?? []) as readonly string[],
    allowed: allowedBy(String(row.checks)),
  };
}

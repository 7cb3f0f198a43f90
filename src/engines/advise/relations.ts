import type { Row, Session } from '../session.ts';

/** A table that a query reads; of a partitioned one, the whole. */
export interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** Schema and name, quoted. */
  readonly sql: string;
  readonly columns: readonly Attribute[];
  /** What holds the rows: the table itself, or its partitions. */
  readonly leaves: readonly Leaf[];
}

export interface Attribute {
  readonly name: string;
  readonly nullable: boolean;
  /** How many different values the schema allows, where it says. */
  readonly values: number | undefined;
  /** The `schema.name` of the table that a foreign key on this column alone points at. */
  readonly parent: string | undefined;
  readonly unique: boolean;
  /** As EXPLAIN writes it. */
  readonly sql: string;
}

export interface Leaf {
  readonly schema: string;
  readonly name: string;
  readonly file: string;
  readonly indexes: readonly OwnIndex[];
}

export interface OwnIndex {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** As `EXPLAIN` writes it. */
  readonly sql: string;
  readonly file: string;
  /** `CREATE INDEX ... ON ONLY? table USING ...`. */
  readonly definition: string;
  readonly where: string | undefined;
}

/** Every table with the names of what holds its rows, to be looked for in a plan. */
const tablesQuery = `
  SELECT coalesce(pg_partition_root(c.oid), c.oid)::oid::text AS root, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'`;

const columnsQuery = (oid: string) => `
  SELECT a.attname AS name, quote_ident(a.attname) AS sql, NOT a.attnotnull AS nullable, t.typname = 'bool' AS boolean,
    (SELECT count(*)::int FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels,
    (SELECT json_agg(pg_get_constraintdef(k.oid)) FROM pg_constraint k
      WHERE k.contype = 'c' AND k.conrelid = a.attrelid AND k.conkey = ARRAY[a.attnum]) AS checks,
    (SELECT min(n.nspname || '.' || p.relname) FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
      JOIN pg_namespace n ON n.oid = p.relnamespace
      WHERE k.contype = 'f' AND k.conrelid = a.attrelid AND k.conkey = ARRAY[a.attnum]) AS parent,
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indpred IS NULL
      AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum) AS "unique"
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

const leavesQuery = (oid: string) => `
  WITH leaves AS (
    SELECT relid FROM pg_partition_tree(${oid}) WHERE isleaf
    UNION SELECT ${oid}::regclass WHERE (SELECT relkind FROM pg_class WHERE oid = ${oid}) <> 'p')
  SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, pg_relation_filepath(c.oid) AS file,
    (SELECT json_agg(json_build_object('oid', x.oid::text, 'schema', n.nspname, 'name', x.relname, 'sql', quote_ident(x.relname),
        'file', pg_relation_filepath(x.oid), 'definition', pg_get_indexdef(x.oid),
        'where', pg_get_expr(i.indpred, i.indrelid)) ORDER BY x.relname)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisvalid) AS indexes
  FROM leaves l JOIN pg_class c ON c.oid = l.relid JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 2, 3`;

/** The tables that a plan of `EXPLAIN (VERBOSE)` speaks of. */
export async function tablesIn(session: Session, plan: string): Promise<readonly string[]> {
  const named = (sql: string) => {
    const at = plan.indexOf(` on ${sql}`);
    return at !== -1 && !/[\w$.]/.test(plan[at + 4 + sql.length] ?? '');
  };
  const tables = await session.inspect(tablesQuery);
  return [...new Set(tables.flatMap(({ root, sql }) => (named(String(sql)) ? [String(root)] : [])))];
}

export async function relationOf(session: Session, oid: string): Promise<Relation> {
  const [table] = await session.inspect(`
    SELECT n.nspname AS schema, c.relname AS name, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS sql
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${oid}`);
  const leaves = await session.inspect(leavesQuery(oid));
  return {
    oid,
    schema: String(table?.schema),
    name: String(table?.name),
    sql: String(table?.sql),
    columns: (await session.inspect(columnsQuery(oid))).map(attributeOf),
    leaves: leaves.map((leaf) => ({
      schema: String(leaf.schema),
      name: String(leaf.name),
      file: String(leaf.file),
      indexes: ((leaf.indexes ?? []) as readonly (OwnIndex & { readonly where: string | null })[]).map(
        ({ where, ...index }) => ({ ...index, where: where ?? undefined }),
      ),
    })),
  };
}

function attributeOf(row: Row): Attribute {
  const listed = ((row.checks ?? []) as readonly string[]).flatMap((check) => {
    const [, items] = /^CHECK \(\(+[^()]+\)?(?:::[a-z ]+)? = ANY \(+ARRAY\[([^[\]]*)\]/.exec(check) ?? [];
    return items === undefined ? [] : [(items.match(/'(?:[^']|'')*'|-?\d+(?:\.\d+)?/g) ?? []).length];
  });
  const labels = Number(row.labels);
  return {
    name: String(row.name),
    nullable: row.nullable === true,
    values: row.boolean === true ? 2 : labels > 0 ? labels : listed.find((count) => count > 0),
    parent: row.parent === null ? undefined : String(row.parent),
    unique: row.unique === true,
    sql: String(row.sql),
  };
}

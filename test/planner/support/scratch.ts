import { PGlite } from '@electric-sql/pglite';
import type { PlanStep } from '../../../src/planner/plan.ts';

/** One engine for a whole file: starting one takes seconds, emptying it milliseconds. */
export async function startScratch(): Promise<PGlite> {
  return await PGlite.create();
}

/** An empty database again: every schema of ours goes, and `public` comes back. */
export async function reset(db: PGlite): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
  );
  for (const { name } of rows) await db.exec(`DROP SCHEMA ${name} CASCADE`);
  await db.exec('CREATE SCHEMA public');
}

/** Runs a step as its `transaction` says, one statement at a time. */
export async function run(
  db: PGlite,
  { transaction }: Pick<PlanStep, 'transaction'>,
  sql: readonly string[],
): Promise<void> {
  const wrap = transaction && sql.length > 0;
  if (wrap) await db.exec('BEGIN');
  try {
    for (const statement of sql) await db.exec(statement);
    if (wrap) await db.exec('COMMIT');
  } catch (error) {
    if (wrap) await db.exec('ROLLBACK');
    throw new Error(`${(error as Error).message} in: ${sql.join('; ')}`, { cause: error });
  }
}

/** Whether a criterion holds. It must answer with exactly one boolean. */
export async function holds(db: PGlite, sql: string): Promise<boolean> {
  const { rows } = await db.query<Record<string, unknown>>(sql);
  const values = rows.flatMap((row) => Object.values(row));
  if (values.length !== 1 || typeof values[0] !== 'boolean')
    throw new Error(`not one boolean: ${JSON.stringify(values)} from ${sql}`);
  return values[0];
}

/** The schema as the engine knows it, a line a thing, names included. */
export async function introspect(db: PGlite): Promise<readonly string[]> {
  const { rows } = await db.query<{ line: string }>(introspection);
  return rows.map(({ line }) => line);
}

/** The same without the places of columns in their tables. */
export function withoutPlaces(schema: readonly string[]): readonly string[] {
  return schema.map((line) => line.replace(/^(column \| .*? \| .*?) \| \d+ \| /, '$1 | ')).sort();
}

const ours = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const introspection = `
SELECT concat_ws(' | ', 'schema', n.nspname) AS line FROM pg_namespace n WHERE ${ours}
UNION ALL
SELECT concat_ws(' | ', 'relation', n.nspname, c.relname, c.relkind, obj_description(c.oid, 'pg_class'), pg_get_partkeydef(c.oid), CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}
UNION ALL
SELECT concat_ws(' | ', 'column', n.nspname, c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text, col_description(c.oid, a.attnum))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE ${ours} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind NOT IN ('i', 'I')
UNION ALL
SELECT concat_ws(' | ', 'constraint', n.nspname, c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE ${ours}
UNION ALL
SELECT concat_ws(' | ', 'index', n.nspname, pg_get_indexdef(c.oid), i.indisvalid, i.indisunique, i.indisprimary, (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid))
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}
UNION ALL
SELECT concat_ws(' | ', 'enum', n.nspname, t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${ours} GROUP BY n.nspname, t.typname
UNION ALL
SELECT concat_ws(' | ', 'sequence', n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqmax)
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}
UNION ALL
SELECT concat_ws(' | ', 'trigger', t.tgrelid::regclass::text, t.tgname) FROM pg_trigger t WHERE NOT t.tgisinternal
UNION ALL
SELECT concat_ws(' | ', 'function', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${ours}
ORDER BY line`;

import type { LockMode } from '../../../../src/sql/facts/locks/index.ts';
import { isStronger } from '../../../../src/sql/facts/locks/index.ts';
import { type Form, given } from './forms.ts';

/** A session of an engine. */
export interface Database {
  readonly version: number;
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  exec(sql: string): Promise<void>;
}

/** What is compared: by the name of a relation, the strongest lock and the work that is done on its rows. */
export type Picture = Readonly<Record<string, string>>;

/** Weaker locks are in nobody's way, and are compared only where we name them; so are the scans of queries. */
const weakest: LockMode = 'ShareUpdateExclusiveLock';

export function pictureOf(mode: LockMode, work: { readonly rewrites?: boolean; readonly scans?: boolean }): string {
  if (isStronger(weakest, mode)) return mode;
  return `${mode}${work.rewrites === true ? ', rewritten' : work.scans === true ? ', scanned' : ''}`;
}

interface Relation {
  readonly name: string;
  readonly kind: string;
  /** The file that has its rows, and how often those were scanned. */
  readonly file: number;
  readonly scans: number;
}

let schemas = 0;

/**
 * Runs a form in a transaction, sees what it holds at its end, and rolls it back. `named`: relations whose weaker locks are
 * looked at too. Relations are told apart by their ids, so that what was renamed or dropped keeps its name.
 */
export async function observe(
  database: Database,
  { sql, setup = '' }: Form,
  named: ReadonlySet<string>,
): Promise<Picture> {
  const schema = `form_${++schemas}`;
  await database.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}; ${given} ${setup}`);
  await database.exec('BEGIN');
  try {
    const before = await relationsOf(database, schema);
    await database.exec(sql);
    const after = await relationsOf(database, schema);
    const held = await database.query(
      `SELECT relation::int AS id, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'`,
    );
    const picture: Record<string, string> = {};
    for (const [id, { name, kind, file, scans }] of before) {
      const [first, ...more] = held.filter((row) => row.id === id).map((row) => row.mode as LockMode);
      if (first === undefined) continue;
      const mode = more.reduce((strongest, each) => (isStronger(each, strongest) ? each : strongest), first);
      const isIndex = kind === 'i' || kind === 'I';
      if (!named.has(name) && (isIndex || isStronger(weakest, mode))) continue;
      const now = after.get(id);
      picture[name] = pictureOf(mode, {
        rewrites: now !== undefined && now.file !== file,
        scans: now !== undefined && now.scans > scans,
      });
    }
    return picture;
  } finally {
    await database.exec('ROLLBACK');
    await database.exec(`DROP SCHEMA ${schema} CASCADE`);
  }
}

async function relationsOf(database: Database, schema: string): Promise<ReadonlyMap<unknown, Relation>> {
  const rows = await database.query(
    `SELECT c.oid::int AS id, c.relname AS name, c.relkind::text AS kind, c.relfilenode::int AS file,
       coalesce(s.seq_scan, 0)::int AS scans
     FROM pg_class c LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
     WHERE c.relkind IN ('r', 'p', 'm', 'v', 'i', 'I') AND (c.relnamespace = '${schema}'::regnamespace OR c.relpersistence = 't')`,
  );
  return new Map(rows.map((row) => [row.id, row as unknown as Relation]));
}

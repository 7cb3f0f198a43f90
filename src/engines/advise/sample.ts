import type { Session } from '../session.ts';
import { must, Unmeasurable } from './must.ts';
import type { OwnIndex, Relation } from './relations.ts';

/** Rows of a sample: enough pages that their rounding does not matter. */
const SAMPLE_ROWS = 5_000;
const PAGE = 8_192;

/** What was measured of a table on a copy without constraints and indexes, filled over and over with the rows that it has. */
export interface Sample {
  /** 0: the table could not be given rows. */
  readonly rows: number;
  readonly rowsPerPage: number;
  /** Average width of each column in bytes. */
  readonly widths: ReadonlyMap<string, number>;
  /** What an index costs by the row, the one below by its `USING` clause. */
  readonly indexes: ReadonlyMap<string, IndexSample>;
}

export interface IndexSample {
  readonly bytesPerRow: number;
  readonly walPerRow: number;
}

/** What is assumed of a table that no rows could be made for: short rows, and keys of 16 bytes. */
const assumedRowsPerPage = 100;
export const assumedIndex: IndexSample = { bytesPerRow: 32, walPerRow: 96 };

/** How the method and keys of an index stand in its definition, whatever its name and table. */
export function usingOf({ definition }: OwnIndex): string {
  return definition.slice(definition.indexOf(' USING '));
}

/** Makes the copy, measures on it, and takes everything back. */
export async function sampleOf(session: Session, relation: Relation): Promise<Sample> {
  await must(session, 'BEGIN');
  try {
    await must(session, 'CREATE SCHEMA database_lead_sample');
    const copy = 'database_lead_sample.copy';
    await must(session, `CREATE TABLE ${copy} (LIKE ${relation.sql})`);
    return await measure(session, relation, copy);
  } finally {
    await must(session, 'ROLLBACK');
  }
}

async function measure(session: Session, { sql, leaves }: Relation, copy: string): Promise<Sample> {
  const present = await number(session, `SELECT count(*)::int FROM ${sql}`);
  if (present === 0) return { rows: 0, rowsPerPage: assumedRowsPerPage, widths: new Map(), indexes: new Map() };

  const times = Math.ceil(SAMPLE_ROWS / present);
  const rows = times * present;
  const fill = `INSERT INTO ${copy} SELECT t.* FROM ${sql} AS t CROSS JOIN pg_catalog.generate_series(1, ${times})`;
  const plainWal = await walOf(session, fill);
  const pages = (await number(session, `SELECT pg_catalog.pg_relation_size('${copy}')`)) / PAGE;
  await must(session, `ANALYZE ${copy}`);
  const widths = await session.inspect(
    "SELECT attname, avg_width FROM pg_stats WHERE schemaname = 'database_lead_sample' AND tablename = 'copy'",
  );

  const indexes = new Map<string, IndexSample>();
  for (const index of leaves[0]?.indexes ?? []) {
    await must(session, `TRUNCATE ${copy}`);
    await must(session, fill);
    if (!(await build(session, copy, withoutPredicate(index)))) continue;
    const bytes = await number(session, `SELECT pg_catalog.pg_relation_size('database_lead_sample.tried')`);
    const wal = await walOf(session, fill);
    await must(session, 'DROP INDEX database_lead_sample.tried');
    indexes.set(usingOf(index), {
      bytesPerRow: Math.max(0, bytes - PAGE) / rows,
      walPerRow: Math.max(0, wal - plainWal) / rows,
    });
  }
  return {
    rows,
    rowsPerPage: rows / Math.max(1, pages),
    widths: new Map(widths.map(({ attname, avg_width }) => [String(attname), Number(avg_width)])),
    indexes,
  };
}

/** The rows that were made up need not meet a predicate; what one entry costs does not depend on it. */
function withoutPredicate(index: OwnIndex): string {
  const using = usingOf(index);
  const predicate = ` WHERE ${index.where}`;
  return using.endsWith(predicate) ? using.slice(0, -predicate.length) : using;
}

/**
 * Without deduplication (the manual, "B-Tree Indexes", "Deduplication"): the same values come over and over in the copy, and
 * stored once each they would make the index look smaller than it is.
 */
async function build(session: Session, copy: string, using: string): Promise<boolean> {
  await must(session, 'SAVEPOINT build');
  const made = await session.run(`CREATE INDEX tried ON ${copy}${using}`);
  if (!made.ok) {
    await must(session, 'ROLLBACK TO SAVEPOINT build');
    return false;
  }
  if (!using.startsWith(' USING btree ')) return true;
  await must(session, 'ALTER INDEX database_lead_sample.tried SET (deduplicate_items = off)');
  await must(session, 'REINDEX INDEX database_lead_sample.tried');
  return true;
}

/** Bytes of write-ahead log that a statement writes. */
async function walOf(session: Session, sql: string): Promise<number> {
  const [start] = await session.inspect('SELECT pg_current_wal_insert_lsn()::text AS lsn');
  await must(session, sql);
  return number(session, `SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '${start?.lsn}')`);
}

async function number(session: Session, sql: string): Promise<number> {
  const asked = await session.ask(sql);
  if (!asked.ok) throw new Unmeasurable(`${asked.message} (${asked.code})`);
  return Number(asked.first[0]?.text ?? 0);
}

import type { Log } from '../../kernel/log.ts';
import type { Session } from '../session.ts';
import { choicesFor } from './choices.ts';
import { edgeFor, edges } from './edges.ts';
import { type Data, insertOf, type Recipe } from './insert.ts';
import { type SeedTable, seedPartitions, seedTables } from './tables.ts';
import { variations } from './values.ts';

/** A migration that is fast and safe on an empty table may be neither on a filled one. */
const ROWS_PER_TABLE = 20;

export interface SeedOptions {
  readonly log: Log;
  readonly rows?: number;
  /** The keys of those that are to get rows, with what they refer to; absent: all. */
  readonly tables?: ReadonlySet<string>;
  readonly data: Data;
}

export interface Seeded {
  /** How many rows the tables hold. */
  readonly rows: number;
  /** The keys of those that could not be given any. */
  readonly empty: readonly string[];
}

/**
 * Puts rows into empty tables of the user's, referenced tables first. A table whose constraints or triggers could not be
 * satisfied stays empty and is named in the log.
 */
export async function seedRows(
  session: Session,
  { log, rows = ROWS_PER_TABLE, tables, data }: SeedOptions,
): Promise<Seeded> {
  const filled = new Map<string, SeedTable>();
  const unfilled: SeedTable[] = [];
  let total = 0;
  for (const table of await seedTables(session, tables)) {
    const fillEmpty = async (each: SeedTable): Promise<number> => {
      const present = await count(session, each);
      return present > 0 ? present : fill(session, each, filled, rows, data);
    };
    let now = await fillEmpty(table);
    if (table.isPartitioned) {
      // Whichever partition the first rows went to, if any, all are to have some.
      for (const partition of await seedPartitions(session, table)) await fillEmpty(partition);
      now = await count(session, table);
    }
    total += now;
    if (now > 0) filled.set(table.oid, table);
    else unfilled.push(table);
  }
  if (unfilled.length > 0)
    log.info({ tables: unfilled.map(({ sql }) => sql) }, 'these tables could not be given rows and stay empty');
  return { rows: total, empty: unfilled.map(({ key }) => key) };
}

async function count(session: Session, { sql }: SeedTable): Promise<number> {
  const asked = await session.ask(`SELECT count(*)::int FROM ${sql}`);
  return asked.ok ? Number(asked.first[0]?.text ?? 0) : 0;
}

/** All rows at once with each variation in turn; where none passes, row by row, as many as do. The last ones are those at the edge. */
async function fill(
  session: Session,
  table: SeedTable,
  filled: ReadonlyMap<string, SeedTable>,
  rows: number,
  data: Data,
): Promise<number> {
  const all = Array.from({ length: rows }, (_, index) => index + 1);
  const plain = data === 'wide' && rows > edges ? all.slice(0, -edges) : all;
  const recipe: Recipe = { table, filled, data, choices: await choicesFor(session, table, all) };
  const done = await fillPlainly(session, recipe, plain);
  if (done === 0) return 0;
  let more = 0;
  for (const [which, row] of all.slice(plain.length).entries()) {
    if (await fillAtEdge(session, recipe, row, which)) more++;
    else more += await fillOneByOne(session, recipe, [row]);
  }
  return done + more;
}

async function fillPlainly(session: Session, recipe: Recipe, rows: readonly number[]): Promise<number> {
  for (let variation = 0; variation < variations; variation++) {
    const inserts = rows.map((row) => insertOf(recipe, row, variation));
    if (inserts.some((insert) => insert === undefined)) return 0;
    if (await insertAll(session, inserts as string[])) return rows.length;
  }
  return fillOneByOne(session, recipe, rows);
}

async function fillOneByOne(session: Session, recipe: Recipe, rows: readonly number[]): Promise<number> {
  let done = 0;
  for (const [at, row] of rows.entries()) {
    for (let variation = 0; variation < variations; variation++) {
      const insert = insertOf(recipe, row, variation);
      if (insert === undefined || !(await insertAll(session, [insert]))) continue;
      done++;
      break;
    }
    // A table that takes none of the first rows takes none of the others.
    if (at >= 2 && done === 0) return 0;
  }
  return done;
}

/** All columns at their edge, or all but one, or one: the constraints of the others may not let them be there. */
async function fillAtEdge(session: Session, recipe: Recipe, row: number, which: number): Promise<boolean> {
  const { table } = recipe;
  const first = which % Math.max(table.columns.length, 1);
  const inTurn = [...table.columns.slice(first), ...table.columns.slice(0, first)].filter(
    // Keys count on from where they are, and end where their type does.
    (column) => !column.unique && edgeFor(column, which) !== undefined,
  );
  const without = inTurn.map((column) => inTurn.filter((other) => other !== column));
  for (const chosen of [inTurn, ...without, ...inTurn.map((column) => [column])]) {
    const values = new Map(chosen.map((column) => [column.name, edgeFor(column, which)]));
    const insert = insertOf({ ...recipe, data: 'distinct' }, row, 0, values);
    if (insert !== undefined && (await insertAll(session, [insert]))) return true;
  }
  return false;
}

/** In one message, which PostgreSQL runs as one transaction (manual, "Multiple Statements in a Simple Query"). */
async function insertAll(session: Session, inserts: readonly string[]): Promise<boolean> {
  return (await session.run(inserts.join(';\n'))).ok;
}

import type { Log } from '../../kernel/log.ts';
import type { Session } from '../session.ts';
import { type Choice, choicesFor } from './choices.ts';
import { edgeFor, edges } from './edges.ts';
import { type Reference, type SeedColumn, type SeedTable, seedTables } from './tables.ts';
import { valueFor, variations } from './values.ts';

/** A migration that is fast and safe on an empty table may be neither on a filled one. */
const ROWS_PER_TABLE = 20;

export interface SeedOptions {
  readonly log: Log;
  readonly rows?: number;
  /** The keys of those that are to get rows, with what they refer to; absent: all. */
  readonly tables?: ReadonlySet<string>;
  /**
   * `distinct`: no NULLs and no duplicates where a type has enough values, as well-kept data is. `any`: whatever the schema
   * allows, so NULLs in nullable columns and duplicates too. `wide`: beside these, values at the edges of types, and others than the
   * default in columns that have one.
   */
  readonly data: 'distinct' | 'any' | 'wide';
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
    const present = await count(session, table);
    const now = present > 0 ? present : await fill(session, table, filled, rows, data);
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
  data: SeedOptions['data'],
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

/** How the rows of a table are made up. */
interface Recipe {
  readonly table: SeedTable;
  /** Tables that have rows, by their oids. */
  readonly filled: ReadonlyMap<string, SeedTable>;
  readonly data: SeedOptions['data'];
  readonly choices: ReadonlyMap<string, Choice>;
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

/** All columns at their edge, or one of them: the constraints of the others may not let them be there. */
async function fillAtEdge(session: Session, recipe: Recipe, row: number, which: number): Promise<boolean> {
  const { table } = recipe;
  const first = which % Math.max(table.columns.length, 1);
  const inTurn = [...table.columns.slice(first), ...table.columns.slice(0, first)].filter(
    // Keys count on from where they are, and end where their type does.
    (column) => !column.unique && edgeFor(column, which) !== undefined,
  );
  for (const chosen of [inTurn, ...inTurn.map((column) => [column])]) {
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

function insertOf(
  { table, filled, data, choices }: Recipe,
  row: number,
  variation: number,
  given: ReadonlyMap<string, string | undefined> = new Map(),
): string | undefined {
  const names: string[] = [];
  const values: string[] = [];
  const referenced = new Map(table.references.flatMap((key) => key.columns.map((column) => [column, key] as const)));
  for (const column of table.columns) {
    const key = referenced.get(column.name);
    const value =
      key === undefined
        ? (given.get(column.name) ?? chosenValue(column, choices.get(column.name), row, variation, data))
        : referencedValue(column, key, table, filled, row, variation, data);
    if (value === undefined) continue;
    if (value === null) return undefined;
    names.push(column.sql);
    values.push(value);
  }
  return names.length === 0
    ? `INSERT INTO ${table.sql} DEFAULT VALUES`
    : `INSERT INTO ${table.sql} (${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/** What its checks let pass comes first. */
function chosenValue(
  column: SeedColumn,
  choice: Choice | undefined,
  row: number,
  variation: number,
  data: SeedOptions['data'],
): string | undefined | null {
  if (choice === 'NULL') return choice;
  return ownValue(column, row, (variation + (choice ?? 0)) % variations, data);
}

/** `undefined`: the column is left to its default; `null`: there is no value. */
function ownValue(
  column: SeedColumn,
  row: number,
  variation: number,
  data: SeedOptions['data'],
): string | undefined | null {
  const isOverruled = data === 'wide' && !column.unique && !column.isNumbered && row % 2 === 0;
  if (column.hasDefault && !(column.unique && variation > 0) && !isOverruled) return undefined;
  if (data !== 'distinct' && column.nullable && row % 4 === 0) return 'NULL';
  // Two rows of one value: what the schema does not forbid happens.
  const from = data !== 'distinct' && !column.unique && row % 5 === 0 ? row - 1 : row;
  return valueFor(column, from, variation) ?? (column.nullable ? undefined : null);
}

function referencedValue(
  column: SeedColumn,
  key: Reference,
  table: SeedTable,
  filled: ReadonlyMap<string, SeedTable>,
  row: number,
  variation: number,
  data: SeedOptions['data'],
): string | undefined | null {
  const target = key.referenced[key.columns.indexOf(column.name)];
  const parent = filled.get(key.table);
  if (parent === undefined || target === undefined || (data !== 'distinct' && column.nullable && row % 4 === 0)) {
    if (column.nullable) return 'NULL';
    // A row may reference itself; a table that is still empty may not be referenced.
    const own = key.table === table.oid ? table.columns.find(({ name }) => name === target) : undefined;
    return own === undefined ? null : (valueFor(own, row, variation) ?? null);
  }
  const name = `"${target.replaceAll('"', '""')}"`;
  const order = key.referenced.map((each) => `"${each.replaceAll('"', '""')}"`).join(', ');
  return `(SELECT ${name} FROM ${parent.sql} ORDER BY ${order}
    OFFSET ${row - 1} % (SELECT count(*) FROM ${parent.sql}) LIMIT 1)`;
}

import type { Log } from '../../kernel/log.ts';
import type { Session } from '../session.ts';
import { type Reference, type SeedColumn, type SeedTable, seedPartitions, seedTables } from './tables.ts';
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
   * allows, so NULLs in nullable columns and duplicates too.
   */
  readonly data: 'distinct' | 'any';
}

/**
 * Puts rows into empty tables of the user's, referenced tables first. A table whose constraints or triggers could not be
 * satisfied stays empty and is named in the log. Returns how many rows these tables hold then.
 */
export async function seedRows(
  session: Session,
  { log, rows = ROWS_PER_TABLE, tables, data }: SeedOptions,
): Promise<number> {
  const filled = new Map<string, SeedTable>();
  const unfilled: string[] = [];
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
    else unfilled.push(table.sql);
  }
  if (unfilled.length > 0) log.info({ tables: unfilled }, 'these tables could not be given rows and stay empty');
  return total;
}

async function count(session: Session, { sql }: SeedTable): Promise<number> {
  const asked = await session.ask(`SELECT count(*)::int FROM ${sql}`);
  return asked.ok ? Number(asked.first[0]?.text ?? 0) : 0;
}

/** All rows at once with each variation in turn; where none passes, row by row, as many as do. */
async function fill(
  session: Session,
  table: SeedTable,
  filled: ReadonlyMap<string, SeedTable>,
  rows: number,
  data: SeedOptions['data'],
): Promise<number> {
  const numbers = Array.from({ length: rows }, (_, index) => index + 1);
  for (let variation = 0; variation < variations; variation++) {
    const inserts = numbers.map((row) => insertOf(table, filled, row, variation, data));
    if (inserts.some((insert) => insert === undefined)) return 0;
    if (await insertAll(session, inserts as string[])) return rows;
  }
  let done = 0;
  for (const row of numbers) {
    for (let variation = 0; variation < variations; variation++) {
      const insert = insertOf(table, filled, row, variation, data);
      if (insert === undefined || !(await insertAll(session, [insert]))) continue;
      done++;
      break;
    }
    // A table that takes none of the first rows takes none of the others.
    if (row >= 3 && done === 0) return 0;
  }
  return done;
}

/** In one message, which PostgreSQL runs as one transaction (manual, "Multiple Statements in a Simple Query"). */
async function insertAll(session: Session, inserts: readonly string[]): Promise<boolean> {
  return (await session.run(inserts.join(';\n'))).ok;
}

function insertOf(
  table: SeedTable,
  filled: ReadonlyMap<string, SeedTable>,
  row: number,
  variation: number,
  data: SeedOptions['data'],
): string | undefined {
  const names: string[] = [];
  const values: string[] = [];
  const referenced = new Map(table.references.flatMap((key) => key.columns.map((column) => [column, key] as const)));
  for (const column of table.columns) {
    const key = referenced.get(column.name);
    const value =
      key === undefined
        ? ownValue(column, row, variation, data)
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

/** `undefined`: the column is left to its default; `null`: there is no value. */
function ownValue(
  column: SeedColumn,
  row: number,
  variation: number,
  data: SeedOptions['data'],
): string | undefined | null {
  if (column.hasDefault && !(column.unique && variation > 0)) return undefined;
  if (data === 'any' && column.nullable && row % 4 === 0) return 'NULL';
  // Two rows of one value: what the schema does not forbid happens.
  const from = data === 'any' && !column.unique && row % 5 === 0 ? row - 1 : row;
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
  if (parent === undefined || target === undefined || (data === 'any' && column.nullable && row % 4 === 0)) {
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

import { quoteIdentifier } from '../../sql/quote.ts';
import type { Session } from '../session.ts';
import type { SeedColumn, SeedTable } from './tables.ts';
import { valueFor, variations } from './values.ts';

/** Of a column with checks: the first variation of which they let values pass, or that only NULL does. */
export type Choice = number | 'NULL';

const probe = 'pg_temp.database_lead_probe';

/**
 * What the checks of each column let pass, found by trying: what they ask for is known to the engine alone, and a table where each column
 * asks for something else is not filled by the same guess at all of them. Columns without checks are left out.
 */
export async function choicesFor(
  session: Session,
  { sql, columns }: SeedTable,
  rows: readonly number[],
): Promise<ReadonlyMap<string, Choice>> {
  const choices = new Map<string, Choice>();
  const checked = columns.filter(({ hasChecks }) => hasChecks);
  if (checked.length === 0) return choices;
  // The checks come along with the columns (CREATE TABLE, LIKE); all but one of the columns stay empty at a time.
  const made = await session.run(`CREATE TEMPORARY TABLE database_lead_probe (LIKE ${sql} INCLUDING CONSTRAINTS)`);
  if (!made.ok) return choices;
  const loosened = columns.map((column) => `ALTER COLUMN ${column.sql} DROP NOT NULL`);
  await session.run(`ALTER TABLE ${probe} ${loosened.join(', ')}`);
  for (const column of checked) {
    const choice = await choiceFor(session, column, rows);
    if (choice !== undefined) choices.set(column.name, choice);
  }
  await session.run(`DROP TABLE ${probe}`);
  return choices;
}

async function choiceFor(session: Session, column: SeedColumn, rows: readonly number[]): Promise<Choice | undefined> {
  const passes = async (values: readonly string[]): Promise<boolean> => {
    const list = values.map((value) => `(${value})`).join(', ');
    return (await session.run(`INSERT INTO ${probe} (${quoteIdentifier(column.name)}) VALUES ${list}`)).ok;
  };
  for (let variation = 0; variation < variations; variation++) {
    const values = rows.map((row) => valueFor(column, row, variation));
    if (values.some((value) => value === undefined)) return undefined;
    if (await passes(values as string[])) return variation;
  }
  // A check that asks something of several columns lets nothing pass in one alone, which says nothing of it.
  return column.nullable && (await passes(['NULL'])) ? 'NULL' : undefined;
}

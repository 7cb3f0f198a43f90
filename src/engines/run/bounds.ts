import type { Description } from '../../sql/description.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { Session } from '../session.ts';

/** Two schemas, and the tables that are about to get rows. */
export interface Between {
  readonly at: Description;
  readonly desired: Description;
  readonly tables: readonly string[];
}

/**
 * Lets rows be made up that tables can still hold as the partitions that they become: rows that nobody would put there would say
 * nothing about the plan. What is in the way of such a check (a column that is not there yet) is left to chance.
 */
export async function withinBounds<Result>(
  session: Session,
  { at, desired, tables }: Between,
  work: () => Promise<Result>,
): Promise<Result> {
  const added: string[] = [];
  const name = quoteIdentifier('database-lead: rows within the bound to come');
  for (const key of tables) {
    const attachment = `attachment of table ${key}`;
    const { within } = desired.objects.get(attachment) ?? {};
    const table = at.catalog.tables.get(key);
    if (within === undefined || table === undefined || at.objects.get(attachment)?.within === within) continue;
    const alter = `ALTER TABLE ${quoteName(table.name)}`;
    if ((await session.run(`${alter} ADD CONSTRAINT ${name} CHECK (${within})`)).ok) added.push(alter);
  }
  const result = await work();
  for (const alter of added) await session.run(`${alter} DROP CONSTRAINT ${name}`);
  return result;
}

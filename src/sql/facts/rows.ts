import { tableOf } from '../catalog.ts';
import { display, type ObjectName } from '../name.ts';
import type { RuleContext } from '../rule.ts';

/**
 * Whether rows can be waiting in a table: not when this change set made it, when it is configured as empty, or when it is a foreign
 * table, whose rows are elsewhere and whose constraints PostgreSQL does not check (manual, CREATE FOREIGN TABLE).
 */
export function mayHoldRows(table: ObjectName, { isNew, rows, before }: RuleContext): boolean {
  return !isNew(table) && rows(table) !== 0 && tableOf(before, table)?.foreign !== true;
}

/** The table as a message names it, with its size where that is known. */
export function described(table: ObjectName, { rows }: RuleContext): string {
  const count = rows(table);
  const size = count === undefined ? '' : ` (${count.toLocaleString('en-US')} rows)`;
  return `\`${display(table)}\`${size}`;
}

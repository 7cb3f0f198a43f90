import { columnOf } from '../../../sql/catalog.ts';
import type { BodyOf } from '../../../sql/change.ts';
import { display } from '../../../sql/name.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import type { Draft, Unsupported } from '../../recipe.ts';
import { knownTable, type Situation } from '../../situation.ts';
import { boundTo } from '../views.ts';
import { replaceColumn } from './replace-column.ts';
import { both, syncOf } from './sync-trigger.ts';

/**
 * The new name as a second column, which a trigger keeps equal to the first while code of both kinds writes: each kind finds
 * its column at any moment, where RENAME COLUMN takes the name from one of them.
 */
export function renameColumnByPhases(
  change: BodyOf<'rename-column'>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table, column, to } = change;
  const known = knownTable(situation, table);
  const old = columnOf(known, column);
  const name = `${display(table)}.${column}`;
  if (old === undefined) return { unsupported: `column ${name} does not exist` };
  const users = boundTo(situation.catalog, table, column);
  if (users.length > 0)
    return {
      unsupported: `${name}: ${users.join(', ')} would go on using the old column; drop that first and make it again afterwards`,
    };
  const before = both(column, to, old.type);
  // The default goes to the new column in the switch, so that from then on a value in the old one was written.
  const isGiven = old.default !== undefined || old.identity !== undefined;
  return replaceColumn(
    {
      table: known,
      old,
      new: { ...old, name: to },
      oldName: column,
      finalName: to,
      sync: syncOf(known, column, situation),
      bodies: { before, after: isGiven ? both(to, column, old.type) : before },
      value: quoteIdentifier(column),
      writtenBoth: true,
      loses: false,
      preconditions: [],
      hazards: [],
      said: {
        purpose: `beside ${column}, and keep the two equal`,
        afterFill: `Deploy code that reads and writes ${to} and no more ${column}; until it is everywhere, code of both kinds runs.`,
      },
    },
    situation,
  );
}

import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { tableExists } from '../criteria.ts';
import { type Draft, manual, step, type Unsupported } from '../recipe.ts';

/**
 * The table with its own constraints. Its indexes, comments and foreign keys to other tables are goals of their own, because
 * a foreign key takes a lock on the table it refers to.
 */
export function createTable(change: BodyOf<'create-table'>): readonly Draft[] | Unsupported {
  const { table, columnsFrom, ofType, partitionOf } = change;
  if (columnsFrom !== undefined)
    return {
      unsupported: `table ${display(table)}: its columns come from ${columnsFrom}, which cannot be compared with a catalog`,
    };
  if (ofType !== undefined)
    return { unsupported: `table ${display(table)}: its columns are the attributes of ${display(ofType)}` };
  if (partitionOf !== undefined)
    return { unsupported: `table ${display(table)}: a partition of ${display(partitionOf)}` };
  if (change.temporary) return { unsupported: `table ${display(table)}: a temporary table lives in one session only` };
  return [
    step({
      title: `Create table ${display(table)}`,
      phase: 'expand',
      sql: [renderChange({ ...change, ifNotExists: true })],
      down: [`DROP TABLE IF EXISTS ${quoteName(table)}`],
      criteria: [
        tableExists(
          table,
          change.columns.map(({ name }) => name),
        ),
      ],
      because: `Nobody uses the table yet, so its constraints have no rows to check. ${manual('sql-createtable')}`,
    }),
  ];
}

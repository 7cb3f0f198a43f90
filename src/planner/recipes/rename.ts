import { columnOf } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import {
  columnExists,
  columnIsGone,
  constraintExists,
  constraintIsGone,
  indexIsValid,
  relationIsGone,
  tableExists,
} from '../criteria.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import { isEmpty, knownTable, type Situation } from '../situation.ts';
import { findIndex } from './drop-index.ts';
import { renameColumnByPhases } from './second-column/rename-column-by-phases.ts';

/**
 * The table gets its new name and a view keeps the old one: a simple view can be written through (CREATE VIEW, "Updatable
 * Views"), so old and new code run side by side until the view goes.
 */
export function renameTable(change: BodyOf<'rename-table'>, situation: Situation): readonly Draft[] {
  const { table, to } = change;
  const renamed: ObjectName = { ...table, name: to };
  const known = knownTable(situation, table);
  const columns = known.columns.map(({ name }) => name);
  const shown = known.open ? '*' : columns.map((column) => quoteIdentifier(column)).join(', ');
  const view = `CREATE VIEW ${quoteName(table)} AS SELECT ${shown} FROM ${quoteName(renamed)}`;
  const dropView = `DROP VIEW IF EXISTS ${quoteName(table)}`;
  return [
    step({
      title: `Rename table ${display(table)} to ${to}, and keep the old name as a view`,
      phase: 'expand',
      sql: [renderChange(change), view],
      down: [dropView, renderChange({ kind: 'rename-table', table: renamed, to: table.name })],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      criteria: [tableExists(renamed, columns)],
      application: `Grant on the view ${display(table)} what is granted on the table, then move all code to the name ${to}; statements that a view does not take (TRUNCATE, foreign keys, row locks of other owners) must move first.`,
      because: `Both statements change the catalog only and commit together, so no code ever misses the name. ${manual('sql-createview')}`,
    }),
    step({
      title: `Drop the view that kept the name ${display(table)}`,
      phase: 'contract',
      sql: [dropView],
      down: [view],
      locks: [],
      hazards: ['breaks-running-code'],
      ...(situation.exact === true
        ? { knowingly: [{ rule: 'drop-view', reason: 'all code uses the new name by now' }] }
        : {}),
      criteria: [relationIsGone(table, 'View')],
      because: `The view holds no rows. No running code may use the old name any more. ${manual('sql-dropview')}`,
    }),
  ];
}

/**
 * There is no second name for a column: code that knows only one of the names fails on the other side of the rename. Where the
 * configuration asks for renames without that, it is done by a second column.
 */
export function renameColumn(change: BodyOf<'rename-column'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column, to } = change;
  const before = columnOf(knownTable(situation, table), column);
  if (before === undefined) return { unsupported: `column ${display(table)}.${column} does not exist` };
  if (situation.zeroDowntimeRenames === true && !isEmpty(situation, table))
    return renameColumnByPhases(change, situation);
  return [
    step({
      title: `Rename column ${display(table)}.${column} to ${to}`,
      phase: 'contract',
      sql: [renderChange(change)],
      down: [renderChange({ kind: 'rename-column', table, column: to, to: column })],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      knowingly: [{ rule: 'rename-column', reason: 'code that uses the new name is deployed at the same moment' }],
      criteria: [columnExists(table, { ...before, name: to }, situation.catalog), columnIsGone(table, column)],
      application: `Deploy code that uses ${to} at the same moment; code that still uses ${column} fails from here on. Where that cannot be, ask for a new column, a backfill and the removal of the old one instead.`,
      because: `Changes the catalog only; views follow by themselves, code does not. ${manual('sql-altertable')}`,
    }),
  ];
}

export function renameConstraint(
  change: BodyOf<'rename-constraint'>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table, name, to } = change;
  const constraint = knownTable(situation, table).constraints.find((known) => known.name === name);
  if (constraint === undefined) return { unsupported: `constraint ${name} of ${display(table)} does not exist` };
  return [
    step({
      title: `Rename constraint ${name} of ${display(table)} to ${to}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, name: to, to: name })],
      locks: [lock(table, 'AccessExclusiveLock')],
      criteria: [constraintExists(table, { ...constraint, name: to }, false), constraintIsGone(table, name)],
      because: `Changes the catalog only; code that reads constraint names from errors must know the new one. ${manual('sql-altertable')}`,
    }),
  ];
}

export function renameIndex(change: BodyOf<'rename-index'>, { catalog }: Situation): readonly Draft[] | Unsupported {
  const { index, to } = change;
  const found = findIndex([...catalog.tables.values()], index);
  if (found === undefined) return { unsupported: `index ${display(index)} is not an index of its own` };
  return [
    step({
      title: `Rename index ${display(index)} to ${to}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, index: { ...index, name: to }, to: index.name })],
      locks: [lock(index, 'ShareUpdateExclusiveLock')],
      criteria: [relationIsGone(index, 'Index'), indexIsValid({ ...found.definition, name: to })],
      because: `Changes the catalog only, and since PostgreSQL 12 under SHARE UPDATE EXCLUSIVE on the index. ${manual('sql-alterindex')}`,
    }),
  ];
}

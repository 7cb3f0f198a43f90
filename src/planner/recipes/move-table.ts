import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { relationIsGone, tableExists } from '../criteria.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { renameStatements, unrenameStatements } from '../schemas/rename-statements.ts';
import type { MoveTable } from '../schemas/renames.ts';
import { knownTable, type Situation } from '../situation.ts';

/**
 * The table goes to another schema with its indexes, constraints and the sequences that its columns own (ALTER TABLE, SET SCHEMA), and a
 * view keeps the old name: a simple view can be written through (CREATE VIEW, "Updatable Views").
 */
export function moveTable(move: MoveTable, situation: Situation): readonly Draft[] {
  const { table, to } = move;
  const columns = knownTable(situation, table).columns.map(({ name }) => name);
  const shown = columns.map((column) => quoteIdentifier(column)).join(', ');
  const view = `CREATE VIEW ${quoteName(table)} AS SELECT ${shown} FROM ${quoteName(to)}`;
  const dropView = `DROP VIEW IF EXISTS ${quoteName(table)}`;
  const there = renameStatements(move);
  return [
    step({
      title: `Move table ${display(table)} to schema ${to.schema}, and keep the old name as a view`,
      phase: 'expand',
      sql: [...there, view],
      down: [dropView, ...unrenameStatements(move)],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      ...(move.via === undefined ? {} : { knowingly: [...unknownBetween(there)] }),
      criteria: [tableExists(to, columns)],
      application: `Grant USAGE on schema ${to.schema} to those who use the table, and on the view ${display(table)} what is granted on the table; then move all code to the name ${display(to)}, functions whose bodies name the table included. Statements that a view does not take (TRUNCATE, foreign keys, row locks of other owners) must move first.`,
      because: `The statements change the catalog only and commit together, so no code ever misses the name; indexes, constraints and owned sequences go along. ${manual('sql-altertable')}`,
    }),
    step({
      title: `Drop the view that kept the name ${display(table)}`,
      phase: 'contract',
      sql: [dropView],
      down: [view],
      hazards: ['breaks-running-code'],
      knowingly: [{ rule: 'drop-view', reason: 'all code uses the new name by now' }],
      criteria: [relationIsGone(table, 'View')],
      because: `The view holds no rows. No running code may use the old name any more. ${manual('sql-dropview')}`,
    }),
  ];
}

/** Of the name in between, which nobody ever sees. */
function unknownBetween(statements: readonly string[]) {
  const reason = 'the name in between is never seen outside the transaction';
  const rule = / SET SCHEMA /.test(statements[1] ?? '') ? 'set-schema' : 'rename-table';
  return [{ rule, reason, statement: 1 }];
}

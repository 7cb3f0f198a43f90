import type { BodyOf } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnIsRequired, constraintExists, constraintIsGone, noRow } from '../criteria.ts';
import { temporaryName } from '../names.ts';
import { type Draft, lock, manual, scanMs, step } from '../recipe.ts';
import { isEmpty, type Situation } from '../situation.ts';

/** PostgreSQL 12 release notes: SET NOT NULL skips its scan when a validated constraint proves that there is no NULL. */
const trustsChecks = 12;

/** NOT NULL without a scan under an exclusive lock: a check that is validated first, and dropped at the end. */
export function setNotNull({ table, column }: BodyOf<'set-not-null'>, situation: Situation): readonly Draft[] {
  if (isEmpty(situation, table) || situation.version < trustsChecks) return [direct(table, column, situation)];

  const constraint = temporaryCheck(table, column, situation);
  const add = renderChange({ kind: 'add-constraint', table, constraint });
  const drop = renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false });
  const name = `${display(table)}.${column}`;
  return [
    step({
      title: `Refuse new NULLs in ${name}`,
      phase: 'migrate',
      sql: [add],
      down: [drop],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      criteria: [constraintExists(table, constraint, false)],
      because: `NOT VALID skips the scan of existing rows, so the exclusive lock is brief; from here on a write that leaves ${column} empty fails. ${manual('sql-altertable')}`,
    }),
    step({
      title: `Check the existing rows of ${display(table)} for NULL in ${column}`,
      phase: 'contract',
      sql: [renderChange({ kind: 'validate-constraint', table, name: constraint.name })],
      down: [],
      locks: [lock(table, 'ShareUpdateExclusiveLock')],
      hazards: ['long-running', 'may-fail-on-existing-rows'],
      statementTimeoutMs: scanMs,
      criteria: [noNull(table, column)],
      because: `Validation scans the table under SHARE UPDATE EXCLUSIVE: reads and writes go on. ${manual('sql-altertable')}`,
    }),
    step({
      title: `Make ${name} required`,
      phase: 'contract',
      sql: [renderChange({ kind: 'set-not-null', table, column }), drop],
      down: [add, renderChange({ kind: 'drop-not-null', table, column })],
      locks: [lock(table, 'AccessExclusiveLock')],
      criteria: [columnIsRequired(table, column, true), constraintIsGone(table, constraint.name)],
      because: `The validated check proves that there is no NULL, so SET NOT NULL skips its scan (PostgreSQL 12 and newer); then the check says nothing new. ${manual('sql-altertable')}`,
    }),
  ];
}

function direct(table: ObjectName, column: string, situation: Situation): Draft {
  const empty = isEmpty(situation, table);
  return step({
    title: `Make ${display(table)}.${column} required`,
    phase: empty ? 'expand' : 'contract',
    sql: [renderChange({ kind: 'set-not-null', table, column })],
    down: [renderChange({ kind: 'drop-not-null', table, column })],
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards: empty ? [] : ['blocks-reads', 'blocks-writes', 'long-running', 'may-fail-on-existing-rows'],
    ...(empty
      ? {}
      : {
          knowingly: [
            { rule: 'set-not-null-scan', reason: `PostgreSQL ${situation.version} has no way without a scan` },
          ],
        }),
    criteria: [columnIsRequired(table, column, true)],
    because: empty
      ? `The table holds no rows that would have to be checked. ${manual('sql-altertable')}`
      : `Before PostgreSQL ${trustsChecks} SET NOT NULL scans the whole table under an exclusive lock, and no check can spare it. ${manual('sql-altertable')}`,
  });
}

function temporaryCheck(table: ObjectName, column: string, { catalog }: Situation) {
  const name = temporaryName(table, column, 'not_null_check', catalog);
  return { kind: 'check', name, expression: `${quoteIdentifier(column)} IS NOT NULL`, validated: false } as const;
}

function noNull(table: ObjectName, column: string) {
  return noRow(table, `${quoteIdentifier(column)} IS NULL`, `No row of ${display(table)} has NULL in ${column}`);
}

import { makeObjectName } from '../../sql/apply/names.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnIsRequired, constraintExists, constraintIsGone, noRow } from '../criteria.ts';
import { temporaryName } from '../names.ts';
import { type Draft, lock, manual, scanMs, step } from '../recipe.ts';
import { isEmpty, knownTable, type Situation } from '../situation.ts';

/** PostgreSQL 12 release notes: SET NOT NULL skips its scan when a validated constraint proves that there is no NULL. */
const trustsChecks = 12;

const temporaryLabel = 'not_null_check';

/** NOT NULL without a scan under an exclusive lock: a check that is validated first, and dropped at the end. */
export function setNotNull({ table, column }: BodyOf<'set-not-null'>, situation: Situation): readonly Draft[] {
  if (isEmpty(situation, table) || situation.version < trustsChecks) return [direct(table, column, situation)];

  const known = existingCheck(table, column, situation);
  if (known !== undefined) {
    const proven = known.validated ? [] : [validateNoNull(table, column, known.name)];
    return [...proven, require(table, column)];
  }
  const name = temporaryName(table, column, temporaryLabel, situation.catalog);
  const constraint = { kind: 'check', name, expression: isNotNull(column), validated: false } as const;
  const add = renderChange({ kind: 'add-constraint', table, constraint });
  const drop = renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false });
  const last = require(table, column);
  return [
    step({
      title: `Refuse new NULLs in ${display(table)}.${column}`,
      phase: 'migrate',
      sql: [add],
      down: [drop],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      criteria: [constraintExists(table, constraint, false)],
      because: `NOT VALID skips the scan of existing rows, so the exclusive lock is brief; from here on a write that leaves ${column} empty fails. ${manual('sql-altertable')}`,
    }),
    validateNoNull(table, column, name),
    {
      ...last,
      sql: [...last.sql, drop],
      down: [add, ...last.down],
      criteria: [...last.criteria, constraintIsGone(table, name)],
    },
  ];
}

function validateNoNull(table: ObjectName, column: string, name: string): Draft {
  return step({
    title: `Check the existing rows of ${display(table)} for NULL in ${column}`,
    phase: 'contract',
    sql: [renderChange({ kind: 'validate-constraint', table, name })],
    down: [],
    locks: [lock(table, 'ShareUpdateExclusiveLock')],
    hazards: ['long-running', 'may-fail-on-existing-rows'],
    statementTimeoutMs: scanMs,
    criteria: [noRow(table, `${quoteIdentifier(column)} IS NULL`, `No row of ${display(table)} has NULL in ${column}`)],
    because: `Validation scans the table under SHARE UPDATE EXCLUSIVE: reads and writes go on. ${manual('sql-altertable')}`,
  });
}

function require(table: ObjectName, column: string): Draft {
  return step({
    title: `Make ${display(table)}.${column} required`,
    phase: 'contract',
    sql: [renderChange({ kind: 'set-not-null', table, column })],
    down: [renderChange({ kind: 'drop-not-null', table, column })],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [columnIsRequired(table, column, true)],
    because: `The validated check proves that there is no NULL, so SET NOT NULL skips its scan (PostgreSQL 12 and newer). ${manual('sql-altertable')}`,
  });
}

function isNotNull(column: string): string {
  return `${quoteIdentifier(column)} IS NOT NULL`;
}

/** A check that says the same already: somebody's own, or one that an earlier plan did not get to drop. */
function existingCheck(table: ObjectName, column: string, situation: Situation) {
  return knownTable(situation, table).constraints.flatMap((constraint) =>
    constraint.kind === 'check' && constraint.name !== undefined && isSame(constraint.expression, column)
      ? [{ name: constraint.name, validated: constraint.validated }]
      : [],
  )[0];
}

function isSame(expression: string, column: string): boolean {
  return expression.replace(/^\((.*)\)$/s, '$1').trim() === isNotNull(column);
}

/** The name of a check that an earlier plan for the same column left, so that the next one takes it away. */
export function leftoverCheck(table: ObjectName, column: string, situation: Situation): string | undefined {
  const name = existingCheck(table, column, situation)?.name;
  return name === makeObjectName(table.name, column, temporaryLabel) ? name : undefined;
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

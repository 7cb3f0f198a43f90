import { display } from '../../../sql/name.ts';
import { quoteIdentifier, quoteLiteral } from '../../../sql/quote.ts';
import { renderChange } from '../../../sql/render.ts';
import { columnIsRequired, noDuplicates, noRow } from '../../criteria.ts';
import { inDollars } from '../../dollars.ts';
import type { Criterion } from '../../plan.ts';
import { backgroundMs, type Draft, lock, manual, scanMs, step, type Unsupported } from '../../recipe.ts';
import type { MoveColumns } from '../../schemas/goal.ts';
import { primaryKey } from '../../schemas/links.ts';
import type { ColumnMove } from '../../schemas/moves.ts';
import { partitionsOf, type Situation } from '../../situation.ts';
import { batch, inBatches } from '../backfill.ts';
import { referencesTo } from '../drop-constraint.ts';
import {
  demanded,
  differs,
  everythingCame,
  holds,
  homeless,
  joined,
  missing,
  movedWords,
  sourceName,
  targetName,
  unknownColumns,
} from './statements.ts';
import { carryBack, carryThere, createCarrier, dropCarrier } from './triggers.ts';

/**
 * Expand and migrate (M. Fowler, "Parallel Change"): every write goes to both tables, the values that are there go over in batches, and it
 * is checked that all of them came; then code of both kinds may run, until {@link endMove}.
 */
export function moveColumns(goal: MoveColumns, situation: Situation): readonly Draft[] | Unsupported {
  const refused = refusal(goal.move, situation);
  if (refused !== undefined) return { unsupported: refused };
  return [carry(goal), fill(goal.move), check(goal.move), letCodeMove(goal)];
}

function refusal(move: ColumnMove, { catalog }: Situation): string | undefined {
  const { source, target, columns, isNew } = move;
  const name = movedWords(move);
  const isFamily = [source, target].some(
    (table) =>
      table.partitionBy !== undefined ||
      table.partitionOf !== undefined ||
      table.inherits !== undefined ||
      table.foreign === true ||
      partitionsOf(catalog, table.name).length > 0,
  );
  if (isFamily)
    return `${name}: columns of partitioned, inherited and foreign tables are not moved; copy the rows instead`;
  const own = columns.find(({ from, to }) => from.generated !== undefined || to.generated !== undefined);
  if (own !== undefined) return `${name}: a generated column holds nothing of its own; add another one and drop this`;
  if (columns.some(({ from, to }) => from.identity !== undefined || to.identity !== undefined))
    return `${name}: a column that numbers its rows is not moved, because its sequence would have to count for both tables`;
  const needing = referencesTo(catalog, source.name, (referenced) =>
    columns.some(({ from }) => referenced.includes(from.name)),
  );
  if (needing.length > 0) return `${name}: foreign keys ${needing.join(', ')} refer to it; drop them first`;
  const unknown = isNew ? unknownColumns(move) : [];
  return unknown.length === 0
    ? undefined
    : `${name}: rows of ${display(target.name)} are made of those of ${display(source.name)}, and ${unknown.join(', ')} would have no value; give it a default`;
}

function carry({ move, routines }: MoveColumns): Draft {
  const carrier = carryThere(move, routines);
  const [from, to] = [display(move.source.name), display(move.target.name)];
  return step({
    title: `Carry what is written to ${movedWords(move)} over to ${to}`,
    phase: 'expand',
    sql: createCarrier(carrier),
    down: dropCarrier(carrier),
    locks: [lock(move.source.name, 'ShareRowExclusiveLock')],
    hazards: demanded(move).length > 0 ? ['breaks-running-code'] : [],
    preconditions: preconditionsOf(move),
    application: `Grant on ${to} what code needs that writes to ${from}: from here on each of its writes goes to both tables.`,
    because: `CREATE TRIGGER waits for the writes that are on their way, so none is missed by the backfill and by the trigger. ${manual('sql-createtrigger')}`,
  });
}

/** What the table where the columns go asks of them. */
function preconditionsOf(move: ColumnMove): readonly Criterion[] {
  const { source, target, columns, isNew } = move;
  const here = new Map(columns.map(({ from, to }) => [to.name, from.name]));
  const keys = [
    ...target.constraints.flatMap((each) => (each.kind === 'unique' ? [each.columns] : [])),
    ...target.indexes.flatMap(({ unique, where, keys: parts }) =>
      unique && where === undefined ? [parts.map(({ column = '' }) => column)] : [],
    ),
  ].filter((key) => key.every((column) => here.has(column)));
  return [
    ...(isNew ? [] : [homeless(move)]),
    ...keys.map((key) =>
      noDuplicates(
        source.name,
        key.map((column) => here.get(column) ?? column),
      ),
    ),
    ...(isNew ? demanded(move) : []).map(({ from }) =>
      noRow(
        source.name,
        `${quoteIdentifier(from.name)} IS NULL AND (${holds(move, 'from', quoteIdentifier(source.name.name))})`,
        `No row of ${display(source.name)} with a value that moves is without ${from.name}, which ${display(target.name)} requires`,
      ),
    ),
  ];
}

/** What is there already has come by the trigger, which saw a later write. */
function fill(move: ColumnMove): Draft {
  const { source, target } = move;
  const key = primaryKey(source).length > 0 ? primaryKey(source) : move.link.pairs.map((pair) => pair.source);
  const work = move.isNew ? insertRows(move) : updateRows(move);
  return step({
    title: `Move the values of ${movedWords(move)} to ${display(target.name)}`,
    phase: 'migrate',
    sql: [inBatches(source, key, work, [target])],
    // What was made for them goes: the table, or the column.
    down: [],
    transaction: false,
    locks: [lock(source.name, 'RowShareLock'), lock(target.name, 'RowExclusiveLock')],
    hazards: ['long-running', 'may-fail-on-existing-rows'],
    statementTimeoutMs: backgroundMs,
    criteria: [everythingCame(move)],
    because: `Batches of ${batch} rows, each committed; run it again after an interruption and it goes on. Triggers of ${display(target.name)} fire for each row. Progress: SELECT count(*) FROM ${sourceName(move)} WHERE ${missing(move)}. DO can commit only outside a transaction block. ${manual('sql-do')}`,
  });
}

function insertRows(move: ColumnMove): (range: string) => string {
  const { columns, link, source } = move;
  const keys = link.pairs.map((pair) => quoteIdentifier(pair.target));
  const to = [...keys, ...columns.map((pair) => quoteIdentifier(pair.to.name))];
  const from = [...link.pairs.map((pair) => pair.source), ...columns.map((pair) => pair.from.name)];
  const own = quoteIdentifier(source.name.name);
  return (range) => `INSERT INTO ${targetName(move)} (${to.join(', ')})
    SELECT ${from.map((name) => quoteIdentifier(name)).join(', ')} FROM ${sourceName(move)}
    WHERE ${range} AND (${holds(move, 'from', own)})
    ON CONFLICT (${keys.join(', ')}) DO NOTHING;`;
}

/** The rows that values come from are locked first, as a write locks them before its trigger writes: so a value is never older than what it replaces. */
function updateRows(move: ColumnMove): (range: string) => string {
  const { columns, link } = move;
  const set = columns.map(({ from, to }) => `${quoteIdentifier(to.name)} = own.${quoteIdentifier(from.name)}`);
  const list = [...new Set([...link.pairs.map((pair) => pair.source), ...columns.map(({ from }) => from.name)])];
  return (range) => `UPDATE ${targetName(move)} AS other SET ${set.join(', ')}
    FROM (SELECT ${list.map((name) => quoteIdentifier(name)).join(', ')} FROM ${sourceName(move)} WHERE ${range} FOR SHARE) AS own
    WHERE ${joined(move, 'own', 'other')} AND (${differs(move, ['other', 'to'], ['own', 'from'])});`;
}

/** The statement fails where something is missing, so that nothing goes on from there. */
function check(move: ColumnMove): Draft {
  const message = `not every value of ${movedWords(move)} is in ${display(move.target.name)}`;
  const body = `BEGIN
  IF EXISTS (SELECT FROM ${sourceName(move)} WHERE ${missing(move)}) THEN
    RAISE EXCEPTION USING MESSAGE = ${quoteLiteral(message)}, ERRCODE = 'check_violation';
  END IF;
END`;
  return step({
    title: `Check that every value of ${movedWords(move)} has come to ${display(move.target.name)}`,
    phase: 'migrate',
    sql: [`DO ${inDollars(`\n${body}\n`, 'check')}`],
    down: [],
    locks: [lock(move.source.name, 'AccessShareLock'), lock(move.target.name, 'AccessShareLock')],
    hazards: ['long-running', 'may-fail-on-existing-rows'],
    statementTimeoutMs: scanMs,
    criteria: [everythingCame(move)],
    because: `Only reads, and fails where a value of one table is not in the other. ${manual('plpgsql-errors-and-messages')}`,
  });
}

/** From here on code of both kinds may run: each reads what the other writes. */
function letCodeMove({ move, routines, drops }: MoveColumns): Draft {
  const { source, target, columns, link } = move;
  const carrier = carryBack(move, routines);
  const required = drops ? columns.filter(({ from }) => !from.nullable) : [];
  const loosen = required.map(({ from }) =>
    renderChange({ kind: 'drop-not-null', table: source.name, column: from.name }),
  );
  const made = createCarrier(carrier);
  const [own, other] = [display(source.name), display(target.name)];
  const keys = link.pairs.map((pair) => quoteIdentifier(pair.target)).join(', ');
  const insert = move.isNew
    ? `; while both run, write a row of ${other} with INSERT ... ON CONFLICT (${keys}) DO UPDATE, because the trigger may have made it`
    : '';
  return step({
    title: `Carry what is written to ${other} back to ${own}, so that code can move`,
    phase: 'migrate',
    sql: [...made, ...loosen],
    down: [
      ...required.map(({ from }) => renderChange({ kind: 'set-not-null', table: source.name, column: from.name })),
      ...dropCarrier(carrier),
    ],
    locks: [
      lock(target.name, 'ShareRowExclusiveLock'),
      ...(required.length > 0 ? [lock(source.name, 'AccessExclusiveLock')] : []),
    ],
    knowingly: required.map((_, at) => ({
      rule: 'drop-not-null',
      reason: 'the column is about to be dropped, and new code does not write it',
      statement: made.length + at,
    })),
    criteria: required.map(({ from }) => columnIsRequired(source.name, from.name, false)),
    application: `The application must read and write ${columns.map(({ to }) => `${other}.${to.name}`).join(', ')} instead of ${movedWords(move)}, object mappers included${insert}. A row of ${own} without a value has none there. Go on when no code uses the old columns any more.`,
    because: `A trigger that writes only what differs cannot call the other one for ever; both are gone with the columns. ${manual('sql-createtrigger')}`,
  });
}

import { draftOf } from '../../../sql/apply/draft.ts';
import { applyTo } from '../../../sql/apply/index.ts';
import { columnOf, type Table } from '../../../sql/catalog.ts';
import type { BodyOf } from '../../../sql/change.ts';
import { display } from '../../../sql/name.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import { renderChange } from '../../../sql/render.ts';
import { columnIsGone } from '../../criteria.ts';
import { type Draft, lock, manual, scanMs, step } from '../../recipe.ts';
import type { EndMove } from '../../schemas/goal.ts';
import type { ColumnMove } from '../../schemas/moves.ts';
import { knownTable, type Situation } from '../../situation.ts';
import { goBack } from '../drop-column.ts';
import { everythingCame, holds, joined, movedWords, sourceName, targetName } from './statements.ts';
import { carryBack, carryThere, createCarrier, dropCarrier } from './triggers.ts';

/** What the end of a move takes away. */
export function dropsOfMove({ move, drops }: EndMove): readonly BodyOf<'drop-column'>[] {
  if (!drops) return [];
  return move.columns.map(({ from }) => ({
    kind: 'drop-column',
    table: move.source.name,
    column: from.name,
    ifExists: true,
    cascade: false,
  }));
}

/** Contract: both triggers and the columns go together. The way back makes the columns again and brings their values home. */
export function endMove(goal: EndMove, situation: Situation): readonly Draft[] {
  const { move, routines, drops } = goal;
  const { source, target } = move;
  const carriers = [carryBack(move, routines), carryThere(move, routines)];
  const gone = carriers.flatMap((carrier) => dropCarrier(carrier));
  const changes = dropsOfMove(goal);
  const words = movedWords(move);
  return [
    step({
      title: drops
        ? `Drop ${words}, whose values have moved to ${display(target.name)}`
        : `Stop carrying ${words} over`,
      phase: 'contract',
      sql: [...gone, ...changes.map((change) => renderChange(change))],
      down: [
        ...(drops ? columnsAgain(move, situation) : rowsAgain(move)),
        ...carriers.toReversed().flatMap((carrier) => createCarrier(carrier)),
      ],
      locks: [source, target].map(({ name }) => lock(name, 'AccessExclusiveLock')),
      hazards: ['breaks-running-code'],
      preconditions: [everythingCame(move)],
      knowingly: [
        ...gone.flatMap((statement, at) =>
          /^DROP TRIGGER/.test(statement)
            ? [{ rule: 'drop-trigger', reason: 'no code uses the columns that it keeps', statement: at }]
            : [],
        ),
        ...changes.map((_, at) => ({
          rule: 'drop-column',
          reason: 'its values have moved, and no code uses it any more',
          statement: gone.length + at,
        })),
        {
          rule: 'locks-in-one-transaction',
          reason: 'each statement changes the catalog alone and is over at once',
          statement: carriers[0] === undefined ? 0 : dropCarrier(carriers[0]).length,
        },
      ],
      statementTimeoutMs: scanMs,
      criteria: changes.map(({ column }) => columnIsGone(source.name, column)),
      because: `Dropping triggers, functions and columns changes the catalog only. ${
        drops
          ? `The way back fills the columns of ${display(source.name)} in one statement under an exclusive lock.`
          : ''
      } ${manual('sql-altertable')}`.replace('  ', ' '),
    }),
  ];
}

/** What a table that is made again on the way back held in the columns that moved, where no other column needs a value. */
function rowsAgain(move: ColumnMove): readonly string[] {
  const pairs = [
    ...move.link.pairs.map(({ source, target }) => ({ here: source, there: target })),
    ...move.columns.map(({ from, to }) => ({ here: from.name, there: to.name })),
  ];
  const needsMore = move.source.columns.some(
    ({ name, nullable, default: value, identity, generated }) =>
      !nullable &&
      value === undefined &&
      identity === undefined &&
      generated === undefined &&
      !pairs.some(({ here }) => here === name),
  );
  if (needsMore) return [];
  const list = (side: 'here' | 'there', row: string) =>
    pairs.map((pair) => `${row}${quoteIdentifier(pair[side])}`).join(', ');
  return [
    `INSERT INTO ${sourceName(move)} (${list('here', '')}) SELECT ${list('there', 'other.')} FROM ${targetName(move)} AS other WHERE (${holds(move, 'to', 'other')}) AND NOT EXISTS (SELECT FROM ${sourceName(move)} AS own WHERE ${joined(move, 'own', 'other')})`,
  ];
}

/** Each column as it was when only the ones behind it were gone, with its values, then what stood on it. */
function columnsAgain(move: ColumnMove, situation: Situation): readonly string[] {
  const catalog = draftOf(situation.catalog);
  const now: Situation = { ...situation, catalog };
  const steps = move.columns.map(({ from, to }) => {
    const known: Table = knownTable(now, move.source.name);
    const { default: value, ...column } = columnOf(known, from.name) ?? from;
    const [add = '', ...others] = goBack(known, { ...column, nullable: true }, false, now);
    applyTo(catalog, { kind: 'drop-column', table: known.name, column: from.name, ifExists: true, cascade: false });
    const bring = `UPDATE ${sourceName(move)} AS own SET ${quoteIdentifier(from.name)} = other.${quoteIdentifier(to.name)} FROM ${targetName(move)} AS other WHERE ${joined(move, 'own', 'other')}`;
    const given =
      value === undefined
        ? []
        : [renderChange({ kind: 'set-default', table: known.name, column: from.name, default: value })];
    return [add, bring, ...given, ...others];
  });
  return steps.toReversed().flat();
}

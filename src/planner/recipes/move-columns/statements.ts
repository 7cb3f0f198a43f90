import { display, keyOf } from '../../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { noRow } from '../../criteria.ts';
import { qualified } from '../../names.ts';
import type { Criterion } from '../../plan.ts';
import type { ColumnMove } from '../../schemas/moves.ts';
import { lacksEquality } from '../second-column/sync-trigger.ts';

export const sourceName = ({ source }: ColumnMove): string => quoteName(qualified(source.name));
export const targetName = ({ target }: ColumnMove): string => quoteName(qualified(target.name));

/** The columns as people say them: `users.bio, users.born`. */
export function movedWords({ source, columns }: ColumnMove): string {
  return columns.map(({ from }) => `${display(source.name)}.${from.name}`).join(', ');
}

/** That two rows belong together, by the names that they have in a statement. */
export function joined({ link }: ColumnMove, source: string, target: string): string {
  return link.pairs
    .map((pair) => `${target}.${quoteIdentifier(pair.target)} = ${source}.${quoteIdentifier(pair.source)}`)
    .join(' AND ');
}

/** That a row holds anything that moves. */
export function holds({ columns }: ColumnMove, side: 'from' | 'to', row: string): string {
  return columns.map((pair) => `${row}.${quoteIdentifier(pair[side].name)} IS NOT NULL`).join(' OR ');
}

/** That two rows differ in what moves. */
export function differs(
  { columns }: ColumnMove,
  [one, of]: readonly [row: string, side: 'from' | 'to'],
  [other, to]: readonly [row: string, side: 'from' | 'to'],
): string {
  return columns
    .map((pair) => {
      const cast = lacksEquality(pair.from.type) ? '::text' : '';
      const value = (row: string, side: 'from' | 'to') => `${row}.${quoteIdentifier(pair[side].name)}${cast}`;
      return `${value(one, of)} IS DISTINCT FROM ${value(other, to)}`;
    })
    .join(' OR ');
}

/** A name for rows of the other table that the first does not have. */
function besideSource({ source }: ColumnMove): string {
  return source.name.name === 'other' ? 'other_one' : 'other';
}

/** Of a row of the table that is left: it holds a value that has not come. */
export function missing(move: ColumnMove): string {
  const [own, other] = [quoteIdentifier(move.source.name.name), besideSource(move)];
  return `(${holds(move, 'from', own)}) AND NOT EXISTS (SELECT FROM ${targetName(move)} AS ${other} WHERE ${joined(move, own, other)} AND NOT (${differs(move, [own, 'from'], [other, 'to'])}))`;
}

export function everythingCame(move: ColumnMove): Criterion {
  return noRow(
    move.source.name,
    missing(move),
    `Every value of ${movedWords(move)} is in ${display(move.target.name)}`,
  );
}

/** Of a row of the table that is left: it holds a value, and there is no row for it and none can be made. */
export function homeless(move: ColumnMove): Criterion {
  const [own, other] = [quoteIdentifier(move.source.name.name), besideSource(move)];
  return noRow(
    move.source.name,
    `(${holds(move, 'from', own)}) AND NOT EXISTS (SELECT FROM ${targetName(move)} AS ${other} WHERE ${joined(move, own, other)})`,
    `Every row of ${display(move.source.name)} with a value in ${movedWords(move)} has its row in ${display(move.target.name)}`,
  );
}

/** Columns that a row of the other table must have a value in, where the first may have none. */
export function demanded({ columns }: ColumnMove): ColumnMove['columns'] {
  return columns.filter(({ from, to }) => from.nullable && !to.nullable && to.default === undefined);
}

/** Columns of the other table for which a row that is made of one of the first has no value. */
export function unknownColumns({ target, columns, link }: ColumnMove): readonly string[] {
  const known = new Set([...columns.map(({ to }) => to.name), ...link.pairs.map((pair) => pair.target)]);
  return target.columns
    .filter(
      (column) =>
        !known.has(column.name) &&
        !column.nullable &&
        column.default === undefined &&
        column.identity === undefined &&
        column.generated === undefined,
    )
    .map(({ name }) => `${keyOf(target.name)}.${name}`.replace(/^public\./, ''));
}

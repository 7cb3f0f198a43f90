import { makeObjectName } from '../../../sql/apply/names.ts';
import { keyOf } from '../../../sql/name.ts';
import type { SchemaGoal } from '../goal.ts';
import { columnKey, constraintKey, indexKey, nameOf, tableKey } from '../keys.ts';
import { type ColumnMove, movesBetween } from '../moves.ts';
import { type Comparison, type Differences, droppingOf, only, together } from './differences.ts';

/** The moves of columns between two schemas: values go over, code follows, and only then the columns go. */
export function compareMoves(comparison: Comparison): Differences {
  return together(movesOf(comparison).map((move) => only(goalsOf(move, comparison))));
}

/** The moves, and what each of them concerns. */
export function movesOf({ current, desired, answers }: Comparison): readonly ColumnMove[] {
  if (answers.moves === undefined || answers.moves.size === 0) return [];
  return movesBetween(current.catalog, desired.catalog, answers);
}

/** Whether a column of the current schema goes by a move, and by no drop of its own. */
export function leaves(table: ColumnMove['source']['name'], column: string, comparison: Comparison): boolean {
  return movesOf(comparison).some(
    ({ source, columns }) => keyOf(source.name) === keyOf(table) && columns.some(({ from }) => from.name === column),
  );
}

/** Whether a column of the desired schema gets its values by a move. */
export function arrives(table: ColumnMove['target']['name'], column: string, comparison: Comparison): boolean {
  return movesOf(comparison).some(
    ({ target, columns }) => keyOf(target.name) === keyOf(table) && columns.some(({ to }) => to.name === column),
  );
}

/** The token of a column whose values have come. */
export const arrived = (key: string): string => `arrived ${key}`;

/** Tokens without which a table that columns leave must not go. */
export function endsOf(table: ColumnMove['source']['name'], comparison: Comparison): readonly string[] {
  return movesOf(comparison).flatMap((move) => (keyOf(move.source.name) === keyOf(table) ? [ended(move)] : []));
}

const ended = ({ source, target }: ColumnMove): string => `moved ${keyOf(source.name)} to ${keyOf(target.name)}`;

function goalsOf(move: ColumnMove, comparison: Comparison): readonly SchemaGoal[] {
  const { source, target, columns } = move;
  const routines = routinesOf(move, comparison);
  const came = columns.map(({ to }) => arrived(columnKey(target.name, to.name)));
  const stays = comparison.desired.catalog.tables.has(keyOf(source.name));
  const orders = stays ? columns.map(({ from }) => droppingOf(columnKey(source.name, from.name), comparison)) : [];
  return [
    {
      kind: 'move-columns',
      move,
      routines,
      drops: stays,
      order: { makes: came, needs: [tableKey(target.name), ...partsOf(move)] },
    },
    {
      kind: 'end-move',
      move,
      routines,
      drops: stays,
      order: {
        makes: [ended(move), ...orders.flatMap(({ makes }) => makes)],
        needs: [...came, ...came.map((token) => `required ${token}`), ...orders.flatMap(({ needs }) => needs)],
      },
    },
  ];
}

/** The columns, keys, constraints and indexes of the table where columns go: of a new one they are complete before rows come. */
function partsOf({ target: { name: table, columns, constraints, indexes } }: ColumnMove): readonly string[] {
  return [
    ...columns.map(({ name }) => columnKey(table, name)),
    ...constraints.map(({ name = '' }) => constraintKey(table, name)),
    ...indexes.map(({ name = '' }) => indexKey(table, name)),
  ];
}

/** Free names for the functions of the triggers, which have the same names. */
function routinesOf({ source, target }: ColumnMove, { current, desired }: Comparison) {
  const free = (table: ColumnMove['source']['name'], other: string) => {
    const { schema } = nameOf(keyOf(table));
    for (let pass = 0; ; pass++) {
      const name = makeObjectName(table.name, other, `move${pass === 0 ? '' : pass}`);
      const key = keyOf({ schema, name });
      if (![current, desired].some(({ catalog }) => catalog.functions.has(key))) return { schema, name };
    }
  };
  return { there: free(source.name, target.name.name), back: free(target.name, source.name.name) };
}

/** Views and others that read the columns where they arrive must find the values there. */
export function afterMoves(goals: readonly SchemaGoal[], comparison: Comparison): readonly SchemaGoal[] {
  const came = new Map(
    movesOf(comparison).flatMap(({ target, columns }) =>
      columns.map(({ to }) => {
        const key = columnKey(target.name, to.name);
        return [key, arrived(key)] as const;
      }),
    ),
  );
  if (came.size === 0) return goals;
  return goals.map((goal) => {
    if (goal.kind !== 'object' || goal.after === undefined) return goal;
    const more = goal.order.needs.flatMap((need) => came.get(need) ?? []);
    return more.length === 0 ? goal : { ...goal, order: { ...goal.order, needs: [...goal.order.needs, ...more] } };
  });
}

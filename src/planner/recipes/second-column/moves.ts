import type { Knowingly } from '../../plan.ts';

/** One statement of a switch, or a few, with what takes them back. A switch is taken back in the opposite order. */
export interface Move {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Of the statements of the way there. */
  readonly knowingly?: readonly Knowingly[];
}

export function move(
  up: string | readonly string[],
  down: string | readonly string[],
  ...knowingly: readonly Knowingly[]
): Move {
  return { up: [up].flat(), down: [down].flat(), knowingly };
}

export function upOf(moves: readonly Move[]): readonly string[] {
  return moves.flatMap(({ up }) => up);
}

export function downOf(moves: readonly Move[]): readonly string[] {
  return moves.toReversed().flatMap(({ down }) => down);
}

/** What the statements of all moves break, counted over all of them. */
export function knowinglyOf(moves: readonly Move[]): readonly Knowingly[] {
  let before = 0;
  return moves.flatMap(({ up, knowingly = [] }) => {
    const first = before;
    before += up.length;
    return knowingly.map(({ statement = 0, ...said }) => ({ ...said, statement: first + statement }));
  });
}

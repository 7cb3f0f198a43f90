import type { ChangeBody, OnlineClauses } from '../../change.ts';
import type { Cursor } from './cursor.ts';

/** A change as a reader gives it. */
export interface Reading {
  readonly change: ChangeBody;
  readonly online?: OnlineClauses;
  /** Offsets of the part of the statement that makes it; absent where that is the whole. */
  readonly place?: { readonly start: number; readonly end: number };
}

/** Changes that a whole statement makes. */
export function readings(changes: readonly ChangeBody[], online: OnlineClauses = {}): readonly Reading[] {
  return changes.map((change) => (Object.keys(online).length === 0 ? { change } : { change, online }));
}

/** The place of the tokens from one to before another. */
export function placeOf({ tokens }: Cursor, from: number, to: number): Pick<Reading, 'place'> {
  const [start, end] = [tokens[from]?.start, tokens[to - 1]?.end];
  return start === undefined || end === undefined ? {} : { place: { start, end } };
}

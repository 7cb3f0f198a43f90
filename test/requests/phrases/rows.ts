import { expect, it } from 'vitest';
import { ask, type Outcome, outcome, problemsOf } from '../shop.ts';

/** A request and the whole of what it comes to. What is left out is empty. */
export interface Row extends Partial<Outcome> {
  readonly says: string;
}

/**
 * Each row: the outcome is exactly this, its goals can be applied in order, and words around it change nothing about what is
 * asked (so that an answer finds its question again after an edit elsewhere).
 */
export function understands(rows: readonly Row[]): void {
  it.each(rows)('$says', ({ says, wants = [], asks = [], unread = [] }) => {
    expect(outcome(says)).toEqual({ wants, asks, unread });
    expect(problemsOf(ask(says))).toEqual([]);
    expect(outcome(`Good morning, everybody!\n\n${says}\n\nThanks a lot.`)).toMatchObject({ wants, asks });
  });
}

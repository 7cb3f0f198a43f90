import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/workflow/actions.ts';
import { breaker } from '../../src/workflow/breaker.ts';

const close: Action = { kind: 'close-issue', why: 'x', issue: 1, reason: 'completed' };
const reopen: Action = { kind: 'reopen-issue', why: 'x', issue: 1 };

describe('breaker', () => {
  it('trips when the same writes are decided again and again', () => {
    const { trips } = breaker();
    expect([1, 2, 3, 4].map(() => trips('a/b#1', [close]))).toEqual([false, false, false, true]);
  });

  it('begins anew with another decision, or with none', () => {
    const { trips } = breaker();
    for (const decided of [[close], [close], [close], [reopen], [close], [close], [close], [], [close]]) {
      expect(trips('a/b#1', decided)).toBe(false);
    }
  });

  it('keeps keys apart', () => {
    const { trips } = breaker();
    for (let pass = 0; pass < 3; pass += 1) trips('a/b#1', [close]);
    expect(trips('a/b#2', [close])).toBe(false);
  });

  it('does not take waiting for an engine for a circle', () => {
    const { trips } = breaker();
    const wait = { kind: 'gather-evidence', why: 'x', request: {} } as unknown as Action;
    expect([1, 2, 3, 4, 5].some(() => trips('a/b#1', [wait]))).toBe(false);
  });
});

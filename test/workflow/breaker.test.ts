import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/workflow/actions.ts';
import { breaker } from '../../src/workflow/breaker.ts';

const close: Action = { kind: 'close-issue', why: 'x', issue: 1, reason: 'completed' };
const reopen: Action = { kind: 'reopen-issue', why: 'x', issue: 1 };

/** Whether each of these passes over a key is stopped; those that are not write. */
function passes(decisions: readonly (readonly Action[])[], wrote = true): readonly boolean[] {
  const { trips, carriedOut } = breaker();
  return decisions.map((decided) => {
    const stopped = trips('a/b#1', decided);
    if (!stopped) carriedOut('a/b#1', decided, wrote && decided.length > 0);
    return stopped;
  });
}

describe('breaker', () => {
  it('stops the same writes for as long as they are decided', () => {
    expect(passes([[close], [close], [close], [close], [close]])).toEqual([false, false, false, true, true]);
  });

  it('begins anew with another decision, or with none', () => {
    const decisions = [[close], [close], [close], [reopen], [close], [close], [close], [], [close]];
    expect(passes(decisions)).not.toContain(true);
  });

  it('keeps keys apart', () => {
    const { trips, carriedOut } = breaker();
    for (let pass = 0; pass < 3; pass += 1) carriedOut('a/b#1', [close], true);
    expect([trips('a/b#1', [close]), trips('a/b#2', [close])]).toEqual([true, false]);
  });

  it('does not take a decision of which nothing comes for a circle', () => {
    expect(passes([[close], [close], [close], [close], [close]], false)).not.toContain(true);
  });
});

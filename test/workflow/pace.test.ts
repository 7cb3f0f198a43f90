import { expect, it } from 'vitest';
import { pacing, unhurried } from '../../src/workflow/pace.ts';

/** Pushes at these seconds, each looked at when it comes and again whenever its wait is over: the heads that were looked at. */
function lookedAt(pushes: readonly number[]): readonly number[] {
  let now = 0;
  const pace = pacing({ now: () => new Date(now * 1_000) });
  const looked: number[] = [];
  const due: { at: number; push?: number }[] = pushes.map((at, push) => ({ at, push }));
  let head = -1;
  for (let next = due.shift(); next !== undefined; next = due.shift()) {
    now = next.at;
    head = next.push ?? head;
    const wait = pace.wait('o/r!1', `head ${head}`);
    if (wait === 0) looked.push(head);
    else {
      due.push({ at: now + wait });
      due.sort((a, b) => a.at - b.at);
    }
  }
  return [...new Set(looked)];
}

it.each([
  ['a push', [0], [0]],
  ['pushes far apart', [0, 60, 120], [0, 1, 2]],
  ['a second thought', [0, 5], [0, 1]],
  ['fifty pushes in five minutes', Array.from({ length: 50 }, (_, at) => at * 6), [0, 49]],
])('%s', (_name, pushes, looked) => {
  expect(lookedAt(pushes)).toEqual(looked);
});

it('is not put off for ever', () => {
  const looked = lookedAt(Array.from({ length: 200 }, (_, at) => at * 6));
  expect(looked.length).toBeGreaterThan(3);
  expect(looked.length).toBeLessThan(8);
});

it('looks again at a head that it has looked at', () => {
  const pace = pacing({ now: () => new Date(0) });
  expect([pace.wait('a', 'x'), pace.wait('a', 'x'), pace.wait('a', 'y'), pace.wait('b', 'y')]).toEqual([0, 0, 10, 0]);
});

it('can be left out', () => {
  expect([unhurried.wait('a', 'x'), unhurried.wait('a', 'y')]).toEqual([0, 0]);
});

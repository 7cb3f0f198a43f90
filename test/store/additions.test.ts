import { describe, expect, it } from 'vitest';
import { type Addition, checkKey, merged } from '../../src/store/addition.ts';
import { backoffSeconds } from '../../src/store/backoff.ts';
import { groupCommit } from '../../src/store/group-commit.ts';

describe('additions of one write', () => {
  const wish = (addition: Partial<Addition>): Addition => ({
    queue: 'pass',
    key: 'k',
    after: 0,
    attempt: 0,
    ...addition,
  });
  it.each<[string, Partial<Addition>[], Partial<Addition>[]]>([
    ['one stays', [{ after: 5 }], [{ after: 5 }]],
    ['the earliest of fresh wishes counts', [{ after: 9 }, { after: 3 }, { after: 5 }], [{ after: 3 }]],
    ['a failure keeps its pause', [{ after: 0 }, { after: 20, attempt: 2 }], [{ after: 20, attempt: 2 }]],
    ['in either order', [{ after: 20, attempt: 2 }, { after: 0 }], [{ after: 20, attempt: 2 }]],
    ['a delivery is kept', [{ delivery: 'd' }, {}], [{ delivery: 'd' }]],
    [
      'other keys and queues stay apart',
      [{}, { key: 'l' }, { queue: 'evidence' }],
      [{}, { key: 'l' }, { queue: 'evidence' }],
    ],
  ])('%s', (_rule, additions, expected) => {
    expect(merged(additions.map(wish))).toEqual(expected.map(wish));
  });
});

it.each([
  [1, 5],
  [2, 20],
  [3, 60],
  [4, 300],
  [5, 300],
  [1_000, 300],
])('after failure %i a key waits %i seconds', (attempt, seconds) => {
  expect(backoffSeconds(attempt)).toBe(seconds);
});

it.each(['o/r#1', 'x'.repeat(600), 'é 🐘'])('%j is a key', (key) => {
  expect(() => checkKey(key)).not.toThrow();
});

describe('group commit', () => {
  it('writes at once what comes together, and the next lot while it waits', async () => {
    const writes: number[][] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const add = groupCommit<number>(async (items) => {
      writes.push([...items]);
      await gate;
    });
    const first = [add(1), add(2)];
    await Promise.resolve();
    const second = [add(3), add(4)];
    await new Promise((resolve) => setImmediate(resolve));
    expect(writes).toEqual([[1, 2]]);
    release();
    await Promise.all([...first, ...second]);
    expect(writes).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('tells those whose write failed, and only those', async () => {
    const add = groupCommit<string>(async (items) => {
      if (items.includes('bad')) throw new Error('disk full');
    });
    const together = await Promise.allSettled([add('bad'), add('beside it')]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(add('good')).resolves.toBeUndefined();
  });
});

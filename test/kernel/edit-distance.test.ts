import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/kernel/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['orders', 'orders', 0],
    ['ordrs', 'orders', 1],
    ['oders', 'orders', 1],
    ['orderss', 'orders', 1],
    ['odrers', 'orders', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
  ])('from %j to %j is %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
  });

  it('is a symmetric measure that never exceeds the longer text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

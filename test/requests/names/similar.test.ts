import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, similarTo } from '../../../src/requests/names/similar.ts';

describe('distance', () => {
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
    expect(distance(a, b)).toBe(edits);
  });

  it('is a symmetric measure that never exceeds the longer text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('similarTo', () => {
  const tables = ['orders', 'order_items', 'customers', 'audit.log', 'products', 'product_prices'];
  it.each([
    ['ordrs', ['orders']],
    ['Orders', ['orders', 'order_items']],
    ['items', ['order_items']],
    ['customer_orders', ['customers', 'orders', 'order_items']],
    ['prices', ['product_prices']],
    ['loog', ['audit.log']],
    ['xyzzy', []],
    ['', []],
  ])('%s', (wanted, names) => {
    expect(similarTo(wanted, tables)).toEqual(names);
  });
});

import { describe, expect, it } from 'vitest';
import { similarTo } from '../../../src/requests/names/similar.ts';

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

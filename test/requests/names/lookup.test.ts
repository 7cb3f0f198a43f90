import { describe, expect, it } from 'vitest';
import { findColumn, findTable, tablesWithColumn } from '../../../src/requests/names/lookup.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { tableOf } from '../../../src/sql/catalog.ts';
import { display } from '../../../src/sql/name.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

await loadParsers();
const { catalog } = catalogOf('postgresql', [
  parse(
    `CREATE SCHEMA audit;
     CREATE TABLE orders (id int, "customerId" int, status text, status_code text);
     CREATE TABLE companies (id int, status text); CREATE TABLE "Mixed" (a int, "A" int);
     CREATE TABLE order_items (id int); CREATE TABLE log (id int); CREATE TABLE audit.log (id int);`,
    'postgresql',
  ),
]);

describe('findTable', () => {
  it.each([
    ['orders', 'orders'],
    ['ORDERS', 'orders'],
    ['order', 'orders'],
    ['company', 'companies'],
    ['order items', 'order_items'],
    ['OrderItem', 'order_items'],
    ['orderItems', 'order_items'],
    ['order-items', 'order_items'],
    ['mixed', 'Mixed'],
    ['public.orders', 'orders'],
    ['audit.log', 'audit.log'],
    ['Audit.Log', 'audit.log'],
  ])('knows %s', (written, name) => {
    const found = findTable(catalog, written);
    expect(found.kind === 'found' ? display(found.thing.name) : found).toBe(name);
  });

  it('does not choose between schemas', () => {
    expect(findTable(catalog, 'log')).toEqual({ kind: 'ambiguous', names: ['log', 'audit.log'] });
  });

  it.each([
    ['ordres', ['orders']],
    ['nothing', []],
    ['billing.orders', ['orders', 'order_items']],
    ['constructor', []],
  ])('does not know %s', (written, didYouMean) => {
    expect(findTable(catalog, written)).toEqual({ kind: 'unknown', didYouMean });
  });
});

describe('findColumn', () => {
  const orders = tableOf(catalog, { name: 'orders' });
  const mixed = tableOf(catalog, { name: 'Mixed' });
  if (orders === undefined || mixed === undefined) throw new Error('the catalog lacks its tables');

  it.each([
    ['status', 'status'],
    ['Status', 'status'],
    ['customer_id', 'customerId'],
    ['customer id', 'customerId'],
    ['CUSTOMERID', 'customerId'],
    ['status codes', 'status_code'],
  ])('knows %s', (written, name) => {
    const found = findColumn(orders, written);
    expect(found.kind === 'found' ? found.thing.name : found).toBe(name);
  });

  it('prefers the exact name and else does not choose', () => {
    expect(findColumn(mixed, 'A')).toMatchObject({ kind: 'found', thing: { name: 'A' } });
    expect(findColumn(mixed, 'a ')).toEqual({ kind: 'ambiguous', names: ['a', 'A'] });
  });

  it('names what is alike', () => {
    expect(findColumn(orders, 'stauts')).toEqual({ kind: 'unknown', didYouMean: ['status'] });
  });
});

describe('tablesWithColumn', () => {
  it('finds every holder', () => {
    expect(tablesWithColumn(catalog, 'Status').map(({ name }) => name.name)).toEqual(['orders', 'companies']);
    expect(tablesWithColumn(catalog, 'toString')).toEqual([]);
  });
});

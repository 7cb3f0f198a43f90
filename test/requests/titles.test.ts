import { describe, expect, it } from 'vitest';
import { outcome } from './shop.ts';

const rows: readonly (readonly [title: string, body: string, expected: Partial<ReturnType<typeof outcome>>])[] = [
  ['Add a note column to orders', '', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  [
    'Add discount to orders',
    'We need a `discount` column of type numeric(10,2) on orders.',
    { wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'] },
  ],
  ['Notes on orders', 'Add a `note` column.', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  ['orders: add a note column', '', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  ['[DB] Add a note column to orders', '', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  ['feat(db): add a note column to orders', '', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  ['New note column on orders', '', { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
  ['Index on orders.status', '', { wants: ['CREATE INDEX ON orders (status)'] }],
  [
    'Add an index to orders',
    'CREATE INDEX ON orders (customer_id);',
    { wants: ['CREATE INDEX ON orders (customer_id)'] },
  ],
  [
    'Add an index on orders',
    'Add an index on orders (customer_id, created_at).',
    { wants: ['CREATE INDEX ON orders (customer_id, created_at)'] },
  ],
  [
    'Speed up the orders report',
    '```sql\nselect * from orders\n```\n\nIt must take less than 300 ms.',
    { wants: ['select * from orders -- under 300 ms'] },
  ],
  [
    'Add discounts',
    'Add a `discount` column to orders, numeric(10,2).',
    { wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'] },
  ],
  [
    'Add a column to orders',
    '```sql\nALTER TABLE orders ADD COLUMN x int;\n```',
    { wants: ['ALTER TABLE orders ADD COLUMN x integer'] },
  ],
  [
    'Add a discount column to orders',
    '```sql\nALTER TABLE orders ADD COLUMN discount int;\n```',
    { wants: ['ALTER TABLE orders ADD COLUMN discount integer'] },
  ],
  [
    'Create table coupons',
    '```sql\nCREATE TABLE coupons (id int PRIMARY KEY);\n```',
    { wants: ['CREATE TABLE coupons ( id integer NOT NULL, PRIMARY KEY (id) )'] },
  ],
  ['Drop orders_code_idx', '```sql\nDROP INDEX orders_code_idx;\n```', { wants: ['DROP INDEX orders_code_idx'] }],
  ['Database change', 'Good morning.', {}],
  [
    'Add a `discount` column (integer) to orders',
    'Add a `discount` column (numeric(10,2)) to orders.',
    { asks: ['types-differ:orders.discount'] },
  ],
];

describe('a title', () => {
  it('that says what the SQL does asks nothing more once that is answered', () => {
    const title = 'Drop legacy from customers, rename orders.total to amount';
    const sql = '```sql\nALTER TABLE customers DROP COLUMN legacy;\nALTER TABLE orders RENAME total TO amount;\n```';
    expect(outcome(sql, {}, { title }).asks).toEqual(['code:drop:customers.legacy', 'code:rename:orders.total']);
    expect(outcome(sql, { 'code:drop:customers.legacy': 'no', 'code:rename:orders.total': 'no' }, { title })).toEqual({
      wants: ['ALTER TABLE customers DROP COLUMN legacy', 'ALTER TABLE orders RENAME COLUMN total TO amount'],
      asks: [],
      unread: [],
    });
  });

  it.each(rows)('%s / %s', (title, body, { wants = [], asks = [], unread = [] }) => {
    expect(outcome(body, {}, { title })).toEqual({ wants, asks, unread });
  });
});

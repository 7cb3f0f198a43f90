import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: 'Add a discount column to orders and drop legacy from customers',
    asks: ['type:orders.discount', 'code:drop:customers.legacy'],
  },
  {
    says: 'Please add `note` to orders, make orders.status optional and index orders.created_at.',
    wants: ['ALTER TABLE orders ADD COLUMN note text', 'CREATE INDEX ON orders (created_at)'],
  },
  {
    says: '> Should we drop it?\n\nNo. Add a `note` column to orders instead.',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: '~~Drop the orders table.~~ Add a `note` column to orders.',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: '<!-- Drop the orders table --> Add a `note` column to orders.',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  { says: 'Drop code from orders and add an index on orders.code', asks: ['contradiction:orders_code'] },
  {
    says: 'Make orders.status required. orders.status should be optional.',
    asks: ['contradiction:orders_status.required'],
  },
  {
    says: 'Rename total to amount on orders and add an index on amount',
    wants: ['CREATE INDEX ON orders (total)'],
    asks: ['code:rename:orders.total'],
  },
  {
    says: 'Add `note` to orders, but do not drop `legacy` from customers.',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: 'Instead of dropping orders.code, make it optional.',
    unread: ['Instead of dropping orders.code, make it optional'],
  },
  {
    says: 'Add `note` to orders so that we can drop the comments table later.',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: 'Hi team,\n\nwe noticed that the shop needs discounts. Could you please add a `discount` column (numeric(10,2), default 0) to the orders table? It must never be negative.\n\nThanks!',
    wants: [
      'ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0',
      'ALTER TABLE orders ADD CHECK (discount >= 0)',
    ],
  },
];

describe('several wishes, and wishes among other words', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Drop the index orders_code_idx', wants: ['DROP INDEX orders_code_idx'] },
  { says: 'Remove index `orders_code_idx` on orders', wants: ['DROP INDEX orders_code_idx'] },
  {
    says: 'Add an index on orders (customer_id, created_at)',
    wants: ['CREATE INDEX ON orders (customer_id, created_at)'],
  },
  { says: 'Index the status of orders.', wants: ['CREATE INDEX ON orders (status)'] },
  {
    says: 'We need an index on status and created_at of orders',
    wants: ['CREATE INDEX ON orders (status, created_at)'],
  },
  { says: 'Add a unique index on customers.email', asks: ['duplicates:customers.email'] },
  { says: 'Add index on orders(lower(code))', wants: ['CREATE INDEX ON orders ((lower(code)))'] },
  {
    says: 'Create an index on orders for customer_id and created_at because the report is slow',
    wants: ['CREATE INDEX ON orders (customer_id, created_at)'],
  },
  { says: 'Can we add an index on orders(status)?', wants: ['CREATE INDEX ON orders (status)'] },
  { says: 'Could we have an index on `orders.created_at`?', wants: ['CREATE INDEX ON orders (created_at)'] },
  { says: 'orders.created_at should be indexed', wants: ['CREATE INDEX ON orders (created_at)'] },
  {
    says: 'Add a composite index on order_items (order_id, status)',
    wants: ['CREATE INDEX ON order_items (order_id, status)'],
  },
  { says: 'Add index to `orders`.`status`', wants: ['CREATE INDEX ON orders (status)'] },
  {
    says: 'Make customer_id on orders mandatory and add an index for it.',
    wants: ['CREATE INDEX ON orders (customer_id)'],
    asks: ['nulls:orders.customer_id'],
  },
  {
    says: 'Please index orders.customer_id and orders.created_at',
    wants: ['CREATE INDEX ON orders (customer_id, created_at)'],
  },
  { says: 'Add an index for the created_at column of orders', wants: ['CREATE INDEX ON orders (created_at)'] },
  { says: 'Create index on customers (country_code)', wants: ['CREATE INDEX ON customers (country_code)'] },
  { says: 'Missing index on order_items.status', wants: ['CREATE INDEX ON order_items (status)'] },
  { says: 'orders needs an index on status', wants: ['CREATE INDEX ON orders (status)'] },
  { says: 'Add an index on status', asks: ['table-of:status'] },
  { says: 'Add an index on orders', asks: ['index-columns:orders'] },
  { says: 'Add index on ordrs(status)', asks: ['table:ordrs'] },
  { says: 'Add an index on orders(stauts)', asks: ['column:orders.stauts'] },
  { says: 'Add an index on orders (code)' },
];

describe('indexes', () => understands(rows));

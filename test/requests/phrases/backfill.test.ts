import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: "Set status to 'new' for existing orders", wants: ["UPDATE orders SET status = 'new' WHERE status IS NULL"] },
  { says: "Set status to 'new' for all existing orders", asks: ['overwrite:orders.status'] },
  {
    says: "Backfill orders.status with 'new' where status is null",
    wants: ["UPDATE orders SET status = 'new' WHERE status is null"],
  },
  { says: "existing orders should get status 'new'", wants: ["UPDATE orders SET status = 'new' WHERE status IS NULL"] },
  {
    says: "update orders set status = 'new' where status is null",
    wants: ["UPDATE orders SET status = 'new' WHERE status is null"],
  },
  { says: 'Backfill orders.code with id::text', wants: ['UPDATE orders SET code = id::text WHERE code IS NULL'] },
  { says: "Fill products.sku with 'unknown'", wants: ["UPDATE products SET sku = 'unknown' WHERE sku IS NULL"] },
  { says: 'Populate orders.total with 0', wants: ['UPDATE orders SET total = 0 WHERE total IS NULL'] },
  { says: 'Set products.price to 0 where price is null', wants: ['UPDATE products SET price = 0 WHERE price is null'] },
  {
    says: "Initialize status on order_items with 'open'",
    wants: ["UPDATE order_items SET status = 'open' WHERE status IS NULL"],
  },
  {
    says: "Old orders should have status = 'archived'",
    wants: ["UPDATE orders SET status = 'archived' WHERE status IS NULL"],
  },
  { says: 'Backfill orders.total', asks: ['fill:orders.total'] },
  { says: "Backfill orders.total with 'abc'", asks: ['fill:orders.total'] },
  { says: 'Fill in customers.name with email', wants: ['UPDATE customers SET name = email WHERE name IS NULL'] },
  { says: 'Set total to 0 in all rows of orders', asks: ['overwrite:orders.total'] },
];

describe('existing rows', () => understands(rows));

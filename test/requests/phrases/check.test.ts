import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'orders.total must be positive', wants: ['ALTER TABLE orders ADD CHECK (total > 0)'] },
  { says: 'Add a check that total > 0 on orders', wants: ['ALTER TABLE orders ADD CHECK (total > 0)'] },
  {
    says: 'Ensure quantity in order_items is between 1 and 100',
    wants: ['ALTER TABLE order_items ADD CHECK (quantity BETWEEN 1 AND 100)'],
  },
  {
    says: "status of orders must be one of 'new', 'paid' or 'shipped'",
    wants: ["ALTER TABLE orders ADD CHECK (status IN ('new', 'paid', 'shipped'))"],
  },
  {
    says: 'status of orders must be one of new, paid or shipped',
    wants: ["ALTER TABLE orders ADD CHECK (status IN ('new', 'paid', 'shipped'))"],
  },
  {
    says: 'Add a check constraint on products.price: must be positive',
    wants: ['ALTER TABLE products ADD CHECK (price > 0)'],
  },
  { says: 'price should never be negative', wants: ['ALTER TABLE products ADD CHECK (price >= 0)'] },
  {
    says: "orders.status must be 'new' or 'paid'",
    wants: ["ALTER TABLE orders ADD CHECK (status IN ('new', 'paid'))"],
  },
  { says: 'order_items.quantity should be at least 1', wants: ['ALTER TABLE order_items ADD CHECK (quantity >= 1)'] },
  { says: 'orders must have a total greater than 0', wants: ['ALTER TABLE orders ADD CHECK (total > 0)'] },
  { says: 'Add a check constraint total >= 0 to orders', wants: ['ALTER TABLE orders ADD CHECK (total >= 0)'] },
  { says: 'products.price must be less than 10000', wants: ['ALTER TABLE products ADD CHECK (price < 10000)'] },
  { says: 'quantity must not be zero in order_items', wants: ['ALTER TABLE order_items ADD CHECK (quantity <> 0)'] },
  { says: "Restrict orders.status to 'a', 'b'", wants: ["ALTER TABLE orders ADD CHECK (status IN ('a', 'b'))"] },
  { says: 'orders.total cannot be negative', wants: ['ALTER TABLE orders ADD CHECK (total >= 0)'] },
];

describe('checks', () => understands(rows));

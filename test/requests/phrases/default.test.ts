import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: "Set the default of orders.status to 'new'",
    wants: ["ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'"],
  },
  {
    says: "orders.status should default to 'new'",
    wants: ["ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'"],
  },
  {
    says: 'Drop the default of created_at on orders',
    wants: ['ALTER TABLE orders ALTER COLUMN created_at DROP DEFAULT'],
  },
  { says: "Make orders.status default to 'new'", wants: ["ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'"] },
  { says: "Default status to 'new' on orders", wants: ["ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'"] },
  {
    says: 'Change the default value of orders.total to 0',
    wants: ['ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0'],
  },
  {
    says: "Give orders.status a default of 'new'",
    wants: ["ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'"],
  },
  { says: 'Add a default of 0 to products.price', wants: ['ALTER TABLE products ALTER COLUMN price SET DEFAULT 0'] },
  { says: "Set default of orders.total to 'abc'", asks: ['default:orders.total'] },
  { says: 'Set a default for orders.status', asks: ['default:orders.status'] },
  {
    says: 'order_items.quantity should have a default of 1',
    wants: ['ALTER TABLE order_items ALTER COLUMN quantity SET DEFAULT 1'],
  },
  {
    says: 'Remove the default from orders.created_at',
    wants: ['ALTER TABLE orders ALTER COLUMN created_at DROP DEFAULT'],
  },
  { says: 'Add a default of 0 to products.price', wants: ['ALTER TABLE products ALTER COLUMN price SET DEFAULT 0'] },
];

describe('defaults', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'orders.total must not be null anymore', asks: ['nulls:orders.total'] },
  { says: 'make orders.status not null', asks: ['nulls:orders.status'] },
  { says: 'Make email on customers required' },
  { says: 'orders.status should be optional' },
  {
    says: 'customers.email should no longer be required',
    wants: ['ALTER TABLE customers ALTER COLUMN email DROP NOT NULL'],
  },
  {
    says: 'Remove the not null constraint on customers.email',
    wants: ['ALTER TABLE customers ALTER COLUMN email DROP NOT NULL'],
  },
  { says: 'Allow nulls in customers.email', wants: ['ALTER TABLE customers ALTER COLUMN email DROP NOT NULL'] },
  { says: 'set orders.status not null', asks: ['nulls:orders.status'] },
  { says: 'Add a not null constraint to orders.code', asks: ['nulls:orders.code'] },
  { says: 'orders.status must always be set', asks: ['nulls:orders.status'] },
  {
    says: 'Make name and country_code on customers mandatory',
    asks: ['nulls:customers.name', 'nulls:customers.country_code'],
  },
  { says: 'email may be empty on customers', wants: ['ALTER TABLE customers ALTER COLUMN email DROP NOT NULL'] },
  { says: 'orders.code cannot be null', asks: ['nulls:orders.code'] },
  { says: 'Ensure that orders.code is never null', asks: ['nulls:orders.code'] },
  { says: 'Require a status on orders', asks: ['nulls:orders.status'] },
  { says: 'products.sku should become mandatory', asks: ['nulls:products.sku'] },
  { says: 'order_items.quantity may be null', wants: ['ALTER TABLE order_items ALTER COLUMN quantity DROP NOT NULL'] },
  {
    says: 'Make name and country_code on customers mandatory',
    asks: ['nulls:customers.name', 'nulls:customers.country_code'],
  },
];

describe('required and optional columns', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'customers.email must be unique', asks: ['duplicates:customers.email'] },
  { says: 'The combination of status and code must be unique on orders', asks: ['duplicates:orders.status+code'] },
  { says: 'email must be unique per country_code on customers', asks: ['duplicates:customers.email+country_code'] },
  { says: 'Add a unique constraint on orders (customer_id, code)', asks: ['duplicates:orders.customer_id+code'] },
  { says: 'Make products.sku unique', asks: ['duplicates:products.sku'] },
  { says: 'Can you please make sure that orders.code is unique?', asks: ['duplicates:orders.code'] },
  { says: 'There must be no duplicate emails in customers', asks: ['duplicates:customers.email'] },
  { says: 'Enforce uniqueness of sku on products', asks: ['duplicates:products.sku'] },
];

describe('uniqueness', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Change the type of code on orders to text', wants: ['ALTER TABLE orders ALTER COLUMN code TYPE text'] },
  { says: 'Convert products.id to bigint', wants: ['ALTER TABLE products ALTER COLUMN id TYPE bigint'] },
  {
    says: 'Widen orders.code to varchar(80)',
    wants: ['ALTER TABLE orders ALTER COLUMN code TYPE character varying(80)'],
  },
  { says: 'make orders.total a bigint', asks: ['narrowing:orders.total'] },
  {
    says: 'Increase the length of code on orders to 100',
    wants: ['ALTER TABLE orders ALTER COLUMN code TYPE character varying(100)'],
  },
  {
    says: 'change orders.total from numeric(10,2) to numeric(12,2)',
    wants: ['ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)'],
  },
  { says: 'change orders.total from numeric(10,2) to numeric(8,2)', asks: ['narrowing:orders.total'] },
  { says: 'change the type of orders.code to integer', asks: ['narrowing:orders.code'] },
  { says: 'Change the type of orders.total to moneyy', asks: ['type:orders.total'] },
  {
    says: 'The column `price` of products should be numeric(12,2) instead of numeric(10,2).',
    wants: ['ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2)'],
  },
  {
    says: 'Extend orders.code to 80 characters',
    wants: ['ALTER TABLE orders ALTER COLUMN code TYPE character varying(80)'],
  },
  { says: 'products.id must be a bigint', wants: ['ALTER TABLE products ALTER COLUMN id TYPE bigint'] },
  {
    says: 'Alter column total on orders to numeric(14,2)',
    wants: ['ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2)'],
  },
  { says: 'orders.status should be an enum', asks: ['type:orders.status'] },
  {
    says: 'Please change customers.country_code to text',
    wants: ['ALTER TABLE customers ALTER COLUMN country_code TYPE text'],
  },
  { says: 'Convert orders.id to bigint' },
];

describe('other types', () => understands(rows));

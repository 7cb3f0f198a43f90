import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Drop the legacy column from customers', asks: ['code:drop:customers.legacy'] },
  { says: 'Please remove `legacy` from customers.', asks: ['code:drop:customers.legacy'] },
  { says: 'The column legacy on customers should be dropped.', asks: ['code:drop:customers.legacy'] },
  { says: 'Drop table products', asks: ['code:drop:products'] },
  { says: 'I want to delete the products table because nobody uses it', asks: ['code:drop:products'] },
  {
    says: 'The `legacy` column on `customers` is no longer needed and can be dropped.',
    asks: ['code:drop:customers.legacy'],
  },
  { says: 'Remove column products.sku', asks: ['code:drop:products.sku'] },
  { says: 'Get rid of customers.legacy', asks: ['code:drop:customers.legacy'] },
  { says: 'customers.legacy can go', asks: ['code:drop:customers.legacy'] },
  { says: 'Drop `legacy` and `name` from customers', asks: ['code:drop:customers.legacy', 'code:drop:customers.name'] },
  { says: 'drop sku', asks: ['code:drop:products.sku'] },
  { says: 'We no longer need the products table, please drop it', asks: ['code:drop:products'] },
  { says: 'Drop the index orders_code_idx', wants: ['DROP INDEX orders_code_idx'] },
  { says: 'Drop the index on orders.code', wants: ['DROP INDEX orders_code_idx'] },
  {
    says: 'Remove the columns legacy and name from the customers table',
    asks: ['code:drop:customers.legacy', 'code:drop:customers.name'],
  },
  { says: 'Please drop tables products and order_items', asks: ['code:drop:products', 'code:drop:order_items'] },
  { says: 'Drop status', asks: ['table-of:status'] },
  { says: 'Drop `foo` from customers', asks: ['column:customers.foo'] },
  { says: 'Drop table prodcuts', asks: ['table:prodcuts'] },
  { says: 'We no longer need the products table, please drop it', asks: ['code:drop:products'] },
];

describe('removals', () => understands(rows));

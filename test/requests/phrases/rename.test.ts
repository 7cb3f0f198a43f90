import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Rename total to amount on orders', asks: ['code:rename:orders.total'] },
  { says: 'Rename the table orders to purchases.', asks: ['code:rename:orders'] },
  { says: 'Rename column orders.total to amount', asks: ['code:rename:orders.total'] },
  { says: 'orders.total should be called amount', asks: ['code:rename:orders.total'] },
  { says: 'In orders, rename `total` to `amount`.', asks: ['code:rename:orders.total'] },
  { says: 'Rename customers.name → full_name', asks: ['code:rename:customers.name'] },
  { says: 'The column total of orders should be renamed to amount', asks: ['code:rename:orders.total'] },
  { says: 'Change the name of the column total on orders to amount', asks: ['code:rename:orders.total'] },
  { says: 'Rename orders to purchases', asks: ['code:rename:orders'] },
  { says: 'Rename table `order_items` into `order_lines`', asks: ['code:rename:order_items'] },
  { says: 'Rename `code` to `order_code`', asks: ['code:rename:orders.code'] },
  { says: 'rename the `name` column in customers as full_name', asks: ['code:rename:customers.name'] },
  { says: 'Rename orders.total to status', asks: ['new-name:orders.total'] },
  { says: 'Rename name to full_name on customers', asks: ['code:rename:customers.name'] },
];

describe('renames', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Add trigger on orders to update total', unread: ['Add trigger on orders to update total'] },
  { says: 'delete all orders older than 2020', unread: ['delete all orders older than 2020'] },
  { says: 'Replace orders.total with amount_cents', unread: ['Replace orders.total with amount_cents'] },
  {
    says: 'We want to split the name of customers into first and last name.',
    unread: ['We want to split the name of customers into first and last name'],
  },
  { says: 'email in customers should be case-insensitive', unread: ['email in customers should be case-insensitive'] },
  { says: 'Add support for coupons', unread: ['Add support for coupons'] },
  { says: 'Partition the orders table by month', unread: ['Partition the orders table by month'] },
  {
    says: 'Please move the products table to another database',
    unread: ['Please move the products table to another database'],
  },
  { says: 'Archive orders older than two years', unread: ['Archive orders older than two years'] },
  { says: 'Grant select on orders to reporting', unread: ['Grant select on orders to reporting'] },
];

describe('requests of kinds that are not known', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: "Speed up the query `select * from orders where status = 'new'` to under 200ms",
    wants: ["select * from orders where status = 'new' -- under 200 ms"],
  },
  { says: 'The orders report is slow, it should take less than 200 ms.', asks: ['query:orders'] },
  { says: 'The query on order_items is too slow', asks: ['query:order_items'] },
  {
    says: 'Users complain that the order list is slow: `SELECT * FROM orders WHERE customer_id = 1 ORDER BY created_at` takes 3s, target < 200ms',
    wants: ['SELECT * FROM orders WHERE customer_id = 1 ORDER BY created_at -- under 200 ms'],
  },
  {
    says: "```sql\nSELECT * FROM orders WHERE status = 'new' ORDER BY created_at DESC LIMIT 10\n```\nThis takes 4 seconds, it should take under 100 ms.",
    wants: ["SELECT * FROM orders WHERE status = 'new' ORDER BY created_at DESC LIMIT 10 -- under 100 ms"],
  },
  { says: 'Make the orders report faster', asks: ['query:orders'] },
  { says: 'Please optimize `select count(*) from order_items`', wants: ['select count(*) from order_items'] },
  { says: 'The search over products times out', asks: ['query:products'] },
  { says: 'Speed up the report on orders, within 1.5 s', asks: ['query:orders'] },
  { says: 'The report was slow last week' },
  { says: 'The customers page should load in under 2 seconds', asks: ['query:customers'] },
  { says: 'Speed up `select * from ordrs`', asks: ['query:8bf46352'] },
];

describe('slow queries', () => understands(rows));

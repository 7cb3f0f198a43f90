import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'We dropped the column legacy yesterday.' },
  { says: 'Do not drop the legacy column from customers.' },
  { says: "Please don't drop the customers table. We should never delete orders." },
  { says: '> Drop the orders table' },
  { says: '~~Drop the orders table.~~' },
  { says: '<!-- Drop the orders table -->' },
  { says: 'If we drop the table, the report breaks.' },
  { says: 'Should we drop legacy from customers?' },
  { says: 'Why did we rename total on orders?' },
  { says: 'The column legacy was removed in March.' },
  { says: 'Somebody has added an index on orders.status already.' },
  { says: 'The orders table is huge.' },
  { says: 'Thanks for your help!' },
  { says: 'When we drop a column, replication stops.' },
  { says: 'We added a discount column to orders last year and it works fine.' },
  { says: 'I wonder whether we drop `legacy`?' },
  { says: 'orders has a status column' },
];

describe('words that ask for nothing', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: 'Make these changes to `orders`:\n\n- add a `discount` column (numeric)\n- rename `total` to `amount`\n- index `status`',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric', 'CREATE INDEX ON orders (status)'],
    asks: ['code:rename:orders.total'],
  },
  {
    says: 'Please add the following columns to the customers table:\n1. `phone` - text\n2. `birthday` - date, optional\n3. `vip` - boolean, default false',
    wants: [
      'ALTER TABLE customers ADD COLUMN phone text',
      'ALTER TABLE customers ADD COLUMN birthday date',
      'ALTER TABLE customers ADD COLUMN vip boolean DEFAULT false',
    ],
  },
  {
    says: 'Drop these columns from customers:\n- legacy\n- name',
    asks: ['code:drop:customers.legacy', 'code:drop:customers.name'],
  },
  {
    says: 'Add indexes on:\n* orders(status)\n* order_items(status)',
    wants: ['CREATE INDEX ON orders (status)', 'CREATE INDEX ON order_items (status)'],
  },
  {
    says: '- [ ] Add `note` to orders\n- [x] Add `remark text` to orders',
    wants: ['ALTER TABLE orders ADD COLUMN note text', 'ALTER TABLE orders ADD COLUMN remark text'],
  },
  {
    says: '* Table: orders\n* Column: discount\n* Type: numeric(10,2)\n* Nullable: no\n* Default: 0',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0 NOT NULL'],
  },
  {
    says: 'Table: orders\nColumn: discount\nType: numeric(10,2)',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'],
  },
  {
    says: '## orders\n\nAdd a `note` column.\n\n## products\n\nAdd a `note` column.',
    wants: ['ALTER TABLE orders ADD COLUMN note text', 'ALTER TABLE products ADD COLUMN note text'],
  },
  {
    says: 'Please do the following:\n\n1. Add `note` to orders.\n2. Make orders.status optional.\n3. Add an index on orders.created_at.',
    wants: ['ALTER TABLE orders ADD COLUMN note text', 'CREATE INDEX ON orders (created_at)'],
  },
  {
    says: 'Add a column `discount` to orders:\n- type numeric(10,2)\n- default 0\n- required',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0 NOT NULL'],
  },
  {
    says: 'Add a column `discount` to orders:\n- type numeric(10,2)\n- default 0\n- required',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0 NOT NULL'],
  },
];

describe('lists and tables of Markdown', () => understands(rows));

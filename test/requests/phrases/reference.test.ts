import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'Add a foreign key from orders.code to products', asks: ['reference-type:orders.code'] },
  {
    says: 'Add foreign key order_items.product_id -> products.id',
    wants: [
      'ALTER TABLE order_items ADD COLUMN product_id integer',
      'ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  { says: 'Add foreign key on order_items.order_id referencing orders' },
  { says: 'orders.customer_id should reference customers(id) on delete cascade' },
  {
    says: 'orders should have a reference to products',
    wants: [
      'ALTER TABLE orders ADD COLUMN product_id integer',
      'ALTER TABLE orders ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  {
    says: 'Add a foreign key on order_items.product_id',
    wants: [
      'ALTER TABLE order_items ADD COLUMN product_id integer',
      'ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  {
    says: 'order_items should belong to products',
    wants: [
      'ALTER TABLE order_items ADD COLUMN product_id integer',
      'ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  {
    says: 'Link order_items to products',
    wants: [
      'ALTER TABLE order_items ADD COLUMN product_id integer',
      'ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  {
    says: 'Add a FK from products.id to orders.id on delete set null',
    wants: ['ALTER TABLE products ADD FOREIGN KEY (id) REFERENCES orders (id) ON DELETE SET NULL'],
  },
  {
    says: 'Add a foreign key constraint on orders (id) referencing order_items (id)',
    wants: ['ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES order_items (id)'],
  },
  { says: 'Add a foreign key from orders.code to products', asks: ['reference-type:orders.code'] },
];

describe('foreign keys', () => understands(rows));

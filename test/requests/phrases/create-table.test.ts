import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: 'Create a table coupons with code (text, unique), amount numeric(10,2) and expires_at timestamp',
    wants: [
      'CREATE TABLE coupons ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, code text, amount numeric(10,2), expires_at timestamp with time zone, PRIMARY KEY (id), UNIQUE (code) )',
    ],
  },
  { says: 'We need a new table called coupons.', asks: ['columns-of:coupons'] },
  {
    says: 'Create table shipments (id bigserial primary key, order_id bigint not null references orders(id), cost numeric(12,2) not null check (cost > 0))',
    wants: [
      'CREATE TABLE shipments ( id bigserial NOT NULL, order_id bigint NOT NULL, cost numeric(12,2) NOT NULL, PRIMARY KEY (id), FOREIGN KEY (order_id) REFERENCES orders (id), CHECK (cost > 0) )',
    ],
  },
  {
    says: 'Create `audit.events` with payload jsonb',
    wants: [
      'CREATE TABLE audit.events ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, payload jsonb, PRIMARY KEY (id) )',
    ],
  },
  {
    says: 'Add a table for invoices with columns number (text), amount (money), issued_on (date) and a reference to orders',
    wants: [
      'CREATE TABLE invoices ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, number text, amount numeric(12,2), issued_on date, order_id bigint, PRIMARY KEY (id), FOREIGN KEY (order_id) REFERENCES orders (id) )',
    ],
  },
  {
    says: 'Create a table `coupons` with:\n\n- id bigint primary key\n- code text, required, unique\n- amount: money amount',
    wants: [
      'CREATE TABLE coupons ( id bigint NOT NULL, code text NOT NULL, amount numeric(12,2), UNIQUE (code), PRIMARY KEY (id) )',
    ],
  },
  {
    says: "Create table shipments:\n\n| column | type | nullable | default |\n|---|---|---|---|\n| id | bigint | no | |\n| order_id | bigint | no | |\n| note | text | yes | '' |",
    wants: [
      "CREATE TABLE shipments ( id bigint NOT NULL, order_id bigint NOT NULL, note text DEFAULT '', PRIMARY KEY (id) )",
    ],
  },
  {
    says: 'Please create a new `coupons` table with the columns `code` (text) and `active` (boolean, default true).',
    wants: [
      'CREATE TABLE coupons ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, code text, active boolean DEFAULT true, PRIMARY KEY (id) )',
    ],
  },
  { says: 'Add a coupons table with a code column', asks: ['type:coupons.code'] },
  { says: 'Create a table', asks: ['name-of-table'] },
  { says: 'Create a table orders with note text', asks: ['table-exists:orders'] },
  {
    says: 'Create table coupons with code text. Add an index on coupons.code.',
    wants: [
      'CREATE TABLE coupons ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, code text, PRIMARY KEY (id) )',
      'CREATE INDEX ON coupons (code)',
    ],
  },
  {
    says: 'We want a table wishlists with customer_id referencing customers and product_id referencing products',
    wants: [
      'CREATE TABLE wishlists ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, customer_id bigint, product_id integer, PRIMARY KEY (id), FOREIGN KEY (customer_id) REFERENCES customers (id), FOREIGN KEY (product_id) REFERENCES products (id) )',
    ],
  },
  {
    says: 'Introduce a table named `price_history`: product_id, price, valid_from timestamp',
    asks: ['type:price_history.price'],
  },
  { says: 'Create a table orders with note text', asks: ['table-exists:orders'] },
  { says: 'Create billing.events with payload jsonb', unread: ['Create billing.events with payload jsonb'] },
  {
    says: 'Introduce a table named `price_history`: product_id, price, valid_from timestamp',
    asks: ['type:price_history.price'],
  },
];

describe('new tables', () => understands(rows));

import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  { says: 'We need a `discount` column on orders.', asks: ['type:orders.discount'] },
  {
    says: 'orders should have a discount column of type numeric(10,2)',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'],
  },
  {
    says: "Please store the customer's phone number on customers.",
    wants: ['ALTER TABLE customers ADD COLUMN phone_number text'],
  },
  {
    says: 'Add a column discount numeric(10, 2) to orders, default 0',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0'],
  },
  {
    says: 'Add a required boolean flag `active` to customers with default true.',
    wants: ['ALTER TABLE customers ADD COLUMN active boolean DEFAULT true NOT NULL'],
  },
  {
    says: 'Add columns `a` (text) and `b` (integer, optional) to orders',
    wants: ['ALTER TABLE orders ADD COLUMN a text', 'ALTER TABLE orders ADD COLUMN b integer'],
  },
  {
    says: 'Add first_name text and last_name text to customers',
    wants: ['ALTER TABLE customers ADD COLUMN first_name text', 'ALTER TABLE customers ADD COLUMN last_name text'],
  },
  { says: 'Add `notes` to `orders`', wants: ['ALTER TABLE orders ADD COLUMN notes text'] },
  {
    says: 'Could you add a nullable `notes` text column to orders, please?',
    wants: ['ALTER TABLE orders ADD COLUMN notes text'],
  },
  { says: 'orders needs a notes field', wants: ['ALTER TABLE orders ADD COLUMN notes text'] },
  { says: 'Extend orders with a currency column', wants: ['ALTER TABLE orders ADD COLUMN currency text'] },
  { says: 'The orders table lacks a currency column', wants: ['ALTER TABLE orders ADD COLUMN currency text'] },
  {
    says: 'Add to the orders table a column called shipped_at (timestamp)',
    wants: ['ALTER TABLE orders ADD COLUMN shipped_at timestamp with time zone'],
  },
  { says: 'Add a birth date to customers', wants: ['ALTER TABLE customers ADD COLUMN birth_date date'] },
  {
    says: 'Add a column for the phone number to customers',
    wants: ['ALTER TABLE customers ADD COLUMN phone_number text'],
  },
  { says: "I'd like to have a column `note` on orders", wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  {
    says: "add column phone varchar(20) not null default '' to public.customers",
    wants: ["ALTER TABLE customers ADD COLUMN phone character varying(20) DEFAULT '' NOT NULL"],
  },
  {
    says: "Every order needs a currency (varchar(3), default 'EUR').",
    wants: ["ALTER TABLE orders ADD COLUMN currency character varying(3) DEFAULT 'EUR'"],
  },
  {
    says: 'Please add two columns to orders: `shipped_at` (timestamp) and `carrier` (text).',
    wants: [
      'ALTER TABLE orders ADD COLUMN shipped_at timestamp with time zone',
      'ALTER TABLE orders ADD COLUMN carrier text',
    ],
  },
  { says: 'We need to be able to store a note on each order.', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  { says: 'orders.email should be added', wants: ['ALTER TABLE orders ADD COLUMN email text'] },
  { says: 'Add a column called is_gift to orders.', wants: ['ALTER TABLE orders ADD COLUMN is_gift boolean'] },
  { says: 'ORDERS needs a column NOTE (TEXT)', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  {
    says: 'Add created_at and updated_at timestamps to products',
    wants: [
      'ALTER TABLE products ADD COLUMN created_at timestamp with time zone',
      'ALTER TABLE products ADD COLUMN updated_at timestamp with time zone',
    ],
  },
  {
    says: 'Add updated_at timestamp to products with default now()',
    wants: ['ALTER TABLE products ADD COLUMN updated_at timestamp with time zone DEFAULT now()'],
  },
  {
    says: 'Add a discount column to orders, type numeric(10,2), not null, existing orders get 0',
    wants: [
      'ALTER TABLE orders ADD COLUMN discount numeric(10,2)',
      'UPDATE orders SET discount = 0',
      'ALTER TABLE orders ALTER COLUMN discount SET NOT NULL',
    ],
  },
  {
    says: 'Add phone to customers (text, max 20 characters, unique)',
    wants: ['ALTER TABLE customers ADD COLUMN phone character varying(20)', 'ALTER TABLE customers ADD UNIQUE (phone)'],
  },
  {
    says: 'Add customer_id to order_items referencing customers on delete cascade',
    wants: [
      'ALTER TABLE order_items ADD COLUMN customer_id bigint',
      'ALTER TABLE order_items ADD FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE',
    ],
  },
  {
    says: 'Add product_id to order_items with a foreign key to products',
    wants: [
      'ALTER TABLE order_items ADD COLUMN product_id integer',
      'ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id)',
    ],
  },
  { says: 'Add tags text[] to products', wants: ['ALTER TABLE products ADD COLUMN tags text[]'] },
  { says: "Let's add tags to products (array of text)", wants: ['ALTER TABLE products ADD COLUMN tags text[]'] },
  {
    says: "Add `status` (one of 'a', 'b') to products, default 'a'",
    wants: [
      "ALTER TABLE products ADD COLUMN status text DEFAULT 'a'",
      "ALTER TABLE products ADD CHECK (status IN ('a', 'b'))",
    ],
  },
  { says: 'Add `Order Note` to orders', wants: ['ALTER TABLE orders ADD COLUMN order_note text'] },
  {
    says: 'I need a way to see which orders were gifts, so add is_gift to orders.',
    wants: ['ALTER TABLE orders ADD COLUMN is_gift boolean'],
    unread: ['way to see which orders were gifts'],
  },
  {
    says: "Add a NOT NULL column `sku` of type text to order_items with default ''",
    wants: ["ALTER TABLE order_items ADD COLUMN sku text DEFAULT '' NOT NULL"],
  },
  {
    says: 'Add column total_cents bigint to orders and backfill it with total * 100',
    wants: ['ALTER TABLE orders ADD COLUMN total_cents bigint', 'UPDATE orders SET total_cents = total * 100'],
  },
  {
    says: 'Add a column discount to orders. It should be numeric(10,2) with default 0.',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0'],
  },
  { says: 'Add a size column to products of type size', wants: ['ALTER TABLE products ADD COLUMN size size'] },
  { says: 'In orders, add `note text`.', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  {
    says: 'On customers: add `vip` boolean; add `memo` text.',
    wants: ['ALTER TABLE customers ADD COLUMN vip boolean', 'ALTER TABLE customers ADD COLUMN memo text'],
  },
  {
    says: 'Would it be possible to add a `note` column to orders?',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: 'Add an `amount` column (decimal number) to products',
    wants: ['ALTER TABLE products ADD COLUMN amount numeric'],
  },
  { says: 'Add `paid` to orders as a yes/no', wants: ['ALTER TABLE orders ADD COLUMN paid boolean'] },
  { says: 'Add payload json to orders', wants: ['ALTER TABLE orders ADD COLUMN payload jsonb'] },
  {
    says: 'Please introduce a new text column named remarks in the order items table',
    wants: ['ALTER TABLE order_items ADD COLUMN remarks text'],
  },
  { says: 'New column `note` on orders is needed', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  {
    says: 'Add external_ref uuid to orders, unique and required, default gen_random_uuid()',
    wants: [
      'ALTER TABLE orders ADD COLUMN external_ref uuid DEFAULT gen_random_uuid() NOT NULL',
      'ALTER TABLE orders ADD UNIQUE (external_ref)',
    ],
  },
  { says: 'order_items should also contain a column `note`.', wants: ['ALTER TABLE order_items ADD COLUMN note text'] },
  {
    says: 'Add rating (integer between 1 and 5) to products',
    wants: [
      'ALTER TABLE products ADD COLUMN rating integer',
      'ALTER TABLE products ADD CHECK (rating BETWEEN 1 AND 5)',
    ],
  },
  { says: 'We want to track the delivery date on orders', wants: ['ALTER TABLE orders ADD COLUMN delivery_date date'] },
  { says: 'Add `discount` to orders', asks: ['type:orders.discount'] },
  { says: 'Add a timestamp to orders', asks: ['name-of-column:orders'] },
  { says: 'Add a column to orders', asks: ['name-of-column:orders'] },
  { says: 'Add a `note` column', asks: ['table-for:note'] },
  { says: 'Add a `note` column to invoices', asks: ['table:invoices'] },
  { says: 'Add column b integer not null to orders', asks: ['existing-rows:orders.b'] },
  { says: 'Add a size column to products of type size', wants: ['ALTER TABLE products ADD COLUMN size size'] },
  { says: 'In orders, add `note text`.', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  {
    says: 'Would it be possible to add a `note` column to orders?',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: 'Add an `amount` column (decimal number) to products',
    wants: ['ALTER TABLE products ADD COLUMN amount numeric'],
  },
  { says: 'New column `note` on orders is needed', wants: ['ALTER TABLE orders ADD COLUMN note text'] },
  { says: 'Add a timestamp to orders', asks: ['name-of-column:orders'] },
  { says: 'Add a name column to products', wants: ['ALTER TABLE products ADD COLUMN name text'] },
  { says: 'Add a type column to products', asks: ['type:products.type'] },
  { says: 'Add name to products', wants: ['ALTER TABLE products ADD COLUMN name text'] },
  { says: 'Add a name column to products', wants: ['ALTER TABLE products ADD COLUMN name text'] },
  { says: 'Add name to products', wants: ['ALTER TABLE products ADD COLUMN name text'] },
  { says: 'Add a path column to products', asks: ['type:products.path'] },
];

describe('new columns', () => understands(rows));

import { describe, expect, it } from 'vitest';
import { ask, outcomeOf, problemsOf } from './shop.ts';

/** A request, an answer to one of its questions, and what the request comes to then. */
const rows: readonly {
  readonly says: string;
  readonly id: string;
  readonly answer: string;
  readonly wants?: readonly string[];
  readonly asks?: readonly string[];
}[] = [
  {
    says: 'Add `discount` to orders',
    id: 'type:orders.discount',
    answer: 'numeric(10,2)',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'],
  },
  {
    says: 'Add `discount` to orders',
    id: 'type:orders.discount',
    answer: 'b',
    wants: ['ALTER TABLE orders ADD COLUMN discount integer'],
  },
  {
    says: 'Add `discount` to orders',
    id: 'type:orders.discount',
    answer: 'money amount',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(12,2)'],
  },
  { says: 'Add `discount` to orders', id: 'type:orders.discount', answer: 'blorb', asks: ['type:orders.discount'] },
  {
    says: 'Add `discount` to orders',
    id: 'type:orders.discount',
    answer: 'int); DROP TABLE orders; --',
    asks: ['type:orders.discount'],
  },
  {
    says: 'Add a `note` column on ordrs',
    id: 'table:ordrs',
    answer: 'orders',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: 'Add a `note` column on ordrs',
    id: 'table:ordrs',
    answer: 'the `orders` table',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  { says: 'Add a `note` column on ordrs', id: 'table:ordrs', answer: 'ordners', asks: ['table:ordrs'] },
  {
    says: 'Add a `note` column',
    id: 'table-for:note',
    answer: 'products',
    wants: ['ALTER TABLE products ADD COLUMN note text'],
  },
  {
    says: 'Add a column to orders',
    id: 'name-of-column:orders',
    answer: 'Gift note',
    wants: ['ALTER TABLE orders ADD COLUMN gift_note text'],
  },
  {
    says: 'Add an index on status',
    id: 'table-of:status',
    answer: 'order_items',
    wants: ['CREATE INDEX ON order_items (status)'],
  },
  {
    says: 'Add an index on orders(stauts)',
    id: 'column:orders.stauts',
    answer: 'status',
    wants: ['CREATE INDEX ON orders (status)'],
  },
  {
    says: 'Add an index on orders',
    id: 'index-columns:orders',
    answer: 'status, created_at',
    wants: ['CREATE INDEX ON orders (status, created_at)'],
  },
  { says: 'Add an index on orders', id: 'index-columns:orders', answer: 'foo', asks: ['index-columns:orders'] },
  {
    says: 'orders.total must not be null',
    id: 'nulls:orders.total',
    answer: '0',
    wants: ['UPDATE orders SET total = 0 WHERE total IS NULL', 'ALTER TABLE orders ALTER COLUMN total SET NOT NULL'],
  },
  {
    says: 'orders.total must not be null',
    id: 'nulls:orders.total',
    answer: 'there are none',
    wants: ['ALTER TABLE orders ALTER COLUMN total SET NOT NULL'],
  },
  { says: 'orders.total must not be null', id: 'nulls:orders.total', answer: 'lots', asks: ['nulls:orders.total'] },
  {
    says: 'Rename total to amount on orders',
    id: 'code:rename:orders.total',
    answer: 'no',
    wants: ['ALTER TABLE orders RENAME COLUMN total TO amount'],
  },
  {
    says: 'Rename total to amount on orders',
    id: 'code:rename:orders.total',
    answer: 'b',
    wants: ['ALTER TABLE orders ADD COLUMN amount numeric(10,2)', 'UPDATE orders SET amount = total'],
  },
  {
    says: 'Rename total to amount on orders',
    id: 'code:rename:orders.total',
    answer: 'yes',
    asks: ['code:rename:orders.total'],
  },
  { says: 'Rename the table orders to purchases', id: 'code:rename:orders', answer: 'Yes: do not rename it' },
  {
    says: 'Rename orders.total to status',
    id: 'new-name:orders.total',
    answer: 'sum',
    asks: ['code:rename:orders.total'],
  },
  {
    says: 'Drop legacy from customers',
    id: 'code:drop:customers.legacy',
    answer: 'No, nothing uses it',
    wants: ['ALTER TABLE customers DROP COLUMN legacy'],
  },
  { says: 'Drop legacy from customers', id: 'code:drop:customers.legacy', answer: 'yes, the importer does' },
  { says: 'Drop table products', id: 'code:drop:products', answer: 'nope', wants: ['DROP TABLE products'] },
  {
    says: 'customers.email must be unique',
    id: 'duplicates:customers.email',
    answer: 'no',
    wants: ['ALTER TABLE customers ADD UNIQUE (email)'],
  },
  {
    says: 'customers.email must be unique',
    id: 'duplicates:customers.email',
    answer: 'not sure',
    wants: ['ALTER TABLE customers ADD UNIQUE (email)'],
  },
  {
    says: 'customers.email must be unique',
    id: 'duplicates:customers.email',
    answer: 'I do not know',
    wants: ['ALTER TABLE customers ADD UNIQUE (email)'],
  },
  {
    says: 'customers.email must be unique',
    id: 'duplicates:customers.email',
    answer: 'yes',
    asks: ['duplicates:customers.email'],
  },
  {
    says: 'make orders.total a bigint',
    id: 'narrowing:orders.total',
    answer: 'every value fits',
    wants: ['ALTER TABLE orders ALTER COLUMN total TYPE bigint'],
  },
  { says: 'make orders.total a bigint', id: 'narrowing:orders.total', answer: 'Keep the present type' },
  {
    says: 'change orders.code to varchar(10)',
    id: 'narrowing:orders.code',
    answer: 'c',
    wants: ['ALTER TABLE orders ALTER COLUMN code TYPE character varying(10) USING left(code, 10)'],
  },
  {
    says: 'change the type of orders.code to integer',
    id: 'narrowing:orders.code',
    answer: 'a',
    wants: ['ALTER TABLE orders ALTER COLUMN code TYPE integer USING code::integer'],
  },
  {
    says: 'Add b integer not null to orders',
    id: 'existing-rows:orders.b',
    answer: 'customer_id * 2',
    wants: [
      'ALTER TABLE orders ADD COLUMN b integer',
      'UPDATE orders SET b = customer_id * 2',
      'ALTER TABLE orders ALTER COLUMN b SET NOT NULL',
    ],
  },
  {
    says: 'Add b integer not null to orders',
    id: 'existing-rows:orders.b',
    answer: 'make it optional',
    wants: ['ALTER TABLE orders ADD COLUMN b integer'],
  },
  {
    says: 'Add b integer not null to orders',
    id: 'existing-rows:orders.b',
    answer: "'x'",
    asks: ['existing-rows:orders.b'],
  },
  {
    says: 'Add b integer not null to orders',
    id: 'existing-rows:orders.b',
    answer: '1); DROP TABLE orders; --',
    asks: ['existing-rows:orders.b'],
  },
  {
    says: 'The orders report is slow',
    id: 'query:orders',
    answer: '```sql\nselect * from orders;\n```',
    wants: ['select * from orders'],
  },
  { says: 'The orders report is slow', id: 'query:orders', answer: 'select * from ordrs', asks: ['query:orders'] },
  { says: 'The orders report is slow', id: 'query:orders', answer: 'drop table orders', asks: ['query:orders'] },
  {
    says: 'We need a new table called coupons.',
    id: 'columns-of:coupons',
    answer: '- id bigint primary key\n- code text required',
    wants: ['CREATE TABLE coupons ( id bigint NOT NULL, code text NOT NULL, PRIMARY KEY (id) )'],
  },
  {
    says: 'Drop code from orders and add an index on orders (code, id)',
    id: 'contradiction:orders_code',
    answer: 'Keep it',
    wants: ['CREATE INDEX ON orders (code, id)'],
  },
  {
    says: 'Make orders.status required. orders.status should be optional.',
    id: 'contradiction:orders_status.required',
    answer: 'optional',
  },
  {
    says: '```sql\nCREAT TABLE z (id int);\n```',
    id: 'sql:bae65167',
    answer: 'CREATE TABLE z (id int PRIMARY KEY)',
    wants: ['CREATE TABLE z ( id integer NOT NULL, PRIMARY KEY (id) )'],
  },
  {
    says: '```sql\nCREAT TABLE z (id int);\n```',
    id: 'sql:bae65167',
    answer: 'CREATE TABEL z',
    asks: ['sql:bae65167'],
  },
  {
    says: '```sql\nALTER TABLE ordrs ADD COLUMN x int;\n```',
    id: 'table:ordrs',
    answer: 'orders',
    wants: ['ALTER TABLE orders ADD COLUMN x integer'],
  },
  {
    says: 'Add column `price` text to products',
    id: 'exists:products.price',
    answer: 'price_text',
    wants: ['ALTER TABLE products ADD COLUMN price_text text'],
  },
  {
    says: 'Add column `price` text to products',
    id: 'exists:products.price',
    answer: 'b',
    wants: ['ALTER TABLE products ALTER COLUMN price TYPE text'],
  },
  {
    says: 'Create a table orders with note text',
    id: 'table-exists:orders',
    answer: 'b',
    wants: ['ALTER TABLE orders ADD COLUMN note text'],
  },
  {
    says: "Set status to 'new' for all orders",
    id: 'overwrite:orders.status',
    answer: 'b',
    wants: ["UPDATE orders SET status = 'new'"],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, title text, price numeric(10,2));\n```',
    id: 'renamed:products.sku',
    answer: 'Renamed to `title`',
    asks: ['code:rename:products.sku'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, title text, price numeric(10,2));\n```',
    id: 'renamed:products.sku',
    answer: 'it goes with its values',
    wants: ['ALTER TABLE products ADD COLUMN title text'],
    asks: ['code:drop:products.sku'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, title text, price numeric(10,2));\n```',
    id: 'renamed:products.sku',
    answer: 'renamed to title',
    asks: ['code:rename:products.sku'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, title text, price numeric(10,2));\n```',
    id: 'renamed:products.sku',
    answer: 'not renamed to title',
    asks: ['renamed:products.sku'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, title text, price numeric(10,2));\n```',
    id: 'renamed:products.sku',
    answer: 'c',
    wants: ['ALTER TABLE products ADD COLUMN title text'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, price numeric(10,2));\n```',
    id: 'code:drop:products.sku',
    answer: 'No, nothing uses it',
    wants: ['ALTER TABLE products DROP COLUMN sku'],
  },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, sku text, price numeric(10,2), weight int NOT NULL);\n```',
    id: 'existing-rows:products.weight',
    answer: '0',
    wants: [
      'ALTER TABLE products ADD COLUMN weight integer',
      'UPDATE products SET weight = 0',
      'ALTER TABLE products ALTER COLUMN weight SET NOT NULL',
    ],
  },
  {
    says: '```diff\n-CREATE TABLE products (\n+CREATE TABLE articles (\n   id int primary key,\n   sku text,\n-  price numeric(10,2)\n+  price numeric(12,2)\n );\n```',
    id: 'renamed:products',
    answer: 'a',
    asks: ['code:rename:products'],
  },
  {
    says: '```diff\n-CREATE TABLE products (id int primary key, sku text);\n+CREATE TABLE articles (id int primary key, sku text);\n```',
    id: 'renamed:products',
    answer: 'b',
    wants: ['CREATE TABLE articles ( id integer NOT NULL, sku text, PRIMARY KEY (id) )'],
    asks: ['code:drop:products'],
  },
  {
    says: '```sql\nCREATE TABLE billing.bills (id int primary key);\n```',
    id: 'schema:billing',
    answer: 'Create the schema billing',
    wants: ['CREATE SCHEMA billing', 'CREATE TABLE billing.bills ( id integer NOT NULL, PRIMARY KEY (id) )'],
  },
  {
    says: 'Add a foreign key from orders.code to products',
    id: 'reference-type:orders.code',
    answer: 'leave the foreign key out',
  },
];

describe('an answer', () => {
  it.each(rows)('$answer to $id', ({ says, id, answer, wants = [], asks = [] }) => {
    expect(ask(says).questions.map((question) => question.id)).toContain(id);
    const understood = ask(says, { [id]: answer });
    expect(outcomeOf(understood)).toEqual({ wants, asks, unread: [] });
    expect(understood.asked.map((question) => question.id)).toContain(id);
    expect(problemsOf(understood)).toEqual([]);
  });

  it.each([
    { 'renamed:customers.legacy': 'a', 'code:rename:customers.legacy': 'no' },
    { 'code:rename:customers.legacy': 'no', 'renamed:customers.legacy': 'Renamed to `legacy_id`' },
  ])('that a column was renamed leaves what else is different of it', (answers) => {
    const text = 'id bigint PRIMARY KEY, email text, name text, legacy_id text UNIQUE, country_code char(2)';
    const understood = ask(`\`\`\`sql\nCREATE TABLE customers (${text});\n\`\`\``, answers);
    expect(outcomeOf(understood)).toEqual({
      wants: [
        'ALTER TABLE customers RENAME COLUMN legacy TO legacy_id',
        'ALTER TABLE customers ALTER COLUMN email DROP NOT NULL',
      ],
      asks: ['duplicates:customers.legacy_id'],
      unread: [],
    });
    expect(problemsOf(understood)).toEqual([]);
  });

  it('that cannot be used stays in its question with the reason', () => {
    const { questions } = ask('Add `discount` to orders', { 'type:orders.discount': 'integr' });
    expect(questions).toEqual([
      {
        id: 'type:orders.discount',
        to: 'asker',
        text: 'Which type is `orders.discount` to have? (The answer “integr” cannot be used: `integr` is no type that postgresql knows; integer would be.)',
        choices: ['numeric(12,2)', 'integer', 'numeric(5,2)'],
        didYouMean: [],
      },
    ]);
  });
});

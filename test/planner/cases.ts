import type { Case } from './support/prove.ts';

const shop = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, total numeric(10,2) NOT NULL DEFAULT 0, status text, note character varying(40));`;
const shopRows = `
INSERT INTO customers SELECT n, 'c' || n || '@example.com' FROM generate_series(1, 50) n;
INSERT INTO orders SELECT n, 1 + n % 50, n, CASE WHEN n % 3 = 0 THEN 'open' ELSE 'done' END, NULL FROM generate_series(1, 12000) n;`;
const base = { given: shop, rows: shopRows };

export const cases: readonly Case[] = [
  { ...base, name: 'add a nullable column', wish: 'ALTER TABLE orders ADD COLUMN paid_at timestamptz', steps: [], tasks: [] },
  { ...base, name: 'add a column with a constant default', wish: "ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web'", steps: [], tasks: [] },
  { ...base, name: 'add a column with a stable default', wish: 'ALTER TABLE orders ADD COLUMN created_at timestamptz NOT NULL DEFAULT now()', steps: [], tasks: [] },
  { ...base, name: 'add a column with a volatile default', wish: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()', steps: [], tasks: [] },
  {
    ...base,
    name: 'add a required column whose value is known',
    wish: 'ALTER TABLE orders ADD COLUMN region text NOT NULL',
    goals: [{ kind: 'backfill', table: { name: 'orders' }, column: 'region', value: "'eu'" }],
    steps: [],
    tasks: [],
  },
  { ...base, name: 'refuse a required column whose value nobody said', wish: 'ALTER TABLE orders ADD COLUMN region text NOT NULL', steps: [], tasks: [] },
  { ...base, name: 'add an index', wish: 'CREATE INDEX ON orders (customer_id, total DESC)', steps: [], tasks: [] },
  { ...base, name: 'add a partial index on an expression', wish: "CREATE INDEX open_notes ON orders (lower(note)) WHERE status = 'open'", steps: [], tasks: [] },
  { ...base, name: 'add a unique constraint', wish: 'ALTER TABLE customers ADD UNIQUE (email)', steps: [], tasks: [] },
  {
    name: 'add a primary key on a nullable column',
    given: 'CREATE TABLE events (at integer, kind text);',
    rows: "INSERT INTO events SELECT n, 'k' FROM generate_series(1, 20) n",
    wish: 'ALTER TABLE events ADD PRIMARY KEY (at)',
    steps: [],
    tasks: [],
  },
  { ...base, name: 'add a foreign key', wish: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT', steps: [], tasks: [] },
  { ...base, name: 'add a check', wish: 'ALTER TABLE orders ADD CHECK (total >= 0)', steps: [], tasks: [] },
  { ...base, name: 'make a column required', wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL', steps: [], tasks: [] },
  { ...base, name: 'make a column required before PostgreSQL 12', version: 11, wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL', steps: [], tasks: [] },
  { ...base, name: 'let a column be empty', wish: 'ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL', steps: [], tasks: [] },
  { ...base, name: 'give a column a default', wish: "ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'it''s new'", steps: [], tasks: [] },
  { ...base, name: 'take a default away', wish: 'ALTER TABLE orders ALTER COLUMN total DROP DEFAULT', steps: [], tasks: [] },
  { ...base, name: 'drop a nullable column', wish: 'ALTER TABLE orders DROP COLUMN note', steps: [], tasks: [] },
  { ...base, name: 'drop a required column in the middle', wish: 'ALTER TABLE orders DROP COLUMN customer_id', steps: [], tasks: [], oneWay: 'the column comes back as the last one' },
  { ...base, name: 'drop a table', wish: 'DROP TABLE orders', steps: [], tasks: [] },
  {
    name: 'refuse to drop what others need',
    given: `${shop} ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id); CREATE VIEW open_orders AS SELECT id, status FROM orders;`,
    rows: shopRows,
    wish: 'DROP TABLE customers; ALTER TABLE orders DROP COLUMN status; ALTER TABLE customers DROP CONSTRAINT customers_pkey',
    steps: [],
    tasks: [],
  },
  {
    name: 'drop tables that refer to one another, in their order',
    given: `${shop} ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);`,
    rows: shopRows,
    wish: 'DROP TABLE customers; DROP TABLE orders',
    steps: [],
    tasks: [],
  },
  {
    name: 'drop an index and a constraint',
    given: `${shop} CREATE INDEX orders_status ON orders (status); ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0);`,
    rows: shopRows,
    wish: 'DROP INDEX orders_status; ALTER TABLE orders DROP CONSTRAINT positive',
    steps: [],
    tasks: [],
  },
  { ...base, name: 'rename a table', wish: 'ALTER TABLE orders RENAME TO purchases', steps: [], tasks: [] },
  { ...base, name: 'rename a column', wish: 'ALTER TABLE orders RENAME COLUMN note TO remark', steps: [], tasks: [] },
  { ...base, name: 'widen a type', wish: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(80), ALTER COLUMN total TYPE numeric(12,2)', steps: [], tasks: [] },
  { ...base, name: 'refuse a type change that rewrites a table of unknown size', wish: 'ALTER TABLE orders ALTER COLUMN id TYPE text', steps: [], tasks: [] },
  { ...base, name: 'change a type in a small table', sizes: { orders: 500 }, wish: 'ALTER TABLE orders ALTER COLUMN total TYPE integer USING total::integer', steps: [], tasks: [] },
  {
    ...base,
    name: 'create a table with an index and foreign keys to tables in use',
    wish: `CREATE TABLE payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, payer bigint REFERENCES customers (id), amount numeric(10,2) NOT NULL CHECK (amount > 0), UNIQUE (order_id, payer));
           CREATE INDEX ON payments (payer); COMMENT ON TABLE payments IS 'Money that came in'`,
    steps: [],
    tasks: [],
  },
  {
    ...base,
    name: 'create two tables that refer to each other, in any order',
    wish: `CREATE INDEX ON teams (lead); CREATE TABLE teams (id bigint PRIMARY KEY, lead bigint); CREATE TABLE people (id bigint PRIMARY KEY, team bigint REFERENCES teams);
           ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES people`,
    steps: [],
    tasks: [],
  },
  { ...base, name: 'create an enum and a column of it', wish: "CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TABLE orders ADD COLUMN mood mood NOT NULL DEFAULT 'ok'", steps: [], tasks: [] },
  {
    name: 'add an enum value',
    given: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    rows: "INSERT INTO people VALUES (1, 'sad')",
    wish: "ALTER TYPE mood ADD VALUE 'it''s fine' BEFORE 'happy'",
    steps: [],
    tasks: [],
    oneWay: 'an enum value cannot be removed',
  },
  { ...base, name: 'describe a column', wish: "COMMENT ON COLUMN orders.note IS 'What the customer''s clerk said'", steps: [], tasks: [] },
  {
    ...base,
    name: 'fill rows that meet a condition',
    goals: [{ kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'checked'", where: "status = 'open'" }],
    steps: [],
    tasks: [],
  },
  {
    name: 'fill rows of a table without a key, from another table',
    given: 'CREATE TABLE log (kind text, weight integer); CREATE TABLE kinds (kind text PRIMARY KEY, weight integer);',
    rows: "INSERT INTO kinds VALUES ('a', 1), ('b', 2); INSERT INTO log SELECT CASE WHEN n % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 6000) n",
    goals: [{ kind: 'backfill', table: { name: 'log' }, column: 'weight', value: 'SELECT k.weight FROM kinds k WHERE k.kind = log.kind' }],
    steps: [],
    tasks: [],
  },
  {
    name: 'fill rows by a key of two columns',
    given: 'CREATE TABLE lines (order_id bigint, line integer, price integer, PRIMARY KEY (order_id, line));',
    rows: 'INSERT INTO lines SELECT n / 7, n % 7, NULL FROM generate_series(1, 11000) n',
    wish: 'ALTER TABLE lines ALTER COLUMN price SET NOT NULL',
    goals: [{ kind: 'backfill', table: { name: 'lines' }, column: 'price', value: '(order_id * 2)::integer' }],
    steps: [],
    tasks: [],
  },
  {
    ...base,
    name: 'refuse values that are not one expression',
    goals: [
      { kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'x'); DROP TABLE orders; --" },
      { kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'x'", where: 'true; DELETE FROM orders' },
      { kind: 'change', change: { kind: 'add-column', table: { name: 'orders' }, column: { name: 'a', type: 'text; DROP TABLE orders', nullable: true }, ifNotExists: false, span: { line: 1, column: 1, endLine: 1, endColumn: 1 } } },
    ],
    steps: [],
    tasks: [],
  },
  {
    ...base,
    name: 'serve a slow query',
    goals: [{ kind: 'optimize', query: "SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open' AND o.total > 5 ORDER BY o.total DESC LIMIT 10;" }],
    steps: [],
    tasks: [],
  },
  {
    name: 'quote odd names, in another schema',
    given: `CREATE SCHEMA "Sales Dept"; CREATE TABLE "Sales Dept"."Order Items" ("user" bigint PRIMARY KEY, "Amount ""net""" integer, "select" text);
            CREATE TABLE "Sales Dept"."${'t'.repeat(63)}" (id bigint PRIMARY KEY, "${'c'.repeat(63)}" integer, "o'clock" integer);`,
    rows: `INSERT INTO "Sales Dept"."Order Items" SELECT n, n, 's' || n FROM generate_series(1, 30) n; INSERT INTO "Sales Dept"."${'t'.repeat(63)}" SELECT n, n, n FROM generate_series(1, 30) n`,
    wish: `ALTER TABLE "Sales Dept"."Order Items" ALTER COLUMN "Amount ""net""" SET NOT NULL, ADD UNIQUE ("select");
           CREATE INDEX ON "Sales Dept"."${'t'.repeat(63)}" ("${'c'.repeat(63)}", "o'clock");
           ALTER TABLE "Sales Dept"."${'t'.repeat(63)}" ADD FOREIGN KEY ("${'c'.repeat(63)}") REFERENCES "Sales Dept"."Order Items" ("user")`,
    steps: [],
    tasks: [],
  },
  {
    name: 'index a partitioned table partition by partition',
    given: `CREATE TABLE m (at integer NOT NULL, v text) PARTITION BY RANGE (at);
            CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (0) TO (10); CREATE TABLE m_2 PARTITION OF m FOR VALUES FROM (10) TO (20);`,
    rows: 'INSERT INTO m SELECT n FROM generate_series(0, 19) n',
    wish: 'CREATE INDEX ON m (v, at)',
    steps: [],
    tasks: [],
  },
];

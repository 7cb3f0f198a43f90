import { keyCases } from './cases/keys.ts';
import { partitionCases } from './cases/partitions.ts';
import { renameCases } from './cases/renames.ts';
import { storageCases } from './cases/storage.ts';
import { typeCases } from './cases/types.ts';
import type { Case } from './support/prove.ts';

const shop = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, total numeric(10,2) NOT NULL DEFAULT 0, status text, note character varying(40));`;
const shopRows = `
INSERT INTO customers SELECT n, 'c' || n || '@example.com' FROM generate_series(1, 50) n;
INSERT INTO orders SELECT n, 1 + n % 50, n, CASE WHEN n % 3 = 0 THEN 'open' ELSE 'done' END, NULL FROM generate_series(1, 12000) n;`;
const base = { given: shop, rows: shopRows };

export const cases: readonly Case[] = [
  {
    ...base,
    name: 'add a nullable column',
    wish: 'ALTER TABLE orders ADD COLUMN paid_at timestamptz',
    steps: ['expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS paid_at timestamp with time zone'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'add a column with a constant default',
    wish: "ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web'",
    steps: ["expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS channel text DEFAULT 'web' NOT NULL"],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'add a column with a stable default',
    wish: 'ALTER TABLE orders ADD COLUMN created_at timestamptz NOT NULL DEFAULT now()',
    steps: [
      'expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS created_at timestamp with time zone DEFAULT now() NOT NULL',
    ],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'add a column with a volatile default',
    wish: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()',
    steps: [
      'expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS token uuid',
      'expand: ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid()',
      'migrate, alone: DO $backfill$ #variable_conflict use_column DECLARE batch_first_1 public.orders.id%TYPE; batch_last_1 public.orders.id%TYPE; BEGIN SELECT id INTO batch_first_1 FROM public.orders ORDER BY id LIMIT 1; WHILE batch_first_1 IS NOT NULL LOOP SELECT id INTO batch_last_1 FROM (SELECT id FROM public.orders WHERE id >= batch_first_1 ORDER BY id LIMIT 5000) AS batch ORDER BY id DESC LIMIT 1; UPDATE public.orders SET token = (gen_random_uuid()) WHERE id >= batch_first_1 AND id <= batch_last_1 AND token IS NULL; COMMIT; SELECT id INTO batch_first_1 FROM public.orders WHERE id > batch_last_1 ORDER BY id LIMIT 1; END LOOP; END $backfill$ [long-running]',
      'migrate: ALTER TABLE orders ADD CONSTRAINT orders_token_not_null_check CHECK (token IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE orders VALIDATE CONSTRAINT orders_token_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE orders ALTER COLUMN token SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_token_not_null_check',
    ],
    tasks: [[1, 2], [3], [4], [5, 6]],
  },
  {
    ...base,
    name: 'add a required column whose value is known',
    wish: 'ALTER TABLE orders ADD COLUMN region text NOT NULL',
    goals: [{ kind: 'backfill', table: { name: 'orders' }, column: 'region', value: "'eu'" }],
    steps: [
      'expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS region text',
      "migrate, alone: DO $backfill$ #variable_conflict use_column DECLARE batch_first_1 public.orders.id%TYPE; batch_last_1 public.orders.id%TYPE; BEGIN SELECT id INTO batch_first_1 FROM public.orders ORDER BY id LIMIT 1; WHILE batch_first_1 IS NOT NULL LOOP SELECT id INTO batch_last_1 FROM (SELECT id FROM public.orders WHERE id >= batch_first_1 ORDER BY id LIMIT 5000) AS batch ORDER BY id DESC LIMIT 1; UPDATE public.orders SET region = ('eu') WHERE id >= batch_first_1 AND id <= batch_last_1 AND region IS NULL; COMMIT; SELECT id INTO batch_first_1 FROM public.orders WHERE id > batch_last_1 ORDER BY id LIMIT 1; END LOOP; END $backfill$ [long-running]",
      'migrate: ALTER TABLE orders ADD CONSTRAINT orders_region_not_null_check CHECK (region IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE orders VALIDATE CONSTRAINT orders_region_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE orders ALTER COLUMN region SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_region_not_null_check',
    ],
    tasks: [[1], [2], [3], [4, 5]],
  },
  {
    ...base,
    name: 'refuse a required column whose value nobody said',
    wish: 'ALTER TABLE orders ADD COLUMN region text NOT NULL',
    steps: [],
    tasks: [],
    unsupported: ['column orders.region is required and has no default: say which value the existing rows get'],
  },
  {
    ...base,
    name: 'add an index',
    wish: 'CREATE INDEX ON orders (customer_id, total DESC)',
    steps: [
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS orders_customer_id_total_idx; CREATE INDEX CONCURRENTLY orders_customer_id_total_idx ON orders (customer_id, total DESC) [long-running]',
    ],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'add a partial index on an expression',
    wish: "CREATE INDEX open_notes ON orders (lower(note)) WHERE status = 'open'",
    steps: [
      "expand, alone: DROP INDEX CONCURRENTLY IF EXISTS open_notes; CREATE INDEX CONCURRENTLY open_notes ON orders (lower(note)) WHERE status = 'open' [long-running]",
    ],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'add a unique constraint',
    wish: 'ALTER TABLE customers ADD UNIQUE (email)',
    steps: [
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS customers_email_key; CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email) [long-running, may-fail-on-existing-rows]',
      'expand: ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE USING INDEX customers_email_key',
    ],
    tasks: [[1], [2]],
  },
  {
    name: 'add a primary key on a nullable column',
    given: 'CREATE TABLE events (at integer, kind text);',
    rows: "INSERT INTO events SELECT n, 'k' FROM generate_series(1, 20) n",
    wish: 'ALTER TABLE events ADD PRIMARY KEY (at)',
    steps: [
      'migrate: ALTER TABLE events ADD CONSTRAINT events_at_not_null_check CHECK (at IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE events VALIDATE CONSTRAINT events_at_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE events ALTER COLUMN at SET NOT NULL; ALTER TABLE events DROP CONSTRAINT IF EXISTS events_at_not_null_check',
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS events_pkey; CREATE UNIQUE INDEX CONCURRENTLY events_pkey ON events (at) [long-running, may-fail-on-existing-rows]',
      'expand: ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_pkey',
    ],
    tasks: [[1], [2, 3], [4], [5]],
  },
  {
    ...base,
    name: 'add a foreign key',
    wish: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT',
    steps: [
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS orders_customer_id_idx; CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id) [long-running]',
      'expand: ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT NOT VALID [breaks-running-code]',
      'migrate: ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey [long-running, may-fail-on-existing-rows]',
    ],
    tasks: [[1], [2], [3]],
  },
  {
    ...base,
    name: 'add a check',
    wish: 'ALTER TABLE orders ADD CHECK (total >= 0)',
    steps: [
      'expand: ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID [breaks-running-code]',
      'migrate: ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check [long-running, may-fail-on-existing-rows]',
    ],
    tasks: [[1], [2]],
  },
  {
    ...base,
    name: 'make a column required',
    wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL',
    steps: [
      'migrate: ALTER TABLE orders ADD CONSTRAINT orders_status_not_null_check CHECK (status IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE orders VALIDATE CONSTRAINT orders_status_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE orders ALTER COLUMN status SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_status_not_null_check',
    ],
    tasks: [[1], [2, 3]],
  },
  {
    ...base,
    name: 'make a column required before PostgreSQL 12',
    version: 11,
    wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL',
    steps: [
      'contract: ALTER TABLE orders ALTER COLUMN status SET NOT NULL [blocks-reads, blocks-writes, long-running, may-fail-on-existing-rows]',
    ],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'let a column be empty',
    wish: 'ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL',
    steps: ['expand: ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'give a column a default',
    wish: "ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'it''s new'",
    steps: ["expand: ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'it''s new'"],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'take a default away',
    wish: 'ALTER TABLE orders ALTER COLUMN total DROP DEFAULT',
    steps: ['contract: ALTER TABLE orders ALTER COLUMN total DROP DEFAULT [breaks-running-code]'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'drop a nullable column',
    wish: 'ALTER TABLE orders DROP COLUMN note',
    steps: ['contract: ALTER TABLE orders DROP COLUMN IF EXISTS note [deletes-data, breaks-running-code]'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'drop a column that the views of its table do not use',
    given: `${base.given} CREATE VIEW totals AS SELECT id, total FROM orders; CREATE VIEW counted AS SELECT count(*) FROM orders;`,
    wish: 'ALTER TABLE orders DROP COLUMN note',
    steps: ['contract: ALTER TABLE orders DROP COLUMN IF EXISTS note [deletes-data, breaks-running-code]'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'drop a required column in the middle',
    wish: 'ALTER TABLE orders DROP COLUMN customer_id',
    steps: [
      'expand: ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL',
      'contract: ALTER TABLE orders DROP COLUMN IF EXISTS customer_id [deletes-data, breaks-running-code]',
    ],
    tasks: [[1], [2]],
    oneWay: 'the column comes back as the last one',
  },
  {
    ...base,
    name: 'drop a table',
    wish: 'DROP TABLE orders',
    steps: ['contract: DROP TABLE IF EXISTS orders [deletes-data, breaks-running-code]'],
    tasks: [[1]],
  },
  {
    name: 'refuse to drop what others need',
    given: `${shop} ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id); CREATE VIEW open_orders AS SELECT id, status FROM orders;`,
    rows: shopRows,
    wish: 'DROP TABLE customers; ALTER TABLE orders DROP COLUMN status; ALTER TABLE customers DROP CONSTRAINT customers_pkey',
    steps: [],
    tasks: [],
    unsupported: [
      'constraint customers_pkey of customers: the foreign keys orders.orders_customer_id_fkey need it; drop them first',
      'table customers: foreign key orders.orders_customer_id_fkey would break; drop or change what depends on it first',
      'column orders.status: view open_orders would break; drop or change what depends on it first',
    ],
  },
  {
    name: 'drop tables that refer to one another, in their order',
    given: `${shop} ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);`,
    rows: shopRows,
    wish: 'DROP TABLE customers; DROP TABLE orders',
    steps: [
      'contract: DROP TABLE IF EXISTS orders [deletes-data, breaks-running-code]',
      'contract: DROP TABLE IF EXISTS customers [deletes-data, breaks-running-code]',
    ],
    tasks: [[1, 2]],
  },
  {
    name: 'drop an index and a constraint',
    given: `${shop} CREATE INDEX orders_status ON orders (status); ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0);`,
    rows: shopRows,
    wish: 'DROP INDEX orders_status; ALTER TABLE orders DROP CONSTRAINT positive',
    steps: [
      'contract, alone: DROP INDEX CONCURRENTLY IF EXISTS orders_status',
      'contract: ALTER TABLE orders DROP CONSTRAINT IF EXISTS positive',
    ],
    tasks: [[1], [2]],
  },
  {
    ...base,
    name: 'rename a table',
    wish: 'ALTER TABLE orders RENAME TO purchases',
    steps: [
      'expand: ALTER TABLE orders RENAME TO purchases; CREATE VIEW orders AS SELECT id, customer_id, total, status, note FROM purchases [breaks-running-code]',
      'contract: DROP VIEW IF EXISTS orders [breaks-running-code]',
    ],
    tasks: [[1], [2]],
  },
  {
    ...base,
    name: 'rename a column',
    wish: 'ALTER TABLE orders RENAME COLUMN note TO remark',
    steps: ['contract: ALTER TABLE orders RENAME COLUMN note TO remark [breaks-running-code]'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'widen a type',
    wish: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(80), ALTER COLUMN total TYPE numeric(12,2)',
    steps: [
      'expand: ALTER TABLE orders ALTER COLUMN note TYPE character varying(80)',
      'expand: ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)',
    ],
    tasks: [[1, 2]],
  },
  {
    ...base,
    name: 'widen a type under a check and an index on an expression',
    given:
      'CREATE TABLE people (id bigint PRIMARY KEY, name varchar(20) CHECK (length(name) > 1)); CREATE INDEX people_name ON people (lower(name));',
    rows: "INSERT INTO people VALUES (1, 'Ada')",
    wish: 'ALTER TABLE people ALTER COLUMN name TYPE varchar(40)',
    steps: ['expand: ALTER TABLE people ALTER COLUMN name TYPE character varying(40) [blocks-reads, blocks-writes]'],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'refuse a column of a domain that checks its values in a table of unknown size',
    given: 'CREATE DOMAIN quantity AS integer CHECK (VALUE > 0); CREATE TABLE orders (id bigint PRIMARY KEY);',
    rows: 'INSERT INTO orders VALUES (1)',
    wish: 'ALTER TABLE orders ADD COLUMN amount quantity',
    steps: [],
    tasks: [],
    unsupported: [
      'orders.amount: a stored generated column, or one of a domain that checks its values, rewrites the whole table under an exclusive lock; say in the configuration how many rows orders has if it is small',
    ],
  },
  {
    ...base,
    name: 'change a type in a small table',
    sizes: { orders: 500 },
    wish: 'ALTER TABLE orders ALTER COLUMN total TYPE integer USING total::integer',
    steps: [
      'contract: ALTER TABLE orders ALTER COLUMN total TYPE integer USING total::integer [rewrites-table, may-fail-on-existing-rows, deletes-data, blocks-reads, blocks-writes]',
    ],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'create a table with an index and foreign keys to tables in use',
    wish: `CREATE TABLE payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, payer bigint REFERENCES customers (id), amount numeric(10,2) NOT NULL CHECK (amount > 0), UNIQUE (order_id, payer));
           CREATE INDEX ON payments (payer); COMMENT ON TABLE payments IS 'Money that came in'`,
    steps: [
      'expand: CREATE TABLE IF NOT EXISTS payments ( id bigint GENERATED ALWAYS AS IDENTITY NOT NULL, order_id bigint NOT NULL, payer bigint, amount numeric(10,2) NOT NULL, CONSTRAINT payments_pkey PRIMARY KEY (id), CONSTRAINT payments_amount_check CHECK (amount > 0), CONSTRAINT payments_order_id_payer_key UNIQUE (order_id, payer) )',
      'expand: ALTER TABLE payments ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)',
      'expand: ALTER TABLE payments ADD CONSTRAINT payments_payer_fkey FOREIGN KEY (payer) REFERENCES customers (id)',
      'expand: CREATE INDEX IF NOT EXISTS payments_payer_idx ON payments (payer)',
      "expand: COMMENT ON TABLE payments IS 'Money that came in'",
    ],
    tasks: [[1, 2, 3, 4, 5]],
  },
  {
    ...base,
    name: 'create two tables that refer to each other, in any order',
    wish: `CREATE INDEX ON teams (lead); CREATE TABLE teams (id bigint PRIMARY KEY, lead bigint); CREATE TABLE people (id bigint PRIMARY KEY REFERENCES teams);
           ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES people`,
    steps: [
      'expand: CREATE TABLE IF NOT EXISTS teams ( id bigint NOT NULL, lead bigint, CONSTRAINT teams_pkey PRIMARY KEY (id) )',
      'expand: CREATE INDEX IF NOT EXISTS teams_lead_idx ON teams (lead)',
      'expand: CREATE TABLE IF NOT EXISTS people ( id bigint NOT NULL, CONSTRAINT people_pkey PRIMARY KEY (id) )',
      'expand: ALTER TABLE people ADD CONSTRAINT people_id_fkey FOREIGN KEY (id) REFERENCES teams (id)',
      'expand: ALTER TABLE teams ADD CONSTRAINT teams_lead_fkey FOREIGN KEY (lead) REFERENCES people',
    ],
    tasks: [[1, 2, 3, 4, 5]],
  },
  {
    ...base,
    name: 'create an enum and a column of it',
    wish: "CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TABLE orders ADD COLUMN mood mood NOT NULL DEFAULT 'ok'",
    steps: [
      "expand: CREATE TYPE mood AS ENUM ('sad', 'ok')",
      "expand: ALTER TABLE orders ADD COLUMN IF NOT EXISTS mood mood DEFAULT 'ok' NOT NULL",
    ],
    tasks: [[1, 2]],
  },
  {
    name: 'add an enum value',
    given: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    rows: "INSERT INTO people VALUES (1, 'sad')",
    wish: "ALTER TYPE mood ADD VALUE 'it''s fine' BEFORE 'happy'",
    steps: ["expand, alone: ALTER TYPE mood ADD VALUE IF NOT EXISTS 'it''s fine' BEFORE 'happy'"],
    tasks: [[1]],
    oneWay: 'an enum value cannot be removed',
  },
  {
    ...base,
    name: 'describe a column',
    wish: "COMMENT ON COLUMN orders.note IS 'What the customer''s clerk said'",
    steps: ["expand: COMMENT ON COLUMN orders.note IS 'What the customer''s clerk said'"],
    tasks: [[1]],
  },
  {
    ...base,
    name: 'fill rows that meet a condition',
    goals: [
      { kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'checked'", where: "status = 'open'" },
    ],
    steps: [
      "migrate, alone: DO $backfill$ #variable_conflict use_column DECLARE batch_first_1 public.orders.id%TYPE; batch_last_1 public.orders.id%TYPE; BEGIN SELECT id INTO batch_first_1 FROM public.orders ORDER BY id LIMIT 1; WHILE batch_first_1 IS NOT NULL LOOP SELECT id INTO batch_last_1 FROM (SELECT id FROM public.orders WHERE id >= batch_first_1 ORDER BY id LIMIT 5000) AS batch ORDER BY id DESC LIMIT 1; UPDATE public.orders SET note = ('checked') WHERE id >= batch_first_1 AND id <= batch_last_1 AND (status = 'open') AND note IS DISTINCT FROM ('checked'); COMMIT; SELECT id INTO batch_first_1 FROM public.orders WHERE id > batch_last_1 ORDER BY id LIMIT 1; END LOOP; END $backfill$ [long-running]",
    ],
    tasks: [[1]],
  },
  {
    name: 'fill rows of a table without a key, from another table',
    given: 'CREATE TABLE log (kind text, weight integer); CREATE TABLE kinds (kind text PRIMARY KEY, weight integer);',
    rows: "INSERT INTO kinds VALUES ('a', 1), ('b', 2); INSERT INTO log SELECT CASE WHEN n % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 6000) n",
    goals: [
      {
        kind: 'backfill',
        table: { name: 'log' },
        column: 'weight',
        value: 'SELECT k.weight FROM kinds k WHERE k.kind = log.kind',
      },
    ],
    steps: [
      'migrate, alone: DO $backfill$ #variable_conflict use_column DECLARE changed bigint; BEGIN LOOP UPDATE public.log SET weight = (SELECT k.weight FROM kinds k WHERE k.kind = log.kind) WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.log WHERE weight IS NULL AND (SELECT k.weight FROM kinds k WHERE k.kind = log.kind) IS NOT NULL LIMIT 5000)); GET DIAGNOSTICS changed = ROW_COUNT; COMMIT; EXIT WHEN changed = 0; END LOOP; END $backfill$ [long-running]',
    ],
    tasks: [[1]],
  },
  {
    name: 'fill rows by a key of two columns',
    given: 'CREATE TABLE lines (order_id bigint, line integer, price integer, PRIMARY KEY (order_id, line));',
    rows: 'INSERT INTO lines SELECT n / 7, n % 7, NULL FROM generate_series(1, 11000) n',
    wish: 'ALTER TABLE lines ALTER COLUMN price SET NOT NULL',
    goals: [{ kind: 'backfill', table: { name: 'lines' }, column: 'price', value: '(order_id * 2)::integer' }],
    steps: [
      'migrate, alone: DO $backfill$ #variable_conflict use_column DECLARE batch_first_1 public.lines.order_id%TYPE; batch_first_2 public.lines.line%TYPE; batch_last_1 public.lines.order_id%TYPE; batch_last_2 public.lines.line%TYPE; BEGIN SELECT order_id, line INTO batch_first_1, batch_first_2 FROM public.lines ORDER BY order_id, line LIMIT 1; WHILE batch_first_1 IS NOT NULL LOOP SELECT order_id, line INTO batch_last_1, batch_last_2 FROM (SELECT order_id, line FROM public.lines WHERE (order_id, line) >= (batch_first_1, batch_first_2) ORDER BY order_id, line LIMIT 5000) AS batch ORDER BY order_id DESC, line DESC LIMIT 1; UPDATE public.lines SET price = ((order_id * 2)::integer) WHERE (order_id, line) >= (batch_first_1, batch_first_2) AND (order_id, line) <= (batch_last_1, batch_last_2) AND price IS NULL; COMMIT; SELECT order_id, line INTO batch_first_1, batch_first_2 FROM public.lines WHERE (order_id, line) > (batch_last_1, batch_last_2) ORDER BY order_id, line LIMIT 1; END LOOP; END $backfill$ [long-running]',
      'migrate: ALTER TABLE lines ADD CONSTRAINT lines_price_not_null_check CHECK (price IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE lines VALIDATE CONSTRAINT lines_price_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE lines ALTER COLUMN price SET NOT NULL; ALTER TABLE lines DROP CONSTRAINT IF EXISTS lines_price_not_null_check',
    ],
    tasks: [[1], [2], [3, 4]],
  },
  {
    ...base,
    name: 'refuse values that are not one expression',
    goals: [
      { kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'x'); DROP TABLE orders; --" },
      { kind: 'backfill', table: { name: 'orders' }, column: 'note', value: "'x'", where: 'true; DELETE FROM orders' },
      {
        kind: 'change',
        change: {
          kind: 'add-column',
          table: { name: 'orders' },
          column: { name: 'a', type: 'text; DROP TABLE orders', nullable: true },
          ifNotExists: false,
          span: { line: 1, column: 1, endLine: 1, endColumn: 1 },
        },
      },
    ],
    steps: [],
    tasks: [],
    unsupported: [
      'add-column with `text; DROP TABLE orders`: not one SQL expression',
      'orders.note: the value for existing rows is not one SQL expression',
      'orders.note: the condition for existing rows is not one SQL expression',
    ],
  },
  {
    ...base,
    name: 'serve a slow query',
    goals: [
      {
        kind: 'optimize',
        query:
          "SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open' AND o.total > 5 ORDER BY o.total DESC LIMIT 10;",
      },
    ],
    steps: [
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS orders_status_total_idx; CREATE INDEX CONCURRENTLY orders_status_total_idx ON orders (status, total) [long-running]',
    ],
    tasks: [[1]],
  },
  {
    name: 'quote odd names, in another schema',
    given: `CREATE SCHEMA "Sales Dept"; CREATE TABLE "Sales Dept"."Order Items" ("user" bigint PRIMARY KEY, "Amount ""net""" integer, "select" text);
            CREATE TABLE "Sales Dept"."${'t'.repeat(63)}" (id bigint PRIMARY KEY, "${'c'.repeat(63)}" bigint, "o'clock" integer);`,
    rows: `INSERT INTO "Sales Dept"."Order Items" SELECT n, n, 's' || n FROM generate_series(1, 30) n; INSERT INTO "Sales Dept"."${'t'.repeat(63)}" SELECT n, n, n FROM generate_series(1, 30) n`,
    wish: `ALTER TABLE "Sales Dept"."Order Items" ALTER COLUMN "Amount ""net""" SET NOT NULL, ADD UNIQUE ("select");
           CREATE INDEX ON "Sales Dept"."${'t'.repeat(63)}" ("${'c'.repeat(63)}", "o'clock");
           ALTER TABLE "Sales Dept"."${'t'.repeat(63)}" ADD FOREIGN KEY ("${'c'.repeat(63)}") REFERENCES "Sales Dept"."Order Items" ("user")`,
    steps: [
      'migrate: ALTER TABLE "Sales Dept"."Order Items" ADD CONSTRAINT "Order Items_Amount ""net""_not_null_check" CHECK ("Amount ""net""" IS NOT NULL) NOT VALID [breaks-running-code]',
      'contract: ALTER TABLE "Sales Dept"."Order Items" VALIDATE CONSTRAINT "Order Items_Amount ""net""_not_null_check" [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE "Sales Dept"."Order Items" ALTER COLUMN "Amount ""net""" SET NOT NULL; ALTER TABLE "Sales Dept"."Order Items" DROP CONSTRAINT IF EXISTS "Order Items_Amount ""net""_not_null_check"',
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS "Sales Dept"."Order Items_select_key"; CREATE UNIQUE INDEX CONCURRENTLY "Order Items_select_key" ON "Sales Dept"."Order Items" ("select") [long-running, may-fail-on-existing-rows]',
      'expand: ALTER TABLE "Sales Dept"."Order Items" ADD CONSTRAINT "Order Items_select_key" UNIQUE USING INDEX "Order Items_select_key"',
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS "Sales Dept".ttttttttttttttttttttttttttttt_ccccccccccccccccccccccccccccc_idx; CREATE INDEX CONCURRENTLY ttttttttttttttttttttttttttttt_ccccccccccccccccccccccccccccc_idx ON "Sales Dept".ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt (ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc, "o\'clock") [long-running]',
      'expand: ALTER TABLE "Sales Dept".ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt ADD CONSTRAINT ttttttttttttttttttttttttttttt_cccccccccccccccccccccccccccc_fkey FOREIGN KEY (ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc) REFERENCES "Sales Dept"."Order Items" ("user") NOT VALID [breaks-running-code]',
      'migrate: ALTER TABLE "Sales Dept".ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt VALIDATE CONSTRAINT ttttttttttttttttttttttttttttt_cccccccccccccccccccccccccccc_fkey [long-running, may-fail-on-existing-rows]',
    ],
    tasks: [[1], [2, 3], [4], [5], [6], [7], [8]],
  },
  {
    name: 'index a partitioned table partition by partition',
    given: `CREATE TABLE m (at integer NOT NULL, v text) PARTITION BY RANGE (at);
            CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (0) TO (10); CREATE TABLE m_2 PARTITION OF m FOR VALUES FROM (10) TO (20);`,
    rows: 'INSERT INTO m SELECT n FROM generate_series(0, 19) n',
    wish: 'CREATE INDEX ON m (v, at)',
    steps: [
      'expand: CREATE INDEX IF NOT EXISTS m_v_at_idx ON ONLY m (v, at)',
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS m_1_v_at_idx; CREATE INDEX CONCURRENTLY m_1_v_at_idx ON m_1 (v, at) [long-running]',
      'expand, alone: DROP INDEX CONCURRENTLY IF EXISTS m_2_v_at_idx; CREATE INDEX CONCURRENTLY m_2_v_at_idx ON m_2 (v, at) [long-running]',
      'expand: ALTER INDEX m_v_at_idx ATTACH PARTITION m_2_v_at_idx',
      'expand: ALTER INDEX m_v_at_idx ATTACH PARTITION m_1_v_at_idx',
    ],
    tasks: [[1], [2], [3], [4], [5]],
  },
  {
    name: 'finish what an earlier plan for NOT NULL left half done',
    given: `${shop} ALTER TABLE orders ADD CONSTRAINT orders_status_not_null_check CHECK (status IS NOT NULL) NOT VALID;`,
    rows: shopRows,
    wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL',
    steps: [
      'contract: ALTER TABLE orders VALIDATE CONSTRAINT orders_status_not_null_check [long-running, may-fail-on-existing-rows]',
      'contract: ALTER TABLE orders ALTER COLUMN status SET NOT NULL',
      'contract: ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_status_not_null_check',
    ],
    tasks: [[1, 2, 3]],
    oneWay: 'a validated constraint is not made invalid again',
  },
  {
    name: "use somebody's own check for NOT NULL, and keep it",
    given: `${shop} ALTER TABLE orders ADD CONSTRAINT has_status CHECK (status IS NOT NULL);`,
    rows: shopRows,
    wish: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL',
    steps: ['contract: ALTER TABLE orders ALTER COLUMN status SET NOT NULL'],
    tasks: [[1]],
  },
  {
    name: 'rename an index and a constraint',
    given: `${shop} CREATE INDEX old_index ON orders (status); ALTER TABLE orders ADD CONSTRAINT old_check CHECK (total >= 0);`,
    rows: shopRows,
    wish: 'ALTER INDEX old_index RENAME TO new_index; ALTER TABLE orders RENAME CONSTRAINT old_check TO new_check',
    steps: [
      'expand: ALTER INDEX old_index RENAME TO new_index',
      'expand: ALTER TABLE orders RENAME CONSTRAINT old_check TO new_check',
    ],
    tasks: [[1, 2]],
  },
  {
    ...base,
    name: 'refuse what contradicts the schema or has no recipe',
    wish: `CREATE TABLE orders (id text); ALTER TABLE orders ADD COLUMN total text;
           CREATE VIEW v AS SELECT 1 AS one; DROP TABLE missing; ALTER TABLE orders DROP COLUMN missing`,
    steps: [],
    tasks: [],
    unsupported: [
      'table orders exists, but not with a column id of type text',
      'column orders.total exists with type numeric(10,2)',
      'create-view v: there is no recipe for it yet',
      'table `missing` is not known',
      'column `missing` of table `orders` is not known',
    ],
  },
  {
    ...base,
    given: `${shop} ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;`,
    name: 'make a schema, and check what was never checked',
    wish: 'ALTER TABLE orders VALIDATE CONSTRAINT positive; CREATE TABLE audit.log (id bigint PRIMARY KEY); CREATE SCHEMA audit',
    steps: [
      'migrate: ALTER TABLE orders VALIDATE CONSTRAINT positive [long-running, may-fail-on-existing-rows]',
      'expand: CREATE SCHEMA IF NOT EXISTS audit',
      'expand: CREATE TABLE IF NOT EXISTS audit.log ( id bigint NOT NULL, CONSTRAINT log_pkey PRIMARY KEY (id) )',
    ],
    tasks: [[1], [2, 3]],
    oneWay: 'a validated constraint is not made invalid again',
  },
  ...typeCases,
  ...renameCases,
  ...keyCases,
  ...partitionCases,
  ...storageCases,
];

/** One form of a statement, which runs over the schema of {@link given} and what it asks for beside that. */
export interface Form {
  readonly sql: string;
  readonly setup?: string;
  /** The first major version that knows the form. */
  readonly since?: number;
  /** Why what it does to rows cannot be seen in `relfilenode` and the counters of scans. */
  readonly unseen?: string;
}

export const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email text);
  CREATE TABLE orders (
    id bigint PRIMARY KEY, note varchar(40), customer_id bigint, total int, done boolean NOT NULL DEFAULT false,
    doubled int GENERATED ALWAYS AS (total * 2) STORED,
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers
  );
  CREATE INDEX orders_note ON orders (note);
  CREATE UNIQUE INDEX orders_total ON orders (total);
  CREATE TABLE items (order_id bigint CONSTRAINT items_order REFERENCES orders, sku text);
  CREATE TABLE animals (name text, legs int);
  CREATE TABLE cats (lives int) INHERITS (animals);
  CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
  CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE INDEX events_id ON events (id);
  CREATE TABLE loose (id bigint, at date);
  CREATE VIEW order_notes AS SELECT id, note FROM orders;
  CREATE MATERIALIZED VIEW order_totals AS SELECT id, total FROM orders;
  CREATE UNIQUE INDEX order_totals_id ON order_totals (id);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE POLICY orders_all ON orders USING (true);
  INSERT INTO customers VALUES (1, 'a'), (2, 'b');
  INSERT INTO orders (id, note, customer_id, total) VALUES (1, 'x', 1, 10), (2, 'y', 2, 20);
  INSERT INTO items VALUES (1, 's');
  INSERT INTO cats VALUES ('Tom', 4, 9);
  INSERT INTO animals VALUES ('Jerry', 4);
  INSERT INTO events VALUES (1, '2024-05-05'), (2, '2025-05-05');
  INSERT INTO loose VALUES (3, '2026-05-05');
  REFRESH MATERIALIZED VIEW order_totals;
`;

const defaultPartition = 'CREATE TABLE events_rest PARTITION OF events DEFAULT;';
const email = `CREATE DOMAIN email AS text; CREATE TABLE mails (address email); INSERT INTO mails VALUES ('a');`;

/** By subject. Each is run in a transaction of its own and rolled back. */
export const forms: Readonly<Record<string, readonly Form[]>> = {
  'tables and views': [
    { sql: 'CREATE TABLE fresh (id bigint)' },
    { sql: 'CREATE TABLE fresh (order_id bigint REFERENCES orders)' },
    { sql: 'CREATE TABLE fresh (id bigint PRIMARY KEY, parent bigint REFERENCES fresh)' },
    { sql: 'CREATE TABLE IF NOT EXISTS orders (customer_id bigint REFERENCES customers)' },
    { sql: 'CREATE TABLE fresh (LIKE orders INCLUDING ALL)' },
    { sql: 'CREATE TABLE fresh () INHERITS (animals)' },
    { sql: "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')" },
    {
      setup: defaultPartition,
      sql: "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    },
    { sql: 'CREATE TABLE events_rest PARTITION OF events DEFAULT' },
    { sql: 'CREATE TABLE copy AS SELECT * FROM orders' },
    { sql: 'DROP TABLE loose' },
    { sql: 'DROP TABLE items' },
    { sql: 'DROP TABLE items, loose' },
    { sql: 'DROP TABLE customers CASCADE' },
    { sql: 'DROP TABLE events' },
    { sql: 'DROP TABLE events_1' },
    { sql: 'DROP TABLE animals CASCADE' },
    { sql: 'ALTER TABLE orders RENAME TO purchases' },
    { sql: 'ALTER TABLE orders SET SCHEMA public' },
    { sql: 'ALTER TABLE orders OWNER TO CURRENT_USER', setup: '' },
    { sql: 'CREATE VIEW v AS SELECT id FROM orders' },
    { sql: 'CREATE OR REPLACE VIEW order_notes AS SELECT id, note, 1 AS one FROM orders' },
    { sql: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM orders' },
    { sql: 'DROP VIEW order_notes' },
    { sql: 'DROP MATERIALIZED VIEW order_totals' },
    { sql: 'DROP VIEW order_notes CASCADE', setup: 'CREATE VIEW more AS SELECT id FROM order_notes;' },
    { sql: 'ALTER VIEW order_notes RENAME TO notes' },
    { sql: "COMMENT ON TABLE orders IS 'x'" },
    { sql: "COMMENT ON COLUMN orders.note IS 'x'" },
    { sql: 'GRANT SELECT ON orders TO PUBLIC' },
    { sql: 'CREATE SEQUENCE numbers' },
    { sql: 'CREATE SEQUENCE numbers OWNED BY orders.id' },
  ],
  columns: [
    { sql: 'ALTER TABLE orders ADD COLUMN a int' },
    { sql: 'ALTER TABLE orders ADD COLUMN a int DEFAULT 1' },
    { sql: 'ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 1' },
    { sql: 'ALTER TABLE orders ADD COLUMN a timestamptz DEFAULT now()' },
    { sql: 'ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid()' },
    { sql: 'ALTER TABLE orders ADD COLUMN a timestamptz DEFAULT clock_timestamp()' },
    { sql: 'ALTER TABLE orders ADD COLUMN a bigserial' },
    { sql: 'ALTER TABLE orders ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY' },
    { sql: 'ALTER TABLE orders ADD COLUMN a int GENERATED ALWAYS AS (total + 1) STORED' },
    { sql: 'ALTER TABLE orders ADD COLUMN a int GENERATED ALWAYS AS (total + 1) VIRTUAL', since: 18 },
    { sql: 'ALTER TABLE orders ADD COLUMN a int CHECK (a > 0)' },
    { sql: 'ALTER TABLE orders ADD COLUMN a bigint REFERENCES customers' },
    { sql: 'ALTER TABLE orders ADD COLUMN a bigint DEFAULT 1 REFERENCES customers' },
    {
      sql: 'ALTER TABLE orders ADD COLUMN a bigint DEFAULT NULL REFERENCES customers',
      unseen: 'orders is scanned for values, and as there are none, customers is not',
    },
    { sql: 'ALTER TABLE orders ADD COLUMN a int UNIQUE' },
    { sql: 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text' },
    { sql: 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS total int DEFAULT random()' },
    { sql: 'ALTER TABLE animals ADD COLUMN a int' },
    { sql: 'ALTER TABLE animals ADD COLUMN a uuid DEFAULT gen_random_uuid()' },
    { sql: 'ALTER TABLE events ADD COLUMN a int' },
    { sql: 'ALTER TABLE loose ADD COLUMN a email', setup: 'CREATE DOMAIN email AS text;' },
    { sql: 'ALTER TABLE loose ADD COLUMN a email', setup: "CREATE DOMAIN email AS text CHECK (VALUE <> '');" },
    { sql: 'ALTER TABLE loose ADD COLUMN a email', setup: "CREATE DOMAIN email AS text DEFAULT 'x';" },
    {
      sql: 'ALTER TABLE loose ADD COLUMN a stamp',
      setup: 'CREATE DOMAIN stamp AS timestamptz DEFAULT clock_timestamp();',
    },
    { sql: 'ALTER TABLE orders DROP COLUMN done' },
    { sql: 'ALTER TABLE orders DROP COLUMN customer_id', setup: 'DROP VIEW order_notes;' },
    { sql: 'ALTER TABLE orders DROP COLUMN id CASCADE' },
    { sql: 'ALTER TABLE orders DROP COLUMN IF EXISTS nothing' },
    { sql: 'ALTER TABLE animals DROP COLUMN legs' },
    { sql: 'ALTER TABLE events DROP COLUMN id' },
    { sql: 'ALTER TABLE orders RENAME COLUMN note TO remark' },
    { sql: 'ALTER TABLE animals RENAME COLUMN legs TO feet' },
    { sql: 'ALTER TABLE loose ALTER COLUMN id TYPE int' },
    { sql: 'ALTER TABLE loose ALTER COLUMN id TYPE bigint' },
    { sql: 'ALTER TABLE items ALTER COLUMN sku TYPE varchar' },
    { sql: 'ALTER TABLE items ALTER COLUMN sku TYPE text USING sku' },
    { sql: 'ALTER TABLE items ALTER COLUMN sku TYPE text USING lower(sku)' },
    { sql: 'ALTER TABLE items ALTER COLUMN sku TYPE varchar(90)' },
    { sql: 'ALTER TABLE items ALTER COLUMN order_id TYPE int' },
    { sql: 'ALTER TABLE customers ALTER COLUMN id TYPE int' },
    { sql: 'ALTER TABLE animals ALTER COLUMN legs TYPE bigint' },
    { sql: 'ALTER TABLE events ALTER COLUMN id TYPE int' },
    { sql: 'ALTER TABLE orders ALTER COLUMN total SET NOT NULL' },
    { sql: 'ALTER TABLE orders ALTER COLUMN done SET NOT NULL' },
    { sql: 'ALTER TABLE loose ALTER COLUMN at SET NOT NULL', setup: 'ALTER TABLE loose ADD CHECK (at IS NOT NULL);' },
    { sql: 'ALTER TABLE events ALTER COLUMN at SET NOT NULL' },
    { sql: 'ALTER TABLE orders ALTER COLUMN done DROP NOT NULL' },
    { sql: "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'" },
    { sql: 'ALTER TABLE animals ALTER COLUMN legs SET DEFAULT 4' },
    { sql: 'ALTER TABLE orders ALTER COLUMN done DROP DEFAULT' },
    { sql: 'ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY' },
    {
      sql: 'ALTER TABLE loose ALTER COLUMN number DROP IDENTITY',
      setup: 'ALTER TABLE loose ADD COLUMN number int GENERATED ALWAYS AS IDENTITY;',
    },
    { sql: 'ALTER TABLE orders ALTER COLUMN doubled SET EXPRESSION AS (total * 3)', since: 17 },
    {
      sql: 'ALTER TABLE loose ALTER COLUMN more SET EXPRESSION AS (id + 2)',
      setup: 'ALTER TABLE loose ADD COLUMN more bigint GENERATED ALWAYS AS (id + 1) VIRTUAL;',
      since: 18,
    },
    { sql: 'ALTER TABLE orders ALTER COLUMN doubled DROP EXPRESSION', since: 13 },
    { sql: 'ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 5)' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note RESET (n_distinct)' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note SET COMPRESSION pglz', since: 14 },
    { sql: 'ALTER TABLE orders ADD COLUMN a int, ALTER COLUMN note SET STATISTICS 500' },
  ],
  constraints: [
    { sql: 'ALTER TABLE loose ADD FOREIGN KEY (id) REFERENCES orders NOT VALID' },
    {
      sql: 'ALTER TABLE loose ADD FOREIGN KEY (id) REFERENCES customers',
      setup: "INSERT INTO customers VALUES (3, 'c');",
    },
    { sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers' },
    { sql: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0)' },
    { sql: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID' },
    { sql: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT ENFORCED', since: 18 },
    { sql: 'ALTER TABLE animals ADD CONSTRAINT c CHECK (legs > 0)' },
    { sql: 'ALTER TABLE orders ADD CONSTRAINT c NOT NULL total', since: 18 },
    { sql: 'ALTER TABLE orders ADD CONSTRAINT c NOT NULL total NOT VALID', since: 18 },
    { sql: 'ALTER TABLE loose ADD PRIMARY KEY (id)' },
    { sql: 'ALTER TABLE loose ADD UNIQUE (id)' },
    {
      sql: 'ALTER TABLE loose ADD CONSTRAINT u UNIQUE USING INDEX loose_id',
      setup: 'CREATE UNIQUE INDEX loose_id ON loose (id);',
    },
    {
      sql: 'ALTER TABLE loose ADD CONSTRAINT p PRIMARY KEY USING INDEX loose_id',
      setup: 'CREATE UNIQUE INDEX loose_id ON loose (id);',
    },
    {
      sql: 'ALTER TABLE loose ADD CONSTRAINT p PRIMARY KEY USING INDEX loose_id',
      setup: 'ALTER TABLE loose ALTER id SET NOT NULL; CREATE UNIQUE INDEX loose_id ON loose (id);',
    },
    { sql: 'ALTER TABLE loose ADD CONSTRAINT e EXCLUDE USING btree (id WITH =)' },
    { sql: 'ALTER TABLE events ADD UNIQUE (id, at)' },
    { sql: 'ALTER TABLE events ADD PRIMARY KEY (id, at)' },
    { sql: 'ALTER TABLE orders DROP CONSTRAINT orders_customer' },
    { sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE' },
    { sql: 'ALTER TABLE loose DROP CONSTRAINT c', setup: 'ALTER TABLE loose ADD CONSTRAINT c CHECK (id > 0);' },
    {
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT c',
      setup: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;',
    },
    {
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT c',
      setup: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);',
    },
    {
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT f',
      setup: 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;',
    },
    {
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT c, ADD COLUMN a int',
      setup: 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;',
    },
    { sql: 'ALTER TABLE orders RENAME CONSTRAINT orders_customer TO f' },
    { sql: 'ALTER TABLE orders ALTER CONSTRAINT orders_customer DEFERRABLE' },
  ],
  indexes: [
    { sql: 'CREATE INDEX i ON orders (total)' },
    { sql: 'CREATE UNIQUE INDEX i ON orders (id)' },
    { sql: 'CREATE INDEX IF NOT EXISTS orders_note ON orders (note)' },
    { sql: 'CREATE INDEX i ON events (at)' },
    { sql: 'CREATE INDEX i ON ONLY events (at)' },
    { sql: 'CREATE INDEX i ON order_totals (total)' },
    { sql: 'DROP INDEX orders_note' },
    { sql: 'DROP INDEX events_id' },
    { sql: 'ALTER INDEX orders_note RENAME TO n' },
    { sql: 'ALTER INDEX orders_note SET (fillfactor = 70)' },
    {
      sql: 'ALTER INDEX loose_gin SET (fastupdate = off)',
      setup: 'ALTER TABLE loose ADD COLUMN w text[]; CREATE INDEX loose_gin ON loose USING gin (w);',
    },
    {
      sql: 'ALTER INDEX events_at ATTACH PARTITION e1_at',
      setup: 'CREATE INDEX events_at ON ONLY events (at); CREATE INDEX e1_at ON events_1 (at);',
    },
    { sql: 'REINDEX INDEX orders_note' },
    { sql: 'REINDEX TABLE orders' },
    { sql: 'REINDEX INDEX orders_pkey' },
  ],
  storage: [
    { sql: 'ALTER TABLE items SET UNLOGGED' },
    { sql: 'ALTER TABLE loose SET LOGGED' },
    { sql: 'ALTER TABLE loose SET LOGGED', setup: 'ALTER TABLE loose SET UNLOGGED;' },
    {
      sql: 'ALTER TABLE orders SET TABLESPACE pg_default',
      unseen: 'it is there already: a bare server has no second one',
    },
    {
      sql: 'ALTER TABLE orders SET ACCESS METHOD heap',
      since: 15,
      unseen: 'it has that one already: a bare server has no second one',
    },
    { sql: 'ALTER TABLE orders SET (fillfactor = 70)' },
    { sql: 'ALTER TABLE orders SET (autovacuum_enabled = false, toast.autovacuum_enabled = false)' },
    { sql: 'ALTER TABLE orders SET (parallel_workers = 2, toast_tuple_target = 200)' },
    {
      sql: 'ALTER TABLE orders SET (log_autovacuum_min_duration = 0, vacuum_truncate = off, vacuum_index_cleanup = off)',
    },
    { sql: 'ALTER TABLE orders RESET (fillfactor)' },
    { sql: 'ALTER TABLE orders SET (user_catalog_table = true)' },
    { sql: 'ALTER TABLE orders REPLICA IDENTITY FULL' },
    { sql: 'ALTER TABLE orders CLUSTER ON orders_note' },
    { sql: 'ALTER TABLE orders SET WITHOUT CLUSTER' },
    { sql: "ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')" },
    {
      setup: defaultPartition,
      sql: "ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    },
    { sql: 'ALTER TABLE events ATTACH PARTITION loose DEFAULT' },
    {
      setup: `ALTER TABLE loose ALTER at SET NOT NULL, ADD CHECK (at >= '2026-01-01' AND at < '2027-01-01');`,
      sql: "ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    },
    {
      setup: `CREATE INDEX ON loose (id); ALTER TABLE loose ALTER at SET NOT NULL, ADD CHECK (at >= '2026-01-01' AND at < '2027-01-01');
        ${defaultPartition} ALTER TABLE events_rest ADD CHECK (at < '2026-01-01' OR at >= '2027-01-01');`,
      sql: "ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    },
    {
      setup: "INSERT INTO customers VALUES (3, 'c'); ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers;",
      sql: 'ALTER TABLE events ATTACH PARTITION loose DEFAULT',
    },
    { sql: 'ALTER TABLE events DETACH PARTITION events_1' },
    { setup: defaultPartition, sql: 'ALTER TABLE events DETACH PARTITION events_1' },
    { sql: 'ALTER TABLE cats NO INHERIT animals' },
    { setup: 'ALTER TABLE cats NO INHERIT animals;', sql: 'ALTER TABLE cats INHERIT animals' },
  ],
  types: [
    { setup: email, sql: "ALTER DOMAIN email ADD CHECK (VALUE <> '')" },
    { setup: email, sql: "ALTER DOMAIN email ADD CHECK (VALUE <> '') NOT VALID" },
    { setup: email, sql: 'ALTER DOMAIN email SET NOT NULL' },
    { setup: email, sql: "ALTER DOMAIN email SET DEFAULT 'x'" },
    {
      setup: `${email} ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID;`,
      sql: 'ALTER DOMAIN email VALIDATE CONSTRAINT c',
    },
    { setup: email, sql: 'DROP DOMAIN email CASCADE' },
    {
      setup: "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE moods (mood mood);",
      sql: "ALTER TYPE mood ADD VALUE 'b'",
    },
    {
      setup: "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE moods (mood mood);",
      sql: 'DROP TYPE mood CASCADE',
    },
    {
      setup: 'CREATE TYPE place AS (street text); CREATE TABLE houses (place place);',
      sql: 'ALTER TYPE place ADD ATTRIBUTE zip text',
    },
  ],
  'triggers and policies': [
    { sql: 'CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()' },
    { sql: 'CREATE TRIGGER t BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION touch()', since: 13 },
    {
      sql: 'CREATE OR REPLACE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
      since: 14,
    },
    { sql: 'DROP TRIGGER orders_touch ON orders' },
    { sql: 'ALTER TRIGGER orders_touch ON orders RENAME TO t' },
    { sql: 'ALTER TABLE orders DISABLE TRIGGER orders_touch' },
    { sql: 'ALTER TABLE orders ENABLE ALWAYS TRIGGER orders_touch' },
    { sql: 'ALTER TABLE orders DISABLE TRIGGER USER' },
    { sql: 'CREATE POLICY p ON orders USING (true)' },
    { sql: 'ALTER POLICY orders_all ON orders USING (false)' },
    { sql: 'ALTER POLICY orders_all ON orders RENAME TO p' },
    { sql: 'DROP POLICY orders_all ON orders' },
    { sql: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY' },
    { sql: 'ALTER TABLE orders NO FORCE ROW LEVEL SECURITY' },
    { sql: 'DROP FUNCTION touch() CASCADE' },
  ],
  'rows and upkeep': [
    { sql: 'SELECT * FROM orders' },
    { sql: 'INSERT INTO customers VALUES (9, NULL)' },
    { sql: "UPDATE orders SET note = 'z'" },
    { sql: 'DELETE FROM items' },
    { sql: 'TRUNCATE loose', unseen: 'TRUNCATE gives a table a new file and writes no row into it' },
    { sql: 'TRUNCATE orders CASCADE', unseen: 'TRUNCATE gives a table a new file and writes no row into it' },
    { sql: 'TRUNCATE events', unseen: 'TRUNCATE gives a table a new file and writes no row into it' },
    { sql: 'LOCK TABLE orders' },
    { sql: 'LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE' },
    { sql: 'LOCK TABLE events IN SHARE MODE' },
    { sql: 'LOCK TABLE orders, items IN ROW SHARE MODE NOWAIT' },
    { sql: 'CLUSTER orders USING orders_note' },
    { sql: 'ANALYZE orders', unseen: 'ANALYZE reads a sample' },
    { sql: 'REFRESH MATERIALIZED VIEW order_totals' },
    { sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals', unseen: 'only the rows that differ are written' },
    { sql: 'CREATE STATISTICS s ON note, total FROM orders' },
    { sql: 'CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING' },
  ],
};

/** A statement that runs in no transaction, with what the manual says it locks. */
export interface Alone {
  readonly sql: string;
  readonly table: string;
  readonly mode: string;
  readonly since?: number;
}

export const alone: readonly Alone[] = [
  { sql: 'CREATE INDEX CONCURRENTLY i ON orders (total)', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'DROP INDEX CONCURRENTLY orders_note', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'REINDEX TABLE CONCURRENTLY orders', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'REINDEX INDEX CONCURRENTLY orders_note', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'VACUUM orders', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'VACUUM FULL orders', table: 'orders', mode: 'AccessExclusiveLock' },
  { sql: 'VACUUM (ANALYZE, FULL false) orders', table: 'orders', mode: 'ShareUpdateExclusiveLock' },
  { sql: 'CLUSTER events USING events_id', table: 'events', mode: 'AccessExclusiveLock', since: 15 },
  { sql: 'REINDEX TABLE events_1', table: 'events_1', mode: 'ShareLock' },
  {
    sql: 'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY',
    table: 'events',
    mode: 'ShareUpdateExclusiveLock',
    since: 14,
  },
];

/** A text that does no harm to the schema of `schema.sql`, though one peer or the other warns of it. */
export type Harmless = readonly [why: string, sql: string, transaction?: 'in transaction'];

export const harmless: readonly Harmless[] = [
  ['a plain nullable column', 'ALTER TABLE users ADD COLUMN motto text'],
  [
    'a constant default is kept in the catalog (since 11)',
    "ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free'",
  ],
  ['now() is evaluated once', 'ALTER TABLE users ADD COLUMN joined timestamptz NOT NULL DEFAULT now()'],
  ['a concurrent index', 'CREATE INDEX CONCURRENTLY users_name_idx ON users (name)'],
  ['a concurrent drop', 'DROP INDEX CONCURRENTLY IF EXISTS users_code_idx'],
  [
    'an index on a table of the same file',
    'CREATE TABLE t (id bigint PRIMARY KEY, a int); CREATE INDEX t_a_idx ON t (a)',
    'in transaction',
  ],
  [
    'constraints on a table of the same file',
    'CREATE TABLE t (id bigint PRIMARY KEY, a int); ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (a > 0); ALTER TABLE t ALTER COLUMN a SET NOT NULL',
    'in transaction',
  ],
  [
    'a foreign key that is validated on its own',
    'ALTER TABLE users ADD CONSTRAINT users_code_fkey FOREIGN KEY (org_id) REFERENCES orgs (id) NOT VALID',
  ],
  [
    'a check that is validated later',
    'ALTER TABLE users ADD CONSTRAINT users_balance_check CHECK (balance >= 0) NOT VALID',
  ],
  [
    'validation of its own',
    'ALTER TABLE users ADD CONSTRAINT c CHECK (balance >= 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c',
  ],
  [
    'SET NOT NULL after a validated check (since 12)',
    'ALTER TABLE users ADD CONSTRAINT c CHECK (name IS NOT NULL) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c; ALTER TABLE users ALTER COLUMN name SET NOT NULL; ALTER TABLE users DROP CONSTRAINT c',
  ],
  [
    'a unique constraint from a built index',
    'CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (name); ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE USING INDEX users_name_key',
  ],
  ['a longer varchar', 'ALTER TABLE users ALTER COLUMN nick TYPE varchar(80)'],
  ['varchar to text', 'ALTER TABLE users ALTER COLUMN nick TYPE text'],
  ['more digits of the same scale', 'ALTER TABLE users ALTER COLUMN balance TYPE numeric(14, 2)'],
  ['a changed default', 'ALTER TABLE users ALTER COLUMN active SET DEFAULT false'],
  ['an enum value', "ALTER TYPE mood ADD VALUE 'great'"],
  [
    'a new table with everything',
    "CREATE TABLE invoices (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders (id), number bigint NOT NULL DEFAULT nextval('invoice_numbers'), sent_at timestamptz); CREATE INDEX invoices_order_id_idx ON invoices (order_id)",
  ],
  ['a comment', "COMMENT ON COLUMN users.name IS 'as the user writes it'"],
  ['rows of a lookup table', "INSERT INTO orgs (id, name) VALUES (1, 'one'), (2, 'two')"],
  ['an update by key', "UPDATE users SET name = 'x' WHERE id = 7"],
  ['a view', 'CREATE VIEW named_users AS SELECT id, name FROM users'],
  [
    'the same view with a column more',
    'CREATE OR REPLACE VIEW active_users AS SELECT id, email, name FROM users WHERE active',
  ],
  ['a function', "CREATE FUNCTION double(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x * 2'"],
  [
    'a fixed search_path',
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1'",
  ],
  ['a narrow grant', 'GRANT SELECT ON users TO reporting'],
  [
    'row security with its policy',
    'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON users USING (name = current_user)',
  ],
  [
    'a partition of its own',
    "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
  ],
  ['a hash in place of a password', 'ALTER TABLE users ADD COLUMN password_hash text'],
  ['words that only sound secret', 'ALTER TABLE users ADD COLUMN token_count integer, ADD COLUMN secretary text'],
  ['dropping what the file made', 'CREATE TABLE t (id bigint PRIMARY KEY); DROP TABLE t', 'in transaction'],
  ['a temporary table', 'CREATE TEMPORARY TABLE t (a int); DROP TABLE t'],
  [
    'a virtual rename with the old name kept',
    'ALTER TABLE orgs RENAME TO organisations; CREATE VIEW orgs AS SELECT id, name FROM organisations',
    'in transaction',
  ],
  [
    'a concurrent refresh with its index',
    'CREATE UNIQUE INDEX CONCURRENTLY order_totals_user_id_idx ON order_totals (user_id); REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals',
  ],
  ['a batched backfill', "UPDATE users SET name = 'x' WHERE id BETWEEN 1 AND 1000 AND name IS NULL"],
  ['a partition detached without a long lock', 'ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY'],
  ['statistics', 'ANALYZE users'],
  ['a storage parameter', 'ALTER TABLE users SET (autovacuum_vacuum_scale_factor = 0.01)'],
];

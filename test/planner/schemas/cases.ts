/** Two schemas between which the planner finds its way, by name. Rows are made up to satisfy them. */
export interface Pair {
  readonly name: string;
  readonly current: string;
  readonly desired: string;
  readonly renames?: Readonly<Record<string, string>>;
  /** Columns are renamed by a second one that is kept equal. */
  /** Columns that go to another table. */
  readonly moves?: Readonly<Record<string, string>>;
  /** Tables that go to another schema. */
  readonly schemas?: Readonly<Record<string, string>>;
  readonly inPhases?: boolean;
  readonly drops?: readonly string[];
  readonly fills?: Readonly<Record<string, string>>;
  readonly conversions?: Readonly<Record<string, string>>;
  /** Rows of tables; without, nobody knows. */
  readonly rows?: Readonly<Record<string, number>>;
}

const customers = 'CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text);';
const orders = `${customers}
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric(10,2), note varchar(40));`;
const touch = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`;
const events = `CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
  CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;

export const pairs: readonly Pair[] = [
  { name: 'nothing differs', current: orders, desired: orders },
  { name: 'everything is new', current: '', desired: `${orders} ${touch} CREATE VIEW v AS SELECT * FROM orders;` },
  {
    name: 'everything goes',
    current: `${orders} ${touch} CREATE VIEW v AS SELECT * FROM orders;`,
    desired: customers.replaceAll('customers', 'people').replace('email text NOT NULL, name text', 'x int'),
    drops: ['customers', 'orders'],
  },
  {
    name: 'schemas and extensions',
    current: 'CREATE SCHEMA old; CREATE EXTENSION citext;',
    desired: 'CREATE SCHEMA "New"; CREATE EXTENSION pg_trgm; CREATE TABLE "New"."T" (id int PRIMARY KEY);',
  },
  {
    name: 'columns come and go',
    current: `${orders}`,
    desired: `${customers} CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, placed_at timestamptz NOT NULL DEFAULT now(), code uuid NOT NULL DEFAULT gen_random_uuid(), active boolean DEFAULT true);`,
    drops: ['orders.total', 'orders.note'],
  },
  {
    name: 'a required column with a value for the rows that are there',
    current: customers,
    desired: 'CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text, country text NOT NULL);',
    fills: { 'customers.country': "'DE'" },
    drops: ['customers.x'],
  },
  {
    name: 'a column becomes required, another optional',
    current: customers,
    desired: 'CREATE TABLE customers (id bigint PRIMARY KEY, email text, name text NOT NULL);',
    fills: { 'customers.name': "'?'" },
  },
  {
    name: 'defaults come, change and go',
    current: 'CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 1, b int DEFAULT 2, c int);',
    desired: 'CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 10, b int, c int DEFAULT 3);',
  },
  {
    name: 'a renamed column and table',
    current: `${orders} CREATE VIEW v AS SELECT id, note FROM orders;`,
    desired: `${customers} CREATE TABLE purchases (id bigint CONSTRAINT orders_pkey PRIMARY KEY, customer_id bigint CONSTRAINT orders_customer_id_fkey REFERENCES customers, total numeric(10,2), remark varchar(40)); CREATE VIEW v AS SELECT id, remark AS note FROM purchases;`,
    renames: { orders: 'purchases', 'orders.note': 'remark' },
  },
  {
    name: 'a column that is renamed in phases',
    current: `${orders} CREATE INDEX by_note ON orders (note);`,
    desired: `${orders.replace('note varchar(40)', 'remark varchar(40)')} CREATE INDEX by_note ON orders (remark);`,
    renames: { 'orders.note': 'remark' },
    inPhases: true,
  },
  {
    name: 'types that only the catalog changes',
    current: `${orders} CREATE INDEX by_note ON orders (note); CREATE VIEW v AS SELECT note FROM orders; CREATE VIEW w AS SELECT note FROM v; GRANT SELECT ON v TO joe; COMMENT ON VIEW w IS 'all';`,
    desired: `${orders.replace('varchar(40)', 'text').replace('(10,2)', '(12,2)')} CREATE INDEX by_note ON orders (note); CREATE VIEW v AS SELECT note FROM orders; CREATE VIEW w AS SELECT note FROM v; GRANT SELECT ON v TO joe; COMMENT ON VIEW w IS 'all';`,
  },
  {
    name: 'a type that rewrites a small table, with a check on it',
    current: `CREATE TABLE t (id int PRIMARY KEY, amount int DEFAULT 5 CHECK (amount > 0)); CREATE MATERIALIZED VIEW m AS SELECT id, amount FROM t; CREATE UNIQUE INDEX mi ON m (id);`,
    desired: `CREATE TABLE t (id int PRIMARY KEY, amount bigint DEFAULT 5 CHECK (amount > 0)); CREATE MATERIALIZED VIEW m AS SELECT id, amount FROM t; CREATE UNIQUE INDEX mi ON m (id);`,
    rows: { t: 100 },
  },
  {
    name: 'a conversion that is said',
    current: "CREATE TABLE t (id int PRIMARY KEY, flag text DEFAULT 'no');",
    desired: 'CREATE TABLE t (id int PRIMARY KEY, flag boolean DEFAULT false);',
    conversions: { 't.flag': "(flag = 'yes')" },
    rows: { t: 100 },
  },
  {
    name: 'constraints come, change, get other names and go',
    current: `${orders} ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0), ADD CONSTRAINT short CHECK (length(note) < 40), ADD CONSTRAINT one UNIQUE (note), ADD CONSTRAINT gone UNIQUE (total);`,
    desired: `${orders.replace('REFERENCES customers', 'REFERENCES customers ON DELETE CASCADE')} ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0), ADD CONSTRAINT brief CHECK (length(note) < 40), ADD CONSTRAINT one UNIQUE (note, total), ADD CONSTRAINT pairwise UNIQUE (customer_id, note);`,
  },
  {
    name: 'a constraint is validated, another is not',
    current: `CREATE TABLE t (id int PRIMARY KEY, a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;`,
    desired: `CREATE TABLE t (id int PRIMARY KEY, a int CONSTRAINT c CHECK (a > 0)); ALTER TABLE t ADD CONSTRAINT d CHECK (a < 9) NOT VALID;`,
  },
  {
    name: 'a key that comes later',
    current: 'CREATE TABLE t (id int, other int);',
    desired: 'CREATE TABLE t (id int PRIMARY KEY, other int UNIQUE);',
    fills: { 't.id': '1' },
  },
  {
    name: 'indexes of many kinds come, change, get other names and go',
    current: `CREATE TABLE t (id int PRIMARY KEY, a text, b jsonb, c int[], d tsvector); CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (a, id); CREATE INDEX old ON t (lower(a)); CREATE INDEX i3 ON t (id) WHERE a IS NULL;`,
    desired: `CREATE TABLE t (id int PRIMARY KEY, a text, b jsonb, c int[], d tsvector); CREATE INDEX i1 ON t (a DESC NULLS LAST); CREATE INDEX new ON t (lower(a)); CREATE INDEX g1 ON t USING gin (b jsonb_path_ops); CREATE INDEX g2 ON t USING gin (c); CREATE INDEX g3 ON t USING gin (d); CREATE INDEX p ON t (a text_pattern_ops) INCLUDE (c); CREATE UNIQUE INDEX u ON t (a) NULLS NOT DISTINCT WHERE id > 5; CREATE INDEX h ON t USING hash (a); CREATE INDEX coll ON t (a COLLATE "C"); CREATE INDEX ff ON t (id) WITH (fillfactor = 70);`,
  },
  {
    name: 'an enum gets values, first, between and last',
    current: "CREATE TYPE state AS ENUM ('b', 'd'); CREATE TABLE t (id int PRIMARY KEY, s state DEFAULT 'b');",
    desired:
      "CREATE TYPE state AS ENUM ('a', 'b', 'c', 'd', 'e'); CREATE TABLE t (id int PRIMARY KEY, s state DEFAULT 'e');",
  },
  {
    name: 'an enum loses a value',
    current:
      "CREATE TYPE state AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'a'); CREATE VIEW v AS SELECT s FROM t;",
    desired:
      "CREATE TYPE state AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'a'); CREATE VIEW v AS SELECT s FROM t;",
    rows: { t: 10 },
  },
  {
    name: 'an enum value has another name',
    current: "CREATE TYPE state AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, s state);",
    desired: "CREATE TYPE state AS ENUM ('a', 'z'); CREATE TABLE t (id int PRIMARY KEY, s state);",
    renames: { 'state.b': 'z' },
  },
  {
    name: 'domains and composite types',
    current:
      "CREATE DOMAIN email AS text CHECK (VALUE ~ '@'); CREATE TYPE pair AS (a int, b int); CREATE TABLE t (id int PRIMARY KEY, e email, p pair);",
    desired:
      "CREATE DOMAIN email AS text DEFAULT 'x@y' CONSTRAINT has_at CHECK (VALUE ~ '@') CONSTRAINT short CHECK (length(VALUE) < 200); CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0); CREATE TYPE pair AS (a int, b int, c text); CREATE TABLE t (id int PRIMARY KEY, e email, p pair);",
  },
  {
    name: 'sequences, their options and owners',
    current: 'CREATE SEQUENCE s; CREATE SEQUENCE gone; CREATE TABLE t (id int PRIMARY KEY);',
    desired:
      "CREATE SEQUENCE s INCREMENT 10 CACHE 5; CREATE TABLE t (id int PRIMARY KEY, n bigint DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.n; CREATE SEQUENCE free AS integer START 7;",
  },
  {
    name: 'serial and identity columns of new tables',
    current: '',
    desired:
      'CREATE TABLE a (id serial PRIMARY KEY, b bigserial); CREATE TABLE c (id int GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 5) PRIMARY KEY);',
  },
  {
    name: 'generated columns',
    current: 'CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED);',
    desired: 'CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int GENERATED ALWAYS AS (a + 1) VIRTUAL);',
  },
  {
    name: 'views change in place, by a column, and in a chain',
    current: `${orders} CREATE VIEW v1 AS SELECT id, total FROM orders; CREATE VIEW v2 AS SELECT id FROM v1; CREATE VIEW v3 AS SELECT count(*) FROM v2; CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;`,
    desired: `${orders} CREATE VIEW v1 WITH (security_barrier = true) AS SELECT total, id, note FROM orders WHERE total > 0; CREATE VIEW v2 AS SELECT id FROM v1; CREATE MATERIALIZED VIEW m AS SELECT id, note FROM orders; CREATE INDEX ON m (note);`,
  },
  {
    name: 'a view lets go of a column that is dropped',
    current: `${orders} CREATE VIEW v AS SELECT id, note FROM orders;`,
    desired: `${orders.replace(', note varchar(40)', '')} CREATE VIEW v AS SELECT id, NULL::varchar(40) AS note FROM orders;`,
    drops: ['orders.note'],
  },
  {
    name: 'functions come, change in place, change their result, and go',
    current: `CREATE FUNCTION a(x int) RETURNS int LANGUAGE sql AS 'SELECT x'; CREATE FUNCTION b() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION gone(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT b() AS b; GRANT EXECUTE ON FUNCTION a(int) TO joe;`,
    desired: `CREATE FUNCTION a(x int) RETURNS int LANGUAGE sql STABLE AS 'SELECT x + 1'; CREATE FUNCTION b() RETURNS text LANGUAGE sql AS $$SELECT 'x'::text$$; CREATE PROCEDURE p(INOUT z int) LANGUAGE plpgsql AS 'BEGIN z := 1; END'; CREATE VIEW v AS SELECT b() AS b; GRANT EXECUTE ON FUNCTION a(int) TO joe; CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int);`,
  },
  {
    name: 'a function over new tables, and a table over a new function',
    current: '',
    desired: `CREATE TABLE base (id int PRIMARY KEY); CREATE FUNCTION n() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM base'; CREATE FUNCTION up(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper(t)'; CREATE TABLE over (id bigint DEFAULT n(), code text CHECK (code = up(code))); CREATE INDEX ON over (up(code));`,
  },
  {
    name: 'triggers, their state, and rules',
    current: `${orders} ${touch} CREATE TRIGGER a BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch(); CREATE TRIGGER b AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch(); CREATE TRIGGER gone AFTER DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION touch();`,
    desired: `${orders} ${touch} CREATE TRIGGER a BEFORE INSERT OR UPDATE OF note ON orders FOR EACH ROW WHEN (NEW.note IS NOT NULL) EXECUTE FUNCTION touch(); CREATE TRIGGER b AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch(); ALTER TABLE orders DISABLE TRIGGER b; CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING;`,
  },
  {
    name: 'row security and policies',
    current: `${orders} ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON orders USING (total > 0); CREATE POLICY gone ON orders FOR SELECT USING (true);`,
    desired: `${orders} ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY; CREATE POLICY p ON orders FOR UPDATE TO joe USING (total > 1) WITH CHECK (total < 100); ALTER TABLE customers ENABLE ROW LEVEL SECURITY; CREATE POLICY q ON customers AS RESTRICTIVE USING (name = current_user);`,
  },
  {
    name: 'privileges and default privileges',
    current: `${orders} GRANT SELECT, INSERT ON orders TO joe; GRANT SELECT (id) ON customers TO ann;`,
    desired: `${orders} GRANT SELECT, UPDATE ON orders TO joe WITH GRANT OPTION; GRANT ALL ON customers TO ann; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO joe; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO joe;`,
  },
  {
    name: 'comments on everything',
    current: `${orders} COMMENT ON TABLE orders IS 'old'; COMMENT ON COLUMN orders.id IS 'gone';`,
    desired: `${orders} ${touch} COMMENT ON TABLE orders IS 'it''s new'; COMMENT ON COLUMN orders.note IS 'free text'; COMMENT ON CONSTRAINT orders_pkey ON orders IS 'key'; COMMENT ON INDEX orders_pkey IS 'its index'; COMMENT ON FUNCTION touch() IS 'f'; COMMENT ON SCHEMA public IS 's';`,
  },
  {
    name: 'storage, replica identity, and logging',
    current: `${orders} ALTER TABLE customers SET (fillfactor = 80); CREATE UNLOGGED TABLE u (id int PRIMARY KEY);`,
    desired: `${orders} ALTER TABLE orders SET (fillfactor = 90, autovacuum_enabled = false); ALTER TABLE orders REPLICA IDENTITY FULL; CREATE TABLE u (id int PRIMARY KEY);`,
  },
  {
    name: 'partitions come and go',
    current: `${events} CREATE INDEX ON events (kind);`,
    desired: `${events} CREATE INDEX ON events (kind); CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); CREATE TABLE events_rest PARTITION OF events DEFAULT;`,
  },
  {
    name: 'a partition is detached, another dropped',
    current: `${events} CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    desired: `CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at); CREATE TABLE events_2025 (id bigint, at date NOT NULL, kind text);`,
  },
  {
    name: 'an index and a column on a partitioned table',
    current: events,
    desired: `${events.replace('kind text', 'kind text, source text')} CREATE INDEX events_kind ON events (kind);`,
  },
  {
    name: 'a new partitioned table with a key, sub-partitions and a reference',
    current: customers,
    desired: `${customers} CREATE TABLE m (id bigint, region text, c bigint REFERENCES customers, PRIMARY KEY (id, region)) PARTITION BY LIST (region); CREATE TABLE m_eu PARTITION OF m FOR VALUES IN ('de', 'fr') PARTITION BY HASH (id); CREATE TABLE m_eu_0 PARTITION OF m_eu FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE m_eu_1 PARTITION OF m_eu FOR VALUES WITH (MODULUS 2, REMAINDER 1); CREATE INDEX ON m (c);`,
  },
  {
    name: 'inheritance',
    current: 'CREATE TABLE p (id int PRIMARY KEY, a text);',
    desired: 'CREATE TABLE p (id int PRIMARY KEY, a text, CHECK (id > 0)); CREATE TABLE c (b int) INHERITS (p);',
  },
  {
    name: 'tables that refer to each other',
    current: '',
    desired:
      'CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED;',
  },
  {
    name: 'tables that refer to each other go',
    current:
      'CREATE TABLE keep (id int); CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;',
    desired: 'CREATE TABLE keep (id int);',
    drops: ['a', 'b'],
  },
  {
    name: 'exclusion constraints and extended statistics',
    current: 'CREATE TABLE t (id int PRIMARY KEY, during tsrange, a int, b int);',
    desired:
      'CREATE TABLE t (id int PRIMARY KEY, during tsrange, a int, b int, EXCLUDE USING gist (during WITH &&)); CREATE STATISTICS st (dependencies) ON a, b FROM t;',
  },
  {
    name: 'odd names',
    current: 'CREATE TABLE "Mixed Case" ("select" int PRIMARY KEY, "a.b" text);',
    desired: `CREATE TABLE "Mixed Case" ("select" int PRIMARY KEY, "a.b" text NOT NULL DEFAULT 'x', "o'clock" int); CREATE INDEX "an Index" ON "Mixed Case" ("a.b"); CREATE VIEW "V w" AS SELECT "select" FROM "Mixed Case"; COMMENT ON COLUMN "Mixed Case"."a.b" IS 'dot';`,
  },
];

const people = `id bigserial PRIMARY KEY, name text, boss bigint`;

/** Tables go to another schema, with their rows and all that hangs on them. */
export const moving: readonly Pair[] = [
  {
    name: 'a table goes to a schema that is there, with a sequence, a key from elsewhere, a view, a trigger and privileges',
    current: `CREATE SCHEMA app; ${touch} CREATE TABLE people (${people} REFERENCES people); CREATE INDEX people_name ON people (name); CREATE TABLE pets (id int PRIMARY KEY, owner bigint REFERENCES people); CREATE INDEX pets_owner ON pets (owner); CREATE VIEW named AS SELECT id, name FROM people; CREATE TRIGGER touched BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch(); GRANT SELECT ON people TO joe; COMMENT ON TABLE people IS 'all';`,
    desired: `CREATE SCHEMA app; ${touch} CREATE TABLE app.people (${people} REFERENCES app.people); CREATE INDEX people_name ON app.people (name); CREATE TABLE pets (id int PRIMARY KEY, owner bigint REFERENCES app.people); CREATE INDEX pets_owner ON pets (owner); CREATE VIEW named AS SELECT id, name FROM app.people; CREATE TRIGGER touched BEFORE UPDATE ON app.people FOR EACH ROW EXECUTE FUNCTION touch(); GRANT SELECT ON app.people TO joe; COMMENT ON TABLE app.people IS 'all';`,
    schemas: { people: 'app' },
  },
  {
    name: 'tables go to a schema that is new, and one becomes another as well',
    current:
      'CREATE TABLE a (id int PRIMARY KEY, x text); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); CREATE INDEX b_a ON b (a);',
    desired: `CREATE SCHEMA "New One"; CREATE TABLE "New One".a (id int PRIMARY KEY, y text NOT NULL); CREATE TABLE "New One".b (id int PRIMARY KEY, a int REFERENCES "New One".a); CREATE INDEX b_a ON "New One".b (a);`,
    schemas: { a: 'New One', b: 'New One' },
    renames: { 'a.x': 'y' },
  },
  {
    name: 'a table goes to another schema under another name, where its old one is taken',
    current:
      'CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY); CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY, x text);',
    desired:
      'CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY); CREATE TABLE app.u (id int CONSTRAINT k PRIMARY KEY, x text);',
    schemas: { t: 'app' },
    renames: { t: 'u' },
  },
  {
    name: 'a table goes to the usual schema, and its own schema goes',
    current: 'CREATE SCHEMA old; CREATE TABLE old.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x text);',
    desired: 'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x text);',
    schemas: { 'old.t': 'public' },
  },
];

const users = (columns: string) => `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL${columns});`;
const profiles = (columns: string, key = 'user_id bigint PRIMARY KEY REFERENCES users') =>
  `CREATE TABLE profiles (${key}${columns});`;

/** Columns go to another table. */
export const splitting: readonly Pair[] = [
  {
    name: 'into a new table that refers to the first by its key',
    current: users(', bio text, born date'),
    desired: `${users('')} ${profiles(', bio text, born date')}`,
    moves: { 'users.bio': 'profiles.bio', 'users.born': 'profiles.born' },
  },
  {
    name: 'into a new table with a key of its own, under other names, with a default and a column that is required',
    current: users(", bio text NOT NULL DEFAULT '-', data json"),
    desired: `${users('')} ${profiles(', about text NOT NULL, raw json, at timestamptz NOT NULL DEFAULT now()', 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE')}`,
    moves: { 'users.bio': 'profiles.about', 'users.data': 'profiles.raw' },
  },
  {
    name: 'into a new table with the same primary key of two columns, in another schema',
    current: 'CREATE TABLE lines (a int, b text, note text, PRIMARY KEY (a, b));',
    desired:
      'CREATE SCHEMA app; CREATE TABLE lines (a int, b text, PRIMARY KEY (a, b)); CREATE TABLE app.lines (a int, b text, note text, PRIMARY KEY (a, b));',
    moves: { 'lines.note': 'app.lines.note' },
  },
  {
    name: 'with keys, checks, an index, a view, a comment and privileges on them',
    current: `${users(', mail text UNIQUE, age int CHECK (age > 0), CONSTRAINT both_of CHECK (mail IS NULL OR age IS NOT NULL)')} CREATE INDEX users_age ON users (age, mail); CREATE VIEW ages AS SELECT id, age FROM users; COMMENT ON COLUMN users.mail IS 'it''s'; GRANT SELECT (age) ON users TO joe;`,
    desired: `${users('')} ${profiles(', mail text UNIQUE, age int CHECK (age > 0) CHECK (age < 200)')} CREATE INDEX profiles_age ON profiles (age, mail); CREATE VIEW ages AS SELECT user_id AS id, age FROM profiles; COMMENT ON COLUMN profiles.mail IS 'it''s';`,
    moves: { 'users.mail': 'profiles.mail', 'users.age': 'profiles.age' },
  },
  {
    name: 'a column that a row in the other table has to have',
    current: users(', handle text, bio text'),
    desired: `${users('')} ${profiles(', handle text NOT NULL, bio text')}`,
    moves: { 'users.handle': 'profiles.handle', 'users.bio': 'profiles.bio' },
  },
  {
    name: 'out of a table that has another name',
    current: users(', bio text'),
    desired: `CREATE TABLE people (id bigint CONSTRAINT users_pkey PRIMARY KEY, name text NOT NULL); ${profiles(', bio text').replace('REFERENCES users', 'REFERENCES people')}`,
    renames: { users: 'people' },
    moves: { 'users.bio': 'profiles.bio' },
  },
  {
    name: 'into a table that is there',
    current: `${users(', bio text, age int')} ${profiles(', kind text NOT NULL')}`,
    desired: `${users('')} ${profiles(', kind text NOT NULL, bio text, age int')}`,
    moves: { 'users.bio': 'profiles.bio', 'users.age': 'profiles.age' },
  },
  {
    name: 'back into the table to which it belongs, which keeps the rest',
    current: `${users('')} ${profiles(', bio text NOT NULL, kind text')}`,
    desired: `${users(', bio text')} ${profiles(', kind text')}`,
    moves: { 'profiles.bio': 'users.bio' },
  },
  {
    name: 'back into the table to which it belongs, with a value for those that have none',
    current: `${users('')} ${profiles(', bio text, kind text', 'id bigint PRIMARY KEY, user_id bigint UNIQUE REFERENCES users')}`,
    desired: `${users(', bio text NOT NULL')} ${profiles(', kind text', 'id bigint PRIMARY KEY, user_id bigint UNIQUE REFERENCES users')}`,
    moves: { 'profiles.bio': 'users.bio' },
    fills: { 'users.bio': "'-'" },
  },
  {
    name: 'odd names',
    current: 'CREATE TABLE "other" ("select" int PRIMARY KEY, "own" text, "O\'Neil" text);',
    desired:
      'CREATE TABLE "other" ("select" int PRIMARY KEY); CREATE TABLE "batch Ü" ("EXCLUDED" int PRIMARY KEY REFERENCES "other", "own" text, "O\'Neil" text);',
    moves: { 'other.own': 'batch Ü.own', "other.O'Neil": "batch Ü.O'Neil" },
  },
];

const accounts = (columns: string) => `CREATE TABLE accounts (id bigint PRIMARY KEY, ${columns});`;

/** Pairs whose plans presuppose something of the rows: made-up ones satisfy it. */
export const demanding: readonly Pair[] = [
  {
    name: 'an enum loses values that were used',
    current: `CREATE TYPE state AS ENUM ('gone', 'a', 'b', 'out'); ${accounts("s state NOT NULL DEFAULT 'a', o state")}`,
    desired: `CREATE TYPE state AS ENUM ('a', 'b'); ${accounts("s state NOT NULL DEFAULT 'a', o state")}`,
    rows: { accounts: 10 },
  },
  {
    name: 'an enum loses one value, and another has a new name',
    current: `CREATE TYPE state AS ENUM ('gone', 'a', 'b'); ${accounts('s state')}`,
    desired: `CREATE TYPE state AS ENUM ('a', 'z'); ${accounts('s state')}`,
    renames: { 'state.b': 'z' },
    rows: { accounts: 10 },
  },
  {
    name: 'texts become shorter',
    current: accounts('code text NOT NULL UNIQUE, note varchar(40)'),
    desired: accounts('code varchar(5) NOT NULL UNIQUE, note varchar(3)'),
    rows: { accounts: 10 },
  },
  {
    name: 'texts become shorter in a table of unknown size',
    current: accounts('code text NOT NULL, note varchar(40)'),
    desired: accounts('code varchar(5) NOT NULL, note varchar(3)'),
  },
  {
    name: 'numbers become smaller',
    current: accounts('a bigint, b numeric(12, 2) NOT NULL, c integer UNIQUE'),
    desired: accounts('a integer, b numeric(4, 2) NOT NULL, c smallint UNIQUE'),
    rows: { accounts: 10 },
  },
  {
    name: 'texts become numbers, days and truths',
    current: accounts('n text, d text, b text, j text, at text'),
    desired: accounts('n integer, d date, b boolean, j jsonb, at timestamp'),
    conversions: {
      'accounts.n': 'n::integer',
      'accounts.d': 'd::date',
      'accounts.b': 'b::boolean',
      'accounts.j': 'j::jsonb',
      'accounts.at': 'at::timestamp without time zone',
    },
    rows: { accounts: 10 },
  },
  { name: 'a column is required', current: accounts('a text, b int'), desired: accounts('a text NOT NULL, b int') },
  {
    name: 'a column with another name is required',
    current: accounts('a text, b int'),
    desired: `CREATE TABLE people (id bigint CONSTRAINT accounts_pkey PRIMARY KEY, c text NOT NULL, b int);`,
    renames: { accounts: 'people', 'accounts.a': 'c' },
  },
  {
    name: 'empty columns are filled, and the table has another name',
    current: accounts('a text, b int'),
    desired: `CREATE TABLE people (id bigint CONSTRAINT accounts_pkey PRIMARY KEY, c text NOT NULL, b int);`,
    renames: { accounts: 'people', 'accounts.a': 'c' },
    fills: { 'people.c': "'?'" },
  },
  {
    name: 'keys come',
    current: accounts('a text, b int, c int, d text'),
    desired: `${accounts('a text UNIQUE, b int, c int, d text, UNIQUE NULLS NOT DISTINCT (b, c)')} CREATE UNIQUE INDEX low ON accounts (lower(d)) WHERE b > 3;`,
  },
  {
    name: 'a key comes beside another, over more or fewer columns',
    current: accounts('a int, b int, UNIQUE (a, b)'),
    desired: accounts('a int, b int, CONSTRAINT accounts_a_b_key UNIQUE (a)'),
  },
  {
    name: 'checks come and become stricter',
    current: accounts('a int, b text, c int CONSTRAINT c CHECK (c > 0), at date, until date'),
    desired: accounts(
      "a int CHECK (a BETWEEN 5 AND 9), b text CHECK (b IN ('new', 'done')), c int CONSTRAINT c CHECK (c > 10 AND c % 2 = 0), at date, until date, CHECK (until >= at)",
    ),
  },
  {
    name: 'foreign keys come',
    current: `CREATE TABLE owners (id bigint PRIMARY KEY, boss bigint); ${accounts('owner bigint NOT NULL, second bigint, other bigint')}`,
    desired: `CREATE TABLE owners (id bigint PRIMARY KEY, boss bigint REFERENCES owners); CREATE TABLE others (id bigint PRIMARY KEY); ${accounts('owner bigint NOT NULL REFERENCES owners, second bigint REFERENCES owners ON DELETE SET NULL, other bigint REFERENCES others')} CREATE INDEX ON accounts (owner); CREATE INDEX ON accounts (second); CREATE INDEX ON accounts (other); CREATE INDEX ON owners (boss);`,
  },
  {
    name: 'a domain demands more',
    current: `CREATE DOMAIN score AS int; CREATE DOMAIN word AS text; ${accounts('s score, w word')}`,
    desired: `CREATE DOMAIN score AS int NOT NULL; CREATE DOMAIN word AS text CHECK (length(VALUE) < 8); ${accounts('s score, w word')}`,
  },
  {
    name: 'rows may not overlap',
    current: accounts('room int, during tsrange'),
    desired: accounts('room int, during tsrange, EXCLUDE USING gist (during WITH &&)'),
  },
];

import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { LintFile } from '../../../src/sql/lint/files.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

const given = `
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('glad', 'sad');
  CREATE DOMAIN email AS text;
  CREATE TYPE pair AS (a int, b int);
  CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(40), code text UNIQUE);
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text,
    customer_id bigint CONSTRAINT orders_customer REFERENCES customers, CONSTRAINT positive CHECK (id > 0));
  CREATE TABLE app.items (id serial PRIMARY KEY, name text);
  CREATE INDEX orders_note ON orders (note);
  CREATE VIEW notes AS SELECT note FROM orders;
  CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM orders;
  CREATE INDEX totals_n ON totals (n);
  CREATE SEQUENCE numbers;`;

/** What is there, what is not, and what is there twice, as PostgreSQL itself sees it. */
const cases: readonly (readonly [sql: string, said?: string])[] = [
  ['ALTER TABLE orders ADD COLUMN a int'],
  ['ALTER TABLE public.orders ADD COLUMN a int'],
  ['ALTER TABLE "Orders" ADD COLUMN a int', 'There is no table `Orders` at this point.'],
  ['ALTER TABLE app.orders ADD COLUMN a int', 'There is no table `app.orders` at this point.'],
  ['ALTER TABLE elsewhere.orders ADD COLUMN a int', 'There is no schema `elsewhere` at this point.'],
  ['ALTER TABLE IF EXISTS nothing ADD COLUMN a int'],
  ['ALTER TABLE IF EXISTS nothing RENAME TO orders'],
  ['ALTER INDEX IF EXISTS nothing RENAME TO orders_note'],
  ['ALTER TABLE orders DROP COLUMN a', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders DROP COLUMN IF EXISTS a'],
  ['ALTER TABLE orders RENAME a TO b', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders ALTER a SET NOT NULL', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders ALTER a SET DEFAULT 1', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders ALTER a TYPE text', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders ALTER a SET NOT NULL, ADD a int DEFAULT 1'],
  ['ALTER TABLE orders ADD CHECK (a > 0), ADD UNIQUE (a), ADD a int'],
  ['ALTER TABLE customers ADD email int, DROP email'],
  ['ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 1), DROP CONSTRAINT positive'],
  [
    'ALTER TABLE orders ADD a int DEFAULT 1, ALTER a DROP DEFAULT',
    'There is no column `a` in table `orders` at this point.',
  ],
  ['ALTER TABLE orders ALTER note TYPE txt', 'There is no type `txt` at this point.'],
  ['ALTER TABLE orders ADD COLUMN a mood, ADD COLUMN b mood[], ADD COLUMN c email, ADD COLUMN d pair, ADD e customers'],
  ['ALTER TABLE orders ADD COLUMN a app.mood', 'There is no type `app.mood` at this point.'],
  [
    'ALTER TABLE orders ADD COLUMN a interval day to second, ADD b "char", ADD c bit(3), ADD d int4multirange, ADD e name',
  ],
  ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES clients', 'There is no table `clients` at this point.'],
  [
    'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (nr)',
    'There is no column `nr` in table `customers` at this point.',
  ],
  [
    'ALTER TABLE orders ADD FOREIGN KEY (client_id) REFERENCES customers',
    'There is no column `client_id` in table `orders` at this point.',
  ],
  ['ALTER TABLE orders ADD UNIQUE (a)', 'There is no column `a` in table `orders` at this point.'],
  ['ALTER TABLE orders DROP CONSTRAINT orders_customer'],
  ['ALTER TABLE orders DROP CONSTRAINT nothing', 'There is no constraint `nothing` on table `orders` at this point.'],
  ['ALTER TABLE orders DROP CONSTRAINT IF EXISTS nothing'],
  [
    'ALTER TABLE orders VALIDATE CONSTRAINT nothing',
    'There is no constraint `nothing` on table `orders` at this point.',
  ],
  ['ALTER TABLE customers DROP CONSTRAINT customers_code_key'],
  [
    'CREATE TABLE a (id int PRIMARY KEY, up int REFERENCES a, b int REFERENCES customers, c int REFERENCES app.items (id))',
  ],
  ['CREATE TABLE a (id int REFERENCES b)', 'There is no table `b` at this point.'],
  ['CREATE TABLE a (id int, PRIMARY KEY (b))', 'There is no column `b` in table `a` at this point.'],
  ['CREATE TABLE a (LIKE orders, PRIMARY KEY (id))'],
  ['CREATE TABLE a (LIKE nothing)', 'There is no table or view `nothing` at this point.'],
  ['CREATE TABLE a (id int) INHERITS (nothing)', 'There is no table or view `nothing` at this point.'],
  ['CREATE TABLE b.a (id int)', 'There is no schema `b` at this point.'],
  ['CREATE TEMP TABLE a (id int); INSERT INTO a VALUES (1); DROP TABLE a'],
  ['CREATE INDEX ON nothing (a)', 'There is no table `nothing` at this point.'],
  ['CREATE INDEX ON orders (a)', 'There is no column `a` in table `orders` at this point.'],
  ['CREATE INDEX ON orders (lower(note)) INCLUDE (id)'],
  ['CREATE INDEX ON totals (n)'],
  ['DROP INDEX orders_note, totals_n'],
  ['DROP INDEX nothing', 'There is no index `nothing` at this point.'],
  ['DROP INDEX IF EXISTS nothing'],
  ['ALTER INDEX orders_note RENAME TO a; ALTER INDEX a RENAME TO b'],
  ['ALTER INDEX customers_code_key RENAME TO a'],
  ['DROP TABLE nothing', 'There is no table `nothing` at this point.'],
  ['DROP TABLE IF EXISTS nothing'],
  ['DROP VIEW notes'],
  ['DROP VIEW nothing', 'There is no view `nothing` at this point.'],
  ['DROP SEQUENCE numbers'],
  ['DROP SEQUENCE nothing', 'There is no sequence `nothing` at this point.'],
  ['DROP TYPE nothing', 'There is no type `nothing` at this point.'],
  ['DROP SCHEMA nothing', 'There is no schema `nothing` at this point.'],
  ['DROP SCHEMA IF EXISTS nothing'],
  ["ALTER TYPE nothing ADD VALUE 'a'", 'There is no type `nothing` at this point.'],
  ["ALTER TYPE mood ADD VALUE 'a' AFTER 'bad'", 'There is no value `bad` in enum `mood` at this point.'],
  ["ALTER TYPE mood RENAME VALUE 'bad' TO 'a'", 'There is no value `bad` in enum `mood` at this point.'],
  ['CREATE VIEW a AS SELECT * FROM nothing', 'There is no table or view `nothing` at this point.'],
  ['CREATE VIEW a AS WITH b AS (SELECT 1) SELECT * FROM b, orders o, generate_series(1, 2), pg_class'],
  ['INSERT INTO nothing VALUES (1)', 'There is no table `nothing` at this point.'],
  ["INSERT INTO customers (id, mail) VALUES (1, 'a')", 'There is no column `mail` in table `customers` at this point.'],
  ["UPDATE customers SET mail = 'a' WHERE id = 1", 'There is no column `mail` in table `customers` at this point.'],
  ["UPDATE notes SET note = 'a' WHERE note = 'b'"],
  ['SELECT * FROM nothing', 'There is no table or view `nothing` at this point.'],
  ['SELECT * FROM information_schema.tables, pg_catalog.pg_class, pg_stat_activity'],
  ['DELETE FROM orders USING nothing WHERE orders.id = 1', 'There is no table or view `nothing` at this point.'],
  ["COMMENT ON TABLE nothing IS 'a'", 'There is no table `nothing` at this point.'],
  ["COMMENT ON COLUMN orders.a IS 'a'", 'There is no column `a` in table `orders` at this point.'],
  ["COMMENT ON COLUMN notes.note IS 'a'"],
  ['GRANT SELECT ON nothing TO public', 'There is no table or view `nothing` at this point.'],
  ['GRANT SELECT ON orders, numbers, notes, app.items_id_seq TO public'],
  ['REFRESH MATERIALIZED VIEW nothing', 'There is no table `nothing` at this point.'],
  ['ALTER TABLE orders RENAME TO sales; ALTER TABLE sales ADD a int; DROP TABLE sales CASCADE'],
  ['ALTER TABLE orders RENAME TO sales; ALTER TABLE orders ADD a int', 'There is no table `orders` at this point.'],
  ['ALTER TABLE orders SET SCHEMA app; ALTER TABLE app.orders ADD a int'],
  ['ALTER TABLE orders SET SCHEMA b', 'There is no schema `b` at this point.'],
  ['CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()'],
  [
    'CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION nothing()',
    'There is no function `nothing` at this point.',
  ],
  [
    'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$; CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()',
  ],
  ['DROP FUNCTION nothing', 'There is no function `nothing` at this point.'],
  ['DROP FUNCTION IF EXISTS nothing'],
  ['DO $$ BEGIN IF false THEN ALTER TABLE nothing ADD a int; END IF; END $$'],

  ['CREATE TABLE orders (id int)', 'Table `orders` exists already at this point.'],
  ['CREATE TABLE IF NOT EXISTS customers (id bigint PRIMARY KEY, email varchar(40))'],
  ['CREATE TABLE notes (id int)', 'View `notes` exists already at this point.'],
  ['CREATE TABLE orders_note (id int)', 'Index `orders_note` exists already at this point.'],
  ['CREATE TABLE app.orders (id int)'],
  [
    'ALTER TABLE customers RENAME TO old; CREATE TABLE customers (id int CONSTRAINT customers_pkey PRIMARY KEY)',
    'Index `customers_pkey` exists already at this point.',
  ],
  ['ALTER TABLE customers RENAME TO old; CREATE TABLE customers (id int PRIMARY KEY)'],
  ['CREATE TABLE a (id int, CONSTRAINT positive CHECK (id > 0))'],
  ['CREATE TABLE mood (id int)', 'Type `mood` exists already at this point.'],
  ['CREATE TABLE a (id int); CREATE TABLE a (id int)', 'Table `a` exists already at this point.'],
  ['CREATE TABLE a (id int); DROP TABLE a; CREATE TABLE a (id int)'],
  ['CREATE INDEX orders_note ON customers (code)', 'Index `orders_note` exists already at this point.'],
  ['CREATE INDEX customers ON customers (code)', 'Table `customers` exists already at this point.'],
  ['CREATE INDEX orders_note ON app.items (name)'],
  ['CREATE INDEX IF NOT EXISTS orders_note ON orders (note)'],
  ['CREATE VIEW notes AS SELECT 1 AS a', 'View `notes` exists already at this point.'],
  ['CREATE OR REPLACE VIEW notes AS SELECT note FROM orders'],
  ['CREATE OR REPLACE VIEW orders AS SELECT 1 AS a', 'Table `orders` exists already at this point.'],
  ['CREATE MATERIALIZED VIEW totals AS SELECT 1 AS a', 'View `totals` exists already at this point.'],
  ['CREATE SCHEMA app', 'Schema `app` exists already at this point.'],
  ['CREATE SCHEMA IF NOT EXISTS app'],
  ["CREATE TYPE mood AS ENUM ('a')", 'Type `mood` exists already at this point.'],
  ['CREATE DOMAIN mood AS text', 'Type `mood` exists already at this point.'],
  ['CREATE TYPE orders AS (a int)', 'Table `orders` exists already at this point.'],
  ["ALTER TYPE mood ADD VALUE 'sad'", 'Value `sad` of `mood` exists already at this point.'],
  ["ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad'"],
  ['CREATE SEQUENCE numbers', 'Sequence `numbers` exists already at this point.'],
  ['ALTER TABLE orders ADD COLUMN note text', 'Column `note` of `orders` exists already at this point.'],
  ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text'],
  ['ALTER TABLE orders RENAME note TO id', 'Column `id` of `orders` exists already at this point.'],
  ['ALTER TABLE orders RENAME TO customers', 'Table `customers` exists already at this point.'],
  [
    'ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 1)',
    'Constraint `positive` of `orders` exists already at this point.',
  ],
  ['ALTER TABLE customers ADD CONSTRAINT positive CHECK (id > 1)'],
  ['ALTER TABLE orders ADD CONSTRAINT orders_note UNIQUE (note)', 'Index `orders_note` exists already at this point.'],
  ['ALTER TABLE customers ADD PRIMARY KEY (code)', 'A primary key of `customers` exists already at this point.'],
];

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
  await postgres.exec(given);
});
afterAll(() => postgres.close());

function said(sql: string | readonly LintFile[], options: Partial<LintOptions> = {}): readonly string[] {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const files = typeof sql === 'string' ? [{ file: 'a.sql', sql }] : sql;
  const report = lint(files, { engine: 'postgresql', before, known: 'sure', ...options });
  expect(report.errors).toEqual([]);
  return report.findings
    .filter(({ rule }) => rule === 'unknown-object' || rule === 'duplicate-object')
    .map(({ message }) => message);
}

/** Whether PostgreSQL runs it, which is undone. */
async function runs(sql: string): Promise<boolean> {
  try {
    await postgres.exec(`BEGIN; ${sql};`);
    return true;
  } catch {
    return false;
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

describe('PostgreSQL refuses what is said to be missing or twice there, and nothing else', () => {
  it.each(cases.map(([sql, message]) => ({ sql, message })))('$sql: $message', async ({ sql, message }) => {
    expect(said(sql)).toEqual(message === undefined ? [] : [message]);
    expect(await runs(sql)).toBe(message === undefined);
  });
});

describe('IF NOT EXISTS that hides a difference', () => {
  it.each([
    [
      'CREATE TABLE IF NOT EXISTS orders (id bigint, remark text)',
      'Table `orders` exists already, and it has no column `remark`: IF NOT EXISTS leaves it as it is.',
    ],
    [
      'CREATE TABLE IF NOT EXISTS orders (id bigint, note varchar(3))',
      'Table `orders` exists already, and its column `note` is text: IF NOT EXISTS leaves it as it is.',
    ],
    [
      'CREATE TABLE IF NOT EXISTS notes (note text)',
      'View `notes` exists already, and it is no table: IF NOT EXISTS leaves it as it is.',
    ],
    [
      'ALTER TABLE orders ADD COLUMN IF NOT EXISTS note varchar(3)',
      'Column `note` of `orders` exists already, and it is text: IF NOT EXISTS leaves it as it is.',
    ],
    [
      'CREATE INDEX IF NOT EXISTS orders_note ON customers (code)',
      'Index `orders_note` exists already, and it is on `orders`: IF NOT EXISTS leaves it as it is.',
    ],
    [
      'CREATE UNIQUE INDEX IF NOT EXISTS orders_note ON orders (note, id)',
      'Index `orders_note` exists already, and it is on (note): IF NOT EXISTS leaves it as it is.',
    ],
  ])('%s', async (sql, message) => {
    expect(said(sql)).toEqual([message]);
    expect(await runs(sql)).toBe(true);
  });
});

describe('what is not known is not said', () => {
  const nothing = { known: undefined, before: undefined } as unknown as Partial<LintOptions>;
  const unknown = 'ALTER TABLE nothing ADD COLUMN a int;';

  it('of a lone file', () => {
    expect(said(unknown, nothing)).toEqual([]);
    expect(said('CREATE TABLE a (id int); CREATE TABLE a (id int);', nothing)).toHaveLength(1);
  });

  it('of files that may have nothing to do with each other', () => {
    const twice = ['a', 'b'].map((name) => ({ file: `${name}.sql`, sql: 'CREATE TABLE x (id int);' }));
    expect(said(twice, { ...nothing, deployedApart: true })).toEqual([]);
    const history = { name: 'migrations', whole: false };
    expect(
      said(
        twice.map((file) => ({ ...file, history })),
        { ...nothing, deployedApart: true },
      ),
    ).toHaveLength(1);
  });

  it('across histories, which run on other databases', () => {
    const twice = ['a', 'b'].map((name) => ({
      file: `${name}/1.sql`,
      sql: 'CREATE TABLE x (id int);',
      history: { name, whole: true },
    }));
    expect(said(twice, { ...nothing, deployedApart: true })).toEqual([]);
  });

  it.each([
    'SELEC 1',
    "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || ' (a int)'; END $$",
    'SELECT create_partitions()',
    'CALL make_tables()',
    'CREATE TABLE {{ name }} (id int)',
    '\\i more.sql',
    'CREATE EXTENSION postgis',
    'ALTER TEXT SEARCH CONFIGURATION a RENAME TO b',
  ])('behind what may have made it: %s', (sql) => {
    const files = [{ file: 'a.sql', sql: `${sql}\n;\n${unknown}` }];
    const { findings } = lint(files, { engine: 'postgresql', known: 'sure' });
    expect(findings.filter(({ rule }) => rule === 'unknown-object')).toEqual([]);
  });

  it('more than once, and as a warning, where only the files tell', () => {
    const history = { name: 'migrations', whole: true };
    const files = ['CREATE TABLE a (id int);', unknown, 'ALTER TABLE other ADD COLUMN a int;'].map((sql, index) => ({
      file: `${index}.sql`,
      sql,
      history,
    }));
    const { findings } = lint(files, { engine: 'postgresql', deployedApart: true });
    const found = findings.filter(({ rule }) => rule === 'unknown-object');
    expect(found.map(({ file, level }) => [file, level])).toEqual([['1.sql', 'warning']]);
  });
});

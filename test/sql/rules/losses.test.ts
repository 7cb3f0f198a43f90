import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { compatibility } from '../../../src/sql/rules/compatibility/index.ts';
import { dropBlocked } from '../../../src/sql/rules/correctness/drop-blocked.ts';
import { dataLoss } from '../../../src/sql/rules/data-loss/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE SCHEMA app; CREATE SCHEMA bare;
  CREATE TABLE customers (id bigint PRIMARY KEY, email text UNIQUE, code text);
  CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(40), state text NOT NULL DEFAULT 'new', hint text DEFAULT 'x',
    customer_id bigint REFERENCES customers, total numeric, twice numeric GENERATED ALWAYS AS (total * 2) STORED);
  CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint REFERENCES orders ON DELETE CASCADE, tag text CONSTRAINT tag_check CHECK (tag <> ''));
  CREATE TABLE "Odd" (id bigint, "Note" text);
  CREATE TABLE app.logs (id bigint, at date) PARTITION BY RANGE (at);
  CREATE TABLE app.logs_1 PARTITION OF app.logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE alone (id bigint, old text); COMMENT ON COLUMN alone.old IS 'unused since v2';
  CREATE INDEX orders_customer ON orders (customer_id); CREATE INDEX orders_note ON orders (note);
  CREATE UNIQUE INDEX customers_code ON customers (code);
  CREATE VIEW order_notes AS SELECT id, note FROM orders;
  CREATE VIEW long_notes AS SELECT id FROM order_notes WHERE length(note) > 10;
  CREATE MATERIALIZED VIEW totals AS SELECT sum(total) AS total FROM orders;
  CREATE TYPE mood AS ENUM ('a'); CREATE TYPE lonely AS ENUM ('a'); CREATE TABLE moods (m mood);
  CREATE SEQUENCE numbers; CREATE TABLE numbered (n bigint DEFAULT nextval('numbers'));
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE FUNCTION tax(a numeric) RETURNS numeric LANGUAGE sql AS 'SELECT a';
  CREATE TRIGGER stamps BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();`;

const elsewhere = ['column-type-narrowing', 'rename-type', 'rename-enum-value'];
const ours = new Set(
  [...dataLoss, ...compatibility, dropBlocked].map(({ id }) => id).filter((id) => !elsewhere.includes(id)),
);

function findings(sql: string, options: Partial<LintOptions> = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before, known: 'sure', ...options });
  expect(report.errors).toEqual([]);
  return report.findings.filter(({ rule }) => ours.has(rule));
}

const levels = { error: 'E', warning: 'W', notice: 'N' } as const;

/** Each finding as its rule, with W or N behind it where it does not block. */
function said(sql: string): readonly string[] {
  return findings(sql).map(({ rule, level }) => (level === 'error' ? rule : `${rule} ${levels[level]}`));
}

type Row = readonly [sql: string, rules: readonly string[]];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'drop-table': [
    ['DROP TABLE alone', ['drop-table']],
    ['DROP TABLE IF EXISTS public."Odd", alone', ['drop-table', 'drop-table']],
    ['DROP TABLE items, orders, customers', ['drop-blocked', 'drop-table', 'drop-table', 'drop-table']],
    ['DROP TABLE IF EXISTS nothing_of_that_name', []],
    ['CREATE TABLE x (a int); DROP TABLE x', []],
    ['CREATE TEMP TABLE x (a int); DROP TABLE x', []],
    ['DROP TABLE customers', ['drop-blocked', 'drop-table']],
    ['DROP TABLE customers CASCADE', ['drop-cascade', 'drop-table']],
    ['DROP FOREIGN TABLE far', ['drop-table W']],
    ['DO $$ BEGIN DROP TABLE alone; END $$', ['drop-table']],
    ['DROP TABLE order_notes', ['drop-blocked']],
  ],
  'drop-column': [
    ['ALTER TABLE alone DROP COLUMN old', ['drop-column']],
    ['ALTER TABLE IF EXISTS ONLY alone DROP old, ADD x int', ['drop-column']],
    ['ALTER TABLE "Odd" DROP COLUMN IF EXISTS "Note"', ['drop-column']],
    ['ALTER TABLE alone ADD COLUMN x int; ALTER TABLE alone DROP COLUMN x', []],
    ['CREATE TABLE x (a int, b int); ALTER TABLE x DROP COLUMN a', []],
    ['ALTER TABLE orders DROP COLUMN twice', ['drop-column W']],
    ['ALTER TABLE orders DROP COLUMN note', ['drop-blocked', 'drop-column']],
    ['ALTER TABLE orders DROP COLUMN total', ['drop-blocked', 'drop-column']],
    ['ALTER TABLE orders DROP COLUMN customer_id', ['drop-column']],
    ['ALTER TABLE app.logs_1 DROP COLUMN id', ['drop-blocked', 'drop-column']],
    ['ALTER TABLE app.logs DROP COLUMN at', ['drop-blocked', 'drop-column']],
    ['ALTER TABLE nobody_knows DROP COLUMN x', ['drop-column']],
  ],
  'schemas, databases, roles': [
    ['DROP SCHEMA bare', []],
    ['DROP SCHEMA app', ['drop-blocked', 'drop-schema W']],
    ['DROP SCHEMA IF EXISTS app, bare CASCADE', ['drop-cascade', 'drop-cascade', 'drop-schema', 'drop-schema W']],
    ['DROP SCHEMA elsewhere', ['drop-schema W']],
    ['CREATE SCHEMA x; CREATE TABLE x.t (a int); DROP SCHEMA x CASCADE', []],
    ['DROP DATABASE shop', ['drop-database']],
    ['DROP OWNED BY someone', ['drop-owned']],
    ['REASSIGN OWNED BY someone TO other; DROP OWNED BY someone', []],
    ['ALTER SCHEMA app RENAME TO shop', ['rename-schema']],
    ['CREATE SCHEMA x; ALTER SCHEMA x RENAME TO y', []],
  ],
  'types, sequences, extensions': [
    ['DROP TYPE lonely', ['drop-type W']],
    ['DROP TYPE mood', ['drop-blocked', 'drop-type W']],
    ['DROP TYPE mood CASCADE', ['drop-cascade', 'drop-type']],
    ["CREATE TYPE x AS ENUM ('a'); DROP TYPE x", []],
    ["DROP TYPE lonely; CREATE TYPE lonely AS ENUM ('a', 'b')", []],
    ["ALTER TYPE lonely RENAME TO lonely_old; CREATE TYPE lonely AS ENUM ('b'); DROP TYPE lonely_old", []],
    ['DROP SEQUENCE numbers', ['drop-blocked', 'drop-sequence W']],
    ['ALTER TABLE numbered ALTER n DROP DEFAULT; DROP SEQUENCE numbers', ['drop-default N', 'drop-sequence W']],
    ['DROP SEQUENCE orders_id_seq', ['drop-blocked', 'drop-sequence W']],
    ['CREATE SEQUENCE s; DROP SEQUENCE s', []],
    ['DROP EXTENSION citext', ['drop-extension W']],
    ['DROP EXTENSION IF EXISTS citext CASCADE', ['drop-cascade', 'drop-extension W']],
  ],
  'what is not there': [
    ['ALTER TABLE alone DROP COLUMN IF EXISTS nothing', []],
    ['ALTER TABLE alone DROP COLUMN nothing', ['drop-column']],
    ['DROP VIEW IF EXISTS nothing', []],
    ['DROP FUNCTION IF EXISTS nothing(int)', []],
    ['DROP TYPE IF EXISTS nothing CASCADE', []],
    ['DROP TRIGGER IF EXISTS nothing ON orders', []],
    ['DROP SEQUENCE IF EXISTS nothing', ['drop-sequence W']],
    ['DO $$ BEGIN IF true THEN DROP TABLE customers; END IF; END $$', ['drop-blocked W', 'drop-table']],
  ],
  'drop-cascade': [
    ['DROP VIEW order_notes CASCADE', ['drop-cascade', 'drop-view W']],
    ['DROP VIEW long_notes CASCADE', ['drop-cascade', 'drop-view W']],
    ['CREATE TABLE x (a int PRIMARY KEY); DROP TABLE x CASCADE', []],
    ['ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE', ['drop-cascade', 'drop-constraint W']],
    ['DROP TRIGGER stamps ON orders CASCADE', ['drop-trigger W']],
    ['DROP FUNCTION stamp CASCADE', ['drop-cascade']],
    ['DROP OPERATOR FAMILY f USING btree CASCADE', ['drop-cascade']],
    ['TRUNCATE customers CASCADE', ['truncate']],
  ],
  'what is refused': [
    ['TRUNCATE customers', ['drop-blocked', 'truncate']],
    ['TRUNCATE customers, orders, items', ['truncate', 'truncate', 'truncate']],
    ['TRUNCATE items', ['truncate']],
    ['DROP INDEX customers_pkey', ['drop-blocked']],
    ['ALTER TABLE customers DROP CONSTRAINT customers_pkey', ['drop-blocked', 'drop-constraint W']],
    ['ALTER TABLE orders ALTER COLUMN note TYPE text', ['drop-blocked']],
    ['ALTER TABLE orders ALTER COLUMN total TYPE bigint', ['drop-blocked']],
    ['ALTER TABLE orders ALTER COLUMN hint TYPE varchar(10)', []],
    ['DROP VIEW long_notes, order_notes', ['drop-view W', 'drop-view W']],
    ['DROP VIEW order_notes, long_notes', ['drop-view W', 'drop-view W']],
    ['DROP VIEW totals', ['drop-blocked', 'drop-view W']],
    ['DROP FUNCTION stamp()', ['drop-blocked']],
    ['DROP TRIGGER stamps ON orders; DROP FUNCTION stamp()', ['drop-trigger W']],
    ['ALTER TABLE customers ALTER id DROP NOT NULL', ['drop-blocked', 'drop-not-null W']],
    ['DROP VIEW order_notes CASCADE; ALTER TABLE orders ALTER COLUMN note TYPE text', ['drop-cascade', 'drop-view W']],
  ],
  renames: [
    ['ALTER TABLE alone RENAME TO lonesome', ['rename-table']],
    ['ALTER TABLE alone RENAME TO lonesome; CREATE VIEW alone AS SELECT id FROM lonesome', []],
    ['CREATE TABLE fresh (id int); ALTER TABLE alone RENAME TO gone; ALTER TABLE fresh RENAME TO alone', []],
    ['ALTER TABLE alone RENAME TO gone; ALTER TABLE items RENAME TO alone', []],
    ['ALTER TABLE app.logs_1 RENAME TO logs_one', ['rename-table N']],
    ['ALTER VIEW order_notes RENAME TO notes', ['rename-view']],
    ['ALTER TABLE order_notes RENAME TO notes', ['rename-view']],
    ['ALTER VIEW unknown RENAME TO notes', ['rename-view']],
    ['ALTER VIEW order_notes RENAME TO notes; CREATE VIEW order_notes AS SELECT id FROM notes', []],
    ['ALTER TABLE alone SET SCHEMA app', ['set-schema']],
    ['ALTER TABLE alone SET SCHEMA app; CREATE VIEW alone AS SELECT id FROM app.alone', []],
    ['ALTER TABLE alone RENAME old TO ancient', ['rename-column']],
    ['ALTER TABLE alone ADD x int; ALTER TABLE alone RENAME x TO y', []],
    [
      'ALTER TABLE alone RENAME TO base; ALTER TABLE base RENAME old TO ancient; CREATE VIEW alone AS SELECT id, ancient AS old FROM base',
      [],
    ],
    [
      'ALTER TABLE alone RENAME TO base; ALTER TABLE base RENAME old TO ancient; CREATE VIEW alone AS SELECT id, ancient FROM base',
      ['rename-column'],
    ],
    ['ALTER VIEW order_notes RENAME COLUMN note TO remark', ['rename-column']],
  ],
  views: [
    ['DROP VIEW long_notes', ['drop-view W']],
    ['DROP VIEW long_notes; CREATE VIEW long_notes AS SELECT 1 AS id', []],
    ['CREATE VIEW v AS SELECT 1 AS a; DROP VIEW v', []],
    ['DROP MATERIALIZED VIEW IF EXISTS totals', ['drop-view W']],
    ['CREATE OR REPLACE VIEW order_notes AS SELECT id, note FROM orders WHERE id > 0', ['replace-view N']],
    ['CREATE OR REPLACE VIEW long_notes AS SELECT id FROM order_notes', []],
    ['CREATE OR REPLACE VIEW long_notes AS SELECT id, note FROM order_notes', []],
    ['CREATE OR REPLACE VIEW long_notes AS SELECT note, id FROM order_notes', ['replace-view']],
    ['CREATE OR REPLACE VIEW long_notes AS SELECT id AS number FROM order_notes', ['replace-view']],
    ['CREATE OR REPLACE VIEW long_notes (number) AS SELECT id FROM order_notes', ['replace-view']],
    ['CREATE OR REPLACE VIEW long_notes AS SELECT * FROM order_notes', []],
    ['CREATE OR REPLACE VIEW order_notes AS SELECT * FROM orders', ['replace-view N']],
    ['CREATE OR REPLACE VIEW order_notes AS SELECT * FROM customers', ['replace-view']],
    ['CREATE OR REPLACE VIEW order_notes AS SELECT * FROM unknown', ['replace-view N']],
    ['CREATE OR REPLACE VIEW brand_new AS SELECT 1 AS a', []],
    ['CREATE OR REPLACE VIEW totals AS SELECT 1 AS total', ['replace-view']],
  ],
  'constraints, defaults, triggers, functions': [
    ['ALTER TABLE customers DROP CONSTRAINT customers_email_key', ['drop-constraint W']],
    ['ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey', ['drop-constraint W']],
    [
      'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey, ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE NOT VALID',
      [],
    ],
    [
      'ALTER TABLE items DROP CONSTRAINT items_pkey, ADD nr bigint GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (nr)',
      ['drop-constraint W'],
    ],
    [
      'ALTER TABLE items DROP CONSTRAINT items_pkey, ADD nr bigint GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (nr); CREATE UNIQUE INDEX ON items (id)',
      [],
    ],
    [
      'ALTER TABLE customers DROP CONSTRAINT customers_email_key; CREATE UNIQUE INDEX ON customers (email) WHERE code IS NULL',
      ['drop-constraint W'],
    ],
    ['ALTER TABLE items DROP CONSTRAINT tag_check', []],
    ['ALTER TABLE items DROP CONSTRAINT IF EXISTS nothing_key', []],
    ['ALTER TABLE unknown DROP CONSTRAINT unknown_pkey', ['drop-constraint W']],
    ['ALTER TABLE unknown DROP CONSTRAINT positive', []],
    ['ALTER TABLE orders ALTER state DROP DEFAULT', ['drop-default']],
    ['ALTER TABLE orders ALTER hint DROP DEFAULT', ['drop-default N']],
    ['ALTER TABLE orders ALTER note DROP DEFAULT', []],
    ['ALTER TABLE orders ALTER twice DROP DEFAULT', ['drop-blocked']],
    ["ALTER TABLE orders ALTER state DROP DEFAULT, ALTER state SET DEFAULT 'open'", []],
    ["ALTER TABLE alone ADD s text NOT NULL DEFAULT ''; ALTER TABLE alone ALTER s DROP DEFAULT", ['drop-default']],
    ["ALTER TABLE alone ADD s text DEFAULT ''; ALTER TABLE alone ALTER s DROP DEFAULT", []],
    ['ALTER TABLE unknown ALTER a DROP DEFAULT', ['drop-default W']],
    ['ALTER TABLE orders ALTER state DROP NOT NULL', ['drop-not-null W']],
    ['ALTER TABLE orders ALTER note DROP NOT NULL', []],
    ['DROP TRIGGER stamps ON orders', ['drop-trigger W']],
    [
      'DROP TRIGGER IF EXISTS stamps ON orders; CREATE TRIGGER stamps BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()',
      [],
    ],
    ['ALTER FUNCTION tax(numeric) RENAME TO vat', ['rename-function']],
    ['ALTER FUNCTION tax SET SCHEMA app', ['rename-function']],
    ['ALTER FUNCTION stamp() RENAME TO stamped', []],
    [
      "ALTER FUNCTION tax RENAME TO vat; CREATE FUNCTION tax(a numeric) RETURNS numeric LANGUAGE sql AS 'SELECT vat(a)'",
      [],
    ],
    ['DROP FUNCTION tax(numeric)', ['drop-function W']],
    ["DROP FUNCTION tax; CREATE FUNCTION tax(a numeric, b text) RETURNS numeric LANGUAGE sql AS 'SELECT a'", []],
    ['DROP INDEX CONCURRENTLY orders_customer', ['drop-index-in-use W']],
    ['DROP INDEX CONCURRENTLY customers_code', ['drop-index-in-use W']],
    ['DROP INDEX CONCURRENTLY orders_note', []],
    ['DROP INDEX orders_customer; CREATE INDEX orders_customer ON orders (customer_id, id)', []],
  ],
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  it.each(rows.map(([sql, rules]) => ({ sql, rules })))('$sql: $rules', ({ sql, rules }) => {
    expect(said(sql)).toEqual(rules);
  });
});

it('looks into later files where all of them are one change', () => {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const texts = ['ALTER TABLE alone RENAME TO lonesome', 'CREATE VIEW alone AS SELECT id FROM lonesome'];
  const files = texts.map((sql, at) => ({ file: `${at}.sql`, sql }));
  const rules = (deployedApart: boolean) =>
    lint(files, { engine: 'postgresql', before, deployedApart })
      .findings.map(({ rule }) => rule)
      .filter((rule) => ours.has(rule));
  expect(rules(false)).toEqual([]);
  expect(rules(true)).toEqual(['rename-table']);
});

describe('messages', () => {
  const message = (sql: string, rule: string) => findings(sql).find((each) => each.rule === rule)?.message;

  it.each([
    [
      'DROP TABLE app.logs',
      'drop-table',
      'Dropping `app.logs` destroys its rows and those of its partitions, table `app.logs_1`, and code that still uses it fails.',
    ],
    [
      'ALTER TABLE alone DROP old',
      'drop-column',
      '`old` of `alone` is marked as no longer used, so that no code should miss it; its values are lost for good all the same.',
    ],
    [
      'ALTER TABLE orders DROP customer_id',
      'drop-column',
      'Dropping `customer_id` destroys its values in `orders`, and code that still names it fails. Constraint `orders_customer_id_fkey` of `orders` and index `orders_customer` go with it.',
    ],
    [
      'DROP TABLE orders CASCADE',
      'drop-cascade',
      'CASCADE also drops view `order_notes`, materialized view `totals`, constraint `items_order_id_fkey` of `items` and view `long_notes`.',
    ],
    ['DROP SCHEMA app CASCADE', 'drop-schema', 'Dropping the schema `app` destroys table `app.logs`.'],
    [
      'TRUNCATE customers CASCADE',
      'truncate',
      'This removes every row of `customers`, and with CASCADE every row of `orders`, `items`, under a lock that blocks reads and writes.',
    ],
    [
      'ALTER TABLE orders ALTER note TYPE text',
      'drop-blocked',
      'PostgreSQL refuses this: view `order_notes` uses the column `note`.',
    ],
    ['DROP TYPE mood', 'drop-blocked', 'PostgreSQL refuses this: column `m` of `moods` depends on type `mood`.'],
  ])('%s: %s', (sql, rule, expected) => {
    expect(message(sql, rule)).toBe(expected);
  });

  it('are milder where nobody knows whether the schema is what it looks like', () => {
    const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
    const files = ['SELECT 1', 'DROP VIEW order_notes'].map((sql, at) => ({ file: `${at}.sql`, sql }));
    const report = lint(files, { engine: 'postgresql', before, deployedApart: true });
    const found = report.findings.filter(({ rule }) => ours.has(rule));
    expect(found.map(({ rule, level }) => `${rule} ${level}`)).toEqual(['drop-blocked warning', 'drop-view warning']);
  });
});

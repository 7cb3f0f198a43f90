import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email text CONSTRAINT customers_email UNIQUE, name varchar(80), active boolean, data jsonb, body text);
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, state text, at timestamptz, region int, code int NOT NULL);
  CREATE INDEX orders_state_at ON orders (state, at);
  CREATE INDEX orders_at ON orders (at);
  CREATE INDEX customers_name ON customers (lower(name));
  CREATE INDEX customers_plain_name ON customers (name);
  CREATE INDEX customers_trgm ON customers USING gin (email gin_trgm_ops);
  CREATE TABLE items (order_id bigint, line int, PRIMARY KEY (order_id, line));`;

/** The performance findings, one text a finding: rule, and the level where it is not the rule's usual. */
function said(files: readonly string[], options: Partial<LintOptions> = {}): readonly string[] {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const input = files.map((sql, at) => ({ file: `${at}.sql`, sql }));
  const { errors, findings } = lint(input, { engine: 'postgresql', before, ...options });
  expect(errors).toEqual([]);
  return findings
    .filter(({ category }) => category === 'performance')
    .map(({ file, rule, level }) => (files.length > 1 ? `${file} ${rule} ${level}` : `${rule} ${level}`));
}

type Row = readonly [sql: string | readonly string[], rules: readonly string[], options?: Partial<LintOptions>];

const rows: Readonly<Record<string, readonly Row[]>> = {
  'foreign-key-index': [
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', ['foreign-key-index warning']],
    [
      'ALTER TABLE ONLY public.orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
      ['foreign-key-index warning'],
    ],
    ['ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers', ['foreign-key-index warning']],
    [
      'ALTER TABLE orders ADD a int, ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers',
      ['foreign-key-index warning'],
    ],
    ['ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders', []],
    ['ALTER TABLE items ADD FOREIGN KEY (line) REFERENCES orders', ['foreign-key-index warning']],
    ['ALTER TABLE items ADD FOREIGN KEY (line, order_id) REFERENCES orders (code, id)', []],
    [
      'CREATE INDEX ON orders (customer_id) WHERE customer_id IS NOT NULL; ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
      [],
    ],
    [
      "CREATE INDEX ON orders (customer_id) WHERE state = 'x'; ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers",
      ['foreign-key-index warning'],
    ],
    [
      'CREATE INDEX ON orders USING brin (customer_id); ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
      ['foreign-key-index warning'],
    ],
    [
      'CREATE INDEX ON orders USING hash (customer_id); ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
      [],
    ],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; CREATE INDEX ON orders (customer_id, at)',
      [],
    ],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; CREATE INDEX ON orders (at, customer_id)',
      ['foreign-key-index warning', 'redundant-index notice'],
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers; ALTER TABLE orders DROP CONSTRAINT f',
      [],
    ],
    [
      [
        'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
        'CREATE INDEX CONCURRENTLY ON orders (customer_id)',
      ],
      [],
    ],
    [
      [
        'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
        'CREATE INDEX CONCURRENTLY ON items (line)',
      ],
      ['0.sql foreign-key-index warning'],
    ],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', [], { rows: () => 200 }],
    ['ALTER TABLE unknown ADD FOREIGN KEY (customer_id) REFERENCES customers', ['foreign-key-index notice']],
    [
      'CREATE TABLE n (id bigint PRIMARY KEY, c bigint REFERENCES customers); DROP TABLE orders; ALTER TABLE n RENAME TO orders',
      ['foreign-key-index warning'],
    ],
    [
      'CREATE TABLE n (id bigint PRIMARY KEY, c bigint REFERENCES customers); DROP TABLE orders; ALTER TABLE n RENAME TO orders; CREATE INDEX ON orders (c)',
      [],
    ],
    ['CREATE TABLE n (id bigint PRIMARY KEY REFERENCES customers)', []],
    ['CREATE TABLE n (id bigint PRIMARY KEY, c bigint UNIQUE REFERENCES customers)', []],
    [
      'CREATE TABLE n (id bigint PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES items)',
      ['foreign-key-index warning'],
    ],
    ['CREATE TEMP TABLE n (a bigint REFERENCES customers)', []],
    [
      'DO $$ BEGIN ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; END $$',
      ['foreign-key-index warning'],
    ],
  ],
  'redundant-index': [
    ['CREATE INDEX ON customers (email)', ['redundant-index warning']],
    ['CREATE INDEX ON customers (id)', ['redundant-index warning']],
    ['CREATE UNIQUE INDEX ON customers (email)', ['redundant-index warning']],
    ['CREATE UNIQUE INDEX ON customers (email) NULLS NOT DISTINCT', []],
    ['CREATE INDEX ON customers (email text_pattern_ops)', []],
    ['CREATE INDEX ON customers (email COLLATE "C")', []],
    ['CREATE INDEX ON customers (email) WHERE active', []],
    ['CREATE INDEX ON customers (email) INCLUDE (name)', []],
    ['CREATE INDEX ON customers (email DESC)', ['redundant-index warning']],
    ['CREATE INDEX ON customers USING hash (email)', []],
    ['CREATE INDEX ON orders (state)', ['redundant-index warning']],
    ['CREATE UNIQUE INDEX ON orders (state)', []],
    ['CREATE INDEX ON orders (at, state)', ['redundant-index notice']],
    ['CREATE INDEX a ON orders (at, state); CREATE INDEX b ON orders (at, code)', ['redundant-index notice']],
    ['CREATE INDEX a ON orders (region, code, id); CREATE INDEX b ON orders (region)', ['redundant-index notice']],
    ['CREATE INDEX ON orders (state, at DESC)', []],
    ['CREATE INDEX ON orders (state DESC, at)', []],
    ['CREATE INDEX ON customers (LOWER(name))', ['redundant-index warning']],
    ['CREATE INDEX ON customers ((lower(name)))', ['redundant-index warning']],
    ['CREATE INDEX ON customers (upper(name))', []],
    ['CREATE INDEX a ON orders (region); CREATE INDEX b ON orders (region)', ['redundant-index warning']],
    ['CREATE INDEX a ON orders (region); CREATE INDEX b ON orders (region, code)', ['redundant-index warning']],
    ['CREATE INDEX a ON orders (region, code); DROP INDEX a; CREATE INDEX b ON orders (region)', []],
    ['CREATE INDEX b ON orders (at, state); DROP INDEX orders_at', []],
    [['CREATE INDEX CONCURRENTLY b ON orders (at, state)', 'DROP INDEX CONCURRENTLY orders_at'], []],
    ['CREATE INDEX IF NOT EXISTS orders_at ON orders (at)', []],
    ['CREATE TABLE n (id int PRIMARY KEY UNIQUE)', []],
    ['CREATE TABLE n (id int PRIMARY KEY, UNIQUE (id))', []],
    ['CREATE TABLE n (id int PRIMARY KEY, a int, UNIQUE (id, a))', []],
    ['CREATE TABLE n (id int PRIMARY KEY); CREATE INDEX ON n (id)', ['redundant-index warning']],
    ['CREATE TABLE n (a int, b int, PRIMARY KEY (a, b)); CREATE INDEX ON n (b)', []],
    ['ALTER TABLE orders ADD UNIQUE (id)', ['redundant-index warning']],
    [
      'CREATE TABLE p (a int, b int, PRIMARY KEY (a)) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1)',
      [],
    ],
  ],
  'boolean-index': [
    ['CREATE INDEX ON customers (active)', ['boolean-index notice']],
    ['CREATE INDEX ON customers (active) WHERE active', []],
    ['CREATE INDEX ON customers (active, name)', []],
    ['CREATE INDEX ON unknown (active)', []],
    ['CREATE INDEX ON unknown (is_active)', ['boolean-index notice']],
    ['CREATE TABLE n (id int PRIMARY KEY, is_kind int); CREATE INDEX ON n (is_kind)', []],
  ],
  'large-index-key': [
    ['CREATE INDEX ON customers (data)', ['large-index-key notice']],
    ['CREATE INDEX ON customers (body)', ['large-index-key notice']],
    ['CREATE INDEX ON customers USING gin (data)', []],
    ["CREATE INDEX ON customers ((data ->> 'a'))", []],
    ['CREATE INDEX ON customers (name)', ['redundant-index warning']],
  ],
  'wide-index': [
    ['CREATE INDEX ON orders (code, region, customer_id, at)', ['wide-index notice']],
    ['CREATE UNIQUE INDEX ON orders (code, region, customer_id, at)', []],
    ['CREATE INDEX ON orders (code, region, customer_id)', []],
    [
      'CREATE INDEX ON orders (code, region, customer_id)',
      ['wide-index notice'],
      { ruleOptions: { 'wide-index': { columns: 2 } } },
    ],
  ],
  queries: [
    ["CREATE VIEW v AS SELECT id FROM customers WHERE name LIKE '%x'", ['leading-wildcard notice']],
    ["CREATE VIEW v AS SELECT id FROM customers WHERE email LIKE '%x'", []],
    ["CREATE VIEW v AS SELECT id FROM customers WHERE lower(name) = 'x'", []],
    ["CREATE VIEW v AS SELECT id FROM customers WHERE upper(name) = 'x'", ['function-on-indexed-column notice']],
    ["CREATE VIEW v AS SELECT id FROM customers WHERE upper(body) = 'x'", []],
    ["CREATE VIEW v AS SELECT id FROM customers WHERE name::text = 'x'", []],
    [
      'CREATE VIEW v AS SELECT c.id FROM customers c JOIN orders o ON o.at::date = current_date',
      ['function-on-indexed-column notice'],
    ],
    [
      "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT id FROM customers WHERE upper(name) = 'x' $$",
      ['function-on-indexed-column notice'],
    ],
    ["DELETE FROM customers WHERE upper(name) = 'x' AND id = 1", []],
    ['CREATE VIEW v AS SELECT * FROM customers', ['select-star warning']],
    ['CREATE MATERIALIZED VIEW v AS SELECT c.*, 1 AS one FROM customers c', ['select-star warning']],
    ['CREATE VIEW v AS SELECT count(*) FROM customers', []],
    ['SELECT * FROM customers', []],
    ['SELECT * FROM customers', ['select-star notice'], { ruleOptions: { 'select-star': { queries: true } } }],
    ['CREATE VIEW v AS SELECT id FROM orders ORDER BY random()', ['order-by-random warning']],
    ['SELECT id FROM orders ORDER BY random()', ['order-by-random notice']],
    [
      'CREATE VIEW v AS SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)',
      ['not-in-subquery warning'],
    ],
    ['CREATE VIEW v AS SELECT id FROM customers WHERE id NOT IN (SELECT code FROM orders)', []],
    ['CREATE VIEW v AS SELECT id FROM customers WHERE id NOT IN (SELECT x FROM unknown)', ['not-in-subquery warning']],
  ],
  'backfill-in-one-statement': [
    ["UPDATE orders SET state = 'x' WHERE state IS NULL", ['backfill-in-one-statement warning']],
    ["UPDATE ONLY public.orders AS o SET state = 'x' WHERE o.state <> 'y'", ['backfill-in-one-statement warning']],
    ["UPDATE orders SET state = 'x' WHERE state IS NULL", ['backfill-in-one-statement notice'], { rows: () => 500 }],
    ["UPDATE orders SET state = 'x' WHERE state IS NULL", [], { rows: () => 0 }],
    ["UPDATE orders SET state = 'x' WHERE state = 'y'", []],
    ["UPDATE orders SET state = 'x' WHERE id <= 1000", []],
    ["DELETE FROM orders WHERE at < now() - interval '90 days'", ['backfill-in-one-statement notice']],
    ["DELETE FROM orders WHERE at >= '2024-01-01' AND at < '2024-02-01'", []],
    ['DELETE FROM items USING orders WHERE orders.id = items.order_id', ['backfill-in-one-statement warning']],
    ['DELETE FROM items WHERE order_id IN (SELECT id FROM orders)', ['backfill-in-one-statement warning']],
    ['DELETE FROM items WHERE order_id IN (SELECT id FROM orders WHERE code = 7)', []],
    ['CREATE TABLE n (id int PRIMARY KEY); UPDATE n SET id = 2 WHERE id IS NOT NULL', []],
    ['INSERT INTO orders (id) SELECT id FROM customers', ['backfill-in-one-statement warning']],
    ["INSERT INTO orders (id) SELECT id FROM customers WHERE email = 'x'", []],
    ['INSERT INTO orders (id) SELECT id FROM customers', [], { rows: () => 100 }],
    ['INSERT INTO orders (id) SELECT i FROM generate_series(1, 9) i', []],
    ['INSERT INTO archive SELECT * FROM unknown', ['backfill-in-one-statement warning']],
    ['INSERT INTO orders (state) SELECT relname FROM pg_class', []],
    ['INSERT INTO orders (state) SELECT table_name FROM information_schema.tables', []],
    ['CREATE TABLE n (id int PRIMARY KEY); INSERT INTO n SELECT id FROM customers', []],
    [
      'CREATE TABLE n (id int PRIMARY KEY); INSERT INTO n SELECT id FROM customers',
      ['backfill-in-one-statement warning'],
      { rows: ({ name }) => (name === 'customers' ? 40_000_000 : undefined) },
    ],
    [
      'MERGE INTO orders USING customers c ON orders.customer_id = c.id WHEN MATCHED THEN UPDATE SET state = c.name',
      ['backfill-in-one-statement warning'],
    ],
    ["DO $$ BEGIN LOOP UPDATE orders SET state = 'x' WHERE state IS NULL; COMMIT; END LOOP; END $$", []],
    ["DO $$ BEGIN UPDATE orders SET state = 'x' WHERE state IS NULL; END $$", ['backfill-in-one-statement warning']],
  ],
  'require-primary-key': [
    ['CREATE TABLE n (id int)', ['require-primary-key warning']],
    ['CREATE TABLE n (id int NOT NULL UNIQUE)', ['require-primary-key warning']],
    ['CREATE TABLE n (id int); ALTER TABLE n ADD PRIMARY KEY (id)', []],
    [['CREATE TABLE n (id int)', 'ALTER TABLE ONLY n ADD CONSTRAINT k PRIMARY KEY (id)'], []],
    ['CREATE TABLE n (id int); CREATE UNIQUE INDEX i ON n (id); ALTER TABLE n ADD PRIMARY KEY USING INDEX i', []],
    ['CREATE TABLE n (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE o PARTITION OF n DEFAULT', []],
    [
      'CREATE TABLE n (id int); ALTER TABLE n RENAME TO m; ALTER TABLE m SET SCHEMA app; ALTER TABLE app.m ADD PRIMARY KEY (id)',
      [],
    ],
    ['CREATE TABLE n (id int); ALTER TABLE n RENAME TO m', ['require-primary-key warning']],
    ['CREATE TABLE n (LIKE orders INCLUDING ALL)', []],
    ['CREATE TABLE n (LIKE orders INCLUDING INDEXES)', []],
    ['CREATE TABLE n (LIKE orders)', ['require-primary-key warning']],
    ['CREATE TABLE n (LIKE unknown)', []],
    ['CREATE TEMP TABLE n (id int)', []],
    ['CREATE UNLOGGED TABLE n (id int)', []],
    ['CREATE TABLE n (id int) PARTITION BY RANGE (id)', ['require-primary-key notice']],
    [
      'CREATE TABLE n (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE o (id int NOT NULL); ALTER TABLE n ATTACH PARTITION o DEFAULT',
      [],
    ],
    ['CREATE TABLE n () INHERITS (orders)', []],
    ['CREATE TABLE n AS SELECT id FROM orders', []],
    ['CREATE TABLE n (id int); DROP TABLE n', []],
    ['CREATE TABLE IF NOT EXISTS orders (id int)', []],
  ],
};

describe.each(Object.entries(rows))('%s', (_, table) => {
  it.each(table.map(([sql, rules, options]) => ({ sql, rules, options })))(
    '$sql: $rules',
    ({ sql, rules, options }) => {
      expect(said([sql].flat(), options)).toEqual(rules);
    },
  );
});

it('replaces the star of a view by the columns of its table', () => {
  const before = catalogOf('postgresql', [
    parse('CREATE TABLE t (id int PRIMARY KEY, "Name" text)', 'postgresql'),
  ]).catalog;
  const fixOf = (sql: string) =>
    lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before }).findings[0]?.fix?.replacement;
  expect(fixOf('CREATE VIEW v AS SELECT * FROM t WHERE id > 1')).toBe(
    'CREATE VIEW v AS SELECT id, "Name" FROM t WHERE id > 1',
  );
  expect(fixOf('CREATE VIEW v AS SELECT * FROM t a, t b')).toBeUndefined();
  expect(fixOf('CREATE VIEW v AS SELECT *, 2 * id AS x FROM t')).toBeUndefined();
});

it.each([
  ["CREATE TABLE t (id bigint PRIMARY KEY, a text CHECK (a <> '= NULL'))", false],
  ['CREATE TABLE t (id bigint PRIMARY KEY, a text CHECK (a != NULL))', true],
  ['ALTER TABLE orders ADD CHECK (id > 0 OR state = null) NOT VALID', true],
  ['CREATE INDEX CONCURRENTLY i ON orders (code) WHERE state = NULL', true],
  ['CREATE INDEX CONCURRENTLY i ON orders (code) WHERE state IS NULL', false],
  ['DELETE FROM orders WHERE state = NULL', true],
  ["CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT id FROM orders WHERE state = NULL'", true],
])('equals-null: %s: %s', (sql, expected) => {
  const { findings, errors } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql' });
  expect(errors).toEqual([]);
  expect(findings.some(({ rule }) => rule === 'equals-null')).toBe(expected);
});

it.each([
  ['CREATE TABLE t (id bigint PRIMARY KEY, c int REFERENCES customers)', true],
  ['CREATE TABLE t (id bigint PRIMARY KEY, c serial REFERENCES customers (id))', true],
  ['CREATE TABLE t (id bigint PRIMARY KEY, c bigint REFERENCES customers)', false],
  ['CREATE TABLE t (id bigint PRIMARY KEY, c varchar(9) REFERENCES customers (email))', true],
  ['CREATE TABLE t (id bigint PRIMARY KEY, c varchar REFERENCES customers (email))', false],
  ['ALTER TABLE items ADD FOREIGN KEY (line) REFERENCES orders', true],
  ['ALTER TABLE orders ADD COLUMN c int REFERENCES customers', true],
  ['ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES unknown', false],
  ['CREATE TABLE t (id bigint PRIMARY KEY, c int REFERENCES t); ALTER TABLE t ALTER c TYPE bigint', false],
])('foreign-key-type: %s: %s', (sql, expected) => {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const { findings, errors } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before });
  expect(errors).toEqual([]);
  expect(findings.some(({ rule }) => rule === 'foreign-key-type')).toBe(expected);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../src/sql/lint.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(40), code text);
  CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(40), customer_id bigint, done boolean NOT NULL);
  CREATE INDEX orders_customer ON orders (customer_id);
  CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
  CREATE UNIQUE INDEX customers_code ON customers (code);`;

function said(sql: string, options: Partial<LintOptions> = {}): readonly string[] {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const text = `SET lock_timeout = '2s'; ${sql}`;
  const report = lint([{ file: 'a.sql', sql: text }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings.map(({ rule }) => rule);
}

type Row = readonly [sql: string, rules: readonly string[], options?: Partial<LintOptions>];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'required-column': [
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 0', []],
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN a int NULL', []],
    ['ALTER TABLE orders ADD COLUMN a int PRIMARY KEY', ['required-column', 'unique-constraint-lock']],
    ['ALTER TABLE orders ADD COLUMN a int GENERATED ALWAYS AS (id + 1) STORED NOT NULL', ['stored-generated-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL', [], { rows: () => 0 }],
    ['ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int NOT NULL', ['required-column']],
  ],
  'volatile-default': [
    ["ALTER TABLE orders ADD COLUMN a text DEFAULT 'x'", [], { engineVersion: '11' }],
    ["ALTER TABLE orders ADD COLUMN a text DEFAULT 'x'", ['volatile-default'], { engineVersion: '10.23' }],
    ['ALTER TABLE orders ALTER COLUMN note SET DEFAULT gen_random_uuid()', []],
  ],
  'set-not-null-scan': [
    ['ALTER TABLE orders ALTER note SET NOT NULL', ['set-not-null-scan']],
    ['ALTER TABLE orders ALTER done SET NOT NULL', []],
    ['ALTER TABLE orders ALTER id SET NOT NULL', []],
    ['ALTER TABLE unknown ALTER a SET NOT NULL', ['set-not-null-scan']],
    [
      'ALTER TABLE unknown ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE unknown VALIDATE CONSTRAINT c; ALTER TABLE unknown ALTER a SET NOT NULL',
      [],
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders ALTER note SET NOT NULL',
      ['set-not-null-scan'],
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; ALTER TABLE orders RENAME note TO n; ALTER TABLE orders ALTER n SET NOT NULL',
      ['rename-column'],
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c NOT NULL note', ['set-not-null-scan']],
    ['ALTER TABLE orders ADD CONSTRAINT c NOT NULL note NOT VALID', []],
    ['ALTER TABLE customers ADD CONSTRAINT c PRIMARY KEY USING INDEX customers_code', ['set-not-null-scan']],
  ],
  'foreign-key-not-valid': [
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', ['foreign-key-not-valid']],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID', []],
    ['ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers', ['foreign-key-index']],
    [
      'ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers',
      ['foreign-key-index', 'foreign-key-not-valid'],
    ],
    ['CREATE TABLE x (c bigint PRIMARY KEY REFERENCES customers)', []],
  ],
  'check-not-valid': [
    ['ALTER TABLE orders ADD CHECK (id > 0)', ['check-not-valid']],
    ['ALTER TABLE orders ADD CHECK (id > 0) NOT VALID', []],
    ['ALTER TABLE orders ADD COLUMN a int CHECK (a > 0)', ['check-not-valid']],
    ['CREATE TABLE x (a int PRIMARY KEY CHECK (a > 0)); ALTER TABLE x ADD CHECK (a < 9)', []],
  ],
  'validate-in-same-transaction': [
    [
      'BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c',
      ['validate-in-same-transaction'],
    ],
    [
      'BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT d',
      [],
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c', []],
    [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c',
      ['validate-in-same-transaction'],
      { assumeInTransaction: true },
    ],
    [
      'BEGIN; ALTER TABLE orders ADD CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_id_check',
      ['validate-in-same-transaction'],
    ],
  ],
  'column-type-rewrite': [
    ['ALTER TABLE orders ALTER note TYPE varchar(80)', []],
    ['ALTER TABLE orders ALTER note TYPE text', []],
    ['ALTER TABLE orders ALTER note TYPE text USING note::text', []],
    ['ALTER TABLE orders ALTER note TYPE text USING lower(note)', ['column-type-rewrite']],
    ['ALTER TABLE orders ALTER note TYPE varchar(20)', ['column-type-rewrite']],
    ['ALTER TABLE unknown ALTER a TYPE text', ['column-type-rewrite']],
    ['ALTER TABLE orders ALTER note TYPE varchar(80), ALTER id TYPE int', ['column-type-rewrite']],
  ],
  'unique-constraint-lock': [
    ['ALTER TABLE customers ADD UNIQUE (email)', ['unique-constraint-lock']],
    ['ALTER TABLE customers ADD COLUMN a int UNIQUE', ['unique-constraint-lock']],
    ['ALTER TABLE customers ADD CONSTRAINT c UNIQUE USING INDEX customers_code', []],
  ],
  'require-concurrent-index': [
    ['CREATE INDEX ON orders (note)', ['require-concurrent-index']],
    ['CREATE INDEX ON events (id)', ['require-concurrent-index']],
    ['DROP INDEX customers_code', ['require-concurrent-index-drop']],
    ['CREATE TABLE x (id int PRIMARY KEY, a int); CREATE INDEX xi ON x (a); DROP INDEX xi', []],
  ],
  'drop-cascade': [
    ['ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE', ['drop-cascade']],
    ['DROP SCHEMA app CASCADE', ['drop-cascade']],
    ['DROP TYPE mood CASCADE', ['drop-cascade']],
    ['DROP TABLE orders CASCADE', ['drop-cascade', 'drop-table']],
    ['ALTER TABLE orders DROP COLUMN note CASCADE', ['drop-cascade', 'drop-column']],
  ],
  'needs-newer-version': [
    ['ALTER TABLE orders ADD CHECK (id > 0) NOT ENFORCED', ['needs-newer-version'], { engineVersion: '17' }],
    ['ALTER TABLE orders ADD CHECK (id > 0) NOT ENFORCED', [], { engineVersion: '18' }],
    ["ALTER TABLE orders ADD CHECK (note <> 'NOT ENFORCED') NOT VALID -- NOT ENFORCED", [], { engineVersion: '17' }],
    ['CREATE VIEW v WITH (security_invoker) AS SELECT 1', ['needs-newer-version'], { engineVersion: '14' }],
    ['CREATE VIEW v WITH (security_barrier) AS SELECT 1', [], { engineVersion: '14' }],
    [
      'CREATE OR REPLACE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()',
      ['needs-newer-version'],
      { engineVersion: '13' },
    ],
    [
      'MERGE INTO orders o USING orders n ON o.id = n.id WHEN MATCHED THEN DELETE',
      ['needs-newer-version'],
      { engineVersion: '14' },
    ],
  ],
  'writing rows': [
    ["UPDATE orders SET note = ''", ['update-without-where']],
    ['WITH d AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM d', ['delete-without-where']],
    ['DELETE FROM orders WHERE true', ['delete-without-where']],
    ["UPDATE orders SET note = '' WHERE 1 = 1", ['update-without-where']],
    ['DELETE FROM orders WHERE 1 = 2', ['backfill-in-one-statement']],
    ['TRUNCATE orders, customers', ['truncate', 'truncate']],
    ['CREATE TABLE x (a int PRIMARY KEY); INSERT INTO x VALUES (1); UPDATE x SET a = 2; DELETE FROM x; TRUNCATE x', []],
  ],
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  // A table is about the rules that it names; what others say of its statements is in tables of their own.
  const subjects = new Set(rows.flatMap(([, rules]) => rules));
  it.each(rows.map(([sql, rules, options]) => ({ sql, rules, options })))('$sql: $rules', ({ sql, rules, options }) => {
    expect(said(sql, options).filter((rule) => subjects.has(rule))).toEqual(rules);
  });
});

it('names the size of a table where it is known', () => {
  const { findings } = lint([{ file: 'a.sql', sql: 'DELETE FROM orders' }], {
    engine: 'postgresql',
    rows: () => 40_000_000,
  });
  expect(findings[0]?.message).toBe('This deletes every row of `orders` (40,000,000 rows).');
});

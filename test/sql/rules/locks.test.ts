import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email text);
  CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int, customer_id bigint REFERENCES customers);
  ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total > 0) NOT VALID;
  CREATE INDEX orders_note ON orders (note);
  CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
  CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE VIEW notes AS SELECT id, note FROM orders;
  CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
  CREATE UNIQUE INDEX totals_id ON totals (id);`;

type Row = readonly [sql: string, levels: readonly string[], options?: Partial<LintOptions>];

function found(rule: string, sql: string, options: Partial<LintOptions> = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings.filter((finding) => finding.rule === rule);
}

const add = 'ALTER TABLE orders ADD COLUMN a int';
const rules: Readonly<Record<string, readonly Row[]>> = {
  'missing-lock-timeout': [
    [add, ['warning']],
    [`SET lock_timeout = '2s'; ${add}`, []],
    [`SET lock_timeout = 0; ${add}`, ['warning']],
    [`SET lock_timeout = '1min'; ${add}`, []],
    [`SET lock_timeout = '61s'; ${add}`, ['warning']],
    [`SET lock_timeout = '61s'; ${add}`, [], { ruleOptions: { 'missing-lock-timeout': { maxSeconds: 120 } } }],
    [`SELECT set_config('lock_timeout', current_setting('app.lock'), false); ${add}`, []],
    [`ALTER ROLE app SET lock_timeout = '2s'; ${add}`, ['warning']],
    [`BEGIN; SET LOCAL lock_timeout = '2s'; COMMIT; ${add}`, ['warning']],
    [`SET LOCAL lock_timeout = '2s'; ${add}`, ['notice']],
    [`SET LOCAL lock_timeout = '2s'; ${add}`, [], { assumeInTransaction: true }],
    [`SET LOCAL lock_timeout = '2s'; BEGIN; ${add}; COMMIT`, ['warning']],
    ['ALTER TABLE IF EXISTS ONLY public."orders" ADD COLUMN a int', ['warning']],
    ['DO $$ BEGIN ALTER TABLE orders ADD COLUMN a int; END $$', ['warning']],
    ['CREATE TABLE x (id bigint PRIMARY KEY)', []],
    ['CREATE TABLE x (id bigint PRIMARY KEY); ALTER TABLE x ADD COLUMN a int; CREATE INDEX ON x (a); DROP TABLE x', []],
    ['CREATE TABLE x (id bigint REFERENCES orders)', ['warning']],
    ['CREATE TABLE x (id bigint PRIMARY KEY, parent bigint REFERENCES x)', []],
    ["CREATE TABLE e2 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')", ['warning']],
    ['CREATE TABLE x (LIKE orders INCLUDING ALL)', []],
    ['CREATE TEMP TABLE x (id bigint); ALTER TABLE x ADD COLUMN a int', []],
    ['CREATE VIEW v AS SELECT id FROM orders', []],
    ['CREATE OR REPLACE VIEW notes AS SELECT id, note, 1 AS one FROM orders', ['warning']],
    ['CREATE OR REPLACE VIEW fresh AS SELECT id FROM orders', []],
    ['DROP VIEW notes', ['warning']],
    ['DROP INDEX orders_note', ['warning']],
    ['DROP INDEX CONCURRENTLY orders_note', []],
    ['REINDEX TABLE orders', ['warning']],
    ['REINDEX TABLE CONCURRENTLY orders', []],
    ['REFRESH MATERIALIZED VIEW totals', ['warning']],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY totals', []],
    ['CREATE INDEX ON totals (total)', []],
    ['ALTER INDEX orders_note RENAME TO n', []],
    ['ALTER TABLE orders SET (fillfactor = 70)', []],
    ['ALTER TABLE orders ALTER COLUMN note SET STATISTICS 100', []],
    ['ALTER TABLE orders VALIDATE CONSTRAINT orders_total', []],
    ['ALTER TABLE orders OWNER TO CURRENT_USER', ['warning']],
    ['CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()', ['warning']],
    ['ALTER TABLE orders ENABLE ROW LEVEL SECURITY', ['warning']],
    ['GRANT SELECT ON orders TO app', []],
    ["COMMENT ON TABLE orders IS 'x'", []],
    ['VACUUM orders', []],
    ['ANALYZE orders', []],
    ['VACUUM FULL orders', ['warning']],
    ['TRUNCATE orders', ['warning']],
    ["UPDATE orders SET note = 'x'", []],
    ['SELECT * FROM orders', []],
    ["ALTER TYPE mood ADD VALUE 'x'", []],
    ['LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE', []],
    [add, ['notice'], { rows: () => 200 }],
  ],
  'lock-table': [
    ['BEGIN; LOCK TABLE orders; COMMIT', ['warning']],
    ['BEGIN; LOCK orders IN SHARE MODE; COMMIT', ['warning']],
    ['BEGIN; LOCK TABLE orders, customers IN EXCLUSIVE MODE NOWAIT; COMMIT', ['warning', 'warning']],
    ['BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE; COMMIT', []],
    ['BEGIN; CREATE TABLE x (id int); LOCK TABLE x; COMMIT', []],
    ['VACUUM FULL orders', []],
  ],
  'missing-statement-timeout': [
    ['CREATE INDEX ON orders (total)', ['notice']],
    ["SET statement_timeout = '30s'; CREATE INDEX ON orders (total)", []],
    ['SET statement_timeout = 0; CREATE INDEX ON orders (total)', ['notice']],
    ["SET transaction_timeout = '1min'; CREATE INDEX ON orders (total)", [], { engineVersion: '17' }],
    ['CREATE INDEX CONCURRENTLY ON orders (total)', []],
    ['ALTER TABLE orders VALIDATE CONSTRAINT orders_total', []],
    [add, []],
    ["ALTER TABLE orders ADD COLUMN a int DEFAULT 1, ADD COLUMN b text DEFAULT 'x' NOT NULL", []],
    ['ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid()', ['notice']],
    ['ALTER TABLE orders ALTER COLUMN total TYPE bigint', ['notice']],
    ['ALTER TABLE orders ALTER COLUMN note TYPE varchar', []],
    ['ALTER TABLE orders ALTER COLUMN id SET NOT NULL', []],
    ['CREATE INDEX ON orders (total)', [], { rows: () => 0 }],
    ['CREATE TABLE x (a int); CREATE INDEX ON x (a)', []],
    ['TRUNCATE orders', []],
    [add, ['notice'], { ruleOptions: { 'missing-statement-timeout': { always: true } } }],
    ['SELECT 1', [], { ruleOptions: { 'missing-statement-timeout': { always: true } } }],
  ],
  'locks-in-one-transaction': [
    [`BEGIN; ${add}; ALTER TABLE customers ADD COLUMN b int; COMMIT`, ['warning']],
    [`SET lock_timeout = '2s'; BEGIN; ${add}; ALTER TABLE customers ADD COLUMN b int; COMMIT`, ['notice']],
    [`${add}; ALTER TABLE customers ADD COLUMN b int`, []],
    [`${add}; ALTER TABLE customers ADD COLUMN b int`, ['warning'], { assumeInTransaction: true }],
    [`BEGIN; ${add}; COMMIT; BEGIN; ALTER TABLE customers ADD COLUMN b int; COMMIT`, []],
    [`BEGIN; ${add}; ALTER TABLE orders ADD COLUMN b int; COMMIT`, []],
    [`BEGIN; ${add}; ALTER TABLE orders RENAME TO o; ALTER TABLE o ADD COLUMN b int; COMMIT`, []],
    [`BEGIN; ${add}; CREATE TABLE x (id int); ALTER TABLE x ADD COLUMN b int; COMMIT`, []],
    [`BEGIN; SAVEPOINT a; ${add}; ROLLBACK TO a; ALTER TABLE customers ADD COLUMN b int; COMMIT`, []],
    ['BEGIN; ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID; COMMIT', []],
    [
      'BEGIN; CREATE TABLE x (id bigint); ALTER TABLE x ADD FOREIGN KEY (id) REFERENCES customers; ALTER TABLE x ADD FOREIGN KEY (id) REFERENCES orders; COMMIT',
      [],
    ],
    [`BEGIN; ${add}; CREATE TABLE x (id bigint REFERENCES customers); COMMIT`, ['warning']],
    [
      'BEGIN; CREATE TABLE x (id bigint REFERENCES customers); ALTER TABLE orders ADD COLUMN a int; COMMIT',
      ['warning'],
    ],
    ['BEGIN; CREATE INDEX ON customers (email); CREATE INDEX ON orders (note); COMMIT', []],
    ['BEGIN; ALTER TABLE events ADD COLUMN a int; ALTER TABLE events_1 ADD COLUMN b int; COMMIT', []],
    ['BEGIN; ALTER TABLE events ADD COLUMN a int; ALTER TABLE events ADD COLUMN b int; COMMIT', []],
    ['BEGIN; DROP TABLE orders, customers; COMMIT', []],
    [`BEGIN; UPDATE customers SET email = 'x'; ${add}; COMMIT`, []],
    ['DO $$ BEGIN ALTER TABLE orders ADD COLUMN a int; ALTER TABLE customers ADD COLUMN b int; END $$', ['warning']],
  ],
  'long-statement-under-lock': [
    [`BEGIN; ${add}; UPDATE orders SET a = 1; COMMIT`, ['error']],
    [`BEGIN; ${add}; UPDATE orders SET a = 1 WHERE a IS NULL; COMMIT`, ['error']],
    [`BEGIN; ${add}; UPDATE orders SET a = 1 WHERE id = 5; COMMIT`, []],
    [`BEGIN; ${add}; UPDATE orders SET a = 1 WHERE id BETWEEN 1 AND 9; COMMIT`, []],
    [`BEGIN; ${add}; INSERT INTO customers VALUES (1); COMMIT`, []],
    [`BEGIN; ${add}; SELECT count(*) FROM customers; COMMIT`, ['error']],
    [`BEGIN; ${add}; SELECT * FROM customers WHERE id = 1; COMMIT`, []],
    [`BEGIN; ${add}; SELECT setval('s', (SELECT max(id) FROM orders)); COMMIT`, []],
    [`BEGIN; ${add}; SELECT 1 FROM pg_catalog.pg_class; COMMIT`, []],
    [`BEGIN; ${add}; SELECT typname FROM pg_type; COMMIT`, []],
    [`BEGIN; ${add}; INSERT INTO customers SELECT id FROM orders; COMMIT`, ['error']],
    [`BEGIN; ${add}; CREATE TABLE copy (id bigint); INSERT INTO copy SELECT id FROM orders; COMMIT`, ['error']],
    [`BEGIN; ${add}; DELETE FROM customers; COMMIT`, ['error']],
    [`BEGIN; ${add}; CREATE INDEX ON orders (total); COMMIT`, ['error']],
    [`BEGIN; ${add}; CREATE INDEX ON customers (email); COMMIT`, ['error']],
    [`BEGIN; ${add}; ALTER TABLE orders VALIDATE CONSTRAINT orders_total; COMMIT`, ['error']],
    [
      `BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 1) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; COMMIT`,
      [],
    ],
    [`BEGIN; CREATE INDEX ON orders (total); UPDATE orders SET total = 1; COMMIT`, []],
    [`BEGIN; UPDATE orders SET total = 1; ${add}; COMMIT`, []],
    [`${add}; UPDATE orders SET a = 1`, []],
    [`${add}; UPDATE orders SET a = 1`, ['error'], { assumeInTransaction: true }],
    [`${add}; UPDATE orders SET a = 1`, ['notice'], { assumeInTransaction: true, rows: () => 10 }],
    [`BEGIN; ${add}; ALTER TABLE orders ALTER COLUMN total TYPE bigint; COMMIT`, []],
    [`BEGIN; ${add}; ALTER TABLE customers ALTER COLUMN id TYPE int; COMMIT`, []],
    [`BEGIN; ${add}; ALTER TABLE customers ALTER COLUMN email TYPE varchar(9); COMMIT`, ['error']],
    [`BEGIN; ${add}; CREATE TABLE x (a int); CREATE INDEX ON x (a); COMMIT`, []],
    [`BEGIN; ${add}; CREATE TABLE x (a bigint); ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES customers; COMMIT`, []],
    [`BEGIN; ${add}; UPDATE orders SET a = 1; UPDATE orders SET a = 2; COMMIT`, ['error']],
    [`BEGIN; CREATE TABLE x (a int); UPDATE orders SET total = 1; COMMIT`, []],
    ['DO $$ BEGIN ALTER TABLE orders ADD COLUMN a int; UPDATE orders SET a = 1; END $$', ['error']],
    ['ALTER TABLE orders ADD COLUMN a int, ADD CONSTRAINT c CHECK (total > 1)', []],
    [`BEGIN; DROP TABLE customers CASCADE; CREATE INDEX ON orders (total); COMMIT`, ['error']],
  ],
  'combine-alters': [
    ['ALTER TABLE orders ALTER note SET NOT NULL; ALTER TABLE orders ALTER total SET NOT NULL', ['notice']],
    ['ALTER TABLE orders ALTER note SET NOT NULL, ALTER total SET NOT NULL', []],
    ['ALTER TABLE orders ALTER total TYPE bigint; ALTER TABLE orders ADD b uuid DEFAULT gen_random_uuid()', ['notice']],
    ['ALTER TABLE orders ALTER total TYPE bigint; ALTER TABLE orders ALTER total TYPE numeric', []],
    [
      'ALTER TABLE orders ALTER note SET NOT NULL; ALTER TABLE orders ALTER total SET NOT NULL; ALTER TABLE orders ALTER customer_id SET NOT NULL',
      ['notice'],
    ],
    ['ALTER TABLE orders ALTER note SET NOT NULL; ALTER TABLE customers ALTER email SET NOT NULL', []],
    ['ALTER TABLE orders ALTER note SET NOT NULL; SELECT 1; ALTER TABLE orders ALTER total SET NOT NULL', []],
    [`${add}; ALTER TABLE orders ALTER a SET DEFAULT random()`, []],
    [`${add}; ALTER TABLE orders ADD COLUMN b int`, ['notice']],
    [`${add}; ALTER TABLE orders ADD COLUMN b int; ALTER TABLE orders ADD COLUMN c int`, ['notice']],
    [`BEGIN; ${add}; ALTER TABLE orders ADD COLUMN b int; COMMIT`, []],
    [`${add}, ADD COLUMN b int`, []],
    [`${add}; ALTER TABLE customers ADD COLUMN b int`, []],
    [`${add}; ALTER TABLE orders DROP COLUMN note`, []],
    [
      'ALTER TABLE orders ADD CHECK (total > 1) NOT VALID; ALTER TABLE orders ADD CHECK (total < 9) NOT VALID',
      ['notice'],
    ],
    [`${add}; ALTER TABLE orders ADD COLUMN b int`, [], { ruleOptions: { 'combine-alters': { locksToo: false } } }],
    ['ALTER TABLE orders ADD UNIQUE (note); ALTER TABLE orders ADD UNIQUE (total)', []],
    ['CREATE TABLE x (a int, b int); ALTER TABLE x ALTER a SET NOT NULL; ALTER TABLE x ALTER b SET NOT NULL', []],
    [
      'ALTER TABLE orders ADD CHECK (total > 1) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check',
      [],
    ],
  ],
};

describe.each(Object.entries(rules))('%s', (rule, rows) => {
  it.each(rows.map(([sql, levels, options]) => ({ sql, levels, options })))(
    '$sql: $levels',
    ({ sql, levels, options }) => {
      expect(found(rule, sql, options).map(({ level }) => level)).toEqual(levels);
    },
  );
});

it('counts what a role or database was given in an earlier file', () => {
  const files = [
    { file: '1.sql', sql: "ALTER DATABASE shop SET lock_timeout = '2s';" },
    { file: '2.sql', sql: 'ALTER TABLE orders ADD COLUMN a int;' },
  ];
  const { findings } = lint(files, { engine: 'postgresql' });
  expect(findings.map(({ rule }) => rule)).not.toContain('missing-lock-timeout');
});

describe('findings about locks', () => {
  it.each([
    ['missing-lock-timeout', add, 'It takes ACCESS EXCLUSIVE on `orders`: reads and writes wait.'],
    ['missing-lock-timeout', 'CREATE INDEX ON orders (total)', 'It takes SHARE on `orders`: writes wait.'],
    [
      'missing-lock-timeout',
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID',
      'It takes SHARE ROW EXCLUSIVE on `orders` and `customers`: writes wait.',
    ],
    [
      'missing-lock-timeout',
      'REINDEX INDEX orders_note',
      'It takes SHARE on `orders` (writes wait) and ACCESS EXCLUSIVE on `orders_note` (reads and writes wait).',
    ],
    [
      'missing-lock-timeout',
      'ALTER TABLE events ADD COLUMN a int',
      'It takes ACCESS EXCLUSIVE on `events` and `events_1`: reads and writes wait.',
    ],
    ['lock-table', 'LOCK TABLE orders', 'it takes ACCESS EXCLUSIVE.'],
  ])('%s of %s ends with: %s', (rule, sql, end) => {
    const message = found(rule, sql)[0]?.message ?? '';
    expect(message.slice(-end.length)).toBe(end);
  });
});

describe('one ALTER TABLE with several commands', () => {
  let postgres: PGlite;
  beforeAll(async () => {
    postgres = await PGlite.create();
  });
  afterAll(() => postgres.close());

  it.each([
    ['ALTER TABLE t ALTER a SET NOT NULL, ALTER b SET NOT NULL', 1],
    ['ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t ALTER b SET NOT NULL', 2],
    ['ALTER TABLE t ALTER a TYPE bigint, ADD c uuid DEFAULT gen_random_uuid(), ALTER b SET NOT NULL', 1],
  ])('goes through the table once: %s', async (sql, scans) => {
    await postgres.exec('DROP TABLE IF EXISTS t; CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)');
    await postgres.exec('BEGIN');
    const before = await seqScans();
    await postgres.exec(sql);
    const after = await seqScans();
    await postgres.exec('ROLLBACK');
    expect(after - before).toBe(scans);
  });

  async function seqScans(): Promise<number> {
    const { rows } = await postgres.query<{ scans: number }>(
      "SELECT seq_scan::int AS scans FROM pg_stat_xact_user_tables WHERE relname = 't'",
    );
    return rows[0]?.scans ?? 0;
  }
});

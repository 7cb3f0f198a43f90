import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { LintFile } from '../../../src/sql/lint/files.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email text, code text);
  CREATE UNIQUE INDEX customers_code ON customers (code);
  CREATE INDEX customers_email ON customers (email);
  CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE INDEX events_id ON events (id);
  CREATE MATERIALIZED VIEW daily AS SELECT 1 AS day;
  CREATE UNIQUE INDEX daily_day ON daily (day);
  CREATE MATERIALIZED VIEW weekly AS SELECT 1 AS week;
  CREATE UNIQUE INDEX weekly_some ON weekly (week) WHERE week > 0;
  CREATE UNIQUE INDEX weekly_plus ON weekly ((week + 1));`;

type Row = readonly [
  sql: string,
  count: number,
  options?: Partial<LintOptions> & { readonly file?: Partial<LintFile> },
];

const rules: Readonly<Record<string, readonly Row[]>> = {
  'require-concurrent-index': [
    ['CREATE INDEX i ON customers (email)', 1],
    ['CREATE UNIQUE INDEX IF NOT EXISTS i ON public.customers USING btree (email)', 1],
    ['CREATE INDEX IF NOT EXISTS customers_email ON customers (email)', 0],
    ['CREATE INDEX i ON ONLY customers (email)', 1],
    ['CREATE INDEX i ON ONLY events (id)', 0],
    ['CREATE INDEX i ON ONLY unknown (id)', 0],
    ['CREATE INDEX i ON events (at)', 1],
    ['CREATE INDEX i ON events_2024 (at)', 1],
    ['CREATE INDEX i ON unknown (a)', 1],
    ['CREATE INDEX i ON daily (day)', 0],
    ['CREATE TEMP TABLE x (a int); CREATE INDEX i ON x (a)', 0],
    ['CREATE TABLE x (a int); CREATE INDEX i ON x (a)', 0],
    ['CREATE TABLE x AS SELECT 1 AS a; CREATE INDEX i ON x (a)', 0],
    ['CREATE TABLE x (a int); ALTER TABLE x RENAME TO y; CREATE INDEX i ON y (a)', 0],
    [
      "CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); CREATE INDEX i ON events_2025 (at)",
      0,
    ],
    ['CREATE INDEX i ON customers (email)', 0, { rows: () => 0 }],
    ['DO $$ BEGIN CREATE INDEX i ON customers (email); END $$', 1],
    ['CREATE INDEX CONCURRENTLY i ON customers (email)', 0],
  ],
  'require-concurrent-index-drop': [
    ['DROP INDEX customers_email', 1],
    ['DROP INDEX IF EXISTS customers_email CASCADE', 1],
    ['DROP INDEX customers_email, customers_code', 2],
    ['DROP INDEX IF EXISTS unknown_index', 1],
    ['DROP INDEX IF EXISTS unknown_index', 0, { known: 'sure' }],
    ['DROP INDEX IF EXISTS customers_email', 1, { known: 'sure' }],
    ['DROP INDEX events_id', 1],
    ['DROP INDEX CONCURRENTLY customers_email', 0],
    ['CREATE TABLE x (a int); CREATE INDEX xi ON x (a); DROP INDEX xi', 0],
  ],
  'require-concurrent-reindex': [
    ['REINDEX TABLE customers', 1],
    ['REINDEX INDEX customers_email', 1],
    ['REINDEX INDEX unknown_index', 1],
    ['REINDEX SCHEMA public', 1],
    ['REINDEX DATABASE', 1],
    ['REINDEX SYSTEM', 1],
    ['REINDEX (CONCURRENTLY off) TABLE customers', 1],
    ['REINDEX TABLE CONCURRENTLY customers', 0],
    ['REINDEX (CONCURRENTLY) INDEX customers_email', 0],
    ['CREATE TABLE x (a int PRIMARY KEY); REINDEX TABLE x; REINDEX INDEX x_pkey', 0],
    ['VACUUM customers', 0],
  ],
  'concurrent-index-on-partitioned': [
    ['CREATE INDEX CONCURRENTLY i ON events (id)', 1],
    ['CREATE INDEX CONCURRENTLY i ON ONLY events (id)', 1],
    ['CREATE INDEX CONCURRENTLY i ON events_2024 (id)', 0],
    ['DROP INDEX CONCURRENTLY events_id', 1],
    ['DROP INDEX CONCURRENTLY customers_email', 0],
    ['CREATE INDEX i ON events (id)', 0],
    ['CREATE TABLE x (a int) PARTITION BY LIST (a); CREATE INDEX CONCURRENTLY i ON x (a)', 1],
  ],
  'concurrent-drop-of-several': [
    ['DROP INDEX CONCURRENTLY customers_email, customers_code', 1],
    ['DROP INDEX CONCURRENTLY customers_email CASCADE', 1],
    ['DROP INDEX CONCURRENTLY customers_email RESTRICT', 0],
    ['DROP INDEX customers_email, customers_code', 0],
  ],
  'concurrent-in-transaction': [
    ['CREATE INDEX CONCURRENTLY i ON customers (email)', 0],
    ['CREATE INDEX CONCURRENTLY i ON customers (email)', 1, { file: { transaction: true } }],
    ['BEGIN; COMMIT; CREATE INDEX CONCURRENTLY i ON customers (email)', 0],
    ['BEGIN; DROP INDEX CONCURRENTLY customers_email; COMMIT', 1],
    ['BEGIN; REINDEX TABLE CONCURRENTLY customers; COMMIT', 1],
    ['BEGIN; REINDEX TABLE customers; COMMIT', 0],
    ['BEGIN; REINDEX TABLE events; COMMIT', 1],
    ['BEGIN; REINDEX SCHEMA public; COMMIT', 1],
    ['BEGIN; REINDEX DATABASE; COMMIT', 1],
    ['BEGIN; VACUUM; COMMIT', 1],
    ['BEGIN; VACUUM (FULL, ANALYZE) customers; COMMIT', 1],
    ['BEGIN; ANALYZE customers; COMMIT', 0],
    ['BEGIN; CLUSTER customers USING customers_pkey; COMMIT', 0],
    ['BEGIN; CLUSTER; COMMIT', 1],
    ['BEGIN; REFRESH MATERIALIZED VIEW CONCURRENTLY daily; COMMIT', 0],
    ['BEGIN; ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY; COMMIT', 1],
    ['BEGIN; ALTER TABLE events DETACH PARTITION events_2024 FINALIZE; COMMIT', 0],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; COMMIT", 0],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; COMMIT", 1, { engineVersion: '11' }],
    ['BEGIN; CREATE DATABASE d; COMMIT', 1],
    ['BEGIN; DROP DATABASE IF EXISTS d; COMMIT', 1],
    ["BEGIN; ALTER SYSTEM SET work_mem = '4MB'; COMMIT", 1],
    ['BEGIN; DISCARD ALL; COMMIT', 1],
    ["BEGIN; RESET ALL; SET work_mem = '4MB'; COMMIT", 0],
    ["BEGIN; CREATE TABLESPACE s LOCATION '/s'; DROP TABLESPACE s; COMMIT", 2],
    ['DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON customers (email); END $$', 1],
    ['DO $$ BEGIN VACUUM customers; END $$', 1],
  ],
  'concurrent-if-not-exists': [
    ['CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)', 1],
    ['CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON app.customers (email)', 1],
    ['CREATE INDEX CONCURRENTLY i ON customers (email)', 0],
    ['CREATE INDEX IF NOT EXISTS i ON customers (email)', 0],
    ['CREATE TABLE x (a int); CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON x (a)', 0],
    ['DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)', 0],
    ['DROP INDEX IF EXISTS public.i; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)', 0],
    ['DROP INDEX CONCURRENTLY IF EXISTS j; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)', 1],
  ],
  'refresh-materialized-view': [
    ['REFRESH MATERIALIZED VIEW daily', 1],
    ['REFRESH MATERIALIZED VIEW unknown', 1],
    ['REFRESH MATERIALIZED VIEW daily WITH NO DATA', 1],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY daily', 0],
    ['CREATE MATERIALIZED VIEW m AS SELECT 1; REFRESH MATERIALIZED VIEW m', 0],
    ['REFRESH MATERIALIZED VIEW daily', 0, { rows: () => 0 }],
  ],
  'concurrent-refresh-refused': [
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY daily', 0],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY weekly', 1],
    ['DROP INDEX daily_day; REFRESH MATERIALIZED VIEW CONCURRENTLY daily', 1],
    ['CREATE UNIQUE INDEX w ON weekly (week); REFRESH MATERIALIZED VIEW CONCURRENTLY weekly', 0],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY unknown', 0],
    ['REFRESH MATERIALIZED VIEW daily WITH NO DATA; REFRESH MATERIALIZED VIEW CONCURRENTLY daily', 1],
    [
      'REFRESH MATERIALIZED VIEW daily WITH NO DATA; REFRESH MATERIALIZED VIEW daily; REFRESH MATERIALIZED VIEW CONCURRENTLY daily',
      0,
    ],
  ],
};

function findings(sql: string, { file, ...options }: NonNullable<Row[2]> = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql, ...file }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings;
}

describe.each(Object.entries(rules))('%s', (rule, rows) => {
  it.each(rows.map(([sql, count, options]) => ({ sql, count, options })))('$sql: $count', ({ sql, count, options }) => {
    expect(findings(sql, options).filter((each) => each.rule === rule)).toHaveLength(count);
  });
});

describe('replacements', () => {
  const fixOf = (rule: string, sql: string, options?: Row[2]) =>
    findings(sql, options).find((each) => each.rule === rule)?.fix?.replacement;

  const rows: readonly (readonly [rule: string, sql: string, fix: string | undefined, options?: Row[2]])[] = [
    [
      'require-concurrent-index',
      'CREATE /* a */ UNIQUE INDEX ON "customers" (email)',
      'CREATE /* a */ UNIQUE INDEX CONCURRENTLY ON "customers" (email)',
    ],
    ['require-concurrent-index', 'CREATE INDEX i ON customers (email)', undefined, { assumeInTransaction: true }],
    ['require-concurrent-index', 'CREATE INDEX i ON events (id)', undefined],
    [
      'require-concurrent-index',
      'CREATE INDEX IF NOT EXISTS "I" ON app.customers (email)',
      'DROP INDEX CONCURRENTLY IF EXISTS app."I";\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "I" ON app.customers (email)',
    ],
    ['require-concurrent-index', 'DO $$ BEGIN CREATE INDEX i ON customers (email); END $$', undefined],
    ['require-concurrent-index', 'CREATE SCHEMA s CREATE INDEX i ON unknown (a) CREATE TABLE x (a int)', undefined],
    [
      'require-concurrent-index-drop',
      'DROP INDEX IF EXISTS app."I", j',
      'DROP INDEX CONCURRENTLY IF EXISTS app."I";\nDROP INDEX CONCURRENTLY IF EXISTS j',
    ],
    ['require-concurrent-index-drop', 'DROP INDEX i, j', undefined, { file: { inOneMessage: true } }],
    ['require-concurrent-index-drop', 'DROP INDEX i CASCADE', undefined],
    ['require-concurrent-index-drop', 'DROP INDEX events_id', undefined],
    ['require-concurrent-index-drop', 'DO $$ BEGIN DROP INDEX i; END $$', undefined],
    ['require-concurrent-reindex', 'REINDEX (VERBOSE) SCHEMA public', 'REINDEX (VERBOSE) SCHEMA CONCURRENTLY public'],
    ['require-concurrent-reindex', 'REINDEX (CONCURRENTLY false) TABLE customers', undefined],
    ['require-concurrent-reindex', 'REINDEX SYSTEM', undefined],
    [
      'refresh-materialized-view',
      'REFRESH MATERIALIZED VIEW daily',
      'REFRESH MATERIALIZED VIEW CONCURRENTLY daily',
      { assumeInTransaction: true },
    ],
    ['refresh-materialized-view', 'REFRESH MATERIALIZED VIEW weekly', undefined],
  ];

  it.each(rows.map(([rule, sql, fix, options]) => ({ rule, sql, fix, options })))(
    '$rule: $sql',
    ({ rule, sql, fix, options }) => {
      expect(fixOf(rule, sql, options)).toBe(fix);
    },
  );
});

it('calls a unique index that may be invalid graver than another', () => {
  const level = (sql: string) => findings(sql).find(({ rule }) => rule === 'concurrent-if-not-exists')?.level;
  expect(level('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)')).toBe('warning');
  expect(level('CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON customers (email)')).toBe('notice');
});

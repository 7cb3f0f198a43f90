import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE orders (id bigint PRIMARY KEY, note text);
  CREATE INDEX orders_note ON orders (note);
  CREATE UNLOGGED TABLE imports (id bigint);
  CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
  CREATE INDEX events_id ON events (id);
  CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE old (id bigint, at date NOT NULL);
  CREATE TABLE checked (id bigint, at date NOT NULL, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));
  CREATE TABLE areas (id bigint, area text) PARTITION BY LIST (area);
  CREATE TABLE areas_rest PARTITION OF areas DEFAULT;
  CREATE TABLE north (id bigint, area text NOT NULL CHECK (area IN ('n', 'ne')));
  CREATE MATERIALIZED VIEW daily AS SELECT 1 AS day;`;

type Row = readonly [sql: string, count: number, options?: Partial<LintOptions>];

function findings(sql: string, options: Partial<LintOptions> = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings;
}

const rules: Readonly<Record<string, readonly Row[]>> = {
  'set-logged-rewrite': [
    ['ALTER TABLE imports SET LOGGED', 1],
    ['ALTER TABLE orders SET UNLOGGED', 1],
    ['ALTER TABLE orders ADD a int, SET UNLOGGED', 1],
    ['ALTER TABLE unknown SET LOGGED', 1],
    ['ALTER TABLE orders SET LOGGED', 0],
    ['ALTER TABLE imports SET UNLOGGED', 0],
    ['ALTER TABLE events SET LOGGED', 0],
    ['CREATE UNLOGGED TABLE x (a int); ALTER TABLE x SET LOGGED', 0],
    ['ALTER SEQUENCE s SET LOGGED', 0],
  ],
  'set-tablespace-rewrite': [
    ['ALTER TABLE orders SET TABLESPACE fast', 1],
    ['ALTER INDEX orders_note SET TABLESPACE fast', 1],
    ['ALTER INDEX orders_pkey SET TABLESPACE fast', 1],
    ['ALTER MATERIALIZED VIEW daily SET TABLESPACE fast', 1],
    ['ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast', 1],
    ['ALTER INDEX ALL IN TABLESPACE slow SET TABLESPACE fast', 1],
    ['ALTER TABLE events SET TABLESPACE fast', 0],
    ['ALTER INDEX events_id SET TABLESPACE fast', 0],
    [
      'CREATE TABLE x (a int PRIMARY KEY); ALTER TABLE x SET TABLESPACE fast; ALTER INDEX x_pkey SET TABLESPACE fast',
      0,
    ],
  ],
  'set-access-method-rewrite': [
    ['ALTER TABLE orders SET ACCESS METHOD columnar', 1],
    ['ALTER TABLE orders SET ACCESS METHOD DEFAULT', 1],
    ['ALTER MATERIALIZED VIEW daily SET ACCESS METHOD columnar', 1],
    ['ALTER TABLE events SET ACCESS METHOD columnar', 0],
    ['CREATE TABLE x (a int); ALTER TABLE x SET ACCESS METHOD columnar', 0],
  ],
  'cluster-or-vacuum-full': [
    ['CLUSTER', 1],
    ['CLUSTER orders USING orders_pkey', 1],
    ['VACUUM FULL', 1],
    ['VACUUM (FULL, ANALYZE) orders, imports', 2],
    ['VACUUM (FULL false) orders', 0],
    ['VACUUM ANALYZE orders', 0],
    ['ALTER TABLE orders CLUSTER ON orders_pkey', 0],
    ['CREATE TABLE x (a int); VACUUM FULL x', 0],
    ['VACUUM FULL orders', 0, { rows: () => 0 }],
  ],
  'attach-partition-scan': [
    ["ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')", 1],
    ["ALTER TABLE events ATTACH PARTITION checked FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')", 0],
    ["ALTER TABLE events ATTACH PARTITION checked FOR VALUES FROM ('2020-01-01') TO ('2020-06-01')", 1],
    ["ALTER TABLE events ATTACH PARTITION unknown FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')", 1],
    ["ALTER TABLE areas ATTACH PARTITION north FOR VALUES IN ('n', 'ne')", 1],
    ["CREATE TABLE areas_s PARTITION OF areas FOR VALUES IN ('s')", 1],
    ["CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')", 0],
    [
      "CREATE TABLE x (LIKE events INCLUDING ALL); ALTER TABLE events ATTACH PARTITION x FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
      0,
    ],
    ["CREATE TABLE x (LIKE areas INCLUDING ALL); ALTER TABLE areas ATTACH PARTITION x FOR VALUES IN ('w')", 1],
    [
      "ALTER TABLE areas_rest ADD CONSTRAINT c CHECK (area <> 'w') NOT VALID; ALTER TABLE areas_rest VALIDATE CONSTRAINT c; CREATE TABLE x (LIKE areas INCLUDING ALL); ALTER TABLE areas ATTACH PARTITION x FOR VALUES IN ('w')",
      0,
    ],
    [
      "CREATE TABLE x (LIKE areas INCLUDING ALL); ALTER TABLE areas ATTACH PARTITION x FOR VALUES IN ('w')",
      0,
      { rows: ({ name }) => (name === 'areas_rest' ? 0 : undefined) },
    ],
    ['CREATE TABLE d PARTITION OF events DEFAULT', 0],
    [
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p DEFAULT; CREATE TABLE r PARTITION OF p FOR VALUES IN (1)',
      0,
    ],
  ],
  'detach-partition-lock': [
    ['ALTER TABLE events DETACH PARTITION events_2024', 1],
    ['ALTER TABLE unknown DETACH PARTITION unknown_2024', 1],
    ['ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY', 0],
    ['ALTER TABLE events DETACH PARTITION events_2024 FINALIZE', 0],
    ['ALTER TABLE events DETACH PARTITION events_2024', 0, { engineVersion: '13' }],
    ['ALTER TABLE areas DETACH PARTITION areas_rest', 0],
    [
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1); ALTER TABLE p DETACH PARTITION q',
      0,
    ],
  ],
  'trigger-lock': [
    ['ALTER TABLE orders DISABLE TRIGGER ALL', 1],
    ['ALTER TABLE orders DISABLE TRIGGER audit', 1],
    ['BEGIN; ALTER TABLE orders DISABLE TRIGGER USER; ALTER TABLE orders ENABLE TRIGGER USER; COMMIT', 1],
    ['ALTER TABLE orders ENABLE ALWAYS TRIGGER audit', 0],
    ['CREATE TABLE x (a int); ALTER TABLE x DISABLE TRIGGER ALL', 0],
  ],
};

describe.each(Object.entries(rules))('%s', (rule, rows) => {
  it.each(rows.map(([sql, count, options]) => ({ sql, count, options })))('$sql: $count', ({ sql, count, options }) => {
    expect(findings(sql, options).filter((each) => each.rule === rule)).toHaveLength(count);
  });
});

describe('replacements', () => {
  const rows: readonly (readonly [
    rule: string,
    sql: string,
    fix: string | undefined,
    options?: Partial<LintOptions>,
  ])[] = [
    [
      'set-tablespace-rewrite',
      'ALTER INDEX public.orders_note SET TABLESPACE "Fast"',
      'REINDEX (TABLESPACE "Fast") INDEX CONCURRENTLY public.orders_note',
    ],
    ['set-tablespace-rewrite', 'ALTER INDEX orders_note SET TABLESPACE f', undefined, { engineVersion: '13' }],
    ['set-tablespace-rewrite', 'ALTER INDEX orders_note SET TABLESPACE f', undefined, { assumeInTransaction: true }],
    [
      'detach-partition-lock',
      'ALTER TABLE events DETACH PARTITION events_2024',
      'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY',
    ],
    [
      'detach-partition-lock',
      'ALTER TABLE events DETACH PARTITION events_2024',
      undefined,
      { assumeInTransaction: true },
    ],
  ];

  it.each(rows.map(([rule, sql, fix, options]) => ({ rule, sql, fix, options })))(
    '$rule: $sql',
    ({ rule, sql, fix, options }) => {
      const found = findings(sql, options).find((each) => each.rule === rule);
      expect(found).toBeDefined();
      expect(found?.fix?.replacement).toBe(fix);
    },
  );
});

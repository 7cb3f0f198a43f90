import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { LintFile } from '../../../src/sql/lint/files.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE customers (id bigint PRIMARY KEY, email text, code text, region text NOT NULL);
  CREATE UNIQUE INDEX customers_code ON customers (code);
  CREATE UNIQUE INDEX customers_region ON customers (region DESC);
  CREATE TABLE orders (id bigint NOT NULL, customer_id bigint, note text, day date, during tsrange);
  CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE empty (id bigint) PARTITION BY LIST (id);
  CREATE FOREIGN TABLE elsewhere (id bigint) SERVER other;`;

type Settings = Partial<LintOptions> & { readonly file?: Partial<LintFile> };
type Row = readonly [sql: string, count: number, options?: Settings];

function findings(sql: string, { file, ...options }: Settings = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql, ...file }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings;
}

const rules: Readonly<Record<string, readonly Row[]>> = {
  'foreign-key-not-valid': [
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', 1],
    ['ALTER TABLE ONLY public.orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers (id)', 1],
    ['ALTER TABLE IF EXISTS orders ADD FOREIGN KEY (customer_id) REFERENCES customers DEFERRABLE', 1],
    ['ALTER TABLE unknown ADD FOREIGN KEY (a) REFERENCES customers', 1],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES orders (id)', 1],
    ['ALTER TABLE orders ADD a int, ADD FOREIGN KEY (customer_id) REFERENCES customers', 1],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID', 0],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED', 0],
    ['ALTER TABLE orders ADD a bigint REFERENCES customers', 0],
    ['ALTER TABLE orders ADD a bigint DEFAULT NULL REFERENCES customers', 1],
    ['ALTER TABLE orders ADD a bigint DEFAULT 1 REFERENCES customers', 1],
    ['ALTER TABLE orders ADD a bigserial REFERENCES customers', 1],
    ['ALTER TABLE orders ADD a bigint GENERATED ALWAYS AS IDENTITY REFERENCES customers', 1],
    ['ALTER TABLE orders ADD a bigint GENERATED ALWAYS AS (id) STORED REFERENCES customers', 1],
    ['ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers', 1],
    [
      'ALTER TABLE events_2024 ADD FOREIGN KEY (id) REFERENCES customers NOT VALID; ALTER TABLE events_2024 VALIDATE CONSTRAINT events_2024_id_fkey; ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers',
      0,
    ],
    [
      'ALTER TABLE events_2024 ADD FOREIGN KEY (id) REFERENCES customers NOT VALID; ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers',
      1,
    ],
    ['ALTER TABLE empty ADD FOREIGN KEY (id) REFERENCES customers', 1],
    ['CREATE TABLE x (a bigint REFERENCES customers); ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES orders (id)', 0],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', 0, { rows: () => 0 }],
    ['DO $$ BEGIN ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; END $$', 1],
  ],
  'check-not-valid': [
    ['ALTER TABLE orders ADD CHECK (id > 0)', 1],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0), ADD CONSTRAINT d CHECK (id < 9)', 2],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NO INHERIT NOT VALID', 0],
    ['ALTER TABLE orders ADD CHECK (id > 0) NOT ENFORCED', 0],
    ['ALTER TABLE orders ADD a int CHECK (a > 0)', 1],
    ['ALTER TABLE orders ADD a int CHECK (a > 0) NOT ENFORCED', 0],
    ['ALTER TABLE events ADD CHECK (id > 0)', 1],
    ['CREATE TABLE x (a int); ALTER TABLE x ADD CHECK (a > 0)', 0],
    ['ALTER FOREIGN TABLE elsewhere ADD CHECK (id > 0)', 0],
    ['ALTER TABLE elsewhere ADD CHECK (id > 0)', 0],
  ],
  'validate-in-same-transaction': [
    [
      'BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; COMMIT',
      1,
    ],
    [
      'BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; SAVEPOINT s; ALTER TABLE orders VALIDATE CONSTRAINT c; COMMIT',
      1,
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID, VALIDATE CONSTRAINT c', 1],
    [
      'DO $$ BEGIN ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; END $$',
      1,
    ],
    [
      'BEGIN; ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; COMMIT; BEGIN; ALTER TABLE orders VALIDATE CONSTRAINT c; COMMIT',
      0,
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c', 0],
    [
      'BEGIN; CREATE TABLE x (a int); ALTER TABLE x ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE x VALIDATE CONSTRAINT c; COMMIT',
      0,
    ],
    ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID, VALIDATE CONSTRAINT n', 1],
  ],
  'exclusion-constraint-lock': [
    ['ALTER TABLE orders ADD EXCLUDE USING gist (during WITH &&)', 1],
    ['ALTER TABLE orders ADD a int, ADD CONSTRAINT e EXCLUDE (id WITH =) WHERE (id > 0) DEFERRABLE', 1],
    ['CREATE TABLE x (d tsrange, EXCLUDE USING gist (d WITH &&))', 0],
    ['CREATE TABLE x (d tsrange); ALTER TABLE x ADD EXCLUDE USING gist (d WITH &&)', 0],
  ],
  'unique-constraint-lock': [
    ['ALTER TABLE customers ADD UNIQUE (email)', 1],
    ['ALTER TABLE ONLY customers ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (email)', 1],
    ['ALTER TABLE orders ADD PRIMARY KEY (id)', 1],
    ['ALTER TABLE orders ADD a int UNIQUE', 1],
    ['ALTER TABLE orders ADD a bigserial PRIMARY KEY', 1],
    ['ALTER TABLE customers ADD UNIQUE USING INDEX customers_code', 0],
    ['ALTER TABLE events ADD UNIQUE (id, at)', 1],
    ['ALTER TABLE ONLY events ADD UNIQUE (id, at)', 0],
    ['CREATE TABLE x (a int); ALTER TABLE x ADD UNIQUE (a)', 0],
  ],
  'unique-constant-default': [
    ["ALTER TABLE orders ADD a text DEFAULT 'x' UNIQUE", 1],
    ['ALTER TABLE orders ADD a timestamptz DEFAULT now() UNIQUE', 1],
    ['ALTER TABLE orders ADD a int DEFAULT 1 PRIMARY KEY', 1],
    ['ALTER TABLE orders ADD a uuid DEFAULT gen_random_uuid() UNIQUE', 0],
    ['ALTER TABLE orders ADD a int DEFAULT NULL UNIQUE', 0],
    ['ALTER TABLE orders ADD a int UNIQUE', 0],
    ['CREATE TABLE x (a int); ALTER TABLE x ADD b int DEFAULT 1 UNIQUE', 0],
  ],
  'unique-may-fail': [
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON customers (email)', 0],
    ...(
      [
        ['CREATE UNIQUE INDEX CONCURRENTLY i ON customers (email)', 1],
        ['CREATE UNIQUE INDEX i ON customers (lower(email))', 1],
        ['ALTER TABLE customers ADD UNIQUE (email, region)', 0],
        ['ALTER TABLE orders ADD UNIQUE (id, note)', 1],
        ['CREATE UNIQUE INDEX i ON customers (id, email)', 0],
        ['CREATE INDEX i ON customers (email)', 0],
        ['ALTER TABLE customers ADD UNIQUE USING INDEX customers_code', 0],
        ['ALTER TABLE customers ADD a int UNIQUE', 0],
      ] as const
    ).map(([sql, count]): Row => [sql, count, { rules: { 'unique-may-fail': 'notice' } }]),
  ],
  'set-not-null-scan': [
    ['ALTER TABLE orders ALTER note SET NOT NULL', 1],
    ['ALTER TABLE orders ALTER note SET NOT NULL, ALTER day SET NOT NULL', 2],
    ['ALTER TABLE orders ALTER id SET NOT NULL', 0],
    ['ALTER TABLE orders ADD CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders ALTER note SET NOT NULL', 1],
    [
      'ALTER TABLE orders ADD CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_note_check; ALTER TABLE orders ALTER note SET NOT NULL',
      0,
    ],
    [
      'ALTER TABLE orders ADD CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_note_check; ALTER TABLE orders ALTER note SET NOT NULL',
      1,
      { engineVersion: '11' },
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT n; ALTER TABLE orders ALTER note SET NOT NULL',
      0,
      { engineVersion: '18' },
    ],
    // What is dropped goes first, so that the proof is gone, wherever in the statement that stands.
    [
      'ALTER TABLE orders ADD CONSTRAINT n CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT n; ALTER TABLE orders ALTER note SET NOT NULL, DROP CONSTRAINT n',
      1,
    ],
    ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note', 1],
    ['CREATE UNIQUE INDEX CONCURRENTLY o ON orders (note); ALTER TABLE orders ADD PRIMARY KEY USING INDEX o', 1],
    ['CREATE UNIQUE INDEX CONCURRENTLY o ON orders (id); ALTER TABLE orders ADD PRIMARY KEY USING INDEX o', 0],
    ['ALTER TABLE events ALTER id SET NOT NULL', 1],
  ],
};

describe.each(Object.entries(rules))('%s', (rule, rows) => {
  it.each(rows.map(([sql, count, options]) => ({ sql, count, options })))('$sql: $count', ({ sql, count, options }) => {
    expect(findings(sql, options).filter((each) => each.rule === rule)).toHaveLength(count);
  });
});

describe('replacements', () => {
  const rows: readonly (readonly [rule: string, sql: string, fix: string | undefined, options?: Settings])[] = [
    [
      'foreign-key-not-valid',
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE',
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey',
    ],
    [
      'foreign-key-not-valid',
      'ALTER TABLE IF EXISTS "O" ADD CONSTRAINT "C" FOREIGN KEY (a) REFERENCES customers',
      'ALTER TABLE IF EXISTS "O" ADD CONSTRAINT "C" FOREIGN KEY (a) REFERENCES customers NOT VALID;\nALTER TABLE IF EXISTS "O" VALIDATE CONSTRAINT "C"',
    ],
    ['foreign-key-not-valid', 'ALTER TABLE unknown ADD FOREIGN KEY (a) REFERENCES customers', undefined],
    ['foreign-key-not-valid', 'ALTER TABLE events ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES customers', undefined],
    [
      'foreign-key-not-valid',
      'ALTER TABLE events ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES customers',
      'ALTER TABLE events ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES customers NOT VALID;\nALTER TABLE events VALIDATE CONSTRAINT c',
      { engineVersion: '18' },
    ],
    [
      'check-not-valid',
      'ALTER TABLE orders ADD CHECK (note <> day::text)',
      'ALTER TABLE orders ADD CHECK (note <> day::text) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_check',
    ],
    ['check-not-valid', 'ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0)', undefined, { assumeInTransaction: true }],
    [
      'check-not-valid',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0)',
      undefined,
      { file: { inOneMessage: true } },
    ],
    ['check-not-valid', 'ALTER TABLE orders ADD CHECK (id > 0), DROP note', undefined],
    ['check-not-valid', 'ALTER TABLE orders ADD a int CHECK (a > 0)', undefined],
    [
      'unique-constraint-lock',
      'ALTER TABLE customers ADD UNIQUE NULLS NOT DISTINCT (email, region) INCLUDE (id) DEFERRABLE INITIALLY DEFERRED',
      'CREATE UNIQUE INDEX CONCURRENTLY customers_email_region_id_key ON customers (email, region) INCLUDE (id) NULLS NOT DISTINCT;\nALTER TABLE customers ADD CONSTRAINT customers_email_region_id_key UNIQUE USING INDEX customers_email_region_id_key DEFERRABLE INITIALLY DEFERRED',
    ],
    [
      'unique-constraint-lock',
      'ALTER TABLE customers ADD CONSTRAINT codes UNIQUE (code)',
      'ALTER TABLE customers ADD CONSTRAINT codes UNIQUE USING INDEX customers_code',
      { assumeInTransaction: true },
    ],
    [
      'unique-constraint-lock',
      'ALTER TABLE customers ADD CONSTRAINT regions UNIQUE (region)',
      'CREATE UNIQUE INDEX CONCURRENTLY regions ON customers (region);\nALTER TABLE customers ADD CONSTRAINT regions UNIQUE USING INDEX regions',
    ],
    ['unique-constraint-lock', 'ALTER TABLE orders ADD PRIMARY KEY (customer_id)', undefined],
    [
      'unique-constraint-lock',
      'ALTER TABLE orders ADD PRIMARY KEY (id)',
      'CREATE UNIQUE INDEX CONCURRENTLY orders_pkey ON orders (id);\nALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey',
    ],
    ['unique-constraint-lock', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (id) WITH (fillfactor = 70)', undefined],
    ['unique-constraint-lock', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (id, during WITHOUT OVERLAPS)', undefined],
    [
      'set-not-null-scan',
      'ALTER TABLE orders ALTER note SET NOT NULL',
      'ALTER TABLE orders ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;\nALTER TABLE orders ALTER note SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT orders_note_not_null',
    ],
    [
      'set-not-null-scan',
      'ALTER TABLE IF EXISTS orders ALTER note SET NOT NULL',
      'ALTER TABLE IF EXISTS orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;\nALTER TABLE IF EXISTS orders VALIDATE CONSTRAINT orders_note_not_null',
      { engineVersion: '18' },
    ],
    ['set-not-null-scan', 'ALTER TABLE orders ALTER note SET NOT NULL', undefined, { engineVersion: '11' }],
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

import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { areComparable } from '../../../src/sql/facts/comparable-types.ts';
import { partitionColumns } from '../../../src/sql/facts/partition-key.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// What these rules say that PostgreSQL refuses, it refuses, and nothing else.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

async function isRefused(given: string, sql: string): Promise<boolean> {
  await postgres.exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${given}`);
  try {
    for (const statement of parse(sql, 'postgresql').statements) await postgres.exec(statement.sql);
    return false;
  } catch {
    return true;
  }
}

function isSaid(rule: string, given: string, sql: string): boolean {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', engineVersion: '18', before });
  expect(report.errors).toEqual([]);
  return report.findings.some((finding) => finding.rule === rule);
}

const keys = `
  CREATE TABLE t (id bigint PRIMARY KEY, a int, b text, c int, UNIQUE (a, c), UNIQUE (c) DEFERRABLE);
  CREATE UNIQUE INDEX partial ON t (a) WHERE a > 0;
  CREATE UNIQUE INDEX expression ON t ((a + 1));
  CREATE UNIQUE INDEX backwards ON t (b DESC);
  CREATE INDEX plain ON t (a);
  CREATE UNIQUE INDEX good ON t (a, b);
  CREATE TABLE bare (id bigint);
  CREATE TABLE p (a int, "B" int) PARTITION BY RANGE ("B");
  CREATE TABLE q (a int, b int) PARTITION BY LIST ((a + b));
  CREATE TABLE r (a int, b text, c text) PARTITION BY RANGE (a, c);`;

describe.each(
  Object.entries({
    'foreign-key-refused': [
      'CREATE TABLE x (a bigint REFERENCES t)',
      'CREATE TABLE x (a bigint REFERENCES t (id))',
      'CREATE TABLE x (a int REFERENCES t (a))',
      'CREATE TABLE x (a int REFERENCES t (c))',
      'CREATE TABLE x (a text REFERENCES t (b))',
      'CREATE TABLE x (a int, c int, FOREIGN KEY (a, c) REFERENCES t (c, a))',
      'CREATE TABLE x (a int, c int, FOREIGN KEY (a, c) REFERENCES t (id))',
      'CREATE TABLE x (a int, c int, FOREIGN KEY (a, c) REFERENCES t)',
      'CREATE TABLE x (a bigint REFERENCES bare)',
      'CREATE TABLE x (a bigint REFERENCES bare (id))',
      'CREATE TABLE x (id bigint PRIMARY KEY, up bigint REFERENCES x)',
      'CREATE TABLE x (id bigint, up bigint REFERENCES x (id))',
      'CREATE TABLE x (id bigint UNIQUE, up bigint REFERENCES x (id))',
      'ALTER TABLE bare ADD FOREIGN KEY (id) REFERENCES t (id)',
      'ALTER TABLE bare ADD FOREIGN KEY (id) REFERENCES t (b)',
      'ALTER TABLE bare ADD COLUMN a text REFERENCES t (id)',
      'ALTER TABLE bare ADD COLUMN a int, ADD FOREIGN KEY (a) REFERENCES t (id)',
      'CREATE TABLE x (LIKE t INCLUDING ALL); CREATE TABLE y (a bigint REFERENCES x (id))',
      'CREATE TABLE x (LIKE t); CREATE TABLE y (a bigint REFERENCES x (id))',
      'CREATE UNIQUE INDEX u ON bare (id); CREATE TABLE y (a bigint REFERENCES bare (id))',
    ],
    'using-index-refused': [
      'ALTER TABLE t ADD UNIQUE USING INDEX good',
      'ALTER TABLE t ADD UNIQUE USING INDEX partial',
      'ALTER TABLE t ADD UNIQUE USING INDEX expression',
      'ALTER TABLE t ADD UNIQUE USING INDEX backwards',
      'ALTER TABLE t ADD UNIQUE USING INDEX plain',
      'ALTER TABLE t ADD UNIQUE USING INDEX missing',
      'ALTER TABLE t ADD UNIQUE USING INDEX t_pkey',
      'CREATE UNIQUE INDEX pa ON p (a, "B"); ALTER TABLE p ADD UNIQUE USING INDEX pa',
      'CREATE UNIQUE INDEX n ON t (a NULLS FIRST); ALTER TABLE t ADD UNIQUE USING INDEX n',
      'CREATE TABLE x (a int NOT NULL); CREATE UNIQUE INDEX n ON x (a); ALTER TABLE x ADD PRIMARY KEY USING INDEX n',
    ],
    'unique-without-partition-key': [
      'CREATE TABLE x (a int PRIMARY KEY, b int) PARTITION BY RANGE (b)',
      'CREATE TABLE x (a int, b int, PRIMARY KEY (a, b)) PARTITION BY RANGE (b)',
      'CREATE TABLE x (a int PRIMARY KEY, b int) PARTITION BY HASH (a)',
      'CREATE TABLE x (a int UNIQUE, b int) PARTITION BY LIST (lower(b::text))',
      'CREATE TABLE x (a int, b int) PARTITION BY LIST (lower(b::text))',
      'ALTER TABLE p ADD UNIQUE (a)',
      'ALTER TABLE ONLY p ADD UNIQUE (a)',
      'ALTER TABLE p ADD UNIQUE (a, "B")',
      'ALTER TABLE q ADD UNIQUE (a, b)',
      'CREATE UNIQUE INDEX ON r (a)',
      'CREATE UNIQUE INDEX ON r (c, a)',
      'CREATE INDEX ON r (b)',
      'CREATE TABLE x PARTITION OF p (a PRIMARY KEY) DEFAULT',
    ],
  }),
)('%s', (rule, statements) => {
  it.each(statements)('%s', async (sql) => {
    expect(isSaid(rule, keys, sql)).toBe(await isRefused(keys, sql));
  });
});

const types = [
  'smallint',
  'integer',
  'bigint',
  'text',
  'character varying(9)',
  'character(4)',
  'uuid',
  'boolean',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'bytea',
  'inet',
  'cidr',
];

describe('types that cannot be compared', () => {
  it.each(types)('with %s', async (type) => {
    const given = `CREATE TABLE t (a ${type} PRIMARY KEY);`;
    for (const other of types) {
      const said = !areComparable(other, type);
      expect([other, said]).toEqual([other, await isRefused(given, `CREATE TABLE x (a ${other} REFERENCES t)`)]);
    }
  });
});

it.each([
  ['RANGE (created_at)', ['created_at']],
  ['RANGE (A, "B,""c")', ['a', 'B,"c']],
  ['LIST (lower(a))', [undefined]],
  ['LIST ((a + b), c)', [undefined, 'c']],
  ['RANGE (a COLLATE "C" text_pattern_ops, date_trunc(\'day\', b), c int4_ops)', ['a', undefined, 'c']],
])('the partition key %s', (partitionBy, columns) => {
  expect(partitionColumns(partitionBy)).toEqual(columns);
});

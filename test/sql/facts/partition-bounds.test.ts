import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { seemsOutside, seemsWithin } from '../../../src/sql/facts/partition-bounds.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// Whether PostgreSQL scans a table on ATTACH PARTITION, asked of PostgreSQL: it says at debug1 when a check spares it the scan.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

async function noticesOf(given: string, sql: string): Promise<readonly string[]> {
  const notices: string[] = [];
  await postgres.exec(`DROP TABLE IF EXISTS parent, part CASCADE; ${given} SET client_min_messages = debug1;`);
  await postgres.exec(`${sql}; RESET client_min_messages;`, { onNotice: ({ message = '' }) => notices.push(message) });
  return notices;
}

const tableOf = (given: string, name: string) =>
  catalogOf('postgresql', [parse(given, 'postgresql')]).catalog.tables.get(`public.${name}`);

const year = "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')";
const within = "at >= '2020-01-01' AND at < '2021-01-01'";

describe('which checks spare ATTACH PARTITION the scan of the partition', () => {
  it.each([
    ['RANGE (at)', year, 'at date'],
    ['RANGE (at)', year, 'at date NOT NULL'],
    ['RANGE (at)', year, `at date NOT NULL, CHECK (${within})`],
    ['RANGE (at)', year, `at date, CHECK (${within})`],
    ['RANGE (at)', year, `at date, CHECK (at IS NOT NULL AND ${within})`],
    ['RANGE (at)', year, `at date, CHECK (at IS NOT NULL), CHECK (${within})`],
    ['RANGE (at)', year, "at date NOT NULL, CHECK (at >= '2020-01-01'), CHECK (at < '2021-01-01')"],
    ['RANGE (at)', year, "at date NOT NULL, CHECK (at >= '2020-01-01')"],
    ['RANGE (at)', year, `"at" date NOT NULL, CHECK (("at" >= '2020-01-01'::date) AND ("at" < '2021-01-01'::date))`],
    ['RANGE (at)', year, "at date NOT NULL, CHECK (at >= '2019-01-01' AND at < '2021-01-01')"],
    ['RANGE (at)', "FOR VALUES FROM (MINVALUE) TO ('2021-01-01')", "at date NOT NULL, CHECK (at < '2021-01-01')"],
    ['RANGE (at)', 'DEFAULT', 'at date NOT NULL'],
    [
      'LIST (at)',
      "FOR VALUES IN ('2020-01-01', '2020-01-02')",
      "at date NOT NULL, CHECK (at IN ('2020-01-01', '2020-01-02'))",
    ],
    ['LIST (at)', "FOR VALUES IN ('2020-01-01', '2020-01-02')", "at date, CHECK (at IN ('2020-01-01', '2020-01-02'))"],
    ['LIST (at)', "FOR VALUES IN ('2020-01-01')", "at date NOT NULL, CHECK (at = '2020-01-01')"],
    [
      'RANGE ((at + 1))',
      year,
      "at date, CHECK (at + 1 IS NOT NULL AND at + 1 >= '2020-01-01' AND at + 1 < '2021-01-01')",
    ],
    ['RANGE ((at + 1))', year, "at date NOT NULL, CHECK (at + 1 >= '2020-01-01' AND at + 1 < '2021-01-01')"],
    ['HASH (at)', 'FOR VALUES WITH (MODULUS 2, REMAINDER 0)', 'at date NOT NULL, CHECK (at IS NOT NULL)'],
  ])('%s %s of (%s)', async (partitionBy, bound, columns) => {
    const given = `CREATE TABLE parent (at date) PARTITION BY ${partitionBy}; CREATE TABLE part (${columns});`;
    const notices = await noticesOf(given, `ALTER TABLE parent ATTACH PARTITION part ${bound}`);
    const spared = notices.some((message) => message.includes('is implied by existing constraints'));
    // Without other partitions a default one has nothing to be checked for; we say so once too often.
    const isFirstDefault = bound === 'DEFAULT';
    expect(seemsWithin(tableOf(given, 'part'), { bound, partitionBy }, 18)).toBe(spared && !isFirstDefault);
  });

  it('none that is NOT VALID', async () => {
    const given = `CREATE TABLE parent (at date) PARTITION BY RANGE (at); CREATE TABLE part (at date NOT NULL); ALTER TABLE part ADD CHECK (${within}) NOT VALID;`;
    const notices = await noticesOf(given, `ALTER TABLE parent ATTACH PARTITION part ${year}`);
    expect(notices.some((message) => message.includes('is implied'))).toBe(false);
    expect(seemsWithin(tableOf(given, 'part'), { bound: year, partitionBy: 'RANGE (at)' }, 18)).toBe(false);
  });
});

describe('which checks spare the default partition its scan', () => {
  it.each([
    ['no check', ''],
    ['a check that keeps the values out', "CHECK (at < '2020-01-01' OR at >= '2021-01-01')"],
    ['NOT of what the new one holds', `CHECK (NOT (${within}))`],
    ['another check', "CHECK (at > '1999-01-01')"],
  ])('%s', async (_, check) => {
    const given = `CREATE TABLE parent (at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE rest PARTITION OF parent${check === '' ? '' : ` (${check})`} DEFAULT; CREATE TABLE part (at date NOT NULL);`;
    const notices = await noticesOf(given, `ALTER TABLE parent ATTACH PARTITION part ${year}`);
    const spared = notices.some((message) => message.includes('for default partition "rest" is implied'));
    // PostgreSQL proves only a part of what is true: what it cannot prove here, it scans.
    expect(seemsOutside(tableOf(given, 'rest'), { bound: year, partitionBy: 'RANGE (at)' })).toBe(spared);
  });
});

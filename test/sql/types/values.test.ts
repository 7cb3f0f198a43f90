import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { riskOf } from '../../../src/sql/facts/type-changes/values.ts';

// Values at the edges of every type go into every other type on PostgreSQL: what is refused or comes back different must have
// been foretold.
let postgres: PGlite;

beforeAll(async () => {
  postgres = await PGlite.create();
  await postgres.exec(`SET timezone = 'Europe/Berlin'`);
});
afterAll(() => postgres.close());

const long = 'ab'.repeat(40);
const samples: Readonly<Record<string, readonly string[]>> = {
  smallint: ['-32768', '7'],
  integer: ['-2147483648', '16777217'],
  bigint: ['-9223372036854775808', '9007199254740993'],
  real: ['3e38', '0.5', '16777216'],
  'double precision': ['1e300', '0.1', '9007199254740992', '1.2345678901234567'],
  numeric: ['123456789012345678901234567890.123456789'],
  'numeric(4,0)': ['9999'],
  'numeric(10,2)': ['99999999.99', '0.01'],
  'numeric(12,2)': ['9999999999.99'],
  'numeric(12,4)': ['99999999.9999'],
  text: [long],
  'character varying(20)': [long.slice(0, 20)],
  'character varying(40)': [long.slice(0, 40)],
  'character(8)': ['abcdefgh'],
  name: [long.slice(0, 63)],
  boolean: ['true', 'false'],
  uuid: ['00000000-0000-0000-0000-000000000001'],
  date: ['2024-02-29'],
  'timestamp without time zone': ['2024-07-01 10:20:30.123456'],
  'timestamp(3) without time zone': ['2024-07-01 10:20:30.123'],
  'timestamp with time zone': ['2024-07-01 10:20:30.123456+00'],
  'timestamp(0) with time zone': ['2024-07-01 10:20:30+00'],
  'time without time zone': ['10:20:30.123456'],
  'time with time zone': ['10:20:30.123456+05'],
  interval: ['14 mons 3 days 04:05:06.789'],
  'interval(2)': ['3 days 04:05:06.78'],
  'interval year to month': ['14 mons'],
  'bit(4)': ['1010'],
  'bit(8)': ['10101010'],
  'bit varying': ['1010101010101'],
  'bit varying(6)': ['101010'],
  inet: ['192.168.1.5/24'],
  cidr: ['192.168.1.0/24'],
  'text[]': [`{${long}}`],
  'character varying(20)[]': [`{${long.slice(0, 20)}}`],
};
const types = Object.keys(samples);
const conditions = { catalog: { domains: new Map() }, utc: false };

/** `fails`, `changed` (what comes back is not what went in) or `kept`; nothing where there is no such cast. */
async function fate(from: string, to: string, value: string, isExplicit: boolean): Promise<string | undefined> {
  await postgres.exec(`DROP TABLE IF EXISTS t; CREATE TABLE t (a ${from}, before text);`);
  await postgres.query(`INSERT INTO t VALUES ($1::text::${from}, $1::text::${from}::text)`, [value]);
  try {
    await postgres.exec(`ALTER TABLE t ALTER a TYPE ${to}${isExplicit ? ` USING a::${to}` : ''}`);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    return code === '42804' || code === '42846' ? undefined : 'fails';
  }
  try {
    return await cameBack(`a::${from}`);
  } catch {
    return cameBack(`a::text::${from}`).catch(() => 'changed');
  }
}

async function cameBack(expression: string): Promise<string> {
  const { rows } = await postgres.query<{ same: boolean }>(`SELECT ${expression}::text = before AS same FROM t`);
  return rows[0]?.same === true ? 'kept' : 'changed';
}

describe.each([false, true])('values that are cast, explicitly: %s', (isExplicit) => {
  it.each(types)('from %s', async (from) => {
    const unforeseen: string[] = [];
    for (const to of types) {
      const { fails, loses, rereads } = riskOf(from, to, isExplicit, conditions);
      for (const value of samples[from] ?? []) {
        const actual = await fate(from, to, value, isExplicit);
        const isForeseen = actual === 'fails' ? fails !== undefined : (loses ?? rereads) !== undefined;
        if ((actual === 'fails' || actual === 'changed') && !isForeseen)
          unforeseen.push(`${value} to ${to}: ${actual}`);
      }
    }
    expect(unforeseen).toEqual([]);
  });
});

describe('what is safe for every value', () => {
  it.each([
    ['smallint', 'integer'],
    ['integer', 'bigint'],
    ['integer', 'numeric'],
    ['integer', 'numeric(12,2)'],
    ['integer', 'double precision'],
    ['real', 'double precision'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(4,0)', 'smallint'],
    ['character varying(20)', 'character varying(40)'],
    ['character varying(20)', 'text'],
    ['uuid', 'character varying(36)'],
    ['integer', 'character varying(11)'],
    ['boolean', 'text'],
    ['date', 'timestamp without time zone'],
    ['timestamp(3) without time zone', 'timestamp without time zone'],
    ['cidr', 'inet'],
    ['json', 'jsonb'],
    ['interval year to month', 'interval'],
    ['bit(4)', 'bit varying(6)'],
    ['character varying(20)[]', 'text[]'],
    ['mood', 'text'],
    ['hstore', 'jsonb'],
  ])('%s to %s', (from, to) => {
    expect(riskOf(from, to, false, conditions)).toEqual({});
  });
});

describe('in whose words', () => {
  it.each([
    ['bigint', 'integer', { fails: 'is too large for `integer`' }],
    ['text', 'character varying(10)', { fails: 'is longer than 10 characters' }],
    [
      'numeric(10,2)',
      'numeric(8,1)',
      { fails: 'is too large for `numeric(8,1)`', loses: 'digits after the point, beyond 1' },
    ],
    [
      'numeric(10,2)',
      'numeric(6,1)',
      { fails: 'is too large for `numeric(6,1)`', loses: 'digits after the point, beyond 1' },
    ],
    ['timestamp with time zone', 'date', { loses: 'the time of day' }],
    [
      'timestamp with time zone',
      'timestamp without time zone',
      { rereads: 'the time zone that the session is set to' },
    ],
    ['text', 'uuid', { fails: 'is not written as `uuid`' }],
    ['interval', 'interval year to month', { loses: 'what is less than a month' }],
  ])('%s to %s', (from, to, risk) => {
    expect(riskOf(from, to, false, conditions)).toEqual(risk);
  });
});

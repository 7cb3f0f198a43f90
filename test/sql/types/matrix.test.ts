import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { storageOf } from '../../../src/sql/facts/type-changes/storage.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// Every pair of types is changed into each other on PostgreSQL itself: what the facts claim must be what it does.
let postgres: PGlite;

const named = `
  CREATE DOMAIN plain AS varchar(20); CREATE DOMAIN checked AS varchar(20) CHECK (VALUE <> '');
  CREATE DOMAIN required AS text NOT NULL; CREATE DOMAIN over_text AS text; CREATE DOMAIN over_integer AS int;
  CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN over_plain AS plain; CREATE DOMAIN over_checked AS checked;
  CREATE DOMAIN at_local AS timestamp; CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TYPE other_mood AS ENUM ('a', 'b', 'c');
  CREATE TYPE pair AS (x int, y int);`;

const types = [
  ...['boolean', 'smallint', 'integer', 'bigint', 'oid', 'regclass', 'real', 'double precision', 'money', 'numeric'],
  ...['numeric(10,2)', 'numeric(12,2)', 'numeric(8,2)', 'numeric(12,4)', 'numeric(10,0)', 'text', 'character varying'],
  ...['character varying(20)', 'character varying(40)', 'bpchar', 'character(4)', 'character(8)', '"char"', 'name'],
  ...['citext', 'bytea', 'uuid', 'json', 'jsonb', 'xml', 'date', 'timestamp without time zone'],
  ...['timestamp(3) without time zone', 'timestamp(6) without time zone', 'timestamp with time zone'],
  ...[
    'timestamp(3) with time zone',
    'timestamp(6) with time zone',
    'time without time zone',
    'time(3) without time zone',
  ],
  ...[
    'time with time zone',
    'interval',
    'interval(3)',
    'interval(6)',
    'interval year to month',
    'interval day to second',
  ],
  ...['interval hour to minute', 'interval day to second(3)', 'bit(4)', 'bit(8)', 'bit varying', 'bit varying(4)'],
  ...[
    'bit varying(8)',
    'inet',
    'cidr',
    'macaddr',
    'tsvector',
    'text[]',
    'character varying(20)[]',
    'character varying(40)[]',
  ],
  ...['character varying[]', 'integer[]', 'bigint[]', 'numeric(10,2)[]', 'numeric[]', 'mood', 'mood[]', 'other_mood'],
  ...[
    'plain',
    'checked',
    'required',
    'over_text',
    'over_integer',
    'positive',
    'over_plain',
    'over_checked',
    'at_local',
  ],
  ...['pair', 'int4range', 'point'],
];

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create({ extensions: { citext } });
  await postgres.exec(`CREATE EXTENSION citext; ${named} SET client_min_messages = debug1;`);
});
afterAll(() => postgres.close());

async function fileOf(relation: string): Promise<number | undefined> {
  const { rows } = await postgres.query<{ file: number }>(`SELECT pg_relation_filenode('${relation}') AS file`);
  return rows[0]?.file;
}

/** What the server does with rows and index, or the SQLSTATE with which it refuses. */
async function done(from: string, to: string): Promise<string> {
  await postgres.exec(`DROP TABLE IF EXISTS t; CREATE TABLE t (a ${from});`);
  const isIndexed = await postgres.exec('CREATE INDEX i ON t (a)').then(
    () => true,
    () => false,
  );
  const before = [await fileOf('t'), isIndexed ? await fileOf('i') : 0];
  try {
    await postgres.exec(`ALTER TABLE t ALTER a TYPE ${to} USING a::${to}`);
  } catch (error) {
    return String((error as { code?: string }).code);
  }
  if ((await fileOf('t')) !== before[0]) return 'rewritten';
  if (!isIndexed) return 'kept';
  return (await fileOf('i')) === before[1] ? 'same' : 'other-operators';
}

async function differences(zone: string, from: string): Promise<readonly string[]> {
  await postgres.exec(`SET timezone = '${zone}'`);
  const { catalog } = catalogOf('postgresql', [parse(named, 'postgresql')]);
  const found: string[] = [];
  for (const to of types) {
    const actual = await done(from, to);
    if (/^[0-9A-Z]{5}$/.test(actual)) continue;
    const claimed = storageOf(from, to, { catalog, utc: zone === 'UTC' });
    const agrees = actual === 'kept' ? claimed !== 'rewritten' : claimed === actual;
    if (!agrees) found.push(`${from} to ${to}: ${actual}, not ${claimed}`);
  }
  return found;
}

describe('what becomes of the rows and the index of a column', () => {
  it.each(types)('of type %s in any other type', async (from) => {
    expect(await differences('Europe/Berlin', from)).toEqual([]);
  });

  it.each(types.filter((type) => /timestamp|at_local/.test(type)))('of type %s under UTC', async (from) => {
    expect(await differences('UTC', from)).toEqual([]);
  });
});

import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { castOf } from '../../../src/sql/facts/type-changes/casts.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;

const given = `
  CREATE TYPE mood AS ENUM ('a'); CREATE TYPE other_mood AS ENUM ('a'); CREATE TYPE pair AS (a int);
  CREATE DOMAIN over_text AS text; CREATE DOMAIN over_integer AS integer;`;

const types = [
  ...['boolean', 'smallint', 'integer', 'bigint', 'oid', 'real', 'double precision', 'numeric(10,2)', 'money', 'text'],
  ...['character varying(9)', 'character(9)', 'bytea', 'uuid', 'json', 'jsonb', 'date', 'timestamp without time zone'],
  ...[
    'timestamp(3) with time zone',
    'time without time zone',
    'time with time zone',
    'interval',
    'bit(4)',
    'bit varying',
  ],
  ...['inet', 'cidr', 'macaddr', 'macaddr8', 'mood', 'other_mood', 'pair', 'over_text', 'over_integer', 'text[]'],
  ...['integer[]', 'bigint[]', 'boolean[]'],
];

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
  await postgres.exec(given);
});
afterAll(() => postgres.close());

/** Whether PostgreSQL finds a way between two types: it looks before it touches a row. */
async function hasWay(from: string, to: string, using: string): Promise<boolean> {
  await postgres.exec(`DROP TABLE IF EXISTS t; CREATE TABLE t (a ${from});`);
  return postgres.exec(`ALTER TABLE t ALTER a TYPE ${to} ${using}`).then(
    () => true,
    () => false,
  );
}

describe('which way PostgreSQL has between two types', () => {
  it.each(types)('from %s', async (from) => {
    const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);
    const expected: string[] = [];
    const claimed: string[] = [];
    for (const to of types) {
      const isAssigned = await hasWay(from, to, '');
      const way = isAssigned ? 'assignment' : (await hasWay(from, to, `USING a::${to}`)) ? 'explicit' : 'none';
      expected.push(`${to}: ${way}`);
      claimed.push(`${to}: ${castOf(from, to, catalog)}`);
    }
    expect(claimed).toEqual(expected);
  });

  it('knows nothing of types that it does not know', () => {
    const { catalog } = catalogOf('postgresql', []);
    expect(castOf('hstore', 'jsonb', catalog)).toBeUndefined();
    expect(castOf('text', 'citext', catalog)).toBeUndefined();
    expect(castOf('geometry(Point,4326)', 'geometry(Point,3857)', catalog)).toBe('assignment');
  });
});

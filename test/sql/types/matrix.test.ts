import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { storageOf } from '../../../src/sql/facts/type-changes/storage.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { type Engine, server, startPglite, startServer } from './support/engines.ts';

// Every pair of types is changed into each other on PostgreSQL itself: what the facts claim must be what it does.
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

beforeAll(loadParsers);

/** What the server does with the rows and the index of a column; asked on the server, since there are thousands of pairs. */
const fate = `
  CREATE FUNCTION fate(old text, new text) RETURNS text LANGUAGE plpgsql AS $$
  DECLARE table_file oid; index_file oid; indexed boolean := false; answer text;
  BEGIN
    EXECUTE format('CREATE TABLE t (a %s)', old);
    BEGIN CREATE INDEX i ON t (a); indexed := true; EXCEPTION WHEN undefined_object THEN END;
    table_file := pg_relation_filenode('t');
    IF indexed THEN index_file := pg_relation_filenode('i'); END IF;
    EXECUTE format('ALTER TABLE t ALTER a TYPE %s USING a::%1$s', new);
    answer := CASE WHEN pg_relation_filenode('t') <> table_file THEN 'rewritten' WHEN NOT indexed THEN 'kept'
      WHEN pg_relation_filenode(to_regclass('i')) = index_file THEN 'same' ELSE 'other-operators' END;
    DROP TABLE t;
    RETURN answer;
  EXCEPTION WHEN OTHERS THEN RETURN NULL;
  END $$;`;

function agrees(start: () => Promise<Engine>) {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
    await engine.exec(`${named} ${fate}`);
    await engine.exec('CREATE EXTENSION citext').catch(() => undefined);
  });
  afterAll(() => engine.stop());

  async function differences(zone: string, from: string): Promise<readonly string[]> {
    await engine.exec(`SET timezone = '${zone}'`);
    const { catalog } = catalogOf('postgresql', [parse(named, 'postgresql')]);
    const list = types.map((type) => `('${type}')`).join(',');
    const fates = await engine.value(
      `SELECT json_object_agg(type, fate('${from}', type)) FROM (VALUES ${list}) AS types (type)`,
    );
    const found: string[] = [];
    // The extension may be missing; every other type goes into itself.
    if (from !== 'citext') expect(Object.entries(fates as object)).toContainEqual([from, expect.any(String)]);
    for (const [to, actual] of Object.entries(fates as Record<string, string | null>)) {
      // There is no such cast, or no such type on this server.
      if (actual === null) continue;
      const claimed = storageOf(from, to, { catalog, utc: zone === 'UTC' });
      const isRight = actual === 'kept' ? claimed !== 'rewritten' : claimed === actual;
      if (!isRight) found.push(`${from} to ${to}: ${actual}, not ${claimed}`);
    }
    return found;
  }

  it.each(types)('of type %s in any other type', async (from) => {
    expect(await differences('Europe/Berlin', from)).toEqual([]);
  });

  it.each(types.filter((type) => /timestamp|at_local/.test(type)))('of type %s under UTC', async (from) => {
    expect(await differences('UTC', from)).toEqual([]);
  });
}

describe('what becomes of the rows and the index of a column on PGlite', () => agrees(startPglite));

describe.skipIf(server.kind === 'none')(
  `what becomes of them on PostgreSQL${server.kind === 'none' ? ` (${server.reason})` : ''}`,
  () => agrees(startServer),
);

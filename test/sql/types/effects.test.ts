import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { typeChangeOf } from '../../../src/sql/facts/type-changes.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// A type change in its table: which indexes are built again, which checks are verified again, and what USING does.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

async function files(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await postgres.query<{ relname: string; file: number }>(
    `SELECT relname, pg_relation_filenode(oid) AS file FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')`,
  );
  return new Map(rows.map(({ relname, file }) => [relname, file]));
}

/** The relations of the schema that got a new file, and `verified` when the rows of t were read for a check. */
async function done(given: string, sql: string): Promise<readonly string[]> {
  await postgres.exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${given} SET client_min_messages = debug1;`);
  const before = await files();
  const notices: string[] = [];
  await postgres.exec(`${sql}; RESET client_min_messages`, { onNotice: ({ message = '' }) => notices.push(message) });
  const after = await files();
  const changed = [...after].filter(([name, file]) => before.get(name) !== file).map(([name]) => name);
  const isVerified = notices.includes('verifying table "t"');
  return [...changed, ...(isVerified ? ['verified'] : [])].toSorted();
}

function claimed(given: string, sql: string): readonly string[] {
  const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);
  const change = parse(sql, 'postgresql').statements[0]?.changes[0];
  if (change?.kind !== 'change-column-type') throw new Error(`no type change: ${sql}`);
  const effect = typeChangeOf(change, { catalog, utc: false });
  if (effect === undefined) throw new Error(`not known: ${sql}`);
  const { indexes, checks } = effect;
  if (effect.effect === 'rewrite') return ['t'];
  const listed = [...indexes, ...(checks.length > 0 ? ['verified'] : [])].toSorted();
  const stated = checks.length > 0 ? 'scan' : indexes.length > 0 ? 'reindex' : 'none';
  expect(effect.effect).toBe(stated);
  return listed;
}

const wider = 'TYPE varchar(20)';

describe('a type change in its table', () => {
  it.each([
    ['CREATE TABLE t (a varchar(10));', wider],
    ['CREATE TABLE t (a varchar(10) CHECK (length(a) > 2));', wider],
    ['CREATE TABLE t (a varchar(10)); ALTER TABLE t ADD CHECK (length(a) > 2) NOT VALID;', wider],
    ['CREATE TABLE t (a varchar(10), b int CHECK (b > 2));', wider],
    ['CREATE TABLE t (a varchar(10), b int, CHECK (b > 2 OR "a" = \'x\'));', wider],
    ['CREATE TABLE t (a varchar(10) NOT NULL);', wider],
    ['CREATE TABLE t (a varchar(10) PRIMARY KEY);', wider],
    ['CREATE TABLE t (a varchar(10) UNIQUE);', 'TYPE text'],
    ['CREATE TABLE t (a varchar(10), b int); CREATE INDEX i ON t (b) WHERE a IS NOT NULL;', wider],
    ['CREATE TABLE t (a varchar(10), b int); CREATE INDEX i ON t (a) WHERE b > 0;', wider],
    ['CREATE TABLE t (a varchar(10), b int); CREATE INDEX i ON t (b) WHERE b > 0;', wider],
    ['CREATE TABLE t (a varchar(10)); CREATE INDEX i ON t (lower(a));', wider],
    ['CREATE TABLE t (a varchar(10), b text); CREATE INDEX i ON t (a, lower(b));', wider],
    ['CREATE TABLE t (a varchar(10), b int); CREATE INDEX i ON t (b) INCLUDE (a);', wider],
    ['CREATE TABLE t (a varchar(10), b int); CREATE INDEX i ON t (b) INCLUDE (a) WHERE b > 0;', wider],
    ['CREATE TABLE t (a varchar(9)[]); CREATE INDEX i ON t USING gin (a);', 'TYPE varchar[]'],
    ['CREATE TABLE t (a varchar(9)[]); CREATE INDEX i ON t (a);', 'TYPE varchar[]'],
    ['CREATE TABLE t (a varchar(10)); CREATE INDEX i ON t (a varchar_pattern_ops);', 'TYPE text'],
    ['CREATE TABLE t (a varchar(10), EXCLUDE (a WITH =));', 'TYPE text'],
    ['CREATE TABLE t (a text, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b);', 'TYPE text COLLATE "C"'],
    ['CREATE TABLE t (a text PRIMARY KEY);', 'TYPE text COLLATE "C"'],
    ['CREATE TABLE t (a varchar(10) COLLATE "C"); CREATE INDEX i ON t (a);', wider],
    ['CREATE TABLE t (a varchar(10) COLLATE "C"); CREATE INDEX i ON t (a);', `${wider} COLLATE "C"`],
    ['CREATE DOMAIN d AS text COLLATE "C"; CREATE TABLE t (a d); CREATE INDEX i ON t (a);', 'TYPE text'],
    ['CREATE DOMAIN d AS text COLLATE "C"; CREATE TABLE t (a text COLLATE "C"); CREATE INDEX i ON t (a);', 'TYPE d'],
    ['CREATE TABLE t (a integer PRIMARY KEY);', 'TYPE oid'],
    ['CREATE TABLE t (a text);', 'TYPE text USING a'],
    ['CREATE TABLE t (a text);', 'TYPE text USING (a)'],
    ['CREATE TABLE t (a varchar(9));', 'TYPE text USING t.a'],
    ['CREATE TABLE t (a varchar(9));', 'TYPE text USING CAST(a AS text)'],
    ['CREATE TABLE t (a varchar(9));', 'TYPE text USING a::text::varchar'],
    ['CREATE TABLE t (a varchar(9));', 'TYPE text USING a::varchar(4)'],
    ['CREATE TABLE t (a varchar(9));', 'TYPE text USING lower(a)'],
    ['CREATE TABLE t (a varchar(9), b varchar(9));', 'TYPE varchar(9) USING b'],
    ['CREATE TABLE t (a timestamp);', "TYPE timestamptz USING a AT TIME ZONE 'UTC'"],
    ['CREATE TABLE t (a text);', 'TYPE int USING a::int'],
    ['CREATE TABLE t (b int, a int GENERATED ALWAYS AS (b * 2) VIRTUAL);', 'TYPE bigint'],
    ['CREATE TABLE t (b int, a int GENERATED ALWAYS AS (b * 2) VIRTUAL NOT NULL);', 'TYPE bigint'],
    ['CREATE TABLE t (b int, a int GENERATED ALWAYS AS (b * 2) VIRTUAL CHECK (a > 0));', 'TYPE bigint'],
    ['CREATE TABLE t (b int, a int GENERATED ALWAYS AS (b * 2) STORED);', 'TYPE bigint'],
    ['CREATE TABLE t (b text, a varchar(9) GENERATED ALWAYS AS (b) STORED);', 'TYPE varchar(10)'],
    ['CREATE UNLOGGED TABLE t (a int);', 'TYPE bigint'],
  ])('%s %s', async (given, type) => {
    const sql = `ALTER TABLE t ALTER a ${type}`;
    const actual = await done(given, sql);
    expect(actual.includes('t') ? ['t'] : actual).toEqual(claimed(given, sql));
  });
});

import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Change } from '../../../src/sql/change.ts';
import { isProvenNotNull } from '../../../src/sql/facts/not-null.ts';
import { isFreeTypeChange } from '../../../src/sql/facts/type-changes.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// What the rules take as facts about PostgreSQL, asked of PostgreSQL.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

async function isRewritten(given: string, sql: string): Promise<boolean> {
  const file = async () =>
    (await postgres.query<{ file: number }>("SELECT pg_relation_filenode('t') AS file")).rows[0]?.file;
  await postgres.exec(`DROP TABLE IF EXISTS t; ${given}`);
  const before = await file();
  await postgres.exec(sql);
  return (await file()) !== before;
}

describe('which type changes rewrite the table', () => {
  it.each([
    ['integer', 'integer'],
    ['integer', 'bigint'],
    ['bigint', 'integer'],
    ['character varying(20)', 'character varying(40)'],
    ['character varying(40)', 'character varying(20)'],
    ['character varying(20)', 'character varying'],
    ['character varying', 'character varying(20)'],
    ['character varying(20)', 'text'],
    ['text', 'character varying'],
    ['text', 'character varying(20)'],
    ['character(4)', 'character(8)'],
    ['character(4)', 'text'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(12,3)'],
    ['numeric(10,2)', 'numeric(8,2)'],
    ['numeric(10,2)', 'numeric'],
    ['numeric', 'numeric(10,2)'],
    ['timestamp(3) without time zone', 'timestamp(6) without time zone'],
    ['timestamp(3) without time zone', 'timestamp without time zone'],
    ['timestamp(6) with time zone', 'timestamp(3) with time zone'],
    ['timestamp without time zone', 'timestamp(3) without time zone'],
    ['time(0) without time zone', 'time(3) without time zone'],
    ['interval(2)', 'interval(4)'],
    ['interval(4)', 'interval(2)'],
    ['bit varying(4)', 'bit varying(8)'],
    ['bit varying(8)', 'bit varying(4)'],
    ['bit varying(8)', 'bit varying'],
    ['cidr', 'inet'],
    ['inet', 'cidr'],
    ['xml', 'text'],
    ['json', 'jsonb'],
    ['text', 'citext_like'],
    ['real', 'double precision'],
    ['date', 'timestamp without time zone'],
  ])('%s to %s', async (from, to) => {
    await postgres.exec(
      'DROP TABLE IF EXISTS t; DROP DOMAIN IF EXISTS citext_like; CREATE DOMAIN citext_like AS text CHECK (VALUE <> $$$$);',
    );
    const rewritten = await isRewritten(
      `CREATE TABLE t (a ${from}); INSERT INTO t VALUES (NULL);`,
      `ALTER TABLE t ALTER a TYPE ${to} USING a::${to}`,
    );
    expect(!isFreeTypeChange(from, to)).toBe(rewritten);
  });
});

describe('which defaults rewrite the table', () => {
  it.each([
    'a int',
    'a int DEFAULT 1',
    "a jsonb NOT NULL DEFAULT '{}'::jsonb",
    "a text DEFAULT 'a' || 'b'",
    'a timestamptz DEFAULT now()',
    'a timestamptz DEFAULT CURRENT_TIMESTAMP',
    "a timestamp DEFAULT (now() AT TIME ZONE 'utc')",
    'a timestamptz DEFAULT clock_timestamp()',
    'a uuid DEFAULT gen_random_uuid()',
    'a float DEFAULT random()',
    'a text DEFAULT lower(gen_random_uuid()::text)',
    'a serial',
    'a bigint GENERATED ALWAYS AS IDENTITY',
    'a int GENERATED ALWAYS AS (id * 2) STORED',
    'a int GENERATED ALWAYS AS (id * 2) VIRTUAL',
    'a text[] DEFAULT ARRAY[]::text[]',
    "a text DEFAULT coalesce(current_setting('a.b', true), 'x')",
  ])('%s', async (column) => {
    const given = 'CREATE TABLE t (id int); INSERT INTO t VALUES (1);';
    const sql = `ALTER TABLE t ADD COLUMN ${column}`;
    const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
    const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before });
    expect(findings.some(({ rule }) => rule === 'volatile-default')).toBe(await isRewritten(given, sql));
  });
});

describe('which checks spare SET NOT NULL its scan', () => {
  it.each([
    'CHECK (a IS NOT NULL)',
    'CHECK ((a IS NOT NULL))',
    'CHECK ("a" IS NOT NULL)',
    'CHECK (a IS NOT NULL AND a > 0)',
    'CHECK (a > 0 AND (a IS NOT NULL))',
    'CHECK ((b IS NULL OR b > 0) AND a IS NOT NULL)',
    'CHECK (a IS NOT NULL OR b IS NOT NULL)',
    'CHECK (b IS NOT NULL)',
    'CHECK (a IS NULL)',
    'CHECK (NOT a IS NULL)',
    'CHECK (a > 0)',
    'CHECK ((a + b) IS NOT NULL)',
    'CHECK (a IS NOT NULL) NOT VALID',
  ])('%s', async (check) => {
    const given = `CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT c ${check};`;
    const changes: readonly Change[] = parse(given, 'postgresql').statements.flatMap((statement) => statement.changes);
    expect(changes).toHaveLength(2);
    const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);

    const notices: string[] = [];
    await postgres.exec(`DROP TABLE IF EXISTS t; ${given} SET client_min_messages = debug1;`);
    await postgres.exec('ALTER TABLE t ALTER a SET NOT NULL; RESET client_min_messages;', {
      onNotice: ({ message = '' }) => notices.push(message),
    });
    const spared = notices.some((message) => message.includes('are sufficient to prove'));
    // NOT a IS NULL is proven by the server and not by us: we say so once too often rather than once too little.
    const expected = check.includes('NOT a IS NULL') ? false : spared;
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 18)).toBe(expected);
  });

  it('none before PostgreSQL 12', () => {
    const { catalog } = catalogOf('postgresql', [parse('CREATE TABLE t (a int CHECK (a IS NOT NULL))', 'postgresql')]);
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 11)).toBe(false);
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 12)).toBe(true);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { readAlone, readMigration } from '../../../src/sql/history/read.ts';
import type { LintFile } from '../../../src/sql/lint/files.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, tags text[], customer_id bigint);';

/** `line rule` of what some rules say, with the level where it is not the rule's own. */
function said(file: Partial<LintFile> | string, rules: readonly string[], options: Partial<LintOptions> = {}) {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const named = { file: 'a.sql', sql: '', ...(typeof file === 'string' ? { sql: file } : file) };
  const { findings } = lint([named], { engine: 'postgresql', before, ...options });
  return findings.filter(({ rule }) => rules.includes(rule)).map(({ line, rule, level }) => `${line} ${rule} ${level}`);
}

describe('transactions', () => {
  const wrapped = { transaction: true };
  const sent = { transaction: true, inOneMessage: true };
  const table: readonly (readonly [string, string, Partial<LintFile>, readonly string[]])[] = [
    ['pairs', 'BEGIN;\nSELECT 1;\nCOMMIT;\nSTART TRANSACTION;\nROLLBACK;', {}, []],
    ['no end', 'BEGIN;\nSELECT 1;', {}, ['1 uncommitted-transaction error']],
    ['no end of the second', 'BEGIN;\nEND;\nBEGIN;', {}, ['3 uncommitted-transaction error']],
    ['back to a savepoint is no end', 'BEGIN;\nSAVEPOINT a;\nROLLBACK TO a;', {}, ['1 uncommitted-transaction error']],
    ['savepoints are none', 'BEGIN;\nSAVEPOINT a;\nRELEASE a;\nCOMMIT;', {}, []],
    ['one in another', 'BEGIN;\nBEGIN;\nCOMMIT;', {}, ['2 nested-transaction warning']],
    ['an end without a beginning', 'SELECT 1;\nCOMMIT;', {}, ['2 nested-transaction warning']],
    ['the end twice', 'BEGIN;\nCOMMIT;\nCOMMIT;', {}, ['3 nested-transaction warning']],
    ['chained', 'BEGIN;\nCOMMIT AND CHAIN;\nCOMMIT;', {}, []],
    ["inside the tool's", 'BEGIN;\nCOMMIT;', wrapped, ['1 nested-transaction warning', '2 nested-transaction warning']],
    ["without an end inside the tool's", 'BEGIN;\nSELECT 1;', wrapped, ['1 nested-transaction warning']],
    ['of a file that is one message', 'BEGIN;\nSELECT 1;\nCOMMIT;', sent, []],
    ['in the body of a function', 'DO $$ BEGIN PERFORM 1; END $$;', wrapped, []],
    ['in a string', "SELECT 'BEGIN';", {}, []],
  ];
  it.each(table)('%s', (_, sql, file, expected) => {
    expect(said({ sql, ...file }, ['uncommitted-transaction', 'nested-transaction'])).toEqual(expected);
  });

  it.each([
    ['-- +goose Up\nBEGIN;\nSELECT 1;\nCOMMIT;', ['2 nested-transaction warning', '4 nested-transaction warning']],
    ['-- +goose NO TRANSACTION\n-- +goose Up\nBEGIN;\nSELECT 1;\nCOMMIT;', []],
    ['-- migrate:up transaction:false\nBEGIN;\nSELECT 1;\nCOMMIT;', []],
    ['-- migrate:up\nBEGIN;\nSELECT 1;\nCOMMIT;', ['2 nested-transaction warning', '4 nested-transaction warning']],
  ])('of a tool, as the file says: %j', (text, expected) => {
    expect(said(readAlone('a.sql', text), ['nested-transaction'])).toEqual(expected);
  });

  it.each([
    ['golang-migrate', []],
    ['prisma', []],
    ['flyway', ['1 nested-transaction warning', '3 nested-transaction warning']],
    ['diesel', ['1 nested-transaction warning', '3 nested-transaction warning']],
  ] as const)('of %s, by its habit', (tool, expected) => {
    const entry = { version: '1', name: '', up: 'a.sql' };
    const migration = readMigration(entry, tool, { up: 'BEGIN;\nSELECT 1;\nCOMMIT;' });
    expect(said(migration, ['nested-transaction'])).toEqual(expected);
  });
});

describe('a file that is one message', () => {
  const index = 'CREATE INDEX CONCURRENTLY i ON orders (note);';
  it.each([
    ['alone', index, []],
    ['beside another', `SELECT 1;\n${index}`, ['2 concurrent-in-transaction error']],
    [
      'behind a COMMIT, where PostgreSQL begins anew',
      `BEGIN;\nSELECT 1;\nCOMMIT;\n${index}`,
      ['4 concurrent-in-transaction error'],
    ],
  ])('%s', (_, sql, expected) => {
    const migration = readMigration({ version: '1', name: '', up: 'a.sql' }, 'golang-migrate', { up: sql });
    expect(said(migration, ['concurrent-in-transaction'])).toEqual(expected);
  });
});

describe('names that are too long', () => {
  const long = 'a'.repeat(64);
  it.each([
    [`CREATE TABLE ${long} (id int);`, 1],
    [`CREATE TABLE ${'a'.repeat(63)} (id int);`, 0],
    [`CREATE TABLE "${'é'.repeat(32)}" (id int);`, 1],
    [`CREATE TABLE "${'é'.repeat(31)}" (id int);`, 0],
    [`CREATE TABLE "${'😀'.repeat(16)}" (id int);`, 1],
    [`CREATE TABLE t (${long} int, b int);`, 1],
    [`ALTER TABLE t RENAME COLUMN a TO ${long};`, 1],
    [`CREATE INDEX ${long} ON t (a);`, 1],
    [`CREATE TABLE ${long} (id int); ALTER TABLE ${long} ADD b int;`, 1],
    [`SELECT ${long} FROM t;`, 0],
    [`INSERT INTO t VALUES ('${long}');`, 0],
    [`CREATE TABLE t (a text DEFAULT '${long}'); -- ${long}`, 0],
    [`CREATE TABLE t (a int CHECK (a > 1${'0'.repeat(70)}));`, 0],
    [`DO $$ BEGIN PERFORM '${long}'; END $$;`, 0],
  ])('%s', (sql, count) => {
    expect(said(sql, ['identifier-too-long'])).toHaveLength(count);
  });

  it('points at the name, and says what becomes of it and of another', () => {
    const { findings } = lint(
      [{ file: 'a.sql', sql: `CREATE TABLE t (\n  a int,\n  ${long}b int,\n  ${long}c int);` }],
      { engine: 'postgresql' },
    );
    const found = findings.filter(({ rule }) => rule === 'identifier-too-long');
    expect(found.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [3, 3, 68],
      [4, 3, 68],
    ]);
    expect(found.map(({ message }) => message)).toEqual([
      `\`${long}b\` has 65 bytes; PostgreSQL cuts it to \`${'a'.repeat(63)}\`.`,
      `\`${long}c\` has 65 bytes; PostgreSQL cuts it to \`${'a'.repeat(63)}\`. So does \`${long}b\`: the two are one name.`,
    ]);
  });
});

describe('columns that are named twice', () => {
  it.each([
    ["UPDATE orders SET note = 'a', note = 'b' WHERE id = 1", 1],
    ["UPDATE orders SET (note, id) = ('a', 1), note = 'b' WHERE id = 1", 1],
    ["UPDATE orders SET tags[1] = 'a', tags[2] = 'b' WHERE id = 1", 0],
    ['UPDATE orders SET place.x = 1, place.y = 2 WHERE id = 1', 0],
    ["UPDATE orders SET note = 'a', customer_id = 1 WHERE id = 1", 0],
    ["INSERT INTO orders (id, note, note) VALUES (1, 'a', 'b')", 1],
    ["INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET note = 'a', note = 'b'", 1],
    ["INSERT INTO orders (id, note) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET note = 'a', id = 2", 0],
    ['COPY orders (id, id) FROM stdin', 1],
    ['CREATE TABLE t (a int, b int, A text)', 1],
    ['CREATE TABLE t (a int, "A" text)', 0],
    [
      'MERGE INTO orders o USING orders p ON o.id = p.id WHEN MATCHED AND o.id > 1 THEN UPDATE SET note = p.note WHEN MATCHED THEN UPDATE SET note = NULL',
      0,
    ],
    ["WITH a AS (UPDATE orders SET note = 'a', note = 'b' RETURNING 1) SELECT 1 FROM a", 1],
  ])('%s', (sql, count) => expect(said(sql, ['duplicate-assignment'])).toHaveLength(count));
});

describe('what a second try fails on', () => {
  const apart = { tool: 'goose', transaction: false } as const;
  const last = '\nCREATE INDEX CONCURRENTLY i ON orders (note);';
  const table: readonly (readonly [string, Partial<LintFile>, readonly string[], Partial<LintOptions>?])[] = [
    [`ALTER TABLE orders ADD a int;${last}`, apart, ['1 not-repeatable warning']],
    [`ALTER TABLE orders ADD COLUMN IF NOT EXISTS a int;${last}`, apart, []],
    [`CREATE TABLE a (id int);${last}`, apart, ['1 not-repeatable warning']],
    [`CREATE OR REPLACE VIEW v AS SELECT 1 AS a;${last}`, apart, []],
    [`DROP TABLE orders;${last}`, apart, ['1 not-repeatable warning']],
    [`DROP TABLE IF EXISTS orders;${last}`, apart, []],
    [`ALTER TABLE orders RENAME note TO a;\nDROP INDEX IF EXISTS x;`, apart, ['1 not-repeatable warning']],
    [`DROP INDEX CONCURRENTLY IF EXISTS j;\nCREATE INDEX CONCURRENTLY j ON orders (id);${last}`, apart, []],
    [`CREATE INDEX CONCURRENTLY j ON orders (id);${last}`, apart, ['1 not-repeatable warning']],
    [`CREATE INDEX CONCURRENTLY j ON orders (id);\nRESET lock_timeout;`, apart, []],
    [`BEGIN;\nALTER TABLE orders ADD a int;\nCOMMIT;`, apart, []],
    [`UPDATE orders SET note = 'a' WHERE id = 1;${last}`, apart, []],
    ['DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TABLE a (id int); END IF; END $$;\nSELECT 1;', apart, []],
    [`ALTER TABLE orders ADD a int;${last}`, { ...apart, transaction: true }, []],
    [`ALTER TABLE orders ADD a int;${last}`, {}, []],
    [
      'CREATE TABLE a (id int);',
      {},
      ['1 not-repeatable warning'],
      { ruleOptions: { 'not-repeatable': { everywhere: true } } },
    ],
  ];
  const rows = table.map(([sql, file, expected, options]) => ({ sql, file, expected, options }));
  it.each(rows)('$sql ($file)', ({ sql, file, expected, options }) => {
    expect(said({ sql, ...file }, ['not-repeatable'], options)).toEqual(expected);
  });

  it.each([
    ['create unlogged table A (id int)', 'create unlogged table IF NOT EXISTS A (id int)'],
    ['ALTER TABLE ONLY "o o" ADD COLUMN a int', undefined],
    ['ALTER TABLE orders ADD COLUMN a int', 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS a int'],
    ['ALTER TABLE orders DROP COLUMN note', 'ALTER TABLE orders DROP COLUMN IF EXISTS note'],
    ['CREATE UNIQUE INDEX a ON orders (id)', 'CREATE UNIQUE INDEX IF NOT EXISTS a ON orders (id)'],
    ['CREATE INDEX ON orders (id)', undefined],
    ['CREATE INDEX CONCURRENTLY a ON orders (id)', undefined],
    ['DROP INDEX CONCURRENTLY a', 'DROP INDEX CONCURRENTLY IF EXISTS a'],
    ["ALTER TYPE mood ADD VALUE 'a'", "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'a'"],
    ['ALTER TABLE orders RENAME note TO a', undefined],
  ])('is mended where it is mechanical: %s', (sql, fixed) => {
    const { findings } = lint([{ file: 'a.sql', sql: `${sql};${last}`, ...apart }], { engine: 'postgresql' });
    const [found] = findings.filter(({ rule, line }) => rule === 'not-repeatable' && line === 1);
    expect(found?.fix?.replacement).toBe(fixed);
  });
});

describe('versions', () => {
  const names = ['duplicate-version', 'out-of-order-version', 'missing-down-migration', 'edited-migration'];
  const merged = (version: string, reversible = false) => ({ file: `${version}_x.sql`, version, reversible });
  const table: readonly (readonly [string, Partial<LintFile>, LintOptions['merged'], readonly string[]])[] = [
    ['newer', { tool: 'goose', version: '0010' }, [merged('0009')], []],
    ['older, refused', { tool: 'goose', version: '8' }, [merged('0009')], ['1 out-of-order-version error']],
    ['older, never run', { tool: 'golang-migrate', version: '8' }, [merged('9')], ['1 out-of-order-version error']],
    ['older, run', { tool: 'dbmate', version: '8' }, [merged('9')], ['1 out-of-order-version warning']],
    ['older, nobody knows', { tool: 'numbered', version: '8' }, [merged('9')], ['1 out-of-order-version warning']],
    ['number by number', { tool: 'flyway', version: '2.10' }, [merged('2.9')], []],
    ['the same', { tool: 'goose', version: '09' }, [merged('0009')], ['1 duplicate-version error']],
    ['the same, nobody knows', { tool: 'numbered', version: '9' }, [merged('9')], ['1 duplicate-version warning']],
    ['a repeatable one', { tool: 'flyway', version: 'R' }, [merged('R'), merged('9', true)], []],
    ['folders of Prisma', { tool: 'prisma', version: '2_b' }, [merged('2_a')], []],
    ['no way back', { version: '9' }, [merged('7', true), merged('8', true)], ['1 missing-down-migration notice']],
    ['no way back as usual', { version: '9' }, [merged('7'), merged('8', true)], []],
    ['a way back', { version: '9', down: '' }, [merged('8', true)], []],
    [
      'edited',
      { version: '9', sql: 'SELECT 1;', merged: { file: 'a.sql', sql: 'SELECT 2;' } },
      [],
      ['1 edited-migration warning'],
    ],
    ['edited in words only', { sql: '-- x\nSELECT  1;', merged: { file: 'a.sql', sql: 'SELECT 1;' } }, [], []],
    [
      'edited in words only, with checksums',
      { tool: 'flyway', sql: '-- x\nSELECT  1;', merged: { file: 'a.sql', sql: 'SELECT 1;' } },
      [],
      ['1 edited-migration error'],
    ],
    ['not edited', { sql: 'SELECT 1;', merged: { file: 'a.sql', sql: 'SELECT 1;' } }, [], []],
    ['renamed', { merged: { file: 'b.sql', sql: '' } }, [], ['1 edited-migration warning']],
    ['moved with its folder', { file: 'new/1/up.sql', merged: { file: 'old/1/up.sql', sql: '' } }, [], []],
    [
      'renamed folder',
      { file: 'm/1_b/up.sql', merged: { file: 'm/1_a/up.sql', sql: '' } },
      [],
      ['1 edited-migration warning'],
    ],
  ];
  it.each(table)('%s', (_, file, list, expected) => {
    expect(said(file, names, { merged: list ?? [] })).toEqual(expected);
  });

  it('are compared within a history', () => {
    const file = (name: string, history: string) => ({
      file: name,
      sql: '',
      version: '1',
      tool: 'goose' as const,
      history: { name: history, whole: true },
    });
    const { findings } = lint([file('a/1.sql', 'a'), file('a/01.sql', 'a'), file('b/1.sql', 'b')], {
      engine: 'postgresql',
    });
    expect(findings.map((each) => `${each.file} ${each.message}`)).toEqual([
      'a/01.sql `a/1.sql` has version 1 as well.',
    ]);
  });
});

describe('what is no SQL', () => {
  it.each([
    ['DROP TABLE {{ Schema }}.a;', '{{ Schema }}.a'],
    ['DROP TABLE {{ p }}_orders;', '{{ p }}_orders'],
    ['DROP TABLE :tbl;', ':tbl'],
    ['DROP TABLE :tbl, a_tbl;', 'a_tbl'],
  ])('is named as it is written: %s', (sql, name) => {
    const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql' });
    expect(findings.filter(({ rule }) => rule === 'drop-table').map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`\`${name}\``),
    );
  });

  it.each([
    ['\\set x 1\nSELECT 1;', {}, ['1 psql-command notice']],
    ['SELECT 1;\n\\i more.sql', { tool: 'goose' as const }, ['2 psql-command error']],
    ['SELECT 1 FROM {{ table }};', {}, ['1 template-placeholder notice']],
    ['SELECT a[1:2]::text;', {}, []],
  ])('%j', (sql, file, expected) => {
    expect(said({ sql, ...file }, ['psql-command', 'template-placeholder'])).toEqual(expected);
  });
});

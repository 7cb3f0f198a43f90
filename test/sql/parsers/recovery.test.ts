import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const read = (sql: string) => parse(sql, 'postgresql');
const foreign = (sql: string) =>
  (read(sql).foreign ?? []).map(({ kind, text, span }) => `${span.line}:${span.column} ${kind} ${text}`);

describe('commands to psql', () => {
  it('cost no statement and are no errors', () => {
    const sql = "\\connect shop\nSELECT 1;\n\\echo it's done; really\nSELECT 2 \\gexec\r\nSELECT 3;\n  \\i other.sql";
    const { statements, errors } = read(sql);
    expect(errors).toEqual([]);
    expect(statements.map((statement) => statement.sql)).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 3']);
    expect(foreign(sql)).toEqual([
      '1:1 psql \\connect shop',
      "3:1 psql \\echo it's done; really",
      '4:10 psql \\gexec',
      '6:3 psql \\i other.sql',
    ]);
  });

  it.each(['\\copy t (a) from stdin csv', '\\COPY t FROM PSTDIN'])(
    'take the rows that follow %s with them',
    (command) => {
      const { statements, errors } = read(`${command}\n1,it's\n{{ x }};\n\\.\nSELECT 1;`);
      expect(errors).toEqual([]);
      expect(statements.map(({ sql }) => sql)).toEqual(['SELECT 1']);
    },
  );

  it('do not hide an error beside them', () => {
    const { statements, errors } = read('\\set ON_ERROR_STOP on\nSELEC 1;\nSELECT 2;');
    expect(statements.map(({ sql }) => sql)).toEqual(['SELECT 2']);
    expect(errors).toEqual([{ line: 2, column: 1, message: 'syntax error at or near "SELEC"' }]);
  });
});

describe('placeholders', () => {
  const read1 = (sql: string) => {
    const { statements, errors } = read(sql);
    expect(errors).toEqual([]);
    return statements.flatMap(({ changes }) => changes.map(({ span: _span, ...change }) => change));
  };

  it.each([
    ['a name', 'DROP TABLE {{ table }}', { kind: 'drop-table', table: { name: '___table___' } }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of SQL
    ['a schema', 'DROP TABLE ${schema}.a', { kind: 'drop-table', table: { schema: '__schema_', name: 'a' } }],
    ['a part of a name', 'DROP TABLE {{p}}_a', { kind: 'drop-table', table: { name: '__p___a' } }],
    ['a text', 'CREATE ROLE r PASSWORD {{ p }}', {}],
    ['a number', 'ALTER TABLE t ALTER c SET STATISTICS #{n}', {}],
    ['nothing', 'CREATE TABLE t (a int) <%= options %>', { kind: 'create-table' }],
    ['a type', 'ALTER TABLE t ADD COLUMN c :type', { kind: 'add-column', column: { type: '_type' } }],
    ["psql's text", "INSERT INTO t VALUES (:'v')", { kind: 'write-data' }],
    ["psql's name", 'DROP TABLE :"Name"', { kind: 'drop-table', table: { name: 'Name' } }],
    ["a driver's value", 'DELETE FROM t WHERE a = %(a)s', { kind: 'write-data', verb: 'delete' }],
    ['a condition around', '{% if x %}\nDROP TABLE a;\n{% endif %}', { kind: 'drop-table', table: { name: 'a' } }],
    ['several kinds', 'ALTER TABLE {t} ALTER c SET STATISTICS {n}', {}],
  ])('can stand for %s', (_, sql, change) => {
    expect(read1(sql)).toMatchObject([change]);
    expect(foreign(sql).every((each) => each.includes('placeholder'))).toBe(true);
    expect(foreign(sql)).not.toEqual([]);
  });

  it('keep the text and the places of the statement', () => {
    const sql = "SELECT '😀';\nALTER TABLE {{ é }}\n  ADD COLUMN a int, ADD COLUMN b int;";
    const [, alter] = read(sql).statements;
    expect(alter?.sql).toBe('ALTER TABLE {{ é }}\n  ADD COLUMN a int, ADD COLUMN b int');
    expect(alter?.changes.map(({ span }) => [span.line, span.column])).toEqual([
      [3, 3],
      [3, 21],
    ]);
    expect(foreign(sql)).toEqual(['2:13 placeholder {{ é }}']);
  });

  it.each([
    ["{{ include('a;b') }};", 1, /placeholder \{\{ include\('a;b'\) \}\}/],
    ['SELECT {{ x }', 8, /syntax error/],
    ['CREATE {{ what }} x', 8, /placeholder/],
    ['SELEC :x', 1, /syntax error/],
  ])('stay an error where nothing makes SQL of %s', (sql, column, message) => {
    expect(read(sql).errors).toEqual([{ line: 1, column, message: expect.stringMatching(message) }]);
    expect(read(`${sql};\nSELECT 2`).statements.map((statement) => statement.sql)).toContain('SELECT 2');
  });

  it.each(["SELECT a[1:2], 'x'::text, b::int % c", "SELECT '{{ x }}', $${% y %}$$ -- #{z}"])(
    'are not seen in SQL that needs none: %s',
    (sql) => expect(foreign(sql)).toEqual([]),
  );

  it('COPY without rows costs no more than its number', () => {
    const { statements, errors } = read(`${'COPY t FROM stdin;\n'.repeat(30_000)}SELEC 1;`);
    expect(statements).toHaveLength(30_000);
    expect(errors).toHaveLength(1);
  });

  it('cost no more than their number', () => {
    const sql = `SELECT ${Array.from({ length: 3000 }, (_, index) => `{{ x${index} }}`).join(' ')}`;
    expect(read(sql).errors).toHaveLength(1);
    expect(read('{{'.repeat(200_000)).errors).toHaveLength(1);
  });
});

describe('large and broken texts', () => {
  it('are read to their end, with every error in its place', () => {
    const good = Array.from({ length: 30_000 }, (_, index) => `INSERT INTO t VALUES (${index}, 'é😀');`);
    const { statements, errors } = read([...good, 'SELEC 1;', ...good].join('\r\n'));
    expect(statements).toHaveLength(60_000);
    expect(errors).toEqual([{ line: 30_001, column: 1, message: expect.stringMatching(/SELEC/) }]);
    expect(statements.at(-1)?.span).toMatchObject({ line: 60_001, column: 1 });
  });

  it.each([
    ['a dollar quote', 'SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT 1;\nSELECT 2;', 2, 49],
    ['a dollar quote within another', 'DO $a$ BEGIN EXECUTE $b$ x; $a$;\nSELEC 1;', 2, 1],
    ['a quoted name', 'SELECT 1;\nSELECT "é;\nSELECT 2;', 2, 8],
    ['an escape string', "SELECT 1;\nSELECT 'é', E'\\';\nSELECT 2;", 2, 13],
  ])('%s that never ends is said where it begins', (_, sql, line, column) => {
    expect(read(sql).errors[0]).toMatchObject({ line, column });
  });
});

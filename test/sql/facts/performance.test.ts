import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { isSameExpression } from '../../../src/sql/facts/expressions.ts';
import { accessPaths, findsBy } from '../../../src/sql/facts/indexes.ts';
import { mustBeQuoted } from '../../../src/sql/facts/keywords.ts';
import { packed, wastedBytes } from '../../../src/sql/facts/row-layout.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;
beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

function tableIn(sql: string) {
  const { catalog } = catalogOf('postgresql', [parse(sql, 'postgresql')]);
  const [table] = [...catalog.tables.values()];
  if (table === undefined) throw new Error('no table');
  return { table, catalog };
}

describe('an index finds by columns as the planner does', () => {
  const create = 'CREATE TABLE t (a int, b int, c int)';
  const cases = [
    { index: 'CREATE INDEX i ON t (a)', columns: ['a'], finds: true },
    { index: 'CREATE INDEX i ON t (a, b)', columns: ['a'], finds: true },
    { index: 'CREATE INDEX i ON t (b, a)', columns: ['a', 'b'], finds: true },
    { index: 'CREATE INDEX i ON t USING hash (a)', columns: ['a'], finds: true },
    { index: 'CREATE INDEX i ON t (a) WHERE a IS NOT NULL', columns: ['a'], finds: true },
    { index: 'CREATE INDEX i ON t (a) WHERE (((a) IS NOT NULL))', columns: ['a'], finds: true },
    { index: 'CREATE INDEX i ON t (a) WHERE b IS NOT NULL', columns: ['a', 'b'], finds: false },
    { index: 'CREATE INDEX i ON t (a) WHERE b IS NOT NULL', columns: ['a'], finds: false },
    { index: 'CREATE INDEX i ON t (a) WHERE a > 5', columns: ['a'], finds: false },
    { index: 'CREATE INDEX i ON t ((a + 0))', columns: ['a'], finds: false },
  ];

  it.each(cases)('$index for $columns: $finds', async ({ index, columns, finds }) => {
    const { table } = tableIn(`${create}; ${index}`);
    expect(accessPaths(table).some((path) => findsBy(path, columns))).toBe(finds);

    // Parameters, as the check of a foreign key has them, and a generic plan, which knows no value.
    const condition = columns.map((column, at) => `${column} = $${at + 1}`).join(' AND ');
    await postgres.exec(
      `DROP TABLE IF EXISTS t; ${create}; ${index}; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan`,
    );
    await postgres.exec(
      `PREPARE q (${columns.map(() => 'int').join(', ')}) AS SELECT 1 FROM ONLY t WHERE ${condition}`,
    );
    const { rows } = await postgres.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN EXECUTE q (${columns.map(() => 1).join(', ')})`,
    );
    await postgres.exec('DEALLOCATE q');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    // A condition on fewer columns than are asked for still filters: only one on all of them is an answer.
    const served = /Index Cond: (.*)/.exec(plan)?.[1] ?? '';
    expect(columns.every((column) => served.includes(`${column} =`))).toBe(finds);
  });
});

it.each([
  ['CREATE TABLE n (id int PRIMARY KEY UNIQUE)', 1],
  ['CREATE TABLE n (id int PRIMARY KEY, UNIQUE (id))', 1],
  ['CREATE TABLE n (id int, a int, UNIQUE (id, a), UNIQUE (a, id))', 2],
  ['CREATE TABLE n (id int PRIMARY KEY); ALTER TABLE n ADD UNIQUE (id)', 2],
])('keys of one CREATE TABLE share an index: %s', async (sql, count) => {
  await postgres.exec(`DROP TABLE IF EXISTS n; ${sql}`);
  const { rows } = await postgres.query("SELECT 1 FROM pg_indexes WHERE tablename = 'n'");
  expect(rows).toHaveLength(count);
});

it('one NULL among the rows of a subquery makes NOT IN true for none', async () => {
  const { rows } = await postgres.query(
    'SELECT 1 FROM (VALUES (1), (2)) a (x) WHERE x NOT IN (SELECT y FROM (VALUES (1), (NULL)) b (y))',
  );
  expect(rows).toEqual([]);
});

it('btree takes no value over 2704 bytes', async () => {
  await postgres.exec('CREATE TABLE long (body text); CREATE INDEX ON long (body)');
  // Random text does not compress.
  const insert = (bytes: number) =>
    postgres.exec(
      `INSERT INTO long SELECT left(string_agg(md5(i::text), ''), ${bytes}) FROM generate_series(1, 200) i`,
    );
  await insert(2600);
  await expect(insert(5000)).rejects.toMatchObject({ code: '54000' });
});

it('a view keeps the columns that its star stood for, and holds them', async () => {
  await postgres.exec('CREATE TABLE s (a int, b int); CREATE VIEW v AS SELECT * FROM s; ALTER TABLE s ADD c int');
  const { fields } = await postgres.query('SELECT * FROM v');
  expect(fields.map(({ name }) => name)).toEqual(['a', 'b']);
  await expect(postgres.exec('ALTER TABLE s DROP b')).rejects.toMatchObject({ code: '2BP01' });
});

it('a function and a cast are one expression to an index', async () => {
  await postgres.exec('CREATE TABLE d (at timestamp); CREATE INDEX ON d ((at::date)); SET enable_seqscan = off');
  const { rows } = await postgres.query<{ 'QUERY PLAN': string }>(
    "EXPLAIN SELECT 1 FROM d WHERE date(at) = '2024-01-01'",
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Cond');
});

describe('bytes that the order of columns wastes', () => {
  const sample: Readonly<Record<string, string>> = {
    boolean: 'true',
    smallint: '1',
    integer: '1',
    bigint: '1',
    uuid: "'00000000-0000-0000-0000-000000000000'",
    timestamptz: 'now()',
    date: "'2024-01-01'",
    interval: "'1 day'",
    timetz: "'10:00+00'",
    'double precision': '1',
    text: "repeat('x', n)",
  };

  it.each([
    ['boolean bigint boolean bigint'],
    ['bigint bigint boolean boolean'],
    ['smallint integer smallint bigint'],
    ['boolean uuid integer'],
    ['boolean timestamptz date interval boolean timetz smallint'],
    ['integer bigint text'],
    ['boolean double precision boolean integer boolean bigint'],
    ['smallint boolean date'],
    ['boolean bigint text'],
  ])('%s', async (list) => {
    const types = list
      .replace('double precision', 'double_precision')
      .split(' ')
      .map((type) => type.replace('_', ' '));
    const create = `CREATE TABLE w (${types.map((type, at) => `c${at} ${type}`).join(', ')})`;
    const { table, catalog } = tableIn(create);

    // Texts of every length up to 8 show what is saved on average.
    const lengthOf = async (columns: readonly { readonly name: string }[]) => {
      const inOrder = columns.map(({ name }) => types[Number(name.slice(1))] ?? '');
      await postgres.exec(
        `DROP TABLE IF EXISTS w; CREATE TABLE w (${inOrder.map((type, at) => `c${at} ${type}`).join(', ')})`,
      );
      await postgres.exec(
        `INSERT INTO w SELECT ${inOrder.map((type) => sample[type]).join(', ')} FROM generate_series(0, 8) n`,
      );
      // The first row that a query measures comes with a shorter header.
      const { rows } = await postgres.query<{ bytes: number }>('SELECT pg_column_size(w.*) AS bytes FROM w OFFSET 1');
      return rows.reduce((sum, { bytes }) => sum + Math.ceil(bytes / 8) * 8, 0) / rows.length;
    };
    const saved = (await lengthOf(table.columns)) - (await lengthOf(packed(table.columns, catalog)));
    expect(wastedBytes(table.columns, catalog)).toBe(saved);
  });

  it('are not told where a type is not known', () => {
    const { table, catalog } = tableIn('CREATE TABLE w (a boolean, b geometry, c bigint)');
    expect(wastedBytes(table.columns, catalog)).toBe(0);
  });
});

it('knows which keywords a column can be called', async () => {
  const { rows } = await postgres.query<{ word: string; catcode: string }>(
    'SELECT word, catcode FROM pg_get_keywords()',
  );
  const wrong = rows.filter(({ word, catcode }) => mustBeQuoted(word) !== (catcode === 'R' || catcode === 'T'));
  expect(wrong).toEqual([]);
});

describe('expressions are the same to an index', () => {
  it.each([
    ['lower(email)', '(LOWER( "email" ))', true],
    ['lower(email)', 'lower((email)::text)', true],
    ['at::date', 'date(at)', true],
    ['at::date', '((at)::date)', true],
    ["at AT TIME ZONE 'UTC'", "timezone('UTC'::text, at)", true],
    ["date_trunc('day', at)", "date_trunc('day'::text, at)", true],
    ["date_trunc('day', at)", "date_trunc('hour', at)", false],
    ['lower(email)', 'upper(email)', false],
    ['"Email"', 'email', false],
    ["state = 'A'", "state = 'a'", false],
    ['a + b', 'b + a', false],
    [undefined, 'a', false],
    [undefined, undefined, true],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(isSameExpression(one, other)).toBe(expected);
  });
});

import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlanStep } from '../../src/planner/plan.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { planOf } from './support/prove.ts';
import { reset, run, startScratch } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

async function start(given: string, wish: string, rows: string): Promise<readonly PlanStep[]> {
  await reset(db);
  await db.exec(`${given} ${rows}`);
  return planOf({ name: '', given, rows, wish, steps: [], tasks: [], zeroDowntimeRenames: true }).plan.steps;
}

const rowsOf = async (query: string) => (await db.query(query)).rows;

it('serves code that writes at any moment, and loses nothing on the way back', async () => {
  const steps = await start(
    'CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 7);',
    'ALTER TABLE t ALTER COLUMN n TYPE bigint',
    'INSERT INTO t SELECT i, i FROM generate_series(1, 3) i;',
  );
  let id = 10;
  // Code of before and after knows the column by the same name.
  const write = async () => {
    await db.exec(
      `INSERT INTO t (id) VALUES (${++id}); INSERT INTO t (id, n) VALUES (${++id}, ${id}); UPDATE t SET n = n + 100 WHERE id = 2`,
    );
  };
  let written = 0;
  for (const step of steps) {
    await write();
    written++;
    await run(db, step, step.sql);
  }
  await write();
  written++;
  expect(await rowsOf('SELECT n FROM t WHERE id <= 3 ORDER BY id')).toEqual([
    { n: 1 },
    { n: 2 + 100 * written },
    { n: 3 },
  ]);
  expect(await rowsOf('SELECT count(*)::int AS rows, count(n)::int AS filled FROM t')).toEqual([
    { rows: 3 + 2 * written, filled: 3 + 2 * written },
  ]);
  for (const step of steps.toReversed()) {
    await run(db, step, step.down);
    await write();
    written++;
  }
  expect(await rowsOf('SELECT pg_typeof(n)::text AS type, n FROM t WHERE id = 2')).toEqual([
    { type: 'integer', n: 2 + 100 * written },
  ]);
  expect(await rowsOf('SELECT id FROM t WHERE id > 10 AND n <> CASE WHEN id % 2 = 1 THEN 7 ELSE id END')).toEqual([]);
});

it('keeps the old values as they were where the new ones say less, until the old column goes', async () => {
  const steps = await start(
    'CREATE TABLE t (id integer PRIMARY KEY, price numeric(10,2));',
    'ALTER TABLE t ALTER COLUMN price TYPE integer',
    'INSERT INTO t VALUES (1, 1.25), (2, 2.75);',
  );
  const [drop, ...others] = steps.toReversed();
  for (const step of others.toReversed()) await run(db, step, step.sql);
  await db.exec('UPDATE t SET id = 3 WHERE id = 2; INSERT INTO t VALUES (4, NULL, 9)');
  for (const step of others) await run(db, step, step.down);
  expect(await rowsOf('SELECT id, price::text FROM t ORDER BY id')).toEqual([
    { id: 1, price: '1.25' },
    { id: 3, price: '2.75' },
    { id: 4, price: '9.00' },
  ]);
  expect(drop?.hazards).toContain('deletes-data');
});

it('never refuses what the new type holds and the old one does not', async () => {
  const steps = await start(
    'CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL UNIQUE);',
    'ALTER TABLE t ALTER COLUMN n TYPE bigint',
    'INSERT INTO t VALUES (1, 1);',
  );
  for (const step of steps.slice(0, -1)) await run(db, step, step.sql);
  await db.exec('INSERT INTO t (id, n) VALUES (2, 5000000000), (3, 5000000001)');
  expect(await rowsOf('SELECT n, n_old FROM t ORDER BY id')).toEqual([
    { n: 1, n_old: 1 },
    { n: 5000000000, n_old: null },
    { n: 5000000001, n_old: null },
  ]);
  const last = steps.at(-2);
  if (last === undefined) throw new Error('a switch was expected');
  // Going back then is what PostgreSQL refuses, and not what it does silently.
  await expect(run(db, last, last.down)).rejects.toThrow(/contains null values/);
});

it('fails before anything is lost where a value does not fit, and goes on once it does', async () => {
  const steps = await start(
    'CREATE TABLE t (id integer PRIMARY KEY, n bigint NOT NULL);',
    'ALTER TABLE t ALTER COLUMN n TYPE integer',
    'INSERT INTO t SELECT i, CASE WHEN i = 7000 THEN 5000000000 ELSE i END FROM generate_series(1, 12000) i;',
  );
  const [expand, fill, ...rest] = steps;
  if (expand === undefined || fill === undefined) throw new Error('steps were expected');
  const asked = await Promise.all((expand.preconditions ?? []).map(({ sql }) => rowsOf(sql)));
  expect(asked.map(([row]) => Object.values(row as object))).toEqual([[true], [false]]);
  await run(db, expand, expand.sql);
  await expect(run(db, fill, fill.sql)).rejects.toThrow(/out of range/);
  await expect(db.exec('INSERT INTO t VALUES (12001, 6000000000)')).rejects.toThrow(/out of range/);
  await db.exec('UPDATE t SET n = 1 WHERE id = 7000');
  for (const step of [fill, ...rest]) await run(db, step, step.sql);
  expect(await rowsOf('SELECT pg_typeof(n)::text AS type, count(*)::int AS rows FROM t GROUP BY 1')).toEqual([
    { type: 'integer', rows: 12_000 },
  ]);
});

it('goes on counting where an identity column was', async () => {
  const steps = await start(
    'CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text); CREATE TABLE u (id serial PRIMARY KEY);',
    'ALTER TABLE t ALTER COLUMN id TYPE bigint; ALTER TABLE u ALTER COLUMN id TYPE bigint',
    "INSERT INTO t (name) VALUES ('a'), ('b'); INSERT INTO u DEFAULT VALUES;",
  );
  const insert = async () => await db.exec("INSERT INTO t (name) VALUES ('x'); INSERT INTO u DEFAULT VALUES");
  for (const step of steps) {
    await insert();
    await run(db, step, step.sql);
  }
  await insert();
  for (const step of steps.toReversed()) {
    await run(db, step, step.down);
    await insert();
  }
  const whole = await rowsOf(
    'SELECT max(id)::int = count(*)::int AS t, (SELECT max(id)::int = count(*)::int FROM u) AS u FROM t',
  );
  expect(whole).toEqual([{ t: true, u: true }]);
});

it('lets code of both names write at any moment, and reads the same under each', async () => {
  const steps = await start(
    "CREATE TABLE t (id integer PRIMARY KEY, note text NOT NULL DEFAULT 'none');",
    'ALTER TABLE t RENAME COLUMN note TO remark',
    "INSERT INTO t VALUES (1, 'a'), (2, 'b');",
  );
  let id = 10;
  const has = async (column: string) =>
    (await rowsOf(`SELECT FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = '${column}'`)).length > 0;
  const write = async () => {
    for (const column of ['note', 'remark']) {
      if (!(await has(column))) continue;
      await db.exec(
        `INSERT INTO t (id, ${column}) VALUES (${++id}, 'w${id}'); UPDATE t SET ${column} = ${column} || '.' WHERE id = 2; INSERT INTO t (id) VALUES (${1000 + ++id})`,
      );
    }
    const wrong = `SELECT id FROM t WHERE note <> remark`;
    if ((await has('note')) && (await has('remark')) && id > 14) expect(await rowsOf(wrong)).toEqual([]);
  };
  for (const step of steps) {
    await write();
    await run(db, step, step.sql);
  }
  await write();
  for (const step of steps.toReversed()) {
    await run(db, step, step.down);
    await write();
  }
  const wrong =
    "SELECT id FROM t WHERE note IS DISTINCT FROM CASE WHEN id > 1000 THEN 'none' WHEN id > 2 THEN 'w' || id END AND id > 2";
  expect(await rowsOf(wrong)).toEqual([]);
});

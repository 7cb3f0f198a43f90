import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { planOf } from './support/prove.ts';
import { holds, reset, run, startScratch } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

it('replaces the invalid index that a failed build left', async () => {
  const given = 'CREATE TABLE t (id bigint PRIMARY KEY, email text);';
  await reset(db);
  await db.exec(`${given} INSERT INTO t VALUES (1, 'a'), (2, 'a')`);
  const { plan } = planOf({
    name: '',
    given,
    rows: '',
    wish: 'ALTER TABLE t ADD UNIQUE (email)',
    steps: [],
    tasks: [],
  });
  const [build, attach] = plan.steps;
  const criteria = plan.tasks[0]?.criteria ?? [];
  if (build === undefined || attach === undefined) throw new Error('two steps were expected');

  await expect(run(db, build, build.sql)).rejects.toThrow(/could not create unique index/);
  expect(await Promise.all(criteria.map(({ sql }) => holds(db, sql)))).toEqual([false, false]);
  await expect(run(db, attach, attach.sql)).rejects.toThrow(/not valid/);

  await db.exec("UPDATE t SET email = 'b' WHERE id = 2");
  await run(db, build, build.sql);
  await run(db, attach, attach.sql);
  expect(await Promise.all(criteria.map(({ sql }) => holds(db, sql)))).toEqual([true, true]);
});

it('goes on with the rows that an interrupted backfill left', async () => {
  const given = 'CREATE TABLE t (id bigint PRIMARY KEY, n integer, d integer);';
  await reset(db);
  // The value cannot be computed for one row of the second batch.
  await db.exec(
    `${given} INSERT INTO t SELECT i, NULL, CASE WHEN i = 7000 THEN 0 ELSE 1 END FROM generate_series(1, 12000) i`,
  );
  const { plan } = planOf({
    name: '',
    given,
    rows: '',
    goals: [{ kind: 'backfill', table: { name: 't' }, column: 'n', value: '10 / d' }],
    steps: [],
    tasks: [],
  });
  const [step] = plan.steps;
  if (step === undefined) throw new Error('a step was expected');
  const open = async () =>
    (await db.query<{ n: number }>('SELECT count(*)::int AS n FROM t WHERE n IS NULL')).rows[0]?.n;

  await expect(run(db, step, step.sql)).rejects.toThrow(/division by zero/);
  expect(await open()).toBe(7000);
  await db.exec('UPDATE t SET d = 1 WHERE id = 7000; UPDATE t SET n = -1 WHERE id = 1');
  await run(db, step, step.sql);
  expect(await open()).toBe(0);
  expect((await db.query('SELECT n FROM t WHERE id = 1')).rows).toEqual([{ n: -1 }]);
});

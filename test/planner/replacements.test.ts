import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Named } from '../../src/planner/names.ts';
import type { Draft, Unsupported } from '../../src/planner/recipe.ts';
import { replaceEnum } from '../../src/planner/recipes/replace-enum.ts';
import { replaceIndex } from '../../src/planner/recipes/replace-index.ts';
import type { Situation } from '../../src/planner/situation.ts';
import type { Index } from '../../src/sql/change.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { catalog } from './support/goals.ts';
import { holds, introspect, reset, run, startScratch, withoutPlaces } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

function situationOf(given: string, rows?: number): Situation {
  return { catalog: catalog(given), version: 18, rows: () => rows, created: new Set() };
}

/** There, with each criterion turning true, to the schema of some DDL; and back. */
async function prove(
  given: string,
  rows: string,
  drafts: readonly Draft[] | Unsupported,
  desired: string,
): Promise<void> {
  if ('unsupported' in drafts) throw new Error(drafts.unsupported);
  await reset(db);
  await db.exec(`${given}; ${desired}`);
  const wanted = withoutPlaces(await introspect(db));
  await reset(db);
  await db.exec(`${given}; ${rows}`);
  const before = withoutPlaces(await introspect(db));
  for (const step of drafts) {
    for (const { sql, text } of step.preconditions ?? []) expect(await holds(db, sql), text).toBe(true);
    await run(db, step, step.sql);
    if (!step.transaction) await run(db, step, step.sql);
    for (const { sql, text } of step.criteria) expect(await holds(db, sql), text).toBe(true);
  }
  expect(withoutPlaces(await introspect(db))).toEqual(wanted);
  for (const step of drafts.toReversed()) await run(db, step, step.down);
  expect(withoutPlaces(await introspect(db))).toEqual(before);
}

const table = { name: 't' };
const index = (facts: Partial<Index>): Named<Index> => ({
  name: 't_a',
  table,
  method: 'btree',
  keys: [{ column: 'a' }],
  include: [],
  unique: false,
  ...facts,
});

it('puts another definition in the place of an index, and clears what an interrupted try left', async () => {
  const given = 'CREATE TABLE t (a integer, b integer); CREATE INDEX t_a ON t (a)';
  const drafts = replaceIndex(
    index({}),
    index({ keys: [{ column: 'b' }, { column: 'a' }], unique: true }),
    situationOf(`${given};`),
  );
  await prove(
    given,
    'INSERT INTO t SELECT n, n FROM generate_series(1, 99) n',
    drafts,
    'DROP INDEX t_a; CREATE UNIQUE INDEX t_a ON t (b, a)',
  );

  await reset(db);
  await db.exec(`${given}; INSERT INTO t VALUES (1, 1), (1, 1)`);
  if ('unsupported' in drafts || drafts[0] === undefined) throw new Error('steps were expected');
  const [build, ...rest] = drafts;
  await expect(run(db, build, build.sql)).rejects.toThrow(/could not create unique index/);
  await db.exec('UPDATE t SET b = 2 WHERE ctid = (SELECT max(ctid) FROM t)');
  for (const step of [build, ...rest]) await run(db, step, step.sql);
  expect((await db.query("SELECT relname FROM pg_class WHERE relname LIKE 't\\_a%'")).rows).toEqual([
    { relname: 't_a' },
  ]);
});

it('puts another definition in the place of a partitioned index', async () => {
  const given = `CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (a); CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100); CREATE INDEX t_a ON t (a)`;
  const drafts = replaceIndex(index({}), index({ keys: [{ column: 'b' }] }), situationOf(`${given};`));
  await prove(
    given,
    'INSERT INTO t SELECT n, n FROM generate_series(1, 99) n',
    drafts,
    'DROP INDEX t_a; CREATE INDEX t_a ON t (b)',
  );
});

const moods = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
  CREATE TABLE people (id bigint PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok', past mood[]); CREATE INDEX people_mood ON people (mood)`;
const others = `DROP TABLE people; DROP TYPE mood; CREATE TYPE mood AS ENUM ('it''s fine', 'sad', 'new');
  CREATE TABLE people (id bigint PRIMARY KEY, mood mood NOT NULL DEFAULT 'sad', past mood[]); CREATE INDEX people_mood ON people (mood)`;
const rows = `INSERT INTO people SELECT n, 'sad', ARRAY['sad', 'it''s fine']::mood[] FROM generate_series(1, 50) n`;

it.each([
  ['in a table that is small', 50],
  ['in a table of unknown size', undefined],
])('takes a value from an enum and orders the others anew, %s', async (_, size) => {
  const given = moods.replace("DEFAULT 'ok'", "DEFAULT 'sad'");
  const goal = { type: { name: 'mood' }, values: ["it's fine", 'sad', 'new'] };
  await prove(given, rows, replaceEnum(goal, situationOf(`${given};`, size)), others);
});

it('asks first whether a row has the value that goes', async () => {
  const drafts = replaceEnum({ type: { name: 'mood' }, values: ['ok', "it's fine"] }, situationOf(`${moods};`, 50));
  if ('unsupported' in drafts) throw new Error(drafts.unsupported);
  await reset(db);
  await db.exec(`${moods}; INSERT INTO people VALUES (1, 'ok', ARRAY['sad']::mood[])`);
  const asked = await Promise.all((drafts[0]?.preconditions ?? []).map(({ sql }) => holds(db, sql)));
  expect(asked).toEqual([true, false]);
});

it('refuses to replace an enum that more than columns use', () => {
  const given =
    "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN usual AS mood; CREATE TABLE t (m mood CHECK (m <> 'sad'::mood));";
  expect(replaceEnum({ type: { name: 'mood' }, values: ['ok'] }, situationOf(given))).toEqual({
    unsupported:
      'type mood: type usual, constraint t_m_check of t would go on using the old type; drop that first and make it again afterwards',
  });
});

import { beforeAll, expect, it } from 'vitest';
import type { Goal } from '../../src/planner/goal.ts';
import { affectedTables, orderGoals, planGoals } from '../../src/planner/index.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { catalog, goalsOf } from './support/goals.ts';

beforeAll(loadParsers);

const kinds = (goals: readonly Goal[]) => goals.map((goal) => (goal.kind === 'change' ? goal.change.kind : goal.kind));
const filling: Goal = { kind: 'backfill', table: { name: 'a' }, column: 'x', value: '1' };

it.each([
  ['CREATE INDEX ON a (x); ALTER TABLE a ADD COLUMN x int', ['add-column', 'create-index']],
  [
    'ALTER TABLE a ALTER COLUMN x SET NOT NULL; ALTER TABLE a ADD COLUMN x int',
    ['add-column', 'backfill', 'set-not-null'],
  ],
  ["ALTER TABLE a ADD COLUMN m mood; CREATE TYPE mood AS ENUM ('a')", ['create-enum', 'add-column']],
  ['CREATE TABLE s.t (id int); CREATE SCHEMA s', ['create-schema', 'create-table']],
  ['ALTER TABLE a DROP COLUMN y; ALTER TABLE a DROP CONSTRAINT c', ['drop-constraint', 'drop-column']],
  [
    "COMMENT ON TABLE b IS 'x'; ALTER TABLE a DROP COLUMN y; CREATE TABLE b (id int)",
    ['create-table', 'comment', 'drop-column'],
  ],
])('orders %s', (sql, expected) => {
  const goals = [...goalsOf(sql), ...(expected.includes('backfill') ? [filling] : [])];
  expect(kinds(orderGoals(goals, catalog('CREATE TABLE a (y int)')))).toEqual(
    expected.includes('comment') ? ['drop-column', 'create-table', 'comment'] : expected,
  );
});

it('names the tables that goals touch or refer to', () => {
  const goals = goalsOf(
    'CREATE TABLE b (a_id int REFERENCES a); CREATE INDEX ON c (x); ALTER TABLE d RENAME TO e; DROP INDEX a_y',
  );
  const known = catalog(
    'CREATE TABLE a (id int PRIMARY KEY, y int); CREATE INDEX a_y ON a (y); CREATE TABLE c (x int); CREATE TABLE d (x int)',
  );
  expect(affectedTables(goals, known)).toEqual(['public.b', 'public.a', 'public.c', 'public.d', 'public.e']);
});

it('plans the rest when one goal is about a table that does not exist', () => {
  const plan = planGoals(
    goalsOf('ALTER TABLE nowhere ADD COLUMN x int; ALTER TABLE a ADD COLUMN x int'),
    catalog('CREATE TABLE a (y int)'),
    { engine: 'postgresql', version: 16 },
  );
  expect(plan.steps.map(({ title }) => title)).toEqual(['Add column a.x']);
  expect(plan.unsupported).toHaveLength(1);
  expect(plan.unsupported[0]).toContain('nowhere');
});

it.each(['mysql', 'mariadb', 'sqlite'] as const)('says that it does not plan for %s', (engine) => {
  const plan = planGoals([filling], catalog('CREATE TABLE a (x int)'), { engine, version: 8 });
  expect(plan).toMatchObject({
    engine,
    steps: [],
    tasks: [],
    unsupported: ['backfill: plans are made for PostgreSQL only'],
  });
});

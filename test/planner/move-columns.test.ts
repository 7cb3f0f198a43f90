import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../src/engines/engines.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { PlanStep } from '../../src/planner/plan.ts';
import { noAnswers } from '../../src/planner/schemas/index.ts';
import { migration } from '../engines/migrations.ts';
import { designOf, outcome, statements, wellDone } from './schemas/support.ts';

const engines = createEngines({ log: silentLog });
const engine = engines.of('postgresql');
afterAll(() => engines.close());

const split = {
  current: "CREATE TABLE users (id int PRIMARY KEY, name text, bio text NOT NULL DEFAULT '-', born date);",
  desired: `CREATE TABLE users (id int PRIMARY KEY, name text);
    CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio text, born date);`,
  moves: [
    ['users.bio', 'profiles.bio'],
    ['users.born', 'profiles.born'],
  ],
} as const;

interface Given {
  readonly current: string;
  readonly desired: string;
  readonly moves?: readonly (readonly [string, string])[];
  readonly drops?: readonly string[];
}

function designed({ current, desired, moves = [], drops = [] }: Given) {
  return designOf(engine, {
    current,
    desired,
    answers: { ...noAnswers, moves: new Map(moves), drops: new Set(drops) },
  });
}

/** The steps as migrations with writes of code before each, and what is asked in the end. `back`: the steps that are taken back last. */
async function played(
  given: Given,
  rows: string,
  writes: Readonly<Record<number, string>>,
  asked: Readonly<Record<string, string>>,
  back: readonly number[] = [],
) {
  const { plan } = await designed(given);
  const asMigration = ({ id, transaction }: PlanStep, sql: readonly string[], word: string) =>
    migration(`${word} ${id}`, sql.map((statement) => `${statement};`).join('\n'), { transaction });
  const report = await engine.verify({
    base: [migration('schema', given.current), migration('rows', rows)],
    migrations: [
      ...plan.steps.flatMap((step) => [
        ...(writes[step.id] === undefined ? [] : [migration(`before ${step.id}`, writes[step.id] ?? '')]),
        asMigration(step, step.sql, 'step'),
      ]),
      ...plan.steps
        .toReversed()
        .flatMap((step) => (back.includes(step.id) ? asMigration(step, step.down, 'back') : [])),
    ],
    criteria: Object.entries(asked).map(([text, sql]) => ({ text, sql })),
  });
  expect(report.failed).toBeNull();
  return report.criteria.filter(({ pass }) => !pass);
}

const people = `INSERT INTO users VALUES (1, 'Ann', 'about Ann', '1990-01-01'), (2, 'Bob', '', NULL), (3, 'Cid', 'x', NULL), (4, 'Dee', 'y', NULL);`;
const is = (query: string, wanted: string) => `SELECT (${query}) IS NOT DISTINCT FROM ${wanted}`;

describe('columns that move to a new table', () => {
  it('come with every value, whatever code writes meanwhile', async () => {
    const { plan } = await designed(split);
    const titles = plan.steps.map(({ title }) => title.replace(/users\.bio, users\.born/, 'them'));
    expect(titles).toEqual([
      'Create table profiles',
      'Add foreign key profiles_user_id_fkey from profiles to users',
      'Carry what is written to them over to profiles',
      'Move the values of them to profiles',
      'Check that every value of them has come to profiles',
      'Carry what is written to profiles back to users, so that code can move',
      'Drop them, whose values have moved to profiles',
    ]);
    const failed = await played(
      split,
      people,
      {
        4: `UPDATE users SET bio = 'new Ann' WHERE id = 1; INSERT INTO users VALUES (5, 'Eve', 'about Eve', NULL);
          UPDATE users SET name = 'Bobby' WHERE id = 2; DELETE FROM users WHERE id = 3;`,
        5: `UPDATE users SET born = '2000-02-02' WHERE id = 2; DELETE FROM users WHERE id = 4;`,
        7: `UPDATE profiles SET bio = 'newest Ann' WHERE user_id = 1; INSERT INTO users (id, name) VALUES (6, 'Fay');
          INSERT INTO profiles (user_id, bio) VALUES (6, 'about Fay') ON CONFLICT (user_id) DO UPDATE SET bio = EXCLUDED.bio;
          UPDATE users SET bio = 'old code' WHERE id = 5;`,
      },
      {
        values: is(
          "SELECT string_agg(user_id || ':' || coalesce(bio, 'NULL') || ':' || coalesce(born::text, ''), ',' ORDER BY user_id) FROM profiles",
          "'1:newest Ann:1990-01-01,2::2000-02-02,5:old code:,6:about Fay:'",
        ),
        'nothing is left of the triggers': is("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%move%'", '0'),
        'nor of the functions': is("SELECT count(*) FROM pg_proc WHERE proname LIKE '%s_move'", '0'),
      },
    );
    expect(failed).toEqual([]);
  });

  it('read the same on both sides while code of both kinds runs', async () => {
    const failed = await played(
      split,
      people,
      {
        7: `UPDATE profiles SET born = '1999-09-09', bio = 'p' WHERE user_id = 1; DELETE FROM profiles WHERE user_id = 2;
          UPDATE users SET bio = 'u' WHERE id = 3; UPDATE users SET bio = NULL WHERE id = 4;
          CREATE TABLE seen AS SELECT u.id, u.bio, u.born, p.bio AS there, p.born AS born_there FROM users u LEFT JOIN profiles p ON p.user_id = u.id;`,
      },
      {
        'both sides agree': is(
          'SELECT count(*) FROM seen WHERE bio IS DISTINCT FROM there OR born IS DISTINCT FROM born_there',
          '0',
        ),
        'what code wrote is what both say': is(
          "SELECT string_agg(id || coalesce(bio, ''), ',' ORDER BY id) FROM seen",
          "'1p,2,3u,4'",
        ),
      },
    );
    expect(failed).toEqual([]);
  });

  it('come back with what was written there', async () => {
    const failed = await played(
      split,
      people,
      { 7: "UPDATE profiles SET bio = 'there' WHERE user_id = 1;" },
      { values: is("SELECT string_agg(id || bio, ',' ORDER BY id) FROM users", "'1there,2,3x,4y'") },
      [7, 6, 3],
    );
    expect(failed).toEqual([]);
  });
});

describe('columns that move into the table to which theirs belongs', () => {
  const merge = {
    current: `CREATE TABLE users (id int PRIMARY KEY, name text);
      CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users ON DELETE CASCADE, bio text NOT NULL);`,
    desired: 'CREATE TABLE users (id int PRIMARY KEY, name text, bio text);',
    moves: [['profiles.bio', 'users.bio']],
  } as const;

  it('come with every value, and the table that is empty of them goes', async () => {
    const design = await designed(merge);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    // It is said that rows go; the way back brings them all the same.
    expect(design.proof.reverted).toBeNull();
    const { steps } = design.plan;
    const failed = await played(
      merge,
      `INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cid'); INSERT INTO profiles VALUES (1, 'a'), (2, 'b');`,
      {
        3: "INSERT INTO profiles VALUES (3, 'c'); DELETE FROM profiles WHERE user_id = 2; UPDATE profiles SET bio = 'aa' WHERE user_id = 1;",
        6: "UPDATE users SET bio = 'new' WHERE id = 1; UPDATE users SET bio = 'b' WHERE id = 2; DELETE FROM users WHERE id = 3;",
      },
      {
        values: is("SELECT string_agg(id || coalesce(bio, ''), ',' ORDER BY id) FROM users", "'1new,2b'"),
        'rows that come back': is("SELECT string_agg(user_id || bio, ',' ORDER BY user_id) FROM profiles", "'1new,2b'"),
      },
      steps.slice(-2).map(({ id }) => id),
    );
    expect(failed, statements(design)).toEqual([]);
  });
});

it('are not asked for between tables that stay and have a key of the same name', async () => {
  const { questions } = await designed({
    current: 'CREATE TABLE a (id int PRIMARY KEY, x text); CREATE TABLE b (id int PRIMARY KEY);',
    desired: 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, x text);',
  });
  expect(questions).toEqual([]);
});

describe('columns of which nobody has said that they move', () => {
  it('are asked for, with what speaks for it', async () => {
    const { questions } = await designed({ ...split, moves: [split.moves[0]] });
    expect(questions).toEqual([
      {
        id: 'move public.users.born',
        to: 'asker',
        text: 'Column users.born is gone, and profiles.born (of the same type, date; profiles refers to users by user_id) is new: did it move, or does it go with its values?',
        choices: ['move users.born=profiles.born', 'drop users.born'],
        didYouMean: [],
      },
    ]);
  });

  it('go with their values where that is said', async () => {
    const design = await designed({ ...split, moves: [split.moves[0]], drops: ['users.born'] });
    expect(outcome(design), statements(design)).toEqual(wellDone);
    const drop = design.plan.steps.find(({ title }) => title === 'Drop column users.born');
    expect(drop?.hazards).toContain('deletes-data');
  });

  it.each([
    [
      'rows do not belong to each other',
      'CREATE TABLE profiles (id int PRIMARY KEY, user_id int REFERENCES users, bio text, born date);',
    ],
    ['the other is not the key', 'CREATE TABLE profiles (user_id int UNIQUE, bio text, born date);'],
    [
      'the types differ',
      'CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio varchar(9), born text);',
    ],
  ])('are not asked for where %s', async (_name, table) => {
    const desired = `CREATE TABLE users (id int PRIMARY KEY, name text); ${table}`;
    expect((await designed({ ...split, desired, moves: [] })).questions).toEqual([]);
  });

  it('are asked for where their table is gone', async () => {
    const { questions } = await designed({
      current: 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, x text);',
      desired: 'CREATE TABLE a (id int PRIMARY KEY, x text);',
    });
    expect(questions).toMatchObject([{ id: 'move public.b.x', choices: ['move b.x=a.x', 'drop b.x'] }]);
  });
});

it.each([
  [
    'another column of the new table would be empty',
    'CREATE TABLE users (id int PRIMARY KEY, bio text);',
    'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio text, kind text NOT NULL);',
    'users.bio: rows of profiles are made of those of users, and profiles.kind would have no value; give it a default',
  ],
  [
    'a column numbers rows',
    'CREATE TABLE users (id int PRIMARY KEY, bio serial);',
    'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio serial);',
    'users.bio: a column that numbers its rows is not moved',
  ],
])('refuses where %s', async (_name, current, desired, expected) => {
  const { plan } = await designed({ current, desired, moves: [['users.bio', 'profiles.bio']] });
  expect(plan.unsupported.join()).toContain(expected);
});

import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { noAnswers } from '../../../src/planner/schemas/index.ts';
import { pairs } from './cases.ts';
import { partitionPairs } from './partition-cases.ts';
import { designAnswered, outcome, statements, wellDone } from './support.ts';

const engines = createEngines({ log: silentLog });
afterAll(() => engines.close());

const phasesOf = async (given: Parameters<typeof designAnswered>[1]) => {
  const design = await designAnswered(engines.of('postgresql'), given, () => "'x'");
  expect(outcome(design), statements(design)).toEqual(wellDone);
  return {
    design,
    phases: design.plan.steps.map(({ phase }) => phase).filter((each, at, all) => each !== all[at - 1]),
  };
};

function pair(name: string) {
  const found = [...pairs, ...partitionPairs].find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no pair "${name}"`);
  return { current: found.current, desired: found.desired };
}

describe('over the whole plan, the phases come one after another', () => {
  it.each([
    ['goals of one table', pair('constraints come, change, get other names and go')],
    ['indexes that are replaced', pair('indexes of many kinds come, change, get other names and go')],
    ['columns that come and go', pair('columns come and go')],
    ['partitions', pair('tables become partitions by LIST, with and without NULL')],
    [
      'columns that move, beside a table that becomes a partition',
      {
        current:
          'CREATE TABLE users (id int PRIMARY KEY, bio text); CREATE TABLE e (id int) PARTITION BY RANGE (id); CREATE TABLE e1 (id int);',
        desired:
          'CREATE TABLE users (id int PRIMARY KEY, x int); CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio text NOT NULL); CREATE TABLE e (id int) PARTITION BY RANGE (id); CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (50) TO (500);',
        answers: { ...noAnswers, moves: new Map([['users.bio', 'profiles.bio']]) },
      },
    ],
    [
      'goals of several tables',
      {
        current: 'CREATE TABLE a (id int PRIMARY KEY, x text); CREATE TABLE b (id int PRIMARY KEY, x text);',
        desired:
          'CREATE TABLE a (id int PRIMARY KEY, y text NOT NULL); CREATE TABLE b (id int PRIMARY KEY, y int UNIQUE); CREATE TABLE c (id int PRIMARY KEY);',
      },
    ],
  ])('%s', async (_, given) => {
    const { phases } = await phasesOf(given);
    expect(phases).toEqual(['expand', 'migrate', 'contract'].filter((each) => phases.includes(each as 'expand')));
  });

  it('except where a later one is what an earlier one needs', async () => {
    const { design } = await phasesOf({
      current: 'CREATE TABLE t (id int PRIMARY KEY, a int, gone int); CREATE VIEW v AS SELECT a FROM t;',
      desired:
        'CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE v (id int PRIMARY KEY); CREATE INDEX on_b ON t (b);',
    });
    const titles = design.plan.steps.map(({ phase, title }) => `${phase}: ${title}`);
    // The table takes the name of the view, so the view goes before it; the column that nothing waits for goes last.
    expect(titles).toEqual([
      'expand: Add column t.b',
      'expand: Build index on_b on t',
      'contract: Drop view v',
      'expand: Create table v',
      'contract: Drop column t.gone',
    ]);
  });

  it('the rows that are to be attached are proven before the partition in their place is detached', async () => {
    const { design } = await phasesOf(pair('a partition is put in the place of another'));
    expect(design.plan.steps.map(({ title }) => title)).toEqual([
      'Let only rows into new_2025 that its bound in events allows, for new rows',
      expect.stringContaining('Check the existing rows of new_2025'),
      'Detach partition events_2025 from events',
      'Attach new_2025 to events as a partition',
      'Drop the check that events_2025 keeps of its bound',
    ]);
  });
});

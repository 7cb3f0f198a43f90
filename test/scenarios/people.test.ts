import { describe, expect, it } from 'vitest';
import { draftIn, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const oneColumn = 'Add a nullable text column `note` to `orders`.';
const twoTasks = `${oneColumn}\n\nAdd an index on orders (placed_at).`;

/** A request with its tasks handed out. */
async function delegated(body = oneColumn) {
  const scene = await stage.shop();
  const issue = await scene.request('Notes', body);
  await scene.settle();
  return { scene, issue, tasks: await scene.tasks() };
}

/** A request whose plan deletes data, planned. */
async function dropping(scene: Scene) {
  const issue = await scene.request('Clean up', 'Drop the column `phone` from `customers`.');
  await scene.settle();
  await scene.say('carol', issue, '1: a');
  await scene.settle();
  return issue;
}

/** The task's draft merged through a pull request. */
async function merged(scene: Scene, number: number, version: number) {
  const task = (await scene.tasks()).find((each) => each.number === number);
  const [up = '', down = ''] = draftIn(task?.body ?? '');
  const name = `db/migrations/00${version}_task_${number}`;
  const branch = `db/${number}-task`;
  await scene.commit('grace', branch, { [`${name}.up.sql`]: up, [`${name}.down.sql`]: down });
  const pull = await scene.pull('grace', branch, `Closes #${number}`);
  await scene.settle();
  await scene.merge('carol', pull);
  return pull;
}

describe('an issue that people change meanwhile', () => {
  it('is planned anew when it is edited before the plan is approved', async () => {
    const scene = await stage.shop();
    const issue = await dropping(scene);
    expect((await scene.issue(issue)).labels).toContain('db:escalated');
    await scene.edit('bob', issue, { body: oneColumn });
    await scene.settle();
    const said = await scene.said(issue);
    expect(said.filter((body) => body.startsWith('## Plan'))).toHaveLength(1);
    expect(said).toContainEqual(expect.stringContaining('superseded'));
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('keeps its plan when it is edited after its tasks were handed out, and says so once', async () => {
    const { scene, issue } = await delegated();
    await scene.edit('bob', issue, { body: `${oneColumn}\n\nAdd an index on orders (placed_at).` });
    await scene.settle();
    await scene.settle();
    const said = await scene.said(issue);
    expect(said.filter((body) => body.includes('edited after its tasks'))).toHaveLength(1);
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('stops when the label is taken off, and goes on when it is put on again', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Coupons', 'Add a `coupon_code` column to `orders`.');
    await scene.settle();
    await scene.as('bob').rest.issues.removeLabel({ ...scene.at, issue_number: issue, name: 'database' });
    await scene.settle(issue);
    expect((await scene.said(issue)).at(-1)).toContain('I stop here');
    expect((await scene.issue(issue)).labels).toEqual([]);
    await scene.say('bob', issue, '1: text');
    await scene.settle(issue);
    expect(await scene.tasks()).toEqual([]);

    await scene.as('bob').rest.issues.addLabels({ ...scene.at, issue_number: issue, labels: ['database'] });
    await scene.settle(issue);
    expect(await scene.tasks()).toHaveLength(1);
    expect((await scene.said(issue)).filter((body) => body.includes('I stop here'))).toHaveLength(1);
  });

  it('is left alone when a person closes it, and taken up again when it is opened', async () => {
    const { scene, issue, tasks } = await delegated();
    await scene.setState('bob', issue, 'closed', 'not_planned');
    const before = (await scene.said(issue)).length;
    await scene.settle(issue);
    expect((await scene.issue(issue)).state).toBe('closed');
    expect((await scene.issue(issue)).labels).toEqual(['database']);
    expect(await scene.said(issue)).toHaveLength(before);

    await scene.setState('bob', issue, 'open');
    await scene.settle(issue);
    expect((await scene.issue(issue)).labels).toContain('db:in-progress');
    expect(await scene.tasks()).toHaveLength(tasks.length);
  });
});

describe('a sub-issue', () => {
  it('that is opened again brings its closed request back, until it is closed again', async () => {
    const { scene, issue, tasks } = await delegated();
    const task = tasks[0]?.number ?? 0;
    await merged(scene, task, 13);
    await scene.settle(task, issue);
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
    expect(await scene.issue(task)).toMatchObject({ state: 'closed' });

    await scene.setState('carol', task, 'open');
    await scene.settle();
    expect(await scene.issue(issue)).toMatchObject({ state: 'open' });
    expect((await scene.said(issue)).at(-1)).toContain('no longer holds');
    expect((await scene.issue(task)).state).toBe('open');
    await scene.settle();
    expect((await scene.issue(issue)).state).toBe('open');

    await scene.setState('carol', task, 'closed', 'completed');
    await scene.settle();
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
  });

  it('closed as not planned is escalated', async () => {
    const { scene, issue, tasks } = await delegated();
    await scene.setState('grace', tasks[0]?.number ?? 0, 'closed', 'not_planned');
    await scene.settle();
    expect((await scene.issue(issue)).labels).toContain('db:escalated');
    expect((await scene.said(issue)).filter((body) => body.includes('closed as not planned, so'))).toHaveLength(1);
  });

  it('closed by hand counts when its criteria hold on the default branch, and not before', async () => {
    const { scene, issue, tasks } = await delegated();
    const task = tasks[0]?.number ?? 0;
    await scene.setState('grace', task, 'closed', 'completed');
    await scene.settle();
    expect((await scene.issue(issue)).labels).toContain('db:blocked');
    expect((await scene.said(issue)).at(-1)).toContain('these criteria do not hold');

    const [up = '', down = ''] = draftIn(tasks[0]?.body ?? '');
    await scene.commit('alice', 'main', {
      'db/migrations/0013_note.up.sql': up,
      'db/migrations/0013_note.down.sql': down,
    });
    await scene.settle(issue);
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
  });

  it('waits for the one before it, whose pull request was closed without a merge', async () => {
    const { scene, issue, tasks } = await delegated(
      "Drop nothing. Add a required text column `note` to `orders` with default 'none'.\n\nAdd an index on orders (placed_at).",
    );
    const task = tasks[0]?.number ?? 0;
    await scene.commit('grace', 'db/x', { 'db/migrations/0013_x.up.sql': draftIn(tasks[0]?.body ?? '')[0] ?? '' });
    const pull = await scene.pull('grace', 'db/x', `Closes #${task}`);
    await scene.settle();
    await scene.as('grace').rest.git.deleteRef({ ...scene.at, ref: 'heads/db/x' });
    await scene.as('grace').rest.pulls.update({ ...scene.at, pull_number: pull, state: 'closed' });
    await scene.settle(issue);
    expect(
      (await scene.said(issue)).filter((body) => body.includes('closed without a merge') && body.startsWith('@')),
    ).toHaveLength(1);
    expect((await scene.issue(issue)).labels).toContain('db:blocked');
  });
});

describe('a request that is done', () => {
  it('is not fought over when a person opens it again', async () => {
    const { scene, issue, tasks } = await delegated();
    await merged(scene, tasks[0]?.number ?? 0, 13);
    await scene.settle(issue);
    expect((await scene.issue(issue)).state).toBe('closed');
    await scene.setState('bob', issue, 'open');
    await scene.settle();
    await scene.settle();
    expect((await scene.issue(issue)).state).toBe('open');
    const said = await scene.said(issue);
    expect(said.filter((body) => body.includes('opened again after my report'))).toHaveLength(1);
    expect(said.filter((body) => body.startsWith('## Done'))).toHaveLength(1);
  });
});

describe('a plan that deletes data', () => {
  it('waits for a director, whatever others say', async () => {
    const scene = await stage.shop();
    const issue = await dropping(scene);
    expect((await scene.issue(issue)).labels).toContain('db:escalated');
    await scene.say('carol', issue, '/db approve');
    await scene.settle();
    expect((await scene.said(issue)).at(-1)).toContain('Only a director');
    expect(await scene.tasks()).toEqual([]);

    await scene.say('bob', issue, '/db approve');
    await scene.settle();
    expect(await scene.tasks()).not.toEqual([]);
    const plan = (await scene.said(issue)).find((body) => body.startsWith('## Plan')) ?? '';
    expect(plan).toContain('Approved by @bob');
    expect(plan).toMatch(/@bob approved the plan/);
  });

  it('stops when a director rejects it', async () => {
    const scene = await stage.shop();
    const issue = await dropping(scene);
    await scene.say('alice', issue, '/db reject support still reads it');
    await scene.settle();
    expect(await scene.tasks()).toEqual([]);
    expect((await scene.issue(issue)).labels).toContain('db:blocked');
    expect((await scene.said(issue)).find((body) => body.startsWith('## Plan'))).toContain(
      'Rejected by @alice: support still reads it',
    );
  });
});

describe('commands', () => {
  it('are answered once, from the catalog and the engine', async () => {
    const { scene, issue } = await delegated(twoTasks);
    await scene.say('carol', issue, '/db table orders');
    await scene.say('carol', issue, '/db table oders');
    await scene.say('carol', issue, '/db explain\n\n```sql\nSELECT * FROM orders WHERE id = 1\n```');
    await scene.say('carol', issue, '/db frobnicate');
    await scene.say('carol', issue, '/db explain SELECT count(*) FROM customers\n/db status\n/db help');
    await scene.settle();
    await scene.settle();
    const answers = (await scene.said(issue)).filter((body) => body.startsWith('@carol'));
    expect(answers).toHaveLength(7);
    expect(answers.find((body) => body.includes('| `placed_at` | `timestamp'))).toBeDefined();
    expect(answers.find((body) => body.includes('There is no table `oders`'))).toContain('`orders`');
    expect(answers.find((body) => body.includes('Plan of postgresql'))).toContain('orders_pkey');
    expect(answers.find((body) => body.includes('I do not know `/db frobnicate`'))).toBeDefined();
  });

  it('of passers-by are not obeyed', async () => {
    const { scene, issue } = await delegated();
    const before = (await scene.said(issue)).length;
    await scene
      .stranger('mallory')
      .rest.issues.createComment({ ...scene.at, issue_number: issue, body: '/db table orders' });
    await scene.settle();
    expect(await scene.said(issue)).toHaveLength(before);
  });
});

describe('who may ask', () => {
  it('is said to those who may not, and the request is taken up when one who may puts the label on', async () => {
    const scene = await stage.shop();
    const { data } = await scene.as('grace').rest.issues.create({ ...scene.at, title: 'Notes', body: oneColumn });
    await scene.as('grace').rest.issues.addLabels({ ...scene.at, issue_number: data.number, labels: ['database'] });
    await scene.settle();
    expect(await scene.said(data.number)).toEqual([expect.stringContaining('you hold no role here')]);
    await scene.as('bob').rest.issues.removeLabel({ ...scene.at, issue_number: data.number, name: 'database' });
    await scene.as('bob').rest.issues.addLabels({ ...scene.at, issue_number: data.number, labels: ['database'] });
    await scene.settle();
    expect(await scene.tasks()).toHaveLength(1);
  });
});

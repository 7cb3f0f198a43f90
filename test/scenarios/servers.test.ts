import { describe, expect, it } from 'vitest';
import { draftIn, scenes } from '../support/scene.ts';

const stage = scenes();
const twoTasks = 'Add a nullable text column `note` to `orders`.\n\nAdd an index on orders (placed_at).';

describe('a GitHub without sub-issues and without dependencies', () => {
  it('gets a task list in the progress comment instead, and the request is finished all the same', async () => {
    const scene = await stage.shop();
    scene.sandbox.faults.add({ kind: 'missing', match: { path: '/sub_issues?$/', by: 'app' } });
    scene.sandbox.faults.add({ kind: 'missing', match: { path: '/dependencies/', by: 'app' } });
    const issue = await scene.request('Notes', twoTasks);
    await scene.settle();
    const tasks = await scene.tasks();
    const progress = async () => (await scene.said(issue)).find((body) => body.startsWith('## Progress'));
    for (const { number } of tasks) expect(await progress()).toContain(`- [ ] #${number}`);

    for (const [index, { number, body }] of tasks.entries()) {
      const [up = '', down = ''] = draftIn(body);
      const name = `db/migrations/00${13 + index}_task_${number}`;
      await scene.commit('grace', `db/${number}`, { [`${name}.up.sql`]: up, [`${name}.down.sql`]: down });
      const pull = await scene.pull('grace', `db/${number}`, `Closes #${number}`);
      await scene.settle();
      await scene.merge('carol', pull);
      await scene.settle(issue);
    }
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
    for (const { number } of tasks) expect(await progress()).toContain(`- [x] #${number}`);
    expect(await scene.tasks()).toHaveLength(tasks.length);

    // A task reaches its closed request although nothing but its own text says which that is.
    await scene.setState('carol', tasks[0]?.number ?? 0, 'open');
    await scene.settle();
    expect((await scene.issue(issue)).state).toBe('open');
  });

  it('whose GraphQL does not know the fields either is asked without them', async () => {
    const scene = await stage.shop();
    scene.sandbox.faults.add({ kind: 'missing', match: { path: '/sub_issues?$/', by: 'app' } });
    const old = scene.onServerWithout(['subIssues', 'parent']);
    const issue = await scene.request('Notes', twoTasks);
    await old.settle();
    await old.settle();
    const tasks = await scene.tasks();
    expect(tasks.length).toBeGreaterThan(0);
    expect((await scene.issue(issue)).labels).toContain('db:in-progress');
    const progress = (await scene.said(issue)).find((body) => body.startsWith('## Progress'));
    for (const { number } of tasks) expect(progress).toContain(`- [ ] #${number}`);
  });
});

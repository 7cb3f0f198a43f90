import { describe, expect, it } from 'vitest';
import { draftIn, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const twoTasks = 'Add a nullable text column `note` to `orders`.\n\nAdd an index on orders (placed_at).';

async function progress(scene: Scene, issue: number): Promise<string> {
  return (await scene.said(issue)).find((body) => body.startsWith('## Progress')) ?? '';
}

async function subIssues(scene: Scene, issue_number: number): Promise<readonly number[]> {
  scene.sandbox.becomeServer(null);
  const { data } = await scene.as('alice').request('GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
    ...scene.at,
    issue_number,
  });
  return data.map(({ number }) => number);
}

/** How often the App asked for something that is not there. */
function missed({ sandbox }: Scene): number {
  return sandbox.requests.filter(
    ({ by, status, path }) => by === 'app' && status === 404 && /sub_issues|dependencies/.test(path),
  ).length;
}

describe('an Enterprise Server', () => {
  it('3.15, without sub-issues, gets a task list in the progress comment, and the request is finished all the same', async () => {
    const scene = await stage.shop();
    scene.sandbox.becomeServer('3.15');
    const issue = await scene.request('Notes', twoTasks);
    await scene.settle();
    const tasks = await scene.tasks();
    expect(tasks.length).toBeGreaterThan(1);
    for (const { number } of tasks) expect(await progress(scene, issue)).toContain(`- [ ] #${number}`);
    expect(await progress(scene, issue)).toContain(
      'Sub-issues: this GitHub Enterprise Server 3.15 does not have it, which has it from 3.16 on. The tasks are issues of their own',
    );
    expect(scene.warned).toContainEqual(
      expect.objectContaining({ feature: 'sub-issues', remedy: 'Upgrade the server to 3.16' }),
    );
    const once = missed(scene);
    await scene.settle(issue);
    expect(missed(scene)).toBe(once);

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
    for (const { number } of tasks) expect(await progress(scene, issue)).toContain(`- [x] #${number}`);
    expect(await scene.tasks()).toHaveLength(tasks.length);

    // A task reaches its closed request although nothing but its own text says which that is.
    await scene.setState('carol', tasks[0]?.number ?? 0, 'open');
    await scene.settle();
    expect((await scene.issue(issue)).state).toBe('open');
  });

  it('3.17, whose REST API does not know sub-issues, links them by GraphQL', async () => {
    const scene = await stage.shop();
    scene.sandbox.becomeServer('3.17');
    const issue = await scene.request('Notes', twoTasks);
    await scene.settle();
    const tasks = await scene.tasks();
    expect(await progress(scene, issue)).not.toMatch(/Sub-issues|- \[ \]/);
    // Each endpoint is tried once.
    expect(missed(scene)).toBe(2);
    expect(await subIssues(scene, issue)).toEqual(tasks.map(({ number }) => number));
  });

  it('3.18, without dependencies, has their order in the tasks and says so, until it is upgraded', async () => {
    const scene = await stage.shop();
    scene.sandbox.becomeServer('3.18');
    const issue = await scene.request('Notes', twoTasks);
    await scene.settle();
    expect((await scene.tasks()).length).toBeGreaterThan(1);
    expect(await progress(scene, issue)).toContain(
      'Dependencies between issues: this GitHub Enterprise Server 3.18 does not have it, which has it from 3.19 on.',
    );

    scene.sandbox.becomeServer('3.19');
    await scene.settle(issue);
    await scene.settle(issue);
    expect(await progress(scene, issue)).not.toContain('What I cannot do here');
    const task = (await scene.tasks()).at(-1)?.number ?? 0;
    const { data } = await scene
      .as('alice')
      .request('GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by', {
        ...scene.at,
        issue_number: task,
      });
    expect(data.length).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import { configFile, plainConfig, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const path = 'db/migrations/0013_index.up.sql';
const careless = "SET lock_timeout = '3s';\nCREATE INDEX orders_placed_at ON orders (placed_at);\n";

/** A request and a pull request before an App that has less than it asked for. */
async function without(permissions: Readonly<Record<string, 'read' | undefined>>, config = plainConfig) {
  const scene = await stage.shop({ [configFile]: config });
  for (const [permission, level] of Object.entries(permissions)) {
    if (level === undefined) scene.sandbox.faults.add({ kind: 'forbidden', permission });
    else scene.grant({ [permission]: level });
  }
  const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
  const head = await scene.commit('grace', 'work', { [path]: careless });
  const pull = await scene.pull('grace', 'work');
  await scene.settle();
  await scene.settle();
  return { scene, issue, head, pull };
}

/** How often something was said, on both. */
async function times(scene: Scene, pattern: RegExp, ...numbers: readonly number[]): Promise<number> {
  const said = await Promise.all(numbers.map((number) => scene.said(number)));
  return said.flat().filter((body) => pattern.test(body)).length;
}

describe('an installation', () => {
  it('without checks still reviews, and says what it lacks once', async () => {
    const { scene, issue, pull } = await without({ checks: undefined });
    expect(await scene.threads(pull)).not.toEqual([]);
    expect(await scene.tasks()).toHaveLength(1);
    expect(await times(scene, /I cannot `publish checks`/, pull)).toBe(1);
    expect(await times(scene, /I cannot/, issue)).toBe(0);
  });

  it('without pull requests still plans', async () => {
    const { scene, issue, pull } = await without({ pull_requests: undefined });
    expect(await scene.tasks()).toHaveLength(1);
    expect((await scene.issue(issue)).labels).toContain('db:in-progress');
    await scene.pullAgain(pull);
    await scene.pullAgain(pull);
    expect(await times(scene, /I cannot `read pull request`/, pull)).toBe(1);
  });

  it('that may only read pull requests says in the check what it finds', async () => {
    const { scene, head, pull } = await without({ pull_requests: 'read' });
    expect(await scene.tasks()).toHaveLength(1);
    expect(await scene.threads(pull)).toEqual([]);
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'failure' });
    expect(await times(scene, /I cannot `post review`/, pull)).toBe(1);
  });

  it('without issues still reviews pull requests', async () => {
    const { scene, head, pull } = await without({ issues: undefined });
    expect(await scene.threads(pull)).not.toEqual([]);
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
  });

  it('that may only read issues still reviews pull requests, and is silent on issues', async () => {
    const { scene, issue, head, pull } = await without({ issues: 'read' });
    expect(await scene.threads(pull)).not.toEqual([]);
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
    expect(await scene.said(issue)).toEqual([]);
  });

  it('without contents says so, and never that there is nothing', async () => {
    const { scene, issue, head } = await without({ contents: undefined });
    // Whose roles are not known, only those with write access may ask.
    await scene.as('alice').rest.issues.removeLabel({ ...scene.at, issue_number: issue, name: 'database' });
    await scene.as('alice').rest.issues.addLabels({ ...scene.at, issue_number: issue, labels: ['database'] });
    await scene.settle();
    expect(await times(scene, /I cannot read the files of this repository: .*`contents: read`/, issue)).toBe(1);
    expect(await times(scene, /I found no migrations/, issue)).toBe(0);
    expect((await scene.checks(head))['database-lead']).toMatchObject({
      conclusion: 'neutral',
      title: 'Not looked at: contents: read is missing',
    });

    scene.sandbox.faults.clear();
    await scene.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
    expect(await times(scene, /I cannot read the files/, issue)).toBe(0);
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('that may only read contents says that it cannot write task files', async () => {
    const { scene, issue } = await without({ contents: 'read' }, `${plainConfig}mdtm: { path: .mdtm/tasks }\n`);
    expect(await scene.tasks()).toHaveLength(1);
    expect(await times(scene, /I cannot `write task file`/, issue)).toBe(1);
  });

  it.each(['deployments', 'actions', 'statuses', 'merge_queues'])(
    'without %s does everything else',
    async (permission) => {
      const { scene, issue, head, pull } = await without({ [permission]: undefined });
      expect(await scene.tasks()).toHaveLength(1);
      expect(await scene.threads(pull)).not.toEqual([]);
      expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
      expect((await scene.issue(issue)).labels).toContain('db:in-progress');
    },
  );

  it('that gets what it lacked goes on', async () => {
    const { scene, head, pull } = await without({ checks: undefined });
    scene.sandbox.faults.clear();
    const again = scene.reborn();
    await again.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
    expect(await times(scene, /I cannot/, pull)).toBe(1);
  });
});

describe('an App', () => {
  it('that is suspended does nothing and does not fail', async () => {
    const scene = await stage.shop();
    await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    for (const installation of scene.sandbox.site.world.installations.values())
      installation.suspendedAt = new Date().toISOString() as never;
    await scene.settle(1);
    expect(scene.ledger.writes).toBe(0);
    for (const installation of scene.sandbox.site.world.installations.values()) installation.suspendedAt = null;
    await scene.settle();
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('that is uninstalled while it works does nothing more and does not fail', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    const { writes } = scene.ledger;
    scene.sandbox.site.world.installations.clear();
    scene.sandbox.site.world.tokens.clear();
    await scene.settle(issue);
    await scene.reborn().settle(issue);
    expect(scene.ledger.writes).toBe(writes);
  });
});

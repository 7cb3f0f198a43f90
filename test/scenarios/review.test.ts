import { describe, expect, it } from 'vitest';
import { bot, configFile, plainConfig, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const path = 'db/migrations/0013_index.up.sql';
const careless = `SET lock_timeout = '3s';

CREATE INDEX orders_placed_at ON orders (placed_at);
ALTER TABLE customers
  ALTER COLUMN phone SET NOT NULL;
`;

async function pullWith(files: Record<string, string>, config = plainConfig) {
  const scene = await stage.shop({ [configFile]: config });
  const head = await scene.commit('grace', 'work', files);
  const pull = await scene.pull('grace', 'work');
  await scene.settle();
  return { scene, head, pull };
}

/** Threads with whether they are resolved, by their first line. */
async function resolved(scene: Scene, number: number): Promise<readonly boolean[]> {
  const { repository } = await scene.as('alice').graphql<{
    repository: { pullRequest: { reviewThreads: { nodes: { isResolved: boolean }[] } } };
  }>(
    'query ($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { reviewThreads(first: 50) { nodes { isResolved } } } } }',
    { ...scene.at, number },
  );
  return repository.pullRequest.reviewThreads.nodes.map(({ isResolved }) => isResolved);
}

describe('a review', () => {
  it('stands on the exact lines', async () => {
    const { scene, pull, head } = await pullWith({ [path]: careless });
    const threads = await scene.threads(pull);
    const index = threads.find(({ body }) => body.includes('require-concurrent-index'));
    const notNull = threads.find(({ body }) => body.includes('set-not-null-scan'));
    expect(index).toMatchObject({ path, line: 3, author: bot });
    expect(notNull).toMatchObject({ path, startLine: 4, line: 5 });
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
  });

  it('has a suggestion that mends what it speaks of', async () => {
    const { scene, pull } = await pullWith({ [path]: 'CREATE INDEX orders_placed_at ON orders (placed_at);\n' });
    const index = (await scene.threads(pull)).find(({ body }) => body.includes('require-concurrent-index'));
    const suggestion = /^```suggestion\n([\s\S]*?)\n```/m.exec(index?.body ?? '')?.[1] ?? '';
    expect(suggestion).toContain('CONCURRENTLY');
    const head = await scene.commit('grace', 'work', { [path]: `${suggestion}\n` });
    await scene.settle();
    const after = await scene.threads(pull);
    const replies = after.filter(({ replyTo }) => replyTo === index?.id);
    expect(replies.map(({ body }) => body)).toEqual([expect.stringMatching(/^Fixed in [0-9a-f]{7}/)]);
    expect(after.filter(({ body, replyTo }) => !replyTo && body.includes('require-concurrent-index'))).toHaveLength(1);
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'success' });
  });

  it('is not repeated at the next push, says what is fixed, and resolves it', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    const first = (await scene.threads(pull)).length;
    await scene.commit('grace', 'work', { [path]: `-- A word in front.\n${careless}`, 'README.md': 'Changed.\n' });
    await scene.settle();
    expect(await scene.threads(pull)).toHaveLength(first);
    expect(await scene.reviews(pull)).toHaveLength(1);

    const good = await scene.commit('grace', 'work', {
      [path]: "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN note text;\n",
      'db/migrations/0013_index.down.sql': 'ALTER TABLE orders DROP COLUMN note;\n',
    });
    await scene.settle();
    const threads = await scene.threads(pull);
    expect(threads.filter(({ body }) => body.startsWith('Fixed in'))).toHaveLength(first);
    expect(await resolved(scene, pull)).toEqual(Array.from({ length: first }, () => true));
    expect((await scene.checks(good))['database-lead']).toMatchObject({ conclusion: 'success' });
  });

  it('only says what is fixed where the App may not write contents', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    scene.grant({ contents: 'read' });
    const first = (await scene.threads(pull)).length;
    await scene.commit('grace', 'work', {
      [path]: "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN note text;\n",
      'db/migrations/0013_index.down.sql': 'ALTER TABLE orders DROP COLUMN note;\n',
    });
    await scene.settle();
    await scene.settle();
    const threads = await scene.threads(pull);
    expect(await resolved(scene, pull)).not.toContain(true);
    expect(threads.filter(({ body }) => body.startsWith('Fixed in'))).toHaveLength(first);
  });

  it('follows a push over the branch', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    const first = (await scene.threads(pull)).length;
    await scene.commit('grace', 'other', { [path]: careless, 'notes.txt': 'Rebased.\n' });
    const { data } = await scene.as('grace').rest.git.getRef({ ...scene.at, ref: 'heads/other' });
    const { sha } = data.object;
    await scene.as('grace').rest.git.updateRef({ ...scene.at, ref: 'heads/work', sha, force: true });
    await scene.settle();
    expect((await scene.threads(pull)).filter(({ replyTo }) => !replyTo)).toHaveLength(first);
    expect((await scene.checks(sha))['database-lead']).toMatchObject({ conclusion: 'failure' });
  });

  it('knows what is merged: an edited migration, a version that is older, a table that is not there', async () => {
    const { scene, pull } = await pullWith({
      'db/migrations/0012_create_order_totals_view.up.sql': 'CREATE VIEW order_totals AS SELECT id FROM orders;\n',
      'db/migrations/0003_late.up.sql': "SET lock_timeout = '3s';\nALTER TABLE ordres ADD COLUMN note text;\n",
      'db/migrations/0003_late.down.sql': 'ALTER TABLE ordres DROP COLUMN note;\n',
    });
    const said = (await scene.threads(pull)).map(({ body, path: file }) => `${file} ${body}`);
    const about = (rule: string) => said.filter((text) => text.includes(rule)).map((text) => text.split(' ', 1)[0]);
    expect(about('edited-migration')).toEqual(['db/migrations/0012_create_order_totals_view.up.sql']);
    expect(about('out-of-order-version')).toEqual(['db/migrations/0003_late.up.sql']);
    expect(about('duplicate-version')).toEqual(['db/migrations/0003_late.up.sql']);
    expect(about('unknown-object')).toEqual(['db/migrations/0003_late.up.sql']);
  });

  it('takes a merged migration for no new one when only its way back is changed', async () => {
    const down = 'db/migrations/0011_add_order_comment.down.sql';
    const { scene, head } = await pullWith({ [down]: '-- A word.\nALTER TABLE orders DROP COLUMN comment;\n' });
    const { summary = '' } = (await scene.checks(head))['database-lead/review'] ?? {};
    expect(summary).not.toMatch(/out-of-order-version|edited-migration|duplicate-version/);
    expect(summary).toContain('0011_');
  });

  it('leaves a finding outside of the diff to the check run', async () => {
    const scene = await stage.shop();
    const filler = Array.from({ length: 30 }, (_, index) => `-- line ${index}`).join('\n');
    await scene.commit('alice', 'main', {
      [path]: `SET lock_timeout = '3s';\n\nCREATE INDEX orders_placed_at ON orders (placed_at);\n${filler}\nSELECT 1;\n`,
    });
    const head = await scene.commit('grace', 'work', {
      [path]: `SET lock_timeout = '3s';\n\nCREATE INDEX orders_placed_at ON orders (placed_at);\n${filler}\nSELECT 2;\n`,
    });
    const pull = await scene.pull('grace', 'work');
    await scene.settle();
    expect((await scene.threads(pull)).filter(({ body }) => body.includes('require-concurrent-index'))).toEqual([]);
    const check = (await scene.checks(head))['database-lead/review'];
    expect(check).toMatchObject({ conclusion: 'failure' });
    expect(check?.summary).toContain('require-concurrent-index');
    expect(check?.annotations).toBeGreaterThan(0);
  });

  it('of more than fifty findings still concludes', async () => {
    const many = Array.from({ length: 70 }, (_, index) => `CREATE INDEX orders_${index} ON orders (placed_at, id);`);
    const { scene, head, pull } = await pullWith({ [path]: `SET lock_timeout = '3s';\n${many.join('\n')}\n` });
    const check = (await scene.checks(head))['database-lead/review'];
    expect(check).toMatchObject({ conclusion: 'failure', title: '70 blocking findings' });
    expect(check?.annotations).toBeGreaterThan(100);
    expect(check?.summary).toContain('orders');
    expect((await scene.threads(pull)).length).toBeGreaterThanOrEqual(70);
  });

  it('covers every database of the repository', async () => {
    const scene = await stage.repository({
      [configFile]: `databases:
  - { name: orders, engine: postgresql, version: "16", migrations: pg/migrations }
  - { name: legacy, engine: mysql, version: "8.0", migrations: my/migrations }
`,
      'pg/migrations/0001_a.up.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n',
      'my/migrations/0001_b.up.sql': 'CREATE TABLE b (id bigint PRIMARY KEY) ENGINE=InnoDB;\n',
    });
    const head = await scene.commit('grace', 'work', {
      'pg/migrations/0002_a.up.sql': "SET lock_timeout = '3s';\nCREATE INDEX a_id ON a (id);\n",
      'my/migrations/0002_b.up.sql': 'ALTER TABLE b ADD COLUMN c int;\n',
    });
    const pull = await scene.pull('grace', 'work');
    await scene.settle();
    const paths = new Set((await scene.threads(pull)).map((thread) => thread.path));
    expect(paths).toEqual(new Set(['pg/migrations/0002_a.up.sql', 'my/migrations/0002_b.up.sql']));
    const checks = await scene.checks(head);
    expect(checks['database-lead/review']?.summary).toMatch(/`orders` \(postgresql 16\)[\s\S]*`legacy` \(mysql 8/);
    expect(checks['database-lead/verify']?.summary).toContain('no MySQL server configured');
  });
});

describe('the checks', () => {
  it('conclude neutral, and say why, where no migrations are touched', async () => {
    const { scene, head } = await pullWith({ 'README.md': 'Changed.\n' });
    const checks = await scene.checks(head);
    for (const name of ['database-lead', 'database-lead/review', 'database-lead/verify'])
      expect(checks[name]).toMatchObject({ conclusion: 'neutral', title: 'No migrations changed' });
  });

  it('conclude on a pull request into another branch, which moves no task', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    const [task] = await scene.tasks();
    await scene.commit('alice', 'release', { 'x.txt': 'x' });
    const head = await scene.commit('grace', 'work', {
      [path]: "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN note text;\n",
    });
    const pull = await scene.pull('grace', 'work', `Closes #${task?.number}`, 'release');
    await scene.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'success' });
    await scene.merge('carol', pull);
    await scene.settle(issue);
    expect((await scene.issue(task?.number ?? 0)).state).toBe('open');
    expect((await scene.said(issue)).find((body) => body.startsWith('## Progress'))).toContain('0 of 1 done');
  });

  it('of a pull request whose branch is gone stay as they are, and nothing breaks', async () => {
    const { scene, pull, head } = await pullWith({ [path]: careless });
    await scene.as('grace').rest.git.deleteRef({ ...scene.at, ref: 'heads/work' });
    await scene.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
    expect((await scene.as('alice').rest.pulls.get({ ...scene.at, pull_number: pull })).data.state).toBe('closed');
  });

  it('are taken up by the task although the merge came before the verdict', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    const [task] = await scene.tasks();
    const head = await scene.commit('grace', 'work', {
      'db/migrations/0013_note.up.sql': "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN note text;\n",
      'db/migrations/0013_note.down.sql': 'ALTER TABLE orders DROP COLUMN note;\n',
    });
    const pull = await scene.pull('grace', 'work', `Closes #${task?.number}`);
    await scene.merge('carol', pull);
    await scene.settle(issue);
    expect((await scene.issue(issue)).state).toBe('open');
    await scene.pullAgain(pull);
    await scene.settle(issue);
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'success' });
    expect((await scene.issue(issue)).state).toBe('closed');
  });
});

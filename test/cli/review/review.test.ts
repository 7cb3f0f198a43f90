import { describe, expect, it } from 'vitest';
import { scenes } from '../../support/scene.ts';
import { careful, named, review, risky, workflowToken, writes } from './outside.ts';

const stories = scenes();

describe('database-lead review', () => {
  it('posts what the App would post, nothing twice, and settles what is fixed', async () => {
    const scene = await stories.shop();
    const head = await scene.commit('grace', 'index', risky);
    const number = await scene.pull('grace', 'index');
    const token = await workflowToken(scene);

    const first = await review(scene, token, ['--pr', named(scene, number)]);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('db/migrations/0013_index_status.up.sql:2:');
    expect(first.stdout).toContain('require-concurrent-index');
    expect(first.stdout).toMatch(/wrote: a review \(COMMENT\) of [0-9a-f]{7} with \d+ comment/);
    const threads = await scene.threads(number);
    expect(threads.map(({ author, path, line }) => ({ author, path, line }))).toContainEqual({
      author: 'github-actions[bot]',
      path: 'db/migrations/0013_index_status.up.sql',
      line: 2,
    });
    const checks = await scene.checks(head);
    expect(checks['database-lead']?.conclusion).toBe('failure');
    expect(checks['database-lead/verify']?.conclusion).toBe('success');

    const before = writes(scene);
    const second = await review(scene, token, ['--pr', named(scene, number), '--format', 'json']);
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout)).toMatchObject({ conclusion: 'failure', actions: [], refused: [] });
    expect(writes(scene)).toBe(before);

    const fixed = await scene.commit('grace', 'index', careful);
    const third = await review(scene, token, ['--pr', `${scene.sandbox.url}/acme/shop/pull/${number}/files`]);
    expect(third.code).toBe(0);
    const replies = (await scene.threads(number)).filter(({ replyTo }) => replyTo !== undefined);
    expect(new Set(replies.map(({ author }) => author))).toEqual(new Set(['github-actions[bot]']));
    expect((await scene.checks(fixed))['database-lead']?.conclusion).toBe('success');
    // Three processes, each with an engine of its own.
  }, 180_000);

  it('writes nothing in a dry run, and prints every write with its place', async () => {
    const scene = await stories.shop();
    await scene.commit('grace', 'index', risky);
    const number = await scene.pull('grace', 'index');
    const token = await workflowToken(scene);
    const before = writes(scene);

    const text = await review(scene, token, ['--pr', named(scene, number), '--dry-run', '--no-verify']);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('would write: a review (COMMENT)');
    expect(text.stdout).toContain('db/migrations/0013_index_status.up.sql:2\n');
    expect(text.stdout).toContain('| database-lead: failure: 1 blocking finding');
    const { stdout } = await review(scene, token, [
      ...['--pr', named(scene, number), '--dry-run', '--format', 'json', '--no-verify'],
    ]);
    const { actions, dryRun, as } = JSON.parse(stdout);
    expect({ dryRun, as }).toEqual({ dryRun: true, as: 'github-actions[bot]' });
    expect(actions.map(({ kind }: { kind: string }) => kind)).toContain('post-review');
    expect(writes(scene)).toBe(before);
  });

  it('says that nothing was executed where that was asked for', async () => {
    const scene = await stories.shop();
    const head = await scene.commit('grace', 'index', { ...risky, ...careful });
    const number = await scene.pull('grace', 'index');
    const { code } = await review(scene, await workflowToken(scene), ['--pr', named(scene, number), '--no-verify']);
    expect(code).toBe(0);
    const checks = await scene.checks(head);
    expect(checks['database-lead/verify']).toMatchObject({
      conclusion: 'neutral',
      title: 'Not executed: the verification was left out (--no-verify)',
    });
    expect(checks['database-lead']?.conclusion).toBe('neutral');
  });

  it('records what was ignored on the pull request, and counts it no longer', async () => {
    const scene = await stories.shop();
    await scene.commit('grace', 'index', risky);
    const number = await scene.pull('grace', 'index');
    const token = await workflowToken(scene);
    const args = ['--pr', named(scene, number), '--no-verify', '--format', 'json'];
    expect((await review(scene, token, args)).code).toBe(1);
    await scene.say(
      'alice',
      number,
      '/db ignore require-concurrent-index because nobody is there at night\n\n/db status',
    );
    const { code, stdout } = await review(scene, token, args);
    expect({ code, report: JSON.parse(stdout).report }).toMatchObject({
      code: 0,
      report: {
        suppressed: [
          {
            finding: { rule: 'require-concurrent-index' },
            reason: 'nobody is there at night (alice on the pull request)',
          },
        ],
      },
    });
    const replies = (await scene.comments(number)).filter(
      ({ author, body }) => author !== 'alice' && body.startsWith('@alice'),
    );
    expect(replies.length).toBe(1);
    const before = writes(scene);
    expect((await review(scene, token, args)).code).toBe(0);
    expect(writes(scene)).toBe(before);
  });

  it('fails where a migration does not run', async () => {
    const scene = await stories.shop();
    await scene.commit('grace', 'broken', {
      'db/migrations/0013_divide.up.sql': "SET lock_timeout = '3s';\nSELECT 1 / 0;\n",
      'db/migrations/0013_divide.down.sql': 'SELECT 1;\n',
    });
    const number = await scene.pull('grace', 'broken');
    const { code, stdout } = await review(scene, await workflowToken(scene), [
      '--pr',
      named(scene, number),
      '--dry-run',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('22012') });
  });

  it('has nothing to say of a pull request that is closed', async () => {
    const scene = await stories.shop();
    await scene.commit('grace', 'index', risky);
    const number = await scene.pull('grace', 'index');
    await scene.setState('grace', number, 'closed');
    const before = writes(scene);
    const { code, stdout, stderr } = await review(scene, await workflowToken(scene), ['--pr', named(scene, number)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('is closed: nothing is posted') });
    expect(stdout).toContain('neutral: Not reviewed: the pull request is closed');
    expect(writes(scene)).toBe(before);
  });

  it.each([
    ['warning', 1],
    ['never', 0],
  ] as const)('--fail-on %s', async (level, expected) => {
    const scene = await stories.shop();
    const warned =
      level === 'never' ? risky : { 'db/migrations/0013_index_status.up.sql': 'ALTER TABLE orders ADD note text;\n' };
    await scene.commit('grace', 'index', warned);
    const number = await scene.pull('grace', 'index');
    const { code } = await review(scene, await workflowToken(scene), [
      ...['--pr', named(scene, number), '--dry-run', '--no-verify', '--fail-on', level],
    ]);
    expect(code).toBe(expected);
  });
});

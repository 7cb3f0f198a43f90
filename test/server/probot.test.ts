import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { octokitGitHub } from '../../src/github/octokit/app.ts';
import { clientsOf, probotOf } from '../../src/server/probot.ts';
import { anApp, keepStores, type TestApp } from './support/app.ts';

keepStores();

let app: TestApp;
beforeAll(async () => {
  app = await anApp();
});
afterEach(() => app.sandbox.faults.clear());
afterAll(() => app.close());

/** The shop as the server's own clients see it. */
function repository(throttle: boolean) {
  const clients = clientsOf(probotOf({ ...app.settings, throttle }, pino({ level: 'silent' })));
  return octokitGitHub(clients, { slug: 'database-lead', id: Number(app.settings.appId) }).repository('acme', 'shop');
}

describe('a limit', () => {
  it.each([
    ['secondary', { kind: 'secondary-limit', retryAfter: 1 }],
    ['primary', { kind: 'primary-limit', resetIn: 1 }],
  ] as const)('that is %s is waited out, and the write happens once', async (_which, fault) => {
    const shop = await repository(true);
    app.sandbox.faults.add({ ...fault, times: 1, match: { path: '/issues', method: 'POST' } });
    const { number } = await shop.createIssue({ title: 'A task', body: '', labels: [], assignees: [] });
    const posts = app.sandbox.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/issues'));
    expect(posts.slice(-2).map(({ status }) => status)).toEqual([403, 201]);
    expect((await shop.ownIssues()).map((issue) => issue.number)).toContain(number);
  });

  it('that does not end is a failure, and no feature is given up for it', async () => {
    const shop = await repository(true);
    app.sandbox.faults.add({ kind: 'secondary-limit', retryAfter: 1, match: { path: 'blocked_by' } });
    await expect(shop.blockedBy(1)).rejects.toMatchObject({ status: 403 });
    expect([...shop.without]).toEqual([]);
  });

  it('is not waited out against a sandbox of our own', async () => {
    const shop = await repository(false);
    app.sandbox.faults.add({ kind: 'secondary-limit', retryAfter: 3600 });
    await expect(shop.comments(1)).rejects.toMatchObject({ status: 403 });
  });
});

it('a token is fetched once for many calls', async () => {
  const shop = await repository(false);
  const tokens = () => app.sandbox.requests.filter(({ path }) => path.endsWith('/access_tokens')).length;
  await shop.file('README.md');
  const before = tokens();
  await Promise.all([shop.file('README.md'), shop.ownIssues(), shop.open('database')]);
  expect(tokens()).toBe(before);
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;
const one = { ...where, issue_number: 1 };
const pull = { ...where, pull_number: 2 };

beforeAll(async () => {
  town = await startTown({ permissions: { metadata: 'read' } });
  await town.as('bob').rest.issues.create({ ...where, title: 'an issue' });
  await town.branch('topic', { 'new.sql': 'SELECT 1;\n' });
  await town.as('bob').rest.pulls.create({ ...where, title: 'a pull request', head: 'topic', base: 'main' });
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

type Bot = Town['bot'];
const sha = 'main';

/** What an installation needs for each call, and a call that shows it. */
const calls: readonly (readonly [string, (bot: Bot) => Promise<unknown>])[] = [
  ['issues: read', (bot) => bot.rest.issues.get(one)],
  ['issues: read', (bot) => bot.rest.issues.listForRepo(where)],
  ['issues: read', (bot) => bot.rest.issues.listComments(one)],
  ['issues: read', (bot) => bot.rest.issues.listEventsForTimeline(one)],
  ['issues: write', (bot) => bot.rest.issues.create({ ...where, title: 'x' })],
  ['issues: write', (bot) => bot.rest.issues.update({ ...one, title: 'x' })],
  ['issues: write', (bot) => bot.rest.issues.createComment({ ...one, body: 'x' })],
  ['issues: write', (bot) => bot.rest.issues.addLabels({ ...one, labels: ['bug'] })],
  ['issues: write', (bot) => bot.rest.issues.addSubIssue({ ...one, sub_issue_id: 1 })],
  ['issues: write', (bot) => bot.rest.issues.addBlockedByDependency({ ...one, issue_id: 1 })],
  ['pull_requests: read', (bot) => bot.rest.pulls.get(pull)],
  ['pull_requests: read', (bot) => bot.rest.pulls.listFiles(pull)],
  ['pull_requests: write', (bot) => bot.rest.pulls.createReview({ ...pull, event: 'COMMENT', body: 'x' })],
  ['pull_requests: write', (bot) => bot.rest.pulls.requestReviewers({ ...pull, reviewers: ['alice'] })],
  ['contents: read', (bot) => bot.rest.repos.getContent({ ...where, path: 'README.md' })],
  ['contents: read', (bot) => bot.rest.git.getTree({ ...where, tree_sha: 'main' })],
  ['contents: read', (bot) => bot.rest.repos.compareCommitsWithBasehead({ ...where, basehead: 'main...topic' })],
  ['contents: write', (bot) => bot.rest.pulls.merge(pull)],
  [
    'contents: write',
    (bot) => bot.rest.repos.createOrUpdateFileContents({ ...where, path: 'x', message: 'x', content: '' }),
  ],
  ['contents: write', (bot) => bot.rest.git.deleteRef({ ...where, ref: 'heads/topic' })],
  ['checks: read', (bot) => bot.rest.checks.listForRef({ ...where, ref: sha })],
  ['checks: write', (bot) => bot.rest.checks.create({ ...where, name: 'x', head_sha: sha })],
  ['statuses: read', (bot) => bot.rest.repos.getCombinedStatusForRef({ ...where, ref: sha })],
  ['statuses: write', (bot) => bot.rest.repos.createCommitStatus({ ...where, sha, state: 'success' })],
  ['deployments: read', (bot) => bot.rest.repos.listDeployments(where)],
  ['deployments: write', (bot) => bot.rest.repos.createDeployment({ ...where, ref: 'main' })],
  ['actions: read', (bot) => bot.rest.repos.getAllEnvironments(where)],
  ['administration: read', (bot) => bot.rest.repos.getBranchProtection({ ...where, branch: 'main' })],
];

describe('without the permission an installation is refused', () => {
  test.each(calls)('%s', async (_permission, call) => {
    const answer = await refused(call(town.bot));
    expect(answer).toMatchObject({ status: 403, message: 'Resource not accessible by integration' });
  });

  test('and what every App may read is not', async () => {
    expect((await town.bot.rest.repos.get(where)).data.full_name).toBe('acme/shop');
    const level = await town.bot.rest.repos.getCollaboratorPermissionLevel({ ...where, username: 'tina' });
    expect(level.data).toMatchObject({ permission: 'read', role_name: 'triage' });
    expect((await town.bot.rest.issues.checkUserCanBeAssigned({ ...where, assignee: 'bob' })).status).toBe(204);
    expect((await town.bot.rest.issues.listAssignees(where)).data.map(({ login }) => login)).toContain('bob');
    expect((await town.bot.rest.users.getByUsername({ username: 'alice' })).data.type).toBe('User');
  });

  test('and is told nothing either', async () => {
    await town.sandbox.idle();
    expect(new Set(town.arrivals.map(({ event }) => event))).toEqual(new Set(['installation']));
  });
});

describe('a private repository', () => {
  const hidden = { owner: 'acme', repo: 'vault' } as const;
  beforeAll(() =>
    town.sandbox.createRepository({
      owner: 'acme',
      name: 'vault',
      private: true,
      files: { a: 'b' },
      users: [{ login: 'alice', permission: 'read' }],
    }),
  );

  test.each(['carol', undefined])('is not there for %s', async (login) => {
    expect(await refused(town.as(login).rest.repos.get(hidden))).toMatchObject({ status: 404 });
    expect(await refused(town.as(login).rest.issues.create({ ...hidden, title: 'x' }))).toMatchObject({ status: 404 });
  });

  test('is there for its people', async () => {
    expect((await town.as('alice').rest.repos.get(hidden)).data.visibility).toBe('private');
  });
});

test('a permission can turn out to be missing', async () => {
  const other = await startTown();
  await other.as('bob').rest.issues.create({ ...where, title: 'an issue' });
  await other.bot.rest.issues.createComment({ ...one, body: 'works' });
  const fault = other.sandbox.faults.add({ kind: 'forbidden', permission: 'issues' });
  expect(await refused(other.bot.rest.issues.createComment({ ...one, body: 'x' }))).toMatchObject({ status: 403 });
  other.sandbox.faults.remove(fault);
  await other.bot.rest.issues.createComment({ ...one, body: 'works again' });
  await other.close();
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

async function open(head: string, body = '', base = 'main'): Promise<typeof where & { pull_number: number }> {
  const { data } = await town.as('bob').rest.pulls.create({ ...where, title: `Change ${head}`, body, head, base });
  return { ...where, pull_number: data.number };
}

test('a pull request shows its diff as files, as text and as commits', async () => {
  await town.branch('shown', {
    'db/migrations/0002_add.sql': 'ALTER TABLE orders ADD COLUMN note text;\n',
    'README.md': '# Shop\n\nA larger shop.\n',
    'src/index.js': null,
  });
  const one = await open('shown');
  const { pulls } = town.as('bob').rest;
  const { data } = await pulls.get(one);
  expect(data).toMatchObject({ changed_files: 3, additions: 2, deletions: 41, commits: 1, mergeable: true });
  expect(data.mergeable_state).toBe('clean');
  const { data: files } = await pulls.listFiles(one);
  expect(files.map(({ filename, status }) => [filename, status])).toEqual([
    ['README.md', 'modified'],
    ['db/migrations/0002_add.sql', 'added'],
    ['src/index.js', 'removed'],
  ]);
  expect(files[0]?.patch).toBe('@@ -1,3 +1,3 @@\n # Shop\n \n-A small shop.\n+A larger shop.');
  expect(files[1]?.patch).toBe('@@ -0,0 +1 @@\n+ALTER TABLE orders ADD COLUMN note text;');
  expect(files[2]?.patch).toMatch(/\n\\ No newline at end of file$/);
  const diff = await pulls.get({ ...one, mediaType: { format: 'diff' } });
  expect(diff.data).toContain('diff --git a/README.md b/README.md\nindex ');
  const patch = await pulls.get({ ...one, mediaType: { format: 'patch' } });
  expect(patch.data).toContain('Subject: [PATCH] Change');
  expect((await pulls.listCommits(one)).data).toHaveLength(1);
  expect((await town.told('pull_request')).at(-1)).toMatchObject({ action: 'opened', number: one.pull_number });
});

test('a diff of more than 300 files is refused as text and listed as files', async () => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`many/${at}.sql`, `SELECT ${at};\n`]));
  await town.branch('many', many);
  const one = await open('many');
  const { pulls } = town.as('bob').rest;
  const answer = await refused(pulls.get({ ...one, mediaType: { format: 'diff' } }));
  expect(answer).toMatchObject({ status: 406, errors: [{ code: 'too_large' }] });
  expect(await town.as('bob').paginate(pulls.listFiles, { ...one, per_page: 100 })).toHaveLength(301);
});

test('a push moves the pull request, and the App is told from where', async () => {
  const before = await town.branch('moved', { 'a.sql': 'SELECT 1;\n' });
  const one = await open('moved');
  const after = await town.branch('moved', { 'a.sql': 'SELECT 2;\n' }, 'moved');
  expect((await town.as('bob').rest.pulls.get(one)).data.head.sha).toBe(after);
  expect((await town.told('pull_request')).at(-1)).toMatchObject({ action: 'synchronize', before, after });
  const push = (await town.told('push')).at(-1);
  expect(push).toMatchObject({
    ref: 'refs/heads/moved',
    before,
    after,
    forced: false,
    commits: [{ modified: ['a.sql'] }],
  });
  const suites = await town.told('check_suite');
  expect(suites.at(-1)).toMatchObject({ action: 'requested', check_suite: { head_sha: after } });
});

describe('a merge', () => {
  test.each(['merge', 'squash', 'rebase'] as const)('by %s keeps what both sides did', async (merge_method) => {
    await town.branch(`by-${merge_method}`, { [`${merge_method}.sql`]: 'SELECT 1;\n' });
    await town.branch(`by-${merge_method}`, { [`${merge_method}-2.sql`]: 'SELECT 2;\n' }, `by-${merge_method}`);
    const one = await open(`by-${merge_method}`);
    await town.branch('main', { [`meanwhile-${merge_method}.txt`]: 'x' });
    const { repos, pulls, git } = town.as('bob').rest;
    const { data } = await pulls.merge({ ...one, merge_method });
    const { data: commit } = await git.getCommit({ ...where, commit_sha: data.sha });
    expect(commit.parents).toHaveLength(merge_method === 'merge' ? 2 : 1);
    for (const path of [`${merge_method}.sql`, `${merge_method}-2.sql`, `meanwhile-${merge_method}.txt`])
      expect((await repos.getContent({ ...where, path })).status).toBe(200);
    const { data: merged } = await pulls.get(one);
    expect(merged).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: data.sha,
      merged_by: { login: 'bob' },
    });
    expect(merged.changed_files).toBe(2);
    expect((await pulls.checkIfMerged(one)).status).toBe(204);
    expect(await refused(pulls.merge(one))).toMatchObject({ status: 405 });
  });

  test('of what conflicts is refused', async () => {
    await town.branch('conflict', { 'README.md': '# One\n' });
    const one = await open('conflict');
    await town.branch('main', { 'README.md': '# Another\n' });
    const { pulls } = town.as('bob').rest;
    expect((await pulls.get(one)).data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    expect(await refused(pulls.merge(one))).toMatchObject({ status: 405, message: 'Pull Request is not mergeable' });
    expect(await refused(pulls.updateBranch(one))).toMatchObject({ status: 422 });
  });

  test('closes what its description promises, on the default branch only', async () => {
    const issues = town.as('bob').rest.issues;
    const opened = await Promise.all([0, 1, 2].map(() => issues.create({ ...where, title: 'x' })));
    const [first = 0, second = 0, third = 0] = opened.map(({ data }) => data.number);
    await town.branch('closing', { 'closing.sql': 'SELECT 1;\n' });
    await town.branch('release', { 'release.txt': 'x' });
    await town.branch('elsewhere', { 'elsewhere.sql': 'SELECT 1;\n' }, 'release');
    const inCode = `\`fixes #${third}\``;
    const one = await open('closing', `Fixes #${first}, and mentions #${second}. ${inCode}`);
    const other = await open('elsewhere', `Closes #${second}`, 'release');
    await town.as('bob').rest.pulls.merge(other);
    await town.as('bob').rest.pulls.merge(one);
    const states = [];
    for (const issue_number of [first, second, third])
      states.push((await issues.get({ ...where, issue_number })).data.state);
    expect(states).toEqual(['closed', 'open', 'open']);
  });

  test('waits for what branch protection asks', async () => {
    await town.branch('guarded-base', { 'guarded.txt': 'x' });
    await town.as('alice').rest.repos.updateBranchProtection({
      ...where,
      branch: 'guarded-base',
      required_pull_request_reviews: { required_approving_review_count: 1 },
      required_status_checks: { strict: false, contexts: ['database-lead'] },
      enforce_admins: true,
      restrictions: null,
    });
    const head = await town.branch('guarded', { 'guarded.sql': 'SELECT 1;\n' }, 'guarded-base');
    const one = await open('guarded', '', 'guarded-base');
    const { pulls, repos } = town.as('bob').rest;
    expect((await pulls.get(one)).data.mergeable_state).toBe('blocked');
    expect((await refused(pulls.merge(one))).message).toContain('approving review is required');
    await town.as('alice').rest.pulls.createReview({ ...one, event: 'APPROVE' });
    expect((await refused(pulls.merge(one))).message).toContain('"database-lead" is expected');
    const sha = head;
    await town.bot.rest.checks.create({ ...where, name: 'database-lead', head_sha: sha, conclusion: 'failure' });
    expect((await refused(pulls.merge(one))).message).toContain('"database-lead" is failing');
    await town.bot.rest.checks.create({ ...where, name: 'database-lead', head_sha: sha, conclusion: 'neutral' });
    const direct = { ...where, branch: 'guarded-base', path: 'direct.txt', message: 'x', content: '' };
    const answer = await refused(repos.createOrUpdateFileContents(direct));
    expect(answer).toMatchObject({ status: 409, message: expect.stringContaining('through a pull request') });
    await pulls.merge(one);
  });
});

test('the base can be brought into a branch', async () => {
  await town.branch('behind', { 'behind.sql': 'SELECT 1;\n' });
  const one = await open('behind');
  const { pulls, repos } = town.as('bob').rest;
  expect(await refused(pulls.updateBranch(one))).toMatchObject({ status: 422 });
  await town.branch('main', { 'ahead.txt': 'x' });
  await pulls.updateBranch(one);
  const { data } = await repos.compareCommitsWithBasehead({ ...where, basehead: 'main...behind' });
  expect(data).toMatchObject({ status: 'ahead', behind_by: 0 });
});

test('a fork brings its branch, and its commits show no pull request on checks', async () => {
  await town.as('carol').rest.repos.createFork(where);
  const carol = town.as('carol').rest;
  const message = 'From a fork';
  const content = Buffer.from('SELECT 1;\n').toString('base64');
  await carol.repos.createOrUpdateFileContents({ owner: 'carol', repo: 'shop', path: 'fork.sql', message, content });
  const { data } = await carol.pulls.create({ ...where, title: 'From a fork', head: 'carol:main', base: 'main' });
  expect(data.head).toMatchObject({ label: 'carol:main', repo: { full_name: 'carol/shop', fork: true } });
  const sha = data.head.sha;
  const run = await town.bot.rest.checks.create({ ...where, name: 'x', head_sha: sha });
  expect(run.data.pull_requests).toEqual([]);
});

test('a deleted branch closes its pull request', async () => {
  await town.branch('gone', { 'gone.sql': 'SELECT 1;\n' });
  const one = await open('gone');
  await town.as('bob').rest.git.deleteRef({ ...where, ref: 'heads/gone' });
  expect((await town.as('bob').rest.pulls.get(one)).data).toMatchObject({ state: 'closed', merged: false });
});

test('pull requests are edited, listed by branch, and their reviewers asked', async () => {
  await town.branch('asked', { 'asked.sql': 'SELECT 1;\n' });
  const one = await open('asked');
  const { pulls } = town.as('bob').rest;
  await pulls.update({ ...one, title: 'Another title', body: 'Another text' });
  await pulls.requestReviewers({ ...one, reviewers: ['alice'] });
  expect((await pulls.listRequestedReviewers(one)).data.users.map(({ login }) => login)).toEqual(['alice']);
  const { data } = await pulls.list({ ...where, head: 'acme:asked' });
  expect(data.map(({ title }) => title)).toEqual(['Another title']);
  await pulls.removeRequestedReviewers({ ...one, reviewers: ['alice'] });
  await pulls.update({ ...one, state: 'closed' });
  const actions = (await town.told('pull_request')).map(({ action }) => action);
  expect(actions.slice(-3)).toEqual(['review_requested', 'review_request_removed', 'closed']);
  const by = await town.as('bob').rest.repos.listPullRequestsAssociatedWithCommit({ ...where, commit_sha: 'asked' });
  expect(by.data.map(({ number }) => number)).toEqual([one.pull_number]);
});

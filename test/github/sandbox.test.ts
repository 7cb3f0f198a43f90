import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { octokitGitHub } from '../../src/github/octokit/app.ts';
import type { Check, GitHub, Repository } from '../../src/github/port.ts';
import { type Shop, shopSandbox, stageOn } from '../support/replay.ts';

const at = { owner: 'acme', repo: 'shop' } as const;
const configPath = '.github/database-lead.yml';
const migration = 'db/migrations/0013_add.up.sql';

let shop: Shop;
let github: GitHub;
let repository: Repository;
let as: ReturnType<typeof stageOn>['as'];

beforeAll(async () => {
  shop = await shopSandbox();
  github = octokitGitHub(shop.clients, shop.identity);
  repository = await github.repository(at.owner, at.repo);
  as = stageOn(shop.sandbox).as;
});
afterAll(() => shop.sandbox.close());

/** How many requests the App made while something was done. */
async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  const before = shop.sandbox.requests.filter(({ by }) => by === 'app').length;
  await work();
  return shop.sandbox.requests.filter(({ by }) => by === 'app').length - before;
}

async function head(branch = 'main'): Promise<string> {
  return (await as('alice').rest.git.getRef({ ...at, ref: `heads/${branch}` })).data.object.sha;
}

/** A branch with one more file, and a pull request from it. Returns its number and head. */
async function open(branch: string, body: string, files: Readonly<Record<string, string>>, by = 'grace' as const) {
  const { git, pulls, repos } = as(by).rest;
  await git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: await head() });
  for (const [path, text] of Object.entries(files))
    await repos.createOrUpdateFileContents({
      ...at,
      path,
      branch,
      message: `Add ${path}`,
      content: Buffer.from(text).toString('base64'),
    });
  const { data } = await pulls.create({ ...at, title: branch, head: branch, base: 'main', body });
  return { number: data.number, sha: await head(branch) };
}

function checkOf(head: string, more: Partial<Check> = {}): Check {
  return {
    name: 'database-lead',
    head,
    status: 'completed',
    conclusion: 'success',
    title: 'Fine',
    summary: 'Nothing to say',
    externalId: 'digest',
    annotations: [],
    actions: [],
    ...more,
  };
}

it('knows itself and where it is installed', async () => {
  expect(shop.identity.slug).toBe('database-lead');
  expect(await github.repositories()).toEqual([{ owner: 'acme', repo: 'shop' }]);
  expect(repository.bot).toBe('database-lead[bot]');
});

describe('an issue', () => {
  it('that is not there is nothing', async () => {
    expect(await repository.issue(4711, [])).toBeUndefined();
    expect(await repository.pull(4711, [])).toBeUndefined();
  });

  it('is seen with labels, conversation, children, their pull requests and checks, in one request', async () => {
    const { issues } = as('bob').rest;
    const { data: parent } = await issues.create({
      ...at,
      title: 'Add a column',
      body: 'Please',
      labels: ['database'],
    });
    await issues.removeLabel({ ...at, issue_number: parent.number, name: 'database' });
    await issues.addLabels({ ...at, issue_number: parent.number, labels: ['database'] });
    await issues.createComment({ ...at, issue_number: parent.number, body: 'Soon?' });
    await repository.createComment(parent.number, 'Yes');

    const child = await repository.createIssue({ title: 'Task', body: 'Do it', labels: [], assignees: ['grace'] });
    const other = await repository.createIssue({ title: 'Next', body: '', labels: [], assignees: [] });
    expect(await repository.addSubIssue(parent.number, child)).toBe(true);
    expect(await repository.addSubIssue(parent.number, other)).toBe(true);
    expect(await repository.addSubIssue(parent.number, child)).toBe(false);
    expect(await repository.addBlockedBy(other.number, child.id)).toBe(true);
    expect(await repository.addBlockedBy(other.number, child.id)).toBe(false);
    expect(await repository.blockedBy(other.number)).toEqual([child.number]);
    await repository.updateIssue(child.number, { state: 'closed', reason: 'completed' });
    await repository.updateIssue(child.number, { state: 'open', reason: 'reopened' });

    const closing = await open('closing', `Closes #${child.number}`, { [migration]: 'SELECT 1;\n' });
    const naming = await open('naming', `Part of #${child.number}`, { 'a.sql': 'SELECT 1;\n' });
    await repository.publishChecks([checkOf(closing.sha)]);

    let snapshot: Awaited<ReturnType<Repository['issue']>>;
    const requests = await requestsOf(async () => {
      snapshot = await repository.issue(parent.number, ['README.md', 'no/such/file']);
    });
    expect(requests).toBe(1);
    expect(snapshot).toMatchObject({
      repository: { defaultBranch: 'main', head: await head() },
      issue: { number: parent.number, id: parent.id, author: 'bob', open: true, labels: ['database'] },
      comments: [
        { author: 'bob', body: 'Soon?' },
        { author: 'database-lead[bot]', body: 'Yes' },
      ],
      labelings: [
        { label: 'database', actor: 'bob', added: true },
        { label: 'database', actor: 'bob', added: false },
        { label: 'database', actor: 'bob', added: true },
      ],
      children: [
        {
          number: child.number,
          author: 'database-lead[bot]',
          open: true,
          stateReason: 'reopened',
          assignees: ['grace'],
          reopenedAt: expect.stringMatching(/Z$/),
          pulls: [
            {
              number: closing.number,
              closes: true,
              state: 'open',
              head: closing.sha,
              base: 'main',
              author: 'grace',
              checks: [{ name: 'database-lead', conclusion: 'success', externalId: 'digest', title: 'Fine' }],
            },
            { number: naming.number, closes: false, checks: [] },
          ],
        },
        { number: other.number, pulls: [] },
      ],
    });
    expect(snapshot?.children[1]).not.toHaveProperty('reopenedAt');
    expect([...(snapshot?.files.keys() ?? [])]).toEqual(['README.md']);
    expect((await repository.issue(child.number, []))?.parent).toBe(parent.number);
    expect((await repository.comments(parent.number)).map(({ author }) => author)).toEqual([
      'bob',
      'database-lead[bot]',
    ]);
    const own = (await repository.ownIssues()).map(({ number }) => number);
    expect(own.toSorted()).toEqual([child.number, other.number].toSorted());
    expect(await repository.open('database')).toEqual({
      issues: [parent.number],
      pulls: [naming.number, closing.number],
    });
  });

  it('is seen whole when its conversation has more than one page', async () => {
    const { issues } = as('bob').rest;
    const { data } = await issues.create({ ...at, title: 'Long' });
    for (let n = 1; n <= 101; n += 1) await issues.createComment({ ...at, issue_number: data.number, body: `${n}` });
    const snapshot = await repository.issue(data.number, []);
    expect(snapshot?.comments.map(({ body }) => Number(body))).toEqual(Array.from({ length: 101 }, (_, n) => n + 1));
  });

  it('can be changed: title, text, comment, labels', async () => {
    const { number } = await repository.createIssue({ title: 'a', body: 'b', labels: [], assignees: ['nobody-here'] });
    await repository.updateIssue(number, { title: 'A', body: 'B' });
    await repository.createComment(number, 'first');
    const [comment] = await repository.comments(number);
    await repository.updateComment(comment?.id ?? 0, 'second');
    const label = { name: 'db:planned', color: '0e8a16', description: 'Planned' };
    await repository.addLabels(number, [label]);
    await repository.addLabels(number, [label]);
    await repository.removeLabel(number, 'bug');
    expect(await repository.issue(number, [])).toMatchObject({
      issue: { title: 'A', body: 'B', labels: ['db:planned'], assignees: [] },
      comments: [{ body: 'second' }],
    });
    await repository.removeLabel(number, 'db:planned');
    expect((await repository.issue(number, []))?.issue.labels).toEqual([]);
  });
});

describe('a pull request', () => {
  const text = 'CREATE TABLE a (\n  id bigint\n);\nCREATE TABLE b (id bigint);\n';

  it('is reviewed, answered and settled, and seen so', async () => {
    const issue = await repository.createIssue({ title: 'Task', body: 'Do it', labels: [], assignees: [] });
    const path = 'db/migrations/0014_ab.up.sql';
    const pull = await open('reviewed', `Fixes #${issue.number}`, { [path]: text });
    const review = { commit: pull.sha, event: 'COMMENT', body: 'Two things' } as const;
    await repository.createReview(pull.number, {
      ...review,
      comments: [
        { path, line: 3, startLine: 1, body: 'the table' },
        { path, line: 4, body: 'the other' },
      ],
    });
    const outside = { ...review, comments: [{ path, line: 40, body: 'nowhere' }] };
    // GitHub refuses the whole review, so that this one comes to stand on its file.
    await repository.createReview(pull.number, outside);

    const [first, second] = (await repository.pullNow(pull.number, pull.sha))?.threads ?? [];
    expect(first).toMatchObject({ path, line: 3, resolved: false, comments: [{ author: 'database-lead[bot]' }] });
    await repository.replyToReviewComment(pull.number, first?.comments[0]?.id ?? 0, 'done');
    expect(await repository.resolveThread(first?.id ?? '')).toBe(true);
    expect(await repository.resolveThread(second?.id ?? '')).toBe(true);
    expect(await repository.unresolveThread(second?.id ?? '')).toBe(true);
    await repository.createComment(pull.number, 'See the check');

    const snapshot = await repository.pull(pull.number, [configPath, 'README.md']);
    expect(snapshot).toMatchObject({
      state: 'open',
      draft: false,
      author: 'grace',
      head: { sha: pull.sha, ref: 'reviewed', fork: false },
      base: { sha: await head(), ref: 'main' },
      closes: [{ number: issue.number, body: 'Do it' }],
      comments: [{ author: 'database-lead[bot]', body: 'See the check' }],
      threads: [
        { resolved: true, comments: [{ body: 'the table' }, { body: 'done' }] },
        { resolved: false, comments: [{ body: 'the other' }] },
        { resolved: false, comments: [{ body: 'nowhere' }] },
      ],
    });
    expect(snapshot?.files.has('README.md')).toBe(true);
    expect((await repository.changedFiles(pull.number)).files).toEqual([
      {
        path,
        status: 'added',
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        changes: 4,
        patch: expect.stringContaining('+CREATE'),
      },
    ]);
  });

  const annotation = { path: 'c.sql', startLine: 1, endLine: 1, level: 'failure', title: 't', message: 'm' } as const;
  const note = (number: number) => ({ ...annotation, title: String(number) });
  const notes = (length: number) => Array.from({ length }, (_, index) => note(index));

  async function annotationsOf(check_run_id: number): Promise<readonly (string | null)[]> {
    const { paginate, rest } = as('alice');
    const listed = await paginate(rest.checks.listAnnotations, { ...at, check_run_id, per_page: 100 });
    return listed.map(({ title }) => title);
  }

  it('has its checks made and changed, each time in one request', async () => {
    const pull = await open('checked', '', { 'c.sql': "SELECT 'checked';\n" });
    const { conclusion: _, ...going } = checkOf(pull.sha, { status: 'in_progress', externalId: 'one' });
    const names = ['database-lead', 'database-lead/verify'];
    const made = await repository.publishChecks(names.map((name) => ({ ...going, name })));
    expect(made).toEqual(await repository.checks(pull.sha));
    const [run, other] = made;
    expect(run).toMatchObject({ name: 'database-lead', status: 'in_progress', externalId: 'one', head: pull.sha });
    const requests = await requestsOf(() =>
      repository.publishChecks([
        {
          ...checkOf(pull.sha, { conclusion: 'failure', externalId: 'two', annotations: [annotation] }),
          ...(run === undefined ? {} : { existing: run }),
        },
        { ...checkOf(pull.sha, { name: 'database-lead/verify' }), ...(other === undefined ? {} : { existing: other }) },
        checkOf(pull.sha, { name: 'third', actions: [{ label: 'Go', description: 'On', identifier: 'go' }] }),
      ]),
    );
    expect(requests).toBe(1);
    const expected = [
      { id: run?.id, name: 'database-lead', conclusion: 'failure', externalId: 'two', annotations: 1 },
      { id: other?.id, name: 'database-lead/verify', conclusion: 'success' },
      { name: 'third' },
    ];
    expect(await repository.checks(pull.sha)).toMatchObject(expected);
    expect((await repository.pull(pull.number, []))?.checks).toMatchObject(expected);
    expect((await repository.pullNow(pull.number, pull.sha))?.checks).toMatchObject(expected);
    expect(await annotationsOf(run?.id ?? 0)).toEqual(['t']);
    expect([...shop.sandbox.site.world.checkRuns.values()].at(-1)?.actions).toEqual([
      { label: 'Go', description: 'On', identifier: 'go' },
    ]);
  });

  it('has more annotations than a request takes, in their order, and ends with the last of them', async () => {
    const pull = await open('annotated', '', { 'c.sql': "SELECT 'annotated';\n" });
    const [run] = await repository.publishChecks([checkOf(pull.sha, { annotations: notes(120) })]);
    expect(run).toMatchObject({ status: 'completed', annotations: 120 });
    expect(await annotationsOf(run?.id ?? 0)).toEqual(notes(120).map(({ title }) => title));
  });

  it('goes on with annotations where it was left', async () => {
    const pull = await open('half-way', '', { 'c.sql': "SELECT 'half-way';\n" });
    const check = checkOf(pull.sha, { annotations: notes(120) });
    const fault = shop.sandbox.faults.add({
      kind: 'status',
      status: 502,
      match: { path: '/graphql' },
      skip: 1,
      times: 9,
    });
    await expect(repository.publishChecks([check])).rejects.toMatchObject({ status: 502 });
    shop.sandbox.faults.remove(fault);
    const [left] = await repository.checks(pull.sha);
    expect(left).toMatchObject({ status: 'in_progress', annotations: 50 });
    await repository.publishChecks([{ ...check, ...(left === undefined ? {} : { existing: left }) }]);
    expect(await repository.checks(pull.sha)).toMatchObject([{ id: left?.id, status: 'completed', annotations: 120 }]);
  });

  it('has the rest of its checks although one is refused', async () => {
    const pull = await open('refused', '', { 'c.sql': "SELECT 'refused';\n" });
    const long = checkOf(pull.sha, { name: 'long', summary: 'x'.repeat(70_000) });
    const writes = [checkOf(pull.sha), long, checkOf(pull.sha, { name: 'last' })];
    await expect(repository.publishChecks(writes)).rejects.toMatchObject({ status: 422 });
    const runs = await repository.checks(pull.sha);
    expect(runs.map(({ name, status }) => [name, status])).toEqual([
      ['database-lead', 'completed'],
      ['last', 'completed'],
    ]);
  });

  it('is found by its head, also when that is in a fork', async () => {
    const pull = await open('found', '', { 'c.sql': "SELECT 'found';\n" });
    const { rest } = as('bob');
    await rest.repos.createFork({ ...at });
    const fork = { owner: 'bob', repo: at.repo };
    const { data } = await rest.repos.createOrUpdateFileContents({
      ...fork,
      path: 'fork.sql',
      message: 'x',
      content: Buffer.from('SELECT 2;\n').toString('base64'),
    });
    const from = await rest.pulls.create({ ...at, title: 'Fork', head: 'bob:main', base: 'main' });
    expect(await repository.pullsWithHead(pull.sha)).toEqual([pull.number]);
    expect(await repository.pullsWithHead(data.commit.sha ?? '')).toEqual([from.data.number]);
    expect(await repository.pullsWithHead(await head())).toEqual([]);
  });

  it('knows which runs were left on earlier heads, also on one that was pushed over', async () => {
    const pull = await open('moved', '', { 'c.sql': "SELECT 'moved';\n" });
    const { conclusion: _, ...queued } = checkOf(pull.sha, { status: 'queued' });
    await repository.publishChecks([queued]);
    const { data } = await as('grace').rest.git.createCommit({
      ...at,
      message: 'Over',
      tree: (await as('grace').rest.git.getCommit({ ...at, commit_sha: pull.sha })).data.tree.sha,
      parents: [await head()],
    });
    await as('grace').rest.git.updateRef({ ...at, ref: 'heads/moved', sha: data.sha, force: true });
    const snapshot = await repository.pull(pull.number, []);
    expect(snapshot).toMatchObject({ head: { sha: data.sha }, checks: [], unfinished: [{ head: pull.sha }] });
    expect(await repository.pullNow(pull.number, pull.sha)).toMatchObject({
      head: data.sha,
      checks: [{ status: 'queued' }],
    });
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'is in the history after a %s by its merge commit',
    async (method) => {
      const pull = await open(`by-${method}`, '', { [`${method}.sql`]: 'SELECT 1;\n' });
      const base = await head();
      await as('alice').rest.pulls.merge({ ...at, pull_number: pull.number, merge_method: method });
      const snapshot = await repository.pull(pull.number, []);
      expect(snapshot?.state).toBe('merged');
      const now = await head();
      const { data } = await as('alice').rest.pulls.get({ ...at, pull_number: pull.number });
      expect(await repository.contains(now, data.merge_commit_sha ?? '')).toBe(true);
      expect(await repository.contains(now, base)).toBe(true);
      expect(await repository.contains(now, pull.sha)).toBe(method === 'merge');
      expect(await repository.contains(base, now)).toBe(false);
      expect(await requestsOf(() => repository.contains(now, base))).toBe(0);
    },
  );
});

describe('files', () => {
  it('are listed and read once for a commit', async () => {
    const commit = await head();
    const tree = await repository.tree(commit);
    const readme = tree.entries.find(({ path }) => path === 'README.md');
    expect(tree.truncated).toBe(false);
    const texts = await repository.texts(tree.entries.map(({ sha }) => sha));
    expect(texts.get(readme?.sha ?? '')).toBe(await repository.file('README.md'));
    expect(await repository.file('no/such/file')).toBeUndefined();
    expect([...texts.values()]).not.toContain(null);
    const again = async () => {
      await repository.tree(commit);
      await repository.texts(tree.entries.map(({ sha }) => sha));
    };
    expect(await requestsOf(again)).toBe(0);
  });

  it('that are binary or large are no texts, and their names may be anything', async () => {
    const pull = await open('odd', '', {
      'db/ä "quoted" $name.sql': 'SELECT 1;\n',
      'binary.sql': 'a\0b',
      'large.sql': '-- 0123456789\n'.repeat(90_000),
      'long.sql': '-- 0123456789\n'.repeat(60_000),
    });
    const { entries } = await repository.tree(pull.sha);
    const shaOf = (name: string) => entries.find(({ path }) => path.endsWith(name))?.sha ?? '';
    const texts = await repository.texts(entries.map(({ sha }) => sha));
    expect(texts.get(shaOf('$name.sql'))).toBe('SELECT 1;\n');
    expect(texts.get(shaOf('binary.sql'))).toBeNull();
    expect(texts.get(shaOf('large.sql'))).toBeNull();
    expect(texts.get(shaOf('long.sql'))).toHaveLength(840_000);
    await as('alice').rest.pulls.merge({ ...at, pull_number: pull.number });
    expect(await repository.file('db/ä "quoted" $name.sql')).toBe('SELECT 1;\n');
  });

  it('are committed once, straight to the default branch', async () => {
    const file = { path: '.mdtm/tasks/one.md', text: 'ä task', message: 'Note the plan' };
    const before = await head();
    expect(await repository.commitFile(file)).toBe('committed');
    expect(await repository.commitFile(file)).toBe('unchanged');
    expect(await repository.file(file.path)).toBe('ä task');
    expect(await repository.contains(await head(), before)).toBe(true);
  });
});

it('deployments are seen with their last state, oldest first', async () => {
  const { repos } = as('erin').rest;
  const deploy = async (environment: string, ...states: ('success' | 'failure' | 'in_progress')[]) => {
    const input = { ...at, ref: 'main', environment, auto_merge: false, required_contexts: [] };
    const deployment_id = ((await repos.createDeployment(input)).data as { id: number }).id;
    for (const state of states)
      await repos.createDeploymentStatus({ ...at, deployment_id, state, log_url: 'https://ci.test/1' });
    return deployment_id;
  };
  const first = await deploy('staging', 'in_progress', 'success');
  const failed = await deploy('staging', 'failure');
  const waiting = await deploy('development');
  await deploy('production', 'success');
  const seen = await repository.deployments(['staging', 'development']);
  expect(seen.map(({ id, environment, state }) => [id, environment, state])).toEqual([
    [first, 'staging', 'success'],
    [failed, 'staging', 'failure'],
    [waiting, 'development', 'pending'],
  ]);
  expect(seen[0]).toMatchObject({ sha: await head(), url: 'https://ci.test/1' });
  expect(seen[2]).not.toHaveProperty('url');
  expect(await repository.deployments([])).toEqual([]);
});

it.each([
  ['alice', 'admin'],
  ['erin', 'write'],
  ['carol', 'write'],
  ['bob', 'read'],
  ['nobody-here', 'none'],
])('%s may %s', async (login, permission) => {
  expect(await repository.permission(login)).toBe(permission);
});

describe('last, on a protected branch', () => {
  const file = (text: string) => ({ path: '.mdtm/tasks/two.md', text, message: 'Note the plan' });
  const branch = 'database-lead/task-files';

  beforeAll(async () => {
    await as('alice').rest.repos.updateBranchProtection({
      ...at,
      branch: 'main',
      enforce_admins: true,
      required_status_checks: null,
      required_pull_request_reviews: { required_approving_review_count: 0 },
      restrictions: null,
    });
  });

  const pulls = async () =>
    (await as('alice').rest.pulls.list({ ...at, head: `acme:${branch}`, state: 'all' })).data.map(({ state }) => state);

  it('files come through one pull request, and a merged one is followed by another that can be merged', async () => {
    const before = await head();
    expect(await repository.commitFile(file('one'))).toBe('pull-request');
    expect(await repository.commitFile(file('one'))).toBe('unchanged');
    expect(await repository.commitFile(file('two'))).toBe('pull-request');
    expect(await head()).toBe(before);
    expect(await pulls()).toEqual(['open']);

    const merge = async () => {
      const { data } = await as('alice').rest.pulls.list({ ...at, head: `acme:${branch}` });
      await as('alice').rest.pulls.merge({ ...at, pull_number: data[0]?.number ?? 0, merge_method: 'squash' });
    };
    await merge();
    expect(await repository.commitFile(file('two'))).toBe('unchanged');
    expect(await repository.commitFile(file('three'))).toBe('pull-request');
    await merge();
    expect(await repository.file(file('').path)).toBe('three');
    expect(await pulls()).toEqual(['closed', 'closed']);
  });

  it('an installation that may not even read contents is told so', async () => {
    const fault = shop.sandbox.faults.add({ kind: 'forbidden', permission: 'contents' });
    const fresh = octokitGitHub(shop.clients, shop.identity);
    const blind = await fresh.repository(at.owner, at.repo);
    await expect(blind.commitFile(file('four'))).rejects.toMatchObject({ name: 'Forbidden' });
    shop.sandbox.faults.remove(fault);
  });
});

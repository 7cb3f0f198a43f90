import { describe, expect, it } from 'vitest';
import { addComment } from '../../../src/sandbox/operations/comments.ts';
import { commitChanges } from '../../../src/sandbox/operations/commits.ts';
import { createIssue } from '../../../src/sandbox/operations/issues.ts';
import { createPull } from '../../../src/sandbox/operations/pulls.ts';
import { createRef } from '../../../src/sandbox/operations/refs.ts';
import { protectBranch } from '../../../src/sandbox/operations/repositories.ts';
import { createReview } from '../../../src/sandbox/operations/reviews.ts';
import { must, threadsOf } from '../../../src/sandbox/state/find.ts';
import { nodeId } from '../../../src/sandbox/state/ids.ts';
import { aShop, user } from './site.ts';

const alice = user('alice');
const bob = user('bob');
const carol = user('carol');

async function aThread(permissions?: Parameters<typeof aShop>[0]) {
  const shop = await aShop(permissions);
  const { site, repository } = shop;
  await createRef(site, bob, repository, 'refs/heads/change', repository.refs['refs/heads/main']);
  await commitChanges(site, bob, repository, {
    branch: 'change',
    message: 'Change',
    changes: [{ path: 'README.md', content: '# Shop\n\nMore.\n' }],
  });
  const pull = await createPull(site, bob, repository, { title: 'Change', head: 'change', base: 'main' });
  const comments = [{ path: 'README.md', line: 3, body: 'Less?' }];
  await createReview(site, alice, pull, { event: 'COMMENT', comments });
  const thread = must(threadsOf(site.world, pull)[0], 'thread', 0);
  return { ...shop, pull, thread, id: nodeId('PullRequestReviewThread', thread.id) };
}

describe('createIssue', () => {
  const mutation = `mutation ($input: CreateIssueInput!) { createIssue(input: $input) { clientMutationId issue { number title parent { number } labels(first: 5) { nodes { name } } assignees(first: 5) { nodes { login } } } } }`;

  it('opens an issue with labels, people and a parent in one step', async () => {
    const { ask, site, repository, bot, told } = await aShop();
    const parent = await createIssue(site, alice, repository, { title: 'Parent' });
    const label = must(
      repository.labels.find(({ name }) => name === 'database'),
      'label',
      'database',
    );
    const bobId = nodeId('User', must(site.world.accounts.get('bob'), 'account', 'bob').id);
    const { data, errors } = await ask(bot, mutation, {
      input: {
        repositoryId: nodeId('Repository', repository.id),
        title: 'Child',
        parentIssueId: nodeId('Issue', parent.id),
        labelIds: [nodeId('Label', label.id)],
        assigneeIds: [bobId],
        clientMutationId: 'mine',
      },
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      createIssue: {
        clientMutationId: 'mine',
        issue: {
          number: 2,
          title: 'Child',
          parent: { number: 1 },
          labels: { nodes: [{ name: 'database' }] },
          assignees: { nodes: [{ login: 'bob' }] },
        },
      },
    });
    expect(told.map(({ event, action }) => `${event}.${action}`)).toEqual(
      expect.arrayContaining(['issues.opened', 'issues.labeled', 'issues.assigned', 'sub_issues.sub_issue_added']),
    );
  });

  it.each([
    ['a title that is too long', { title: 'x'.repeat(257) }, 'UNPROCESSABLE', /title is too long/],
    ['a repository that is none', { repositoryId: 'R_nothing' }, 'NOT_FOUND', /global id of 'R_nothing'/],
    ['a number for a parent', { parentIssueId: '1' }, 'NOT_FOUND', /global id of '1'/],
  ])('refuses %s', async (_, change, type, message) => {
    const { ask, bot, repository } = await aShop();
    const { data, errors } = await ask(bot, mutation, {
      input: { repositoryId: nodeId('Repository', repository.id), title: 'An issue', ...change },
    });
    expect(data).toEqual({ createIssue: null });
    expect(errors).toMatchObject([{ type, message: expect.stringMatching(message), path: ['createIssue'] }]);
    expect(repository.nextNumber).toBe(1);
  });
});

describe('sub-issues', () => {
  it('are linked and taken away by node id', async () => {
    const { ask, site, repository, bot } = await aShop();
    const [parent, child] = [
      await createIssue(site, alice, repository, { title: 'Parent' }),
      await createIssue(site, alice, repository, { title: 'Child' }),
    ];
    const input = { issueId: nodeId('Issue', parent.id), subIssueId: nodeId('Issue', child.id) };
    const add = `mutation ($input: AddSubIssueInput!) { addSubIssue(input: $input) { issue { subIssuesSummary { total } } subIssue { parent { number } } } }`;
    expect(await ask(bot, add, { input })).toEqual({
      data: { addSubIssue: { issue: { subIssuesSummary: { total: 1 } }, subIssue: { parent: { number: 1 } } } },
    });
    expect((await ask(bot, add, { input })).errors).toMatchObject([
      { type: 'UNPROCESSABLE', message: expect.stringContaining('duplicate sub-issues') },
    ]);
    const remove = `mutation ($input: RemoveSubIssueInput!) { removeSubIssue(input: $input) { subIssue { parent { number } } } }`;
    expect(await ask(bot, remove, { input })).toEqual({ data: { removeSubIssue: { subIssue: { parent: null } } } });
    const byUrl = { issueId: input.issueId, subIssueUrl: 'http://sandbox.test/acme/shop/issues/2' };
    expect((await ask(bot, add, { input: byUrl })).errors).toBeUndefined();
    expect(child.parentId).toBe(parent.id);
  });
});

describe('review threads', () => {
  const resolve = (id: string, name = 'resolveReviewThread') =>
    `mutation { ${name}(input: { threadId: "${id}" }) { thread { isResolved isCollapsed resolvedBy { login } } } }`;

  it('are resolved and opened again', async () => {
    const { ask, bot, id } = await aThread();
    expect(await ask(bot, resolve(id))).toEqual({
      data: {
        resolveReviewThread: {
          thread: { isResolved: true, isCollapsed: true, resolvedBy: { login: 'database-lead[bot]' } },
        },
      },
    });
    expect((await ask(alice, resolve(id, 'unresolveReviewThread'))).data).toEqual({
      unresolveReviewThread: { thread: { isResolved: false, isCollapsed: false, resolvedBy: null } },
    });
  });

  it.each([
    ['an App that may not write contents', { pull_requests: 'write', contents: 'read' } as const, null],
    ['a person who may only read', undefined, carol],
  ])('cannot be resolved by %s', async (_, permissions, person) => {
    const { ask, bot, id, thread } = await aThread(permissions);
    const { data, errors } = await ask(person ?? bot, resolve(id));
    expect(data).toEqual({ resolveReviewThread: null });
    expect(errors).toMatchObject([{ type: 'FORBIDDEN', path: ['resolveReviewThread'] }]);
    expect(thread.resolvedBy).toBeNull();
  });

  it('are answered', async () => {
    const { ask, bot, id, told } = await aThread();
    const { data } = await ask(
      bot,
      `mutation { addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: "${id}", body: "Done." }) { comment { body replyTo { body } path } } }`,
    );
    expect(data).toEqual({
      addPullRequestReviewThreadReply: { comment: { body: 'Done.', replyTo: { body: 'Less?' }, path: 'README.md' } },
    });
    expect(told.at(-1)).toMatchObject({ event: 'pull_request_review_comment', action: 'created' });
  });
});

describe('createCommitOnBranch', () => {
  const mutation = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message file(path: "a.txt") { object { ... on Blob { text } } } } ref { target { oid } } } }`;
  const input = (head: string | undefined, change: object = {}) => ({
    input: {
      branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'main' },
      expectedHeadOid: head,
      message: { headline: 'Add a', body: 'Because' },
      fileChanges: {
        additions: [{ path: 'a.txt', contents: Buffer.from('hello\n').toString('base64') }],
        deletions: [{ path: 'README.md' }],
      },
      ...change,
    },
  });

  it('commits additions and deletions to a branch that is where the caller saw it', async () => {
    const { ask, repository, bot } = await aShop();
    const head = repository.refs['refs/heads/main'];
    const { data, errors } = await ask(bot, mutation, input(head));
    expect(errors).toBeUndefined();
    const oid = repository.refs['refs/heads/main'];
    expect(oid).not.toBe(head);
    expect(data).toEqual({
      createCommitOnBranch: {
        commit: { oid, message: 'Add a\n\nBecause', file: { object: { text: 'hello\n' } } },
        ref: { target: { oid } },
      },
    });
    const gone = await ask(
      bot,
      '{ repository(owner: "acme", name: "shop") { object(expression: "main:README.md") { oid } } }',
    );
    expect(gone.data).toEqual({ repository: { object: null } });
  });

  it('refuses a branch that moved, and says which kind of refusal that is', async () => {
    const { ask, repository, bot } = await aShop();
    const before = repository.refs['refs/heads/main'];
    const { data, errors } = await ask(bot, mutation, input('0'.repeat(40)));
    expect(data).toEqual({ createCommitOnBranch: null });
    expect(errors).toMatchObject([{ type: 'STALE_DATA', message: expect.stringContaining('but it did not') }]);
    expect(repository.refs['refs/heads/main']).toBe(before);
  });

  it('refuses a protected branch', async () => {
    const { ask, site, repository, bot } = await aShop();
    const protection = { requiresPullRequest: true, requiredApprovals: 0, requiredChecks: [], enforceAdmins: false };
    await protectBranch(site, alice, repository, 'main', protection);
    const { errors } = await ask(bot, mutation, input(repository.refs['refs/heads/main']));
    expect(errors).toMatchObject([{ type: 'BRANCH_PROTECTION_RULE_VIOLATION' }]);
  });

  it.each([
    [
      'contents that are no Base64',
      { fileChanges: { additions: [{ path: 'a.txt', contents: '<>' }] } },
      'UNPROCESSABLE',
    ],
    ['a path out of the repository', { fileChanges: { deletions: [{ path: '../a.txt' }] } }, 'UNPROCESSABLE'],
    ['a branch without a name', { branch: { repositoryNameWithOwner: 'acme/shop' } }, 'UNPROCESSABLE'],
    ['an unknown ref', { branch: { id: 'REF_kwabc' } }, 'NOT_FOUND'],
  ])('refuses %s', async (_, change, type) => {
    const { ask, repository, bot } = await aShop();
    const { errors } = await ask(bot, mutation, input(repository.refs['refs/heads/main'], change));
    expect(errors).toMatchObject([{ type }]);
  });

  it('takes a branch by the id of its ref', async () => {
    const { ask, repository, bot } = await aShop();
    const found = await ask(bot, '{ repository(owner: "acme", name: "shop") { defaultBranchRef { id } } }');
    const { id } = (found.data as { repository: { defaultBranchRef: { id: string } } }).repository.defaultBranchRef;
    const { errors } = await ask(bot, mutation, input(repository.refs['refs/heads/main'], { branch: { id } }));
    expect(errors).toBeUndefined();
  });
});

describe('check runs', () => {
  const create =
    'mutation ($input: CreateCheckRunInput!) { createCheckRun(input: $input) { checkRun { id databaseId status conclusion annotations(first: 1) { totalCount } } } }';
  const update =
    'mutation ($input: UpdateCheckRunInput!) { updateCheckRun(input: $input) { checkRun { status conclusion title annotations(first: 1) { totalCount } } } }';
  const note = {
    path: 'README.md',
    location: { startLine: 1, endLine: 1 },
    annotationLevel: 'WARNING',
    message: 'm',
  };

  async function aRun() {
    const shop = await aShop();
    const { ask, repository, bot } = shop;
    const repositoryId = nodeId('Repository', repository.id);
    const headSha = repository.refs['refs/heads/main'];
    const input = { repositoryId, headSha, name: 'lead', status: 'QUEUED' };
    const { data, errors } = await ask(bot, create, { input });
    expect(errors).toBeUndefined();
    const { id } = (data as { createCheckRun: { checkRun: { id: string } } }).createCheckRun.checkRun;
    return { ...shop, repositoryId, input, id };
  }

  it('are made and changed, and annotations are added', async () => {
    const { ask, bot, id, repositoryId, site } = await aRun();
    const output = { title: 't', summary: 's', annotations: [note] };
    const actions = [{ label: 'Go', description: 'On', identifier: 'go' }];
    await ask(bot, update, { input: { repositoryId, checkRunId: id, output, status: 'IN_PROGRESS' } });
    const { data } = await ask(bot, update, {
      input: { repositoryId, checkRunId: id, output, actions, conclusion: 'NEUTRAL' },
    });
    expect(data).toEqual({
      updateCheckRun: {
        checkRun: { status: 'COMPLETED', conclusion: 'NEUTRAL', title: 't', annotations: { totalCount: 2 } },
      },
    });
    expect([...site.world.checkRuns.values()]).toMatchObject([
      { actions, annotations: [{ annotation_level: 'warning', start_line: 1 }, {}] },
    ]);
  });

  it('go through one by one: what is refused stops none behind it', async () => {
    const { ask, bot, input, site } = await aRun();
    const both =
      'mutation ($a: CreateCheckRunInput!, $b: CreateCheckRunInput!) { a: createCheckRun(input: $a) { checkRun { name } } b: createCheckRun(input: $b) { checkRun { name } } }';
    const { data, errors } = await ask(bot, both, {
      a: { ...input, name: 'a', headSha: '0'.repeat(40) },
      b: { ...input, name: 'b' },
    });
    expect(data).toEqual({ a: null, b: { checkRun: { name: 'b' } } });
    expect(errors).toMatchObject([{ path: ['a'], message: expect.stringContaining('No commit found') }]);
    expect(site.world.checkRuns.size).toBe(2);
  });

  const summary = { title: 't', summary: 's' };
  it.each([
    ['too many annotations', { output: { ...summary, annotations: Array.from({ length: 51 }, () => note) } }],
    [
      'a range that ends before it begins',
      { output: { ...summary, annotations: [{ ...note, location: { startLine: 2, endLine: 1 } }] } },
    ],
    [
      'too many buttons',
      { actions: Array.from({ length: 4 }, () => ({ label: 'a', description: 'b', identifier: 'c' })) },
    ],
    ['a label that is too long', { actions: [{ label: 'a'.repeat(21), description: 'b', identifier: 'c' }] }],
    ['an end without a conclusion', { status: 'COMPLETED' }],
    ['a conclusion that only GitHub gives', { conclusion: 'STALE' }],
  ])('refuse %s, as REST does', async (_, change) => {
    const { ask, bot, id, repositoryId, site } = await aRun();
    const before = structuredClone([...site.world.checkRuns.values()]);
    const { errors } = await ask(bot, update, { input: { repositoryId, checkRunId: id, ...change } });
    expect(errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
    expect([...site.world.checkRuns.values()]).toEqual(before);
  });

  it('are made by Apps only, and found in their own repository only', async () => {
    const { ask, bot, input, id } = await aRun();
    expect((await ask(alice, create, { input })).errors).toMatchObject([{ type: 'FORBIDDEN' }]);
    const elsewhere = { repositoryId: id, checkRunId: id };
    expect((await ask(bot, update, { input: elsewhere })).errors).toMatchObject([{ type: 'NOT_FOUND' }]);
  });
});

describe('comments', () => {
  it('are written, changed, hidden and shown', async () => {
    const { ask, site, repository, bot } = await aShop();
    const issue = await createIssue(site, alice, repository, { title: 'An issue' });
    const added = await ask(
      bot,
      `mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "one" }) { commentEdge { node { id body } } subject { ... on Issue { number } } } }`,
      { id: nodeId('Issue', issue.id) },
    );
    expect(added).toMatchObject({
      data: { addComment: { commentEdge: { node: { body: 'one' } }, subject: { number: 1 } } },
    });
    const id = nodeId('IssueComment', issue.commentIds[0] ?? 0);
    const change = `mutation ($id: ID!) { updateIssueComment(input: { id: $id, body: "two" }) { issueComment { body } }
      minimizeComment(input: { subjectId: $id, classifier: OFF_TOPIC }) { minimizedComment { isMinimized minimizedReason } } }`;
    expect((await ask(bot, change, { id })).data).toEqual({
      updateIssueComment: { issueComment: { body: 'two' } },
      minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'off-topic' } },
    });
    const show = `mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } } }`;
    expect((await ask(bot, show, { id })).data).toEqual({
      unminimizeComment: { unminimizedComment: { isMinimized: false } },
    });
  });

  it('of others are not for readers to change', async () => {
    const { ask, site, repository } = await aShop();
    const issue = await createIssue(site, alice, repository, { title: 'An issue' });
    const comment = await addComment(site, alice, issue, 'mine');
    const change = `mutation { updateIssueComment(input: { id: "${nodeId('IssueComment', comment.id)}", body: "yours" }) { issueComment { body } } }`;
    expect((await ask(carol, change)).errors).toMatchObject([{ type: 'FORBIDDEN' }]);
    expect(comment.body).toBe('mine');
  });
});

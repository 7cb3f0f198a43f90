import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;

beforeEach(() => {
  before();
  net = wire();
});
afterEach(after);

const bot = { __typename: 'Bot', login: 'database-lead' };
const person = { __typename: 'User', login: 'bob' };
const dated = { createdAt: '2026-11-20T12:00:00Z', updatedAt: '2026-11-20T12:00:00Z' };
const comment = (databaseId: number, author: object | null = person) => ({
  databaseId,
  body: `comment ${databaseId}`,
  author,
  ...dated,
});
const last = { hasNextPage: false, endCursor: null };
const upTo = (endCursor: string) => ({ hasNextPage: true, endCursor });
const none = { nodes: [], pageInfo: last };

const branch = { name: 'main', target: { oid: 'c0ffee' } };
const issue = {
  ...comment(11),
  number: 1,
  title: 'Add a column',
  url: 'https://github.test/acme/shop/issues/1',
  state: 'OPEN',
  stateReason: null,
  labels: { nodes: [{ name: 'database' }] },
  assignees: { nodes: [] },
  closedByPullRequestsReferences: { nodes: [] },
  mentions: { nodes: [] },
  reopenings: { nodes: [] },
  comments: none,
  labelings: none,
  parent: null,
  subIssues: { nodes: [] },
};
const pull = {
  number: 2,
  title: 'A migration',
  body: '',
  url: 'https://github.test/acme/shop/pull/2',
  author: person,
  state: 'OPEN',
  headRefOid: 'aaaa',
  baseRefName: 'main',
  mergeCommit: null,
  mergedAt: null,
  updatedAt: dated.updatedAt,
  commits: { nodes: [] },
  recent: { nodes: [null, { commit: { oid: 'aaaa', checkSuites: null } }] },
  pushes: { nodes: [null, { beforeCommit: null }] },
  isDraft: false,
  isCrossRepository: true,
  headRefName: 'topic',
  baseRefOid: 'old',
  baseRef: { target: { oid: 'new' } },
  closingIssuesReferences: { nodes: [] },
  comments: none,
  reviewThreads: none,
};
const thread = (id: string) => ({
  id,
  path: 'a.sql',
  line: null,
  isResolved: true,
  isOutdated: true,
  resolvedBy: { login: 'bob' },
  comments: { nodes: [comment(30, bot)], pageInfo: last },
});

describe('an issue', () => {
  it('is read with every page of its conversation and of its labels', async () => {
    const shop = await net.connect();
    const labeled = (name: string, __typename = 'LabeledEvent') => ({
      __typename,
      actor: person,
      createdAt: dated.createdAt,
      label: { name },
    });
    net.graphql({
      data: {
        repository: {
          defaultBranchRef: branch,
          issue: {
            ...issue,
            comments: { nodes: [comment(1, bot)], pageInfo: upTo('c1') },
            labelings: { nodes: [labeled('database')], pageInfo: upTo('l1') },
          },
        },
      },
    });
    const more = (nodes: readonly object[], pageInfo: object) =>
      net.graphql({ data: { repository: { issue: { more: { nodes, pageInfo } } } } });
    more([comment(2)], upTo('c2'));
    more([comment(3, null)], last);
    more([labeled('database', 'UnlabeledEvent')], last);

    const snapshot = await shop.issue(1, []);
    expect(snapshot?.comments.map(({ id, author }) => [id, author])).toEqual([
      [1, 'database-lead[bot]'],
      [2, 'bob'],
      [3, 'ghost'],
    ]);
    expect(snapshot?.labelings.map(({ label, added }) => [label, added])).toEqual([
      ['database', true],
      ['database', false],
    ]);
    expect(net.asked.map(({ variables }) => variables.after)).toEqual([undefined, 'c1', 'c2', 'l1']);
  });

  it('of a repository without commits has no head and no files', async () => {
    const shop = await net.connect();
    net.graphql({ data: { repository: { defaultBranchRef: null, file0: null, issue } } });
    const snapshot = await shop.issue(1, ['.github/database-lead.yml']);
    expect(snapshot?.repository).toEqual({ defaultBranch: 'main' });
    expect(snapshot?.files).toEqual(new Map());
  });

  it('is read without its children where the server does not know of sub-issues, from then on', async () => {
    const shop = await net.connect();
    const { parent: _, subIssues: __, ...alone } = issue;
    net.graphql({ errors: [{ message: "Field 'subIssues' doesn't exist on type 'Issue'" }] });
    net.graphql({ data: { repository: { defaultBranchRef: branch, issue: alone } } });
    net.graphql({ data: { repository: { defaultBranchRef: branch, issue: alone } } });
    expect((await shop.issue(1, []))?.children).toEqual([]);
    expect((await shop.issue(1, []))?.children).toEqual([]);
    expect([...shop.without.keys()]).toEqual(['sub-issues']);
    expect(net.asked.map(({ query }) => query.includes('subIssues'))).toEqual([true, false, false]);
  });

  it('is not taken for one without children when GitHub is overloaded', async () => {
    const shop = await net.connect();
    net.api.post('/graphql').reply(502, '<html><style>body { background: transparent }</style></html>');
    await expect(shop.issue(1, [])).rejects.toMatchObject({ status: 502 });
    expect([...shop.without.keys()]).toEqual([]);
  });
});

describe('half an answer', () => {
  const partial = (type: string | undefined, message: string) => ({
    data: { repository: { defaultBranchRef: branch, issue: { ...issue, comments: null }, pullRequest: null } },
    errors: [{ ...(type === undefined ? {} : { type }), path: ['repository', 'issue', 'comments'], message }],
  });

  it('is a failure, for both kinds of snapshot', async () => {
    const shop = await net.connect();
    net.graphql(partial(undefined, 'Something went wrong while executing your query.'));
    await expect(shop.issue(1, [])).rejects.toThrow('Something went wrong');
    net.graphql(partial('RESOURCE_LIMITS_EXCEEDED', 'Resource limits for this query exceeded.'));
    await expect(shop.pull(2, [])).rejects.toThrow('Resource limits');
  });

  it('that could not find the thing means that there is none', async () => {
    const shop = await net.connect();
    const missing = { type: 'NOT_FOUND', path: ['repository', 'issue'], message: 'Could not resolve to an Issue' };
    net.graphql({ data: { repository: { issue: null } }, errors: [missing] });
    expect(await shop.issue(99, [])).toBeUndefined();
    net.graphql({ data: { repository: { pullRequest: null } }, errors: [missing] });
    expect(await shop.pull(99, [])).toBeUndefined();
  });

  it('that may not see something names the call', async () => {
    const shop = await net.connect();
    net.graphql(partial('FORBIDDEN', 'Resource not accessible by integration'));
    await expect(shop.pull(2, [])).rejects.toMatchObject({ name: 'Forbidden', message: 'not allowed: pull' });
  });
});

describe('a pull request', () => {
  it('is read with every page of its conversation and of its threads', async () => {
    const shop = await net.connect();
    const node = {
      ...pull,
      comments: { nodes: [comment(1)], pageInfo: upTo('c1') },
      reviewThreads: { nodes: [thread('t1')], pageInfo: upTo('t1') },
    };
    net.graphql({ data: { repository: { defaultBranchRef: branch, pullRequest: node } } });
    const more = (nodes: readonly object[], pageInfo: object) =>
      net.graphql({ data: { repository: { pullRequest: { more: { nodes, pageInfo } } } } });
    more([comment(2)], last);
    more([thread('t2')], upTo('t2'));
    more([thread('t3')], last);

    const snapshot = await shop.pull(2, []);
    expect(snapshot?.comments.map(({ id }) => id)).toEqual([1, 2]);
    expect(snapshot?.threads.map(({ id }) => id)).toEqual(['t1', 't2', 't3']);
    expect(snapshot?.threads[0]).toMatchObject({ resolved: true, outdated: true, resolvedBy: 'bob' });
    expect(snapshot?.threads[0]).not.toHaveProperty('line');
    expect(snapshot).toMatchObject({ base: { sha: 'new', ref: 'main' }, head: { fork: true }, checks: [] });
  });

  it('into another branch is judged by the files of that branch', async () => {
    const shop = await net.connect();
    const node = { ...pull, baseRefName: 'release', baseRef: null };
    net.graphql({ data: { repository: { defaultBranchRef: branch, pullRequest: node, file0: { text: 'main' } } } });
    net.graphql({ data: { repository: { file0: { text: 'release' } } } });
    const snapshot = await shop.pull(2, ['x.yml']);
    expect(snapshot?.files).toEqual(new Map([['x.yml', 'release']]));
    // The branch is gone: the commit that it stood at is still known.
    expect(net.asked[1]?.query).toContain('"old:x.yml"');
  });

  it('has its threads read from the first page to the last, together with its head and its checks', async () => {
    const shop = await net.connect();
    const object = { oid: 'aaaa', checkSuites: { nodes: [] } };
    const reviewThreads = { nodes: [thread('t1')], pageInfo: upTo('x') };
    net.graphql({
      data: { repository: { object, pullRequest: { headRefOid: 'aaaa', state: 'OPEN', reviewThreads } } },
    });
    net.graphql({ data: { repository: { pullRequest: { more: { nodes: [thread('t2')], pageInfo: last } } } } });
    const now = await shop.pullNow(2, 'aaaa');
    expect(now).toMatchObject({ head: 'aaaa', state: 'open', checks: [], threads: [{ id: 't1' }, { id: 't2' }] });
    expect(net.asked.map(({ variables }) => variables.after)).toEqual([undefined, 'x']);
  });
});

it('comments are listed over every page of REST', async () => {
  const shop = await net.connect();
  const listed = (id: number, user: object | null) => ({
    id,
    user,
    body: null,
    created_at: dated.createdAt,
    updated_at: dated.updatedAt,
  });
  net.api.get(`${home}/issues/1/comments?per_page=100`).reply(200, [listed(1, { login: 'bob' })], {
    link: `<https://api.github.com${home}/issues/1/comments?per_page=100&page=2>; rel="next"`,
  });
  net.api.get(`${home}/issues/1/comments?per_page=100&page=2`).reply(200, [listed(2, null)]);
  expect((await shop.comments(1)).map(({ author, body }) => [author, body])).toEqual([
    ['bob', ''],
    ['ghost', ''],
  ]);
});

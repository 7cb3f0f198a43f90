import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Forbidden, type Repository } from '../../../src/github/port.ts';
import { at, guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;
let shop: Repository;

beforeEach(async () => {
  before();
  net = wire();
  shop = await net.connect();
});
afterEach(after);

const notFound = { message: 'Not Found' };
const notAccessible = { message: 'Resource not accessible by integration' };
const secondary = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' };
const blockers = `${home}/issues/1/dependencies/blocked_by`;

/** What can be done without: the call, the request it makes, and what it says without the feature. */
const optional = [
  [
    'sub-issues',
    'POST',
    `${home}/issues/1/sub_issues`,
    (r: Repository) => r.addSubIssue(1, { number: 2, id: 20 }),
    false,
  ],
  ['dependencies', 'POST', blockers, (r: Repository) => r.addBlockedBy(1, 20), false],
  ['dependencies', 'GET', `${blockers}?per_page=100`, (r: Repository) => r.blockedBy(1), []],
] as const;

describe.each(optional)('%s by %s', (feature, method, path, call, otherwise) => {
  const answer = (status: number, body: object) => net.api.intercept(path, method).reply(status, body);

  it.each([
    [404, notFound],
    [410, { message: 'Gone' }],
    [415, { message: 'Unsupported media type' }],
    [403, notAccessible],
  ])('a %i is remembered, and not asked for again', async (status, body) => {
    answer(status, body);
    if (status !== 403) net.api.get(`${home}/issues/1`).reply(200, {});
    if (status !== 403 && feature === 'sub-issues') {
      net.graphql({ data: { repository: { parent: { id: 'I1' }, child: { id: 'I2' } } } });
      net.graphql({ errors: [{ message: "Field 'addSubIssue' doesn't exist on type 'Mutation'" }] });
    }
    expect(await call(shop)).toEqual(otherwise);
    expect(await call(shop)).toEqual(otherwise);
    expect([...shop.without.keys()]).toEqual([feature]);
  });

  it.each([404, 410])('a %i of an issue that is gone says nothing about the server', async (status) => {
    answer(status, notFound);
    net.api.get(`${home}/issues/1`).reply(status, notFound);
    await expect(call(shop)).rejects.toMatchObject({ status });
    expect([...shop.without.keys()]).toEqual([]);
  });

  it('a limit that was met is a failure, and nothing is remembered', async () => {
    answer(403, secondary);
    await expect(call(shop)).rejects.toMatchObject({ status: 403, name: 'HttpError' });
    expect([...shop.without.keys()]).toEqual([]);
  });

  it('a broken server is a failure, and nothing is remembered', async () => {
    answer(500, { message: 'Server Error' });
    await expect(call(shop)).rejects.toMatchObject({ status: 500 });
    expect([...shop.without.keys()]).toEqual([]);
  });
});

it('a server whose REST API does not know sub-issues links them by GraphQL, and is asked no other way again', async () => {
  const ids = { data: { repository: { parent: { id: 'I1' }, child: { id: 'I2' } } } };
  net.api.post(`${home}/issues/1/sub_issues`).reply(404, notFound);
  net.api.get(`${home}/issues/1`).reply(200, {});
  net.graphql(ids);
  net.graphql({ data: { addSubIssue: { issue: { id: 'I1' } } } });
  expect(await shop.addSubIssue(1, { number: 2, id: 20 })).toBe(true);
  expect(net.asked).toMatchObject([
    { variables: { parent: 1, child: 2 } },
    { variables: { issueId: 'I1', subIssueId: 'I2' } },
  ]);
  net.graphql(ids);
  net.graphql({ errors: [{ type: 'UNPROCESSABLE', message: 'Sub issue may only have one parent' }] });
  expect(await shop.addSubIssue(1, { number: 2, id: 20 })).toBe(false);
  expect([...shop.without.keys()]).toEqual([]);
});

it('what is linked already is left as it is', async () => {
  net.api.post(`${home}/issues/1/sub_issues`, { sub_issue_id: 20 }).reply(422, { message: 'only one parent' });
  net.api.post(blockers, { issue_id: 20 }).reply(422, { message: 'already' });
  expect(await shop.addSubIssue(1, { number: 2, id: 20 })).toBe(false);
  expect(await shop.addBlockedBy(1, 20)).toBe(false);
  expect([...shop.without.keys()]).toEqual([]);
});

describe('what somebody may do', () => {
  const path = `${home}/collaborators/someone/permission`;

  it.each(['admin', 'write', 'read', 'none'])('%s', async (permission) => {
    net.api.get(path).reply(200, { permission });
    expect(await shop.permission('someone')).toBe(permission);
  });

  it('is nothing for a person whom GitHub does not know, and for a word that it did not have before', async () => {
    net.api.get(path).reply(404, notFound);
    expect(await shop.permission('someone')).toBe('none');
    net.api.get(path).reply(200, { permission: 'emperor' });
    expect(await shop.permission('someone')).toBe('none');
  });

  it('is not guessed when GitHub fails', async () => {
    net.api.get(path).reply(500, notFound);
    await expect(shop.permission('someone')).rejects.toMatchObject({ status: 500 });
  });
});

describe('labels', () => {
  const label = { name: 'db:planned', color: '0e8a16', description: 'Planned' };

  it('that exist keep the colour that the team chose', async () => {
    net.api.post(`${home}/labels`, label).reply(422, { message: 'Validation Failed' });
    net.api.post(`${home}/issues/1/labels`, { labels: ['db:planned'] }).reply(200, []);
    await shop.addLabels(1, [label]);
  });

  it('that may not be made are a failure, and so is a server that fails', async () => {
    net.api.post(`${home}/labels`).reply(403, notAccessible);
    await expect(shop.addLabels(1, [label])).rejects.toThrow(Forbidden);
    net.api.post(`${home}/labels`).reply(500, {});
    await expect(shop.addLabels(1, [label])).rejects.toMatchObject({ status: 500 });
  });

  it('that are off already need not be taken off', async () => {
    net.api.delete(`${home}/issues/1/labels/db%3Aplanned`).reply(404, notFound);
    await shop.removeLabel(1, 'db:planned');
    net.api.delete(`${home}/issues/1/labels/db%3Aplanned`).reply(410, notFound);
    await expect(shop.removeLabel(1, 'db:planned')).rejects.toMatchObject({ status: 410 });
  });
});

describe('being forbidden', () => {
  it('names the call and the permission that GitHub names', async () => {
    const headers = { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' };
    net.api.post(`${home}/issues/1/comments`).reply(403, notAccessible, headers);
    await expect(shop.createComment(1, 'hello')).rejects.toMatchObject({
      name: 'Forbidden',
      message: 'not allowed: createComment',
      needs: 'issues=write; pull_requests=write',
      remedy: expect.stringContaining('issues=write; pull_requests=write'),
    });
  });

  it('names the call where GitHub names nothing', async () => {
    net.graphql({ data: { repository: { id: 'R1' } } });
    net.graphql({ data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] });
    net.api.post(`${home}/check-runs`).reply(403, notAccessible);
    const check = {
      name: 'database-lead',
      head: 'aaaa',
      status: 'completed',
      conclusion: 'success',
      title: '',
      summary: '',
      externalId: '',
      annotations: [],
      actions: [],
    } as const;
    await expect(shop.publishChecks([check, check])).rejects.toMatchObject({ name: 'Forbidden', needs: undefined });
  });

  it('is not what a limit or an archived repository is', async () => {
    net.api.post(`${home}/issues/1/comments`).reply(403, secondary);
    await expect(shop.createComment(1, 'hello')).rejects.toMatchObject({ name: 'HttpError' });
    net.api.post(`${home}/issues/1/comments`).reply(403, { message: 'Repository was archived so is read-only.' });
    await expect(shop.createComment(1, 'hello')).rejects.toMatchObject({ name: 'HttpError' });
  });
});

describe('check runs', () => {
  const check = {
    name: 'database-lead',
    head: 'aaaa',
    status: 'completed',
    conclusion: 'success',
    title: 'Fine',
    summary: '',
    externalId: 'x',
    annotations: [],
    actions: [],
  } as const;
  const node = {
    id: 'CR1',
    databaseId: 1,
    name: 'database-lead',
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    title: 'Fine',
    externalId: 'x',
    annotations: { totalCount: 0 },
  };
  const rest = (id: number) => ({
    id,
    node_id: `CR${id}`,
    head_sha: 'aaaa',
    name: 'database-lead',
    status: 'completed',
    conclusion: 'success',
    external_id: 'x',
    output: { title: 'Fine', annotations_count: 0 },
  });
  const named = () => net.graphql({ data: { repository: { id: 'R1' } } });

  it('that GraphQL refuses go over REST, and those alone', async () => {
    named();
    net.graphql({
      data: { r0: { checkRun: node }, r1: null },
      errors: [{ type: 'UNPROCESSABLE', path: ['r1'], message: 'No' }],
    });
    net.api.patch(`${home}/check-runs/2`).reply(200, rest(2));
    const existing = { id: 2, node: 'CR2', annotations: 0 };
    const made = await shop.publishChecks([check, { ...check, existing }]);
    expect(made.map(({ id }) => id)).toEqual([1, 2]);
    expect(net.asked[1]?.variables).toMatchObject({ i0: { headSha: 'aaaa' }, i1: { checkRunId: 'CR2' } });
  });

  it('go over REST on a server that does not know the mutations', async () => {
    named();
    net.graphql({ errors: [{ message: "Field 'createCheckRun' doesn't exist on type 'Mutation'" }] });
    net.api.post(`${home}/check-runs`).twice().reply(201, rest(3));
    expect(await shop.publishChecks([check, check])).toHaveLength(2);
  });

  it('are not tried another way where nobody knows what became of the first, or within a limit', async () => {
    named();
    net.api.post('/graphql').reply(502, '<html></html>');
    await expect(shop.publishChecks([check])).rejects.toMatchObject({ status: 502 });
    net.graphql({ errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] });
    await expect(shop.publishChecks([check])).rejects.toThrow('rate limit');
  });
});

describe('merge groups', () => {
  const commit = (oid: string) => ({ oid });

  it('are those that wait for checks', async () => {
    const nodes = [
      { state: 'AWAITING_CHECKS', headCommit: commit('aaaa'), baseCommit: commit('bbbb'), pullRequest: { number: 4 } },
      { state: 'QUEUED', headCommit: null, baseCommit: null },
      { state: 'MERGEABLE', headCommit: commit('cccc'), baseCommit: commit('aaaa') },
      null,
    ];
    net.graphql({ data: { repository: { mergeQueue: { entries: { nodes } } } } });
    expect(await shop.groups()).toEqual([{ head: 'aaaa', base: 'bbbb', pull: 4 }]);
  });

  it.each([
    ['there is no queue', { data: { repository: { mergeQueue: null } } }],
    [
      'the installation may not see it',
      {
        data: { repository: { mergeQueue: null } },
        errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
      },
    ],
    ['the server knows of none', { errors: [{ message: "Field 'mergeQueue' doesn't exist on type 'Repository'" }] }],
  ])('are none where %s', async (_, answer) => {
    net.graphql(answer);
    expect(await shop.groups()).toEqual([]);
  });

  it('are not taken for none when GitHub is overloaded', async () => {
    net.graphql({ errors: [{ message: 'Something went wrong while executing your query.' }] });
    await expect(shop.groups()).rejects.toThrow('Something went wrong');
  });
});

describe('review threads', () => {
  const forbidden = { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] };

  it('are left open by an installation that may not write contents, from then on', async () => {
    net.graphql(forbidden);
    expect(await shop.resolveThread('T1')).toBe(false);
    expect(await shop.unresolveThread('T1')).toBe(false);
    expect([...shop.without.keys()]).toEqual(['resolve-threads']);
    expect(net.asked[0]).toMatchObject({ variables: { threadId: 'T1' } });
  });

  it('that are gone are a failure', async () => {
    net.graphql({ data: null, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a node' }] });
    await expect(shop.resolveThread('T1')).rejects.toThrow('Could not resolve');
    expect([...shop.without.keys()]).toEqual([]);
  });
});

describe('ancestry', () => {
  const compare = `${home}/compare/a...b?per_page=1`;

  it.each([
    ['ahead', true],
    ['identical', true],
    ['behind', false],
    ['diverged', false],
  ])('%s', async (status, expected) => {
    net.api.get(compare).reply(200, { status });
    expect(await shop.contains('b', 'a')).toBe(expected);
    expect(await shop.contains('b', 'a')).toBe(expected);
  });

  it('a commit that was pushed over is in no history, and one is in its own', async () => {
    net.api.get(compare).reply(404, notFound);
    expect(await shop.contains('b', 'a')).toBe(false);
    expect(await shop.contains('b', 'b')).toBe(true);
  });
});

it('teams are asked for one by one; who may not look finds nobody', async () => {
  const membership = (team: string) => net.api.get(`/orgs/acme/teams/${team}/memberships/bob`);
  membership('dba').reply(200, { state: 'active' });
  membership('qa').reply(200, { state: 'pending' });
  membership('ops').reply(404, notFound);
  membership('sec').reply(403, notAccessible);
  expect(await shop.teamsOf('bob', ['acme/dba', 'acme/qa', 'acme/ops', 'acme/sec'])).toEqual(['acme/dba']);
});

it('checks of other Apps are none of ours, and ours come oldest first', async () => {
  const run = (id: number, slug: string | null, more: object = {}) => ({
    id,
    name: 'database-lead',
    status: 'completed',
    conclusion: 'success',
    external_id: 'x',
    node_id: `CR${id}`,
    head_sha: 'aaaa',
    output: { title: 'Fine', annotations_count: 2 },
    app: slug === null ? null : { slug },
    ...more,
  });
  const path = `${home}/commits/aaaa/check-runs?app_id=5&filter=all&per_page=100`;
  net.api.get(path).reply(
    200,
    {
      total_count: 4,
      check_runs: [run(9, 'database-lead'), run(8, 'ci')],
    },
    { link: `<https://api.github.com${path}&page=2>; rel="next"` },
  );
  const going = {
    status: 'in_progress',
    conclusion: null,
    external_id: null,
    output: { title: null, annotations_count: 0 },
  };
  net.api
    .get(`${path}&page=2`)
    .reply(200, { total_count: 4, check_runs: [run(7, null), run(3, 'database-lead', going)] });
  expect(await shop.checks('aaaa')).toEqual([
    { id: 3, node: 'CR3', head: 'aaaa', annotations: 0, name: 'database-lead', status: 'in_progress' },
    {
      id: 9,
      node: 'CR9',
      head: 'aaaa',
      annotations: 2,
      name: 'database-lead',
      status: 'completed',
      conclusion: 'success',
      title: 'Fine',
      externalId: 'x',
    },
  ]);
});

it('the App is installed where it says', () => expect(shop).toMatchObject(at));

import { describe, expect, it } from 'vitest';
import { executeGraphql } from '../../../src/sandbox/graphql/execute.ts';
import { createIssue } from '../../../src/sandbox/operations/issues.ts';
import { aShop, user } from './site.ts';

const alice = user('alice');
const inShop = (fields: string) => `{ repository(owner: "acme", name: "shop") { ${fields} } }`;

describe('what cannot be answered', () => {
  it.each([
    [
      'a repository that is not there',
      '{ repository(owner: "acme", name: "nothing") { id } }',
      'NOT_FOUND',
      "Could not resolve to a Repository with the name 'acme/nothing'.",
      { repository: null },
    ],
    [
      'an issue that is not there',
      inShop('issue(number: 7) { id }'),
      'NOT_FOUND',
      'Could not resolve to an Issue with the number of 7.',
      { repository: { issue: null } },
    ],
    [
      'a pull request that is an issue',
      inShop('pullRequest(number: 1) { id }'),
      'NOT_FOUND',
      'Could not resolve to a PullRequest with the number of 1.',
      { repository: { pullRequest: null } },
    ],
    [
      'a node that is none',
      '{ node(id: "I_kwDOnonsense") { id } }',
      'NOT_FOUND',
      "Could not resolve to a node with the global id of 'I_kwDOnonsense'.",
      { node: null },
    ],
    [
      'neither first nor last',
      inShop('name labels { totalCount }'),
      'MISSING_PAGINATION_BOUNDARIES',
      'You must provide a `first` or `last` value to properly paginate the `labels` connection.',
      { repository: { name: 'shop', labels: null } },
    ],
    [
      'more than 100',
      inShop('name labels(first: 101) { totalCount }'),
      'EXCESSIVE_PAGINATION',
      'Requesting 101 records on the `labels` connection exceeds the `first` limit of 100 records.',
      { repository: { name: 'shop', labels: null } },
    ],
    [
      'a cursor that is none',
      inShop('name labels(first: 1, after: "x") { totalCount }'),
      'INVALID_CURSOR_ARGUMENTS',
      '`x` does not appear to be a valid cursor.',
      { repository: { name: 'shop', labels: null } },
    ],
    [
      'both ends',
      inShop('name labels(first: 1, last: 1) { totalCount }'),
      'UNPROCESSABLE',
      expect.stringContaining('not supported'),
      { repository: { name: 'shop', labels: null } },
    ],
  ])('%s: partial data and a typed error', async (_, query, type, message, wanted) => {
    const { ask, site, repository } = await aShop();
    await createIssue(site, alice, repository, { title: 'An issue' });
    const { data, errors } = await ask(alice, query);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ type, message, locations: [{ line: 1 }] });
    expect(errors?.[0]?.path?.length).toBeGreaterThan(0);
    expect(data).toEqual(wanted);
  });

  it('a null where the schema allows none takes its parent with it', async () => {
    const { ask } = await aShop();
    const { data, errors } = await ask(alice, inShop('name issues { totalCount }'));
    expect(data).toEqual({ repository: null });
    expect(errors).toMatchObject([{ path: ['repository', 'issues'] }]);
  });

  it.each([
    [
      'Field',
      inShop('stars'),
      {
        message: "Field 'stars' doesn't exist on type 'Repository'",
        extensions: { code: 'undefinedField', typeName: 'Repository', fieldName: 'stars' },
      },
    ],
    ['argument', inShop('issue(id: 1) { id }'), { message: "Field 'issue' doesn't accept argument 'id'" }],
    ['syntax', '{ repository(', { message: expect.stringContaining('Syntax Error') }],
  ])('a wrong %s is refused before anything is looked up', async (_, query, wanted) => {
    const { ask } = await aShop();
    const answer = await ask(alice, query);
    expect(answer).not.toHaveProperty('data');
    expect(answer.errors?.[0]).toMatchObject(wanted);
  });

  it.each([[null], [[]], [{}], [{ query: 5 }], ['text']])('a body of %j is no query', async (body) => {
    const { site } = await aShop();
    expect(await executeGraphql(site, alice, body)).toEqual({
      errors: [{ message: 'A query attribute must be specified and must be a string.' }],
    });
  });

  it('a variable of the wrong type', async () => {
    const { ask } = await aShop();
    const query = 'query ($n: Int!) { repository(owner: "acme", name: "shop") { issue(number: $n) { id } } }';
    expect((await ask(alice, query, { n: 'one' })).errors?.[0]?.message).toMatch(/\$n/);
    expect((await ask(alice, query)).errors?.[0]?.message).toMatch(/\$n/);
  });

  it('who does not say who they are gets nothing', async () => {
    const { site } = await aShop();
    const asked = executeGraphql(site, { kind: 'anonymous' }, { query: '{ viewer { login } }' });
    await expect(asked).rejects.toMatchObject({ status: 401 });
  });
});

describe('permissions', () => {
  it.each([
    ['issues', inShop('issues(first: 1) { totalCount }'), { issues: 'read' }],
    ['an issue', inShop('issue(number: 1) { title }'), { issues: 'read' }],
    ['pull requests', inShop('pullRequests(first: 1) { totalCount }'), { pull_requests: 'read' }],
    ['files', inShop('object(expression: "main:README.md") { oid }'), { contents: 'read' }],
    ['deployments', inShop('deployments(first: 1) { totalCount }'), { deployments: 'read' }],
    [
      'checks',
      inShop('defaultBranchRef { target { ... on Commit { checkSuites(first: 1) { totalCount } } } }'),
      { contents: 'read', checks: 'read' },
    ],
  ] as const)('%s are for installations that may read them', async (_, query, permissions) => {
    const without = await aShop({});
    await createIssue(without.site, alice, without.repository, { title: 'An issue' });
    expect((await without.ask(without.bot, query)).errors?.[0]).toMatchObject({
      type: 'FORBIDDEN',
      message: 'Resource not accessible by integration',
      extensions: { saml_failure: false },
    });
    const granted = await aShop(permissions);
    await createIssue(granted.site, alice, granted.repository, { title: 'An issue' });
    expect((await granted.ask(granted.bot, query)).errors).toBeUndefined();
  });

  it('a private repository is not there for strangers', async () => {
    const { ask, site, repository } = await aShop();
    repository.private = true;
    site.world.accounts.set('mallory', { id: 1, login: 'mallory', type: 'User', name: null, createdAt: site.now() });
    const query = inShop('id');
    expect((await ask(user('mallory'), query)).errors).toMatchObject([{ type: 'NOT_FOUND' }]);
    expect((await ask(user('carol'), query)).errors).toBeUndefined();
  });
});

describe('limits', () => {
  it('counts the nodes and the price of a query', async () => {
    const { site } = await aShop();
    const query = `{ rateLimit { cost limit remaining used resetAt nodeCount }
      repository(owner: "acme", name: "shop") { issues(first: 100) { nodes { comments(first: 50) { nodes { id } } labels(first: 10) { nodes { id } } } } } }`;
    const allowance = { limit: 5000, used: 12, reset: 1_793_000_000 };
    const { data } = await executeGraphql(site, alice, { query }, allowance);
    // 100 issues, and for each 50 comments and 10 labels; 1 + 100 + 100 requests, by hundreds.
    expect(data).toMatchObject({
      rateLimit: { nodeCount: 6100, cost: 2, limit: 5000, used: 12, remaining: 4988, resetAt: '2026-10-26T07:33:20Z' },
    });
  });

  it('refuses more than 500,000 nodes, however they are asked for', async () => {
    const { ask } = await aShop();
    const page = 'first: 100';
    const query = `query ($n: Int!) { repository(owner: "acme", name: "shop") { issues(${page}) { nodes { ...deep } } } }
      fragment deep on Issue { subIssues(${page}) { nodes { comments(first: $n) { nodes { id } } } } }`;
    const answer = await ask(alice, query, { n: 100 });
    expect(answer).toEqual({
      errors: [
        {
          type: 'MAX_NODE_LIMIT_EXCEEDED',
          message: 'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
        },
      ],
    });
    expect((await ask(alice, query, { n: 40 })).errors).toBeUndefined();
  });

  it('weighs fragments that multiply without walking them', async () => {
    const { ask } = await aShop();
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Repository { ${n === 39 ? 'name' : `...f${n + 1} a${n}: name ...f${n + 1}`} }`,
    );
    const { data } = await ask(alice, `{ repository(owner: "acme", name: "shop") { ...f0 } } ${fragments.join(' ')}`);
    expect(data).toMatchObject({ repository: { name: 'shop', a0: 'shop', a38: 'shop' } });
  });
});

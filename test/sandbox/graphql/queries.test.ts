import { describe, expect, it } from 'vitest';
import { createCheckRun } from '../../../src/sandbox/operations/checks.ts';
import { addComment, editComment } from '../../../src/sandbox/operations/comments.ts';
import { addDeploymentStatus, createDeployment } from '../../../src/sandbox/operations/deployments.ts';
import { updateIssue } from '../../../src/sandbox/operations/issues.ts';
import { mergePull } from '../../../src/sandbox/operations/merge.ts';
import { createReview } from '../../../src/sandbox/operations/reviews.ts';
import { nodeId } from '../../../src/sandbox/state/ids.ts';
import { aShop, user } from './site.ts';
import { aStory } from './story.ts';

const alice = user('alice');
const bob = user('bob');

const issueQuery = `query ($number: Int!) { repository(owner: "acme", name: "shop") { issue(number: $number) {
  id databaseId number title body state stateReason url author { __typename login } viewerDidAuthor
  labels(first: 10) { nodes { name } } assignees(first: 10) { nodes { login } }
  comments(first: 1) { totalCount nodes { body author { __typename login } authorAssociation } pageInfo { hasNextPage endCursor } }
  labelings: timelineItems(first: 10, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) { nodes { __typename ... on LabeledEvent { actor { login } label { name } } ... on UnlabeledEvent { actor { login } label { name } } } }
  mentions: timelineItems(last: 5, itemTypes: [CROSS_REFERENCED_EVENT]) { totalCount filteredCount nodes { ... on CrossReferencedEvent { willCloseTarget source { __typename ... on PullRequest { number } } } } }
  parent { number } subIssues(first: 10) { nodes { number parent { number } } } subIssuesSummary { total completed percentCompleted }
  closedByPullRequestsReferences(first: 5, includeClosedPrs: true) { nodes { number state } }
} } }`;

describe('an issue', () => {
  it('is told with its conversation, labels and family', async () => {
    const { ask, bot, parent, child, pull } = await aStory();
    const { data, errors } = await ask(bot, issueQuery, { number: parent.number });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      repository: {
        issue: {
          id: nodeId('Issue', parent.id),
          databaseId: parent.id,
          state: 'OPEN',
          stateReason: null,
          url: `http://sandbox.test/acme/shop/issues/${parent.number}`,
          author: { __typename: 'User', login: 'alice' },
          viewerDidAuthor: false,
          labels: { nodes: [{ name: 'database' }] },
          comments: {
            totalCount: 2,
            nodes: [{ body: 'first', authorAssociation: 'COLLABORATOR' }],
            pageInfo: { hasNextPage: true },
          },
          labelings: {
            nodes: [
              { __typename: 'LabeledEvent', actor: { login: 'alice' }, label: { name: 'database' } },
              { __typename: 'LabeledEvent', actor: { login: 'alice' }, label: { name: 'urgent' } },
              { __typename: 'UnlabeledEvent', actor: { login: 'bob' }, label: { name: 'urgent' } },
            ],
          },
          mentions: {
            totalCount: 1,
            filteredCount: 1,
            nodes: [{ willCloseTarget: false, source: { __typename: 'PullRequest', number: pull.number } }],
          },
          parent: null,
          subIssues: { nodes: [{ number: child.number, parent: { number: parent.number } }] },
          subIssuesSummary: { total: 1, completed: 0, percentCompleted: 0 },
          closedByPullRequestsReferences: { nodes: [] },
        },
      },
    });
  });

  it('knows the pull requests that close it, and is closed by their merge', async () => {
    const { ask, site, child, pull } = await aStory();
    const query = `query ($number: Int!) { repository(owner: "acme", name: "shop") { issue(number: $number) {
      state stateReason open: closedByPullRequestsReferences(first: 5) { nodes { number } }
      all: closedByPullRequestsReferences(first: 5, includeClosedPrs: true) { nodes { number state mergeCommit { oid } } } } } }`;
    expect((await ask(alice, query, { number: child.number })).data).toMatchObject({
      repository: { issue: { state: 'OPEN', open: { nodes: [{ number: pull.number }] } } },
    });
    const { sha } = await mergePull(site, alice, pull, {});
    expect((await ask(alice, query, { number: child.number })).data).toEqual({
      repository: {
        issue: {
          state: 'CLOSED',
          stateReason: 'COMPLETED',
          open: { nodes: [] },
          all: { nodes: [{ number: pull.number, state: 'MERGED', mergeCommit: { oid: sha } }] },
        },
      },
    });
  });

  it('pages its comments by cursor, both ways', async () => {
    const { ask, site, parent } = await aStory();
    for (const body of ['third', 'fourth', 'fifth']) await addComment(site, alice, parent, body);
    const query = `query ($n: Int!, $first: Int, $after: String, $last: Int, $before: String) { repository(owner: "acme", name: "shop") { issue(number: $n) {
      comments(first: $first, after: $after, last: $last, before: $before) { nodes { body } edges { cursor node { body } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`;
    const page = async (args: object) => {
      const answer = await ask(alice, query, { n: parent.number, ...args });
      const { comments } = (answer.data as { repository: { issue: { comments: Comments } } }).repository.issue;
      expect(comments.edges.map(({ node }) => node)).toEqual(comments.nodes);
      return { bodies: comments.nodes.map(({ body }) => body), ...comments.pageInfo };
    };
    const one = await page({ first: 2 });
    expect(one).toMatchObject({ bodies: ['first', 'second'], hasNextPage: true, hasPreviousPage: false });
    const two = await page({ first: 2, after: one.endCursor });
    expect(two).toMatchObject({ bodies: ['third', 'fourth'], hasNextPage: true, hasPreviousPage: true });
    expect(await page({ first: 2, after: two.endCursor })).toMatchObject({ bodies: ['fifth'], hasNextPage: false });
    expect(await page({ last: 2 })).toMatchObject({ bodies: ['fourth', 'fifth'], hasPreviousPage: true });
    expect(await page({ last: 1, before: two.startCursor })).toMatchObject({ bodies: ['second'] });
    expect(await page({ first: 0 })).toMatchObject({ bodies: [], endCursor: null });
  });

  it('tells when a comment was edited', async () => {
    const { ask, site, parent } = await aStory();
    const comment = await addComment(site, alice, parent, 'as it was');
    const query = `{ node(id: "${nodeId('IssueComment', comment.id)}") { ... on IssueComment { body createdAt lastEditedAt } } }`;
    expect((await ask(bob, query)).data).toMatchObject({ node: { body: 'as it was', lastEditedAt: null } });
    await editComment(site, alice, comment, 'as it is');
    expect((await ask(bob, query)).data).toMatchObject({ node: { body: 'as it is', lastEditedAt: comment.updatedAt } });
  });

  it('calls a duplicate by its name only where that is wanted', async () => {
    const { ask, site, child } = await aStory();
    await updateIssue(site, alice, child, { state: 'closed', stateReason: 'duplicate' });
    const query = `{ repository(owner: "acme", name: "shop") { issue(number: ${child.number}) { stateReason exact: stateReason(enableDuplicate: true) } } }`;
    expect((await ask(alice, query)).data).toEqual({
      repository: { issue: { stateReason: 'NOT_PLANNED', exact: 'DUPLICATE' } },
    });
  });
});

interface Comments {
  readonly nodes: readonly { readonly body: string }[];
  readonly edges: readonly { readonly node: object }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly startCursor: string | null };
}

describe('a pull request', () => {
  it('is told with its branches, files, threads and checks', async () => {
    const { ask, site, repository, bot, pull, child } = await aStory();
    await createReview(site, bot, pull, {
      event: 'COMMENT',
      body: 'One thing.',
      comments: [{ path: 'db/migrations/0002_index.sql', line: 1, body: 'CONCURRENTLY?' }],
    });
    await createCheckRun(site, bot, repository, {
      name: 'database-lead',
      headSha: pull.pull.headSha,
      conclusion: 'failure',
      output: { title: 'One error', summary: 'See below' },
    });
    const { data, errors } = await ask(
      bot,
      `query ($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) {
        state isDraft merged mergeable mergeStateStatus headRefOid headRefName baseRefName isCrossRepository headRepository { nameWithOwner isFork }
        baseRef { name prefix target { oid } } closingIssuesReferences(first: 5) { nodes { number } }
        files(first: 10) { nodes { path additions deletions changeType } }
        reviews(first: 5) { nodes { state body author { __typename login } commit { oid } comments(first: 5) { totalCount } } }
        reviewThreads(first: 5) { nodes { isResolved isOutdated path line startLine diffSide subjectType resolvedBy { login } comments(first: 5) { nodes { body state diffHunk } } } }
        commits(last: 1) { nodes { commit { oid messageHeadline messageBody author { user { login } }
          checkSuites(first: 5) { nodes { app { slug } status conclusion checkRuns(first: 5) { nodes { name status conclusion title annotations(first: 5) { totalCount } } } } }
          statusCheckRollup { state contexts(first: 5) { nodes { __typename ... on CheckRun { name } } } } } } }
      } } }`,
      { n: pull.number },
    );
    expect(errors).toEqual(undefined);
    const { headSha } = pull.pull;
    expect(data).toEqual({
      repository: {
        pullRequest: {
          state: 'OPEN',
          isDraft: false,
          merged: false,
          mergeable: 'MERGEABLE',
          mergeStateStatus: 'UNSTABLE',
          headRefOid: headSha,
          headRefName: 'index',
          baseRefName: 'main',
          isCrossRepository: false,
          headRepository: { nameWithOwner: 'acme/shop', isFork: false },
          baseRef: { name: 'main', prefix: 'refs/heads/', target: { oid: repository.refs['refs/heads/main'] } },
          closingIssuesReferences: { nodes: [{ number: child.number }] },
          files: { nodes: [{ path: 'db/migrations/0002_index.sql', additions: 1, deletions: 0, changeType: 'ADDED' }] },
          reviews: {
            nodes: [
              {
                state: 'COMMENTED',
                body: 'One thing.',
                author: { __typename: 'Bot', login: 'database-lead' },
                commit: { oid: headSha },
                comments: { totalCount: 1 },
              },
            ],
          },
          reviewThreads: {
            nodes: [
              {
                isResolved: false,
                isOutdated: false,
                path: 'db/migrations/0002_index.sql',
                line: 1,
                startLine: null,
                diffSide: 'RIGHT',
                subjectType: 'LINE',
                resolvedBy: null,
                comments: {
                  nodes: [
                    {
                      body: 'CONCURRENTLY?',
                      state: 'SUBMITTED',
                      diffHunk: '@@ -0,0 +1 @@\n+CREATE INDEX ON orders (id);',
                    },
                  ],
                },
              },
            ],
          },
          commits: {
            nodes: [
              {
                commit: {
                  oid: headSha,
                  messageHeadline: 'Add the index',
                  messageBody: 'For the report.',
                  author: { user: { login: 'bob' } },
                  checkSuites: {
                    nodes: [
                      {
                        app: { slug: 'database-lead' },
                        status: 'COMPLETED',
                        conclusion: 'FAILURE',
                        checkRuns: {
                          nodes: [
                            {
                              name: 'database-lead',
                              status: 'COMPLETED',
                              conclusion: 'FAILURE',
                              title: 'One error',
                              annotations: { totalCount: 0 },
                            },
                          ],
                        },
                      },
                    ],
                  },
                  statusCheckRollup: {
                    state: 'FAILURE',
                    contexts: { nodes: [{ __typename: 'CheckRun', name: 'database-lead' }] },
                  },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('keeps a pending review to its author', async () => {
    const { ask, site, pull } = await aStory();
    await createReview(site, alice, pull, {
      comments: [{ path: 'db/migrations/0002_index.sql', line: 1, body: 'not yet said' }],
    });
    const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: ${pull.number}) { reviews(first: 5) { totalCount } reviewThreads(first: 5) { totalCount } } } }`;
    expect((await ask(bob, query)).data).toMatchObject({
      repository: { pullRequest: { reviews: { totalCount: 0 }, reviewThreads: { totalCount: 0 } } },
    });
    expect((await ask(alice, query)).data).toMatchObject({
      repository: { pullRequest: { reviews: { totalCount: 1 }, reviewThreads: { totalCount: 1 } } },
    });
  });
});

describe('git objects', () => {
  const object = (argument: string) =>
    `{ repository(owner: "acme", name: "shop") { object(${argument}) { __typename oid ... on Blob { byteSize isBinary isTruncated text } ... on Tree { entries { name path type mode } } ... on Commit { tree { oid } message history(first: 5) { totalCount } } } } }`;

  it.each([
    [
      'expression: "main:README.md"',
      { __typename: 'Blob', byteSize: 7, isBinary: false, isTruncated: false, text: '# Shop\n' },
    ],
    ['expression: "HEAD:logo.png"', { __typename: 'Blob', isBinary: true, text: null }],
    [
      'expression: "main:db"',
      { __typename: 'Tree', entries: [{ name: 'migrations', path: 'db/migrations', type: 'tree', mode: 16384 }] },
    ],
    ['expression: "main"', { __typename: 'Commit', message: 'Initial commit', history: { totalCount: 1 } }],
    ['expression: "main:nothing/here.sql"', null],
    ['expression: "nowhere:README.md"', null],
    [`oid: "${'0'.repeat(40)}"`, null],
    ['oid: "not an id"', null],
  ])('%s', async (argument, wanted) => {
    const { ask, bot } = await aShop();
    const { data, errors } = await ask(bot, object(argument));
    expect(errors).toBeUndefined();
    const found = (data as { repository: { object: unknown } }).repository.object;
    if (wanted) expect(found).toMatchObject(wanted);
    else expect(found).toBeNull();
  });
});

describe('deployments', () => {
  it('are told newest first, by environment', async () => {
    const { ask, site, repository } = await aShop();
    for (const environment of ['development', 'staging', 'development']) {
      const made = await createDeployment(site, alice, repository, { ref: 'main', environment, requiredContexts: [] });
      if ('statuses' in made)
        await addDeploymentStatus(site, alice, made, { state: 'success', logUrl: 'http://ci.test/1' });
    }
    const { data, errors } = await ask(
      alice,
      `{ repository(owner: "acme", name: "shop") { deployments(first: 5, environments: ["development"], orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount nodes { databaseId environment commitOid state latestStatus { state logUrl } } } } }`,
    );
    expect(errors).toBeUndefined();
    const { deployments } = (data as { repository: { deployments: { nodes: { databaseId: number }[] } } }).repository;
    expect(deployments).toMatchObject({
      totalCount: 2,
      nodes: [
        { environment: 'development', state: 'ACTIVE', latestStatus: { state: 'SUCCESS', logUrl: 'http://ci.test/1' } },
        { environment: 'development', state: 'INACTIVE', latestStatus: { state: 'INACTIVE' } },
      ],
    });
    expect(deployments.nodes[0]?.databaseId).toBeGreaterThan(deployments.nodes[1]?.databaseId ?? 0);
  });
});

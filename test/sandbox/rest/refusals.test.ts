import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;
let pull_number = 0;
let head = '';
const issue = { ...where, issue_number: 1 };

beforeAll(async () => {
  town = await startTown();
  await town.as('bob').rest.issues.create({ ...where, title: 'the issue', body: 'x' });
  head = await town.branch('topic', { 'new.sql': 'SELECT 1;\nSELECT 2;\n' });
  const { data } = await town.as('bob').rest.pulls.create({ ...where, title: 'topic', head: 'topic', base: 'main' });
  pull_number = data.number;
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

const long = 'x'.repeat(65_537);

/** Name, the call, the status, and words of the answer. */
const cases: readonly (readonly [string, (town: Town) => Promise<unknown>, number, string])[] = [
  ['an issue without a title', (t) => t.as('bob').request('POST /repos/acme/shop/issues', { data: {} }), 422, 'title'],
  ['a blank title', (t) => t.as('bob').rest.issues.create({ ...where, title: ' ' }), 422, 'title'],
  [
    'a title of 257 characters',
    (t) => t.as('bob').rest.issues.create({ ...where, title: 'x'.repeat(257) }),
    422,
    'too long',
  ],
  ['a title that is a list', (t) => t.as('bob').rest.issues.create({ ...where, title: [] as never }), 422, 'title'],
  [
    'a body of 65,537 characters',
    (t) => t.as('bob').rest.issues.create({ ...where, title: 'x', body: long }),
    422,
    'body is too long',
  ],
  [
    'a comment of 65,537 characters',
    (t) => t.as('bob').rest.issues.createComment({ ...issue, body: long }),
    422,
    'body is too long',
  ],
  ['a blank comment', (t) => t.as('bob').rest.issues.createComment({ ...issue, body: ' \n' }), 422, 'blank'],
  [
    'a label of 51 characters',
    (t) => t.as('bob').rest.issues.addLabels({ ...issue, labels: ['x'.repeat(51)] }),
    422,
    'too long',
  ],
  [
    'a label with a long description',
    (t) => t.as('bob').rest.issues.createLabel({ ...where, name: 'd', description: 'x'.repeat(101) }),
    422,
    'too long',
  ],
  [
    'a label in no colour',
    (t) => t.as('bob').rest.issues.createLabel({ ...where, name: 'c', color: 'red' }),
    422,
    'color',
  ],
  [
    'removing a label that is not there',
    (t) => t.as('bob').rest.issues.removeLabel({ ...issue, name: 'bug' }),
    404,
    'Not Found',
  ],
  ['an issue that is not there', (t) => t.as('bob').rest.issues.get({ ...where, issue_number: 999 }), 404, 'Not Found'],
  [
    'a repository that is not there',
    (t) => t.as('bob').rest.repos.get({ owner: 'acme', repo: 'none' }),
    404,
    'Not Found',
  ],
  ['a route that is not there', (t) => t.as('bob').request('GET /repos/acme/shop/nothing'), 404, 'Not Found'],
  [
    'JSON that is none',
    (t) =>
      t.as('bob').request('POST /repos/acme/shop/issues', {
        headers: { 'content-type': 'application/json' },
        data: '{"title": ',
      }),
    400,
    'Problems parsing JSON',
  ],
  [
    'writing without a name',
    (t) => t.as().rest.issues.create({ ...where, title: 'x' }),
    401,
    'Requires authentication',
  ],
  ['a token of nobody', (t) => t.as('mallory').rest.repos.get(where), 401, 'Bad credentials'],
  [
    'labelling by a reader',
    (t) => t.as('carol').rest.issues.addLabels({ ...issue, labels: ['bug'] }),
    403,
    'push access',
  ],
  ['closing by a reader', (t) => t.as('carol').rest.issues.update({ ...issue, state: 'closed' }), 403, 'push access'],
  [
    'editing another one’s comment',
    (t) =>
      t
        .as('bob')
        .rest.issues.createComment({ ...issue, body: 'mine' })
        .then(({ data }) => t.as('carol').rest.issues.updateComment({ ...where, comment_id: data.id, body: 'yours' })),
    403,
    'push access',
  ],
  [
    'a version that is gone',
    (t) => t.as('bob').request('GET /zen', { headers: { 'x-github-api-version': '2020-01-01' } }),
    410,
    'not a supported version',
  ],
  [
    'a version that never was',
    (t) => t.as('bob').request('GET /zen', { headers: { 'x-github-api-version': '2030-01-01' } }),
    400,
    'not a supported version',
  ],
  [
    'assignment asked of nobody',
    (t) => t.as('bob').rest.issues.checkUserCanBeAssigned({ ...where, assignee: 'mallory' }),
    404,
    'Not Found',
  ],
  [
    'a pull request from nowhere',
    (t) => t.as('bob').rest.pulls.create({ ...where, title: 'x', head: 'none', base: 'main' }),
    422,
    'head',
  ],
  [
    'a pull request to nowhere',
    (t) => t.as('bob').rest.pulls.create({ ...where, title: 'x', head: 'topic', base: 'none' }),
    422,
    'base',
  ],
  [
    'a second pull request for a branch',
    (t) => t.as('bob').rest.pulls.create({ ...where, title: 'x', head: 'topic', base: 'main' }),
    422,
    'already exists',
  ],
  [
    'a pull request without commits',
    (t) => t.as('bob').rest.pulls.create({ ...where, title: 'x', head: 'main', base: 'main' }),
    422,
    'No commits between',
  ],
  [
    'a review of one’s own by its author',
    (t) => t.as('bob').rest.pulls.createReview({ ...where, pull_number, event: 'APPROVE' }),
    422,
    'Can not approve your own',
  ],
  [
    'an empty review',
    (t) => t.as('alice').rest.pulls.createReview({ ...where, pull_number, event: 'COMMENT' }),
    422,
    'blank',
  ],
  [
    'a request for changes without words',
    (t) => t.as('alice').rest.pulls.createReview({ ...where, pull_number, event: 'REQUEST_CHANGES' }),
    422,
    'blank',
  ],
  [
    'a reviewer who is the author',
    (t) => t.as('alice').rest.pulls.requestReviewers({ ...where, pull_number, reviewers: ['bob'] }),
    422,
    'author',
  ],
  [
    'a reviewer without access',
    (t) => t.as('alice').rest.pulls.requestReviewers({ ...where, pull_number, reviewers: ['mallory'] }),
    422,
    'collaborators',
  ],
  [
    'a merge of another head',
    (t) => t.as('bob').rest.pulls.merge({ ...where, pull_number, sha: 'f'.repeat(40) }),
    409,
    'Head branch was modified',
  ],
  ['a merge by a reader', (t) => t.as('carol').rest.pulls.merge({ ...where, pull_number }), 403, 'push access'],
  [
    'a check run by a person',
    (t) => t.as('alice').rest.checks.create({ ...where, name: 'x', head_sha: head }),
    403,
    'GitHub App',
  ],
  [
    'a check run on no commit',
    (t) => t.bot.rest.checks.create({ ...where, name: 'x', head_sha: 'f'.repeat(40) }),
    422,
    'No commit found',
  ],
  [
    'a status on no commit',
    (t) => t.as('bob').rest.repos.createCommitStatus({ ...where, sha: 'f'.repeat(40), state: 'success' }),
    422,
    'No commit found',
  ],
  [
    'a deployment of nothing',
    (t) => t.as('bob').rest.repos.createDeployment({ ...where, ref: 'none' }),
    422,
    'No ref found',
  ],
  [
    'a branch that exists',
    (t) => t.as('bob').rest.git.createRef({ ...where, ref: 'refs/heads/main', sha: head }),
    422,
    'already exists',
  ],
  [
    'a branch below another',
    (t) => t.as('bob').rest.git.createRef({ ...where, ref: 'refs/heads/main/below', sha: head }),
    422,
    'conflicts',
  ],
  [
    'a branch at no commit',
    (t) => t.as('bob').rest.git.createRef({ ...where, ref: 'refs/heads/x', sha: 'f'.repeat(40) }),
    422,
    'Object does not exist',
  ],
  [
    'a branch of a bad name',
    (t) => t.as('bob').rest.git.createRef({ ...where, ref: 'refs/heads/a..b', sha: head }),
    422,
    'well-formed',
  ],
  [
    'moving a branch backwards',
    (t) =>
      t
        .as('bob')
        .rest.git.getRef({ ...where, ref: 'heads/main' })
        .then(({ data }) => t.as('bob').rest.git.updateRef({ ...where, ref: 'heads/topic', sha: data.object.sha })),
    422,
    'fast forward',
  ],
  [
    'deleting the default branch',
    (t) => t.as('alice').rest.git.deleteRef({ ...where, ref: 'heads/main' }),
    422,
    'default branch',
  ],
  [
    'a file over another without its id',
    (t) =>
      t.as('bob').rest.repos.createOrUpdateFileContents({ ...where, path: 'README.md', message: 'x', content: '' }),
    422,
    'sha',
  ],
  [
    'a file over another version',
    (t) =>
      t
        .as('bob')
        .rest.repos.createOrUpdateFileContents({ ...where, path: 'README.md', message: 'x', content: '', sha: head }),
    409,
    'does not match',
  ],
  [
    'a file outside the repository',
    (t) => t.as('bob').rest.repos.createOrUpdateFileContents({ ...where, path: '../x', message: 'x', content: '' }),
    422,
    'malformed',
  ],
  [
    'a file by a reader',
    (t) => t.as('carol').rest.repos.createOrUpdateFileContents({ ...where, path: 'x', message: 'x', content: '' }),
    403,
    'push access',
  ],
  [
    'protection by a writer',
    (t) => t.as('bob').rest.repos.getBranchProtection({ ...where, branch: 'main' }),
    403,
    'admin rights',
  ],
  ['an App’s route for a person', (t) => t.as('alice').rest.apps.getAuthenticated(), 401, 'JSON web token'],
  [
    'an App without an installation token',
    (t) => t.as('alice').request('GET /installation/repositories'),
    403,
    'installation access token',
  ],
];

describe('GitHub refuses', () => {
  test.each(cases)('%s', async (_name, call, status, words) => {
    const answer = await refused(call(town));
    expect({ status: answer.status, text: JSON.stringify([answer.message, answer.errors]) }).toEqual({
      status,
      text: expect.stringContaining(words),
    });
  });

  test('and nothing of it happened', async () => {
    expect((await town.as('bob').rest.issues.listForRepo({ ...where, state: 'all' })).data).toHaveLength(2);
    const { data } = await town.as('bob').rest.issues.get(issue);
    expect(data).toMatchObject({ state: 'open', title: 'the issue', labels: [] });
  });
});

test('what a reader may not decide is dropped without a word', async () => {
  const carol = town.as('carol').rest.issues;
  const { data } = await carol.create({ ...where, title: 'by a reader', labels: ['bug'], assignees: ['bob'] });
  expect(data).toMatchObject({ labels: [], assignees: [] });
  const added = await carol.addAssignees({ ...where, issue_number: data.number, assignees: ['bob'] });
  expect(added.data.assignees).toEqual([]);
  const outsider = await town
    .as('bob')
    .rest.issues.addAssignees({ ...where, issue_number: data.number, assignees: ['mallory'] });
  expect(outsider.data.assignees).toEqual([]);
});

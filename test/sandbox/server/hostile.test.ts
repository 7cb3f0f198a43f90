import { request as rawRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../../src/sandbox/rest/index.ts';
import { answerComplaints } from '../support/contract.ts';
import { startTown, type Town, where } from '../support/town.ts';

let town: Town;
let head = '';
/** What the parameters of a route may be called by: things that are there. */
let there: Readonly<Record<string, string>>;

beforeAll(async () => {
  town = await startTown();
  const bob = town.as('bob').rest;
  await bob.issues.create({ ...where, title: 'an issue', labels: ['bug'] });
  await bob.issues.create({ ...where, title: 'another issue' });
  head = await town.branch('topic', { 'new.sql': 'SELECT 1;\nSELECT 2;\n' });
  await bob.pulls.create({ ...where, title: 'a pull request', head: 'topic', base: 'main' });
  const run = await town.bot.rest.checks.create({ ...where, name: 'x', head_sha: head, conclusion: 'success' });
  there = {
    owner: 'acme',
    repo: 'shop',
    number: '3',
    id: String(run.data.id),
    login: 'bob',
    slug: 'database-lead',
    branch: 'main',
    name: 'bug',
    ref: 'topic',
    sha: head,
    path: 'README.md',
    basehead: 'main...topic',
    status: '1',
  };
});
afterAll(() => town.close());
/** GitHub takes a text for a payload, and the published schemas are from before. */
const outdated = 'deployment-created: (published) /deployment/payload must be object';

afterEach(async () => {
  expect((await town.problems()).filter((problem) => !problem.startsWith(outdated))).toEqual([]);
});

function pathOf(route: string, given: Readonly<Record<string, string>> = {}): string {
  return route.replace(/[:*]([a-z_]+)/g, (_, name: string) => given[name] ?? there[name] ?? 'none');
}

async function send(method: string, path: string, body: string | undefined, token = town.sandbox.tokenOf('alice')) {
  const response = await fetch(town.sandbox.apiUrl + path, {
    method,
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, text };
}

/** Sends what is not on the wire's good side: `fetch` would tidy it up. */
function raw(method: string, path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(town.sandbox.url);
  return new Promise((resolve, reject) => {
    rawRequest({ hostname, port, method, path, agent: false }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    })
      .on('error', reject)
      .end();
  });
}

const writes = routes.filter(({ method }) => method !== 'GET');

test.each(routes.map(({ method, path }) => [method, path] as const))(
  '%s %s knows no wrong token',
  async (method, route) => {
    const path = pathOf(route);
    const { status, text } = await send(method, path, undefined, 'ghs_wrong');
    expect(status).toBe(401);
    expect(answerComplaints(method, path, status, JSON.parse(text))).toEqual([]);
  },
);

test.each(writes.filter(({ method }) => method !== 'DELETE').map(({ method, path }) => [method, path] as const))(
  '%s %s reads no broken JSON',
  async (method, route) => {
    for (const body of ['{"title": ', '"text"', '[1,', 'null', '\u0000'])
      expect(await send(method, pathOf(route), body)).toMatchObject({ status: 400 });
  },
);

/** Every member that some route reads. */
const members = [
  ...['title', 'body', 'labels', 'assignees', 'assignee', 'state', 'state_reason', 'name', 'color', 'description'],
  ...['new_name', 'sub_issue_id', 'replace_parent', 'after_id', 'before_id', 'issue_id', 'ref', 'sha', 'force', 'tree'],
  ...['base_tree', 'parents', 'author', 'message', 'content', 'encoding', 'branch', 'head', 'base', 'draft', 'event'],
  ...['comments', 'commit_id', 'path', 'line', 'side', 'start_line', 'start_side', 'position', 'subject_type', 'task'],
  ...['in_reply_to', 'reviewers', 'team_reviewers', 'merge_method', 'commit_title', 'commit_message', 'head_sha'],
  ...['expected_head_sha', 'status', 'conclusion', 'output', 'actions', 'started_at', 'completed_at', 'identifier'],
  ...['context', 'target_url', 'environment', 'auto_merge', 'required_contexts', 'payload', 'wait_timer', 'log_url'],
  ...['required_status_checks', 'required_pull_request_reviews', 'enforce_admins', 'repositories', 'permissions'],
  ...['repository_ids', 'details_url', 'external_id', 'transient_environment', 'auto_inactive'],
];

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', ' ', 'x', [], {}, [null], [[]], [{}], [1], ['x'], {
    name: 1,
  }),
  fc.constantFrom<unknown>(
    'COMMENT',
    'success',
    'completed',
    'closed',
    'main',
    'RIGHT',
    '../x',
    '__proto__',
    '\ud800',
    '\u0000',
  ),
  fc.constantFrom<unknown>(
    [{ path: 'new.sql', line: 1, body: 'x' }],
    [{ path: 1, mode: 1, type: 1, sha: 1 }],
    [{ path: 'a' }],
  ),
  fc.constantFrom<unknown>(
    { title: 1, summary: 's', annotations: 1 },
    { title: 't', summary: 's', annotations: [null] },
  ),
  fc.constantFrom<unknown>(
    { contexts: 1 },
    { checks: [null] },
    { checks: [1], contexts: null },
    { name: 1, email: 2 },
    'x'.repeat(70_000),
  ),
);

test.each(writes.map(({ method, path }) => [method, path] as const))(
  '%s %s refuses what makes no sense without breaking',
  async (method, route) => {
    const before = town.sandbox.snapshot();
    const bodies = fc.sample(fc.dictionary(fc.constantFrom(...members), odd, { minKeys: 5 }), { numRuns: 60, seed: 7 });
    for (const body of bodies) {
      const text = JSON.stringify(body);
      const { status, text: answer } = await send(method, pathOf(route), text);
      expect({ status, answer: status < 500 ? '' : `${answer} for ${text.slice(0, 2000)}` }).toEqual({
        status,
        answer: '',
      });
    }
    town.sandbox.restore(before);
  },
);

describe('names of things that are not there', () => {
  const names = [
    '%00',
    '%2e%2e',
    '..%2f..%2fetc',
    '%',
    '%ff',
    '-1',
    '0',
    '1e9',
    '99999999999999999999',
    '__proto__',
    'constructor',
    ':',
    'a'.repeat(5000),
  ];

  test.each(routes.map(({ method, path }) => [method, path] as const))('%s %s', async (method, route) => {
    const parameters = [...route.matchAll(/[:*]([a-z_]+)/g)].map(([, name = '']) => name);
    const before = town.sandbox.snapshot();
    for (const parameter of parameters)
      for (const name of names) {
        const { status, text } = await send(method, pathOf(route, { [parameter]: name }), undefined);
        expect({ name, status, text: status < 500 ? '' : text }).toEqual({ name, status, text: '' });
      }
    town.sandbox.restore(before);
  });

  test.each(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))(
    'GET %s with odd questions',
    async (route) => {
      for (const value of ['', '-1', '0', '1e308', 'NaN', '%00', '__proto__', 'a'.repeat(2000)]) {
        const query = [
          'page',
          'per_page',
          'since',
          'until',
          'ref',
          'sha',
          'sort',
          'direction',
          'state',
          'labels',
          'cursor',
          'recursive',
          'path',
          'head',
          'author',
        ]
          .map((name) => `${name}=${value}`)
          .join('&');
        const { status, text } = await send('GET', `${pathOf(route)}?${query}`, undefined);
        expect({ value, status, text: status < 500 ? '' : text }).toEqual({ value, status, text: '' });
      }
    },
  );
});

test.each([
  '//',
  '///',
  '//x/',
  '/api/v3//',
  '/api/v3/%',
  '/api/v3/repos/acme/shop/contents/%zz',
  '/%',
  '/acme/shop/issues/%',
  '*',
])('an address that is none: %s', async (path) => {
  const { status } = await raw('GET', path);
  expect(status).toBeLessThan(500);
});

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTown, type Town } from '../sandbox/support/town.ts';
import { type Answer, type Asker, createAsker, described, everyRoute, member } from './github.ts';

/** Routes that GitHub does not describe, and why the sandbox has them. */
const beyond: Readonly<Record<string, string>> = {
  'POST /repos/:owner/:repo/check-runs/:id/_sandbox_action': 'on GitHub a person presses a button on a page',
  'GET /repos/:owner/:repo/contents': 'GitHub describes the root as the contents at an empty path',
};

/**
 * Members that the description does not have, and why the sandbox has them all the same. Without the status and what
 * repeats: `GET /route.member`.
 */
const undescribed: Readonly<Record<string, string>> = {
  'GET /app/installations[].client_id': 'the description of a single installation has it',
  'GET /app/installations[].account.user_view_type': 'every other description of an account has it',
  'GET /repos/:owner/:repo/issues/events[].state_reason': 'the description of the same event in a timeline has it',
  'GET /repos/:owner/:repo/issues/:number/events[].state_reason': 'the same',
  'GET /repos/:owner/:repo/issues/:number/timeline[].assigner': 'the description of the same event in a list has it',
};

/** The published webhook schemas demand it of every repository, so the sandbox has one view for both. */
const demandedByWebhooks = /\.custom_properties$/;

const app: Asker = { kind: 'app' };
const bot: Asker = { kind: 'installation' };
const nobody: Asker = { kind: 'nobody' };
const repo = '/repos/acme/shop';

let town: Town;
let asker: ReturnType<typeof createAsker>;

beforeAll(async () => {
  town = await startTown();
  asker = createAsker(town);
});
afterAll(() => town.close());

/** Asks, and expects a status. */
async function ask(who: Asker, method: string, path: string, body?: unknown, status = 200): Promise<Answer> {
  const answer = await asker.ask(who, method, path, body);
  expect({ path, status: answer.status, body: answer.status === status ? null : answer.body }).toEqual({
    path,
    status,
    body: null,
  });
  return answer;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('every route answers as GitHub describes', () => {
  test('about the App', async () => {
    const installation = `/app/installations/${town.installationId}`;
    await ask(app, 'GET', '/app');
    await ask(app, 'GET', '/app/installations');
    await ask(app, 'GET', installation);
    await ask(app, 'GET', '/app/installations/1', undefined, 404);
    await ask(app, 'POST', `${installation}/access_tokens`, { permissions: { pages: 'write' } }, 422);
    const token = await ask(app, 'POST', `${installation}/access_tokens`, undefined, 201);
    const narrow = { repositories: ['shop'], permissions: { issues: 'read' } };
    const narrowed = await ask(app, 'POST', `${installation}/access_tokens`, narrow, 201);
    asker.use(String(member(narrowed, 'token')));
    await ask(bot, 'GET', '/installation/repositories');
    await ask(bot, 'DELETE', '/installation/token', undefined, 204);
    await ask(bot, 'GET', '/installation/repositories', undefined, 401);
    asker.use(String(member(token, 'token')));
    await ask(bot, 'GET', '/installation/repositories');
    await ask(app, 'GET', `${repo}/installation`);
    await ask(app, 'GET', '/orgs/acme/installation');
    await ask(app, 'GET', '/users/acme/installation');
    await ask(nobody, 'GET', '/apps/database-lead');
    await ask(nobody, 'GET', '/apps/none', undefined, 404);
    await ask(app, 'GET', '/app/hook/config');
  });

  test('about people and the site', async () => {
    for (const path of ['/', '/meta', '/rate_limit', '/zen', '/user']) await ask('bob', 'GET', path);
    const bob = await ask(nobody, 'GET', '/users/bob');
    await ask(nobody, 'GET', `/user/${member(bob, 'id')}`);
    await ask(nobody, 'GET', '/users/none', undefined, 404);
    await ask(bot, 'GET', '/user', undefined, 403);
  });

  test('about the repository', async () => {
    await ask('bob', 'GET', repo);
    await ask('carol', 'POST', `${repo}/forks`, undefined, 202);
    await ask('carol', 'GET', '/repos/carol/shop');
    const protection = `${repo}/branches/main/protection`;
    const rules = {
      required_status_checks: { strict: false, contexts: ['database-lead'] },
      required_pull_request_reviews: { required_approving_review_count: 1 },
      enforce_admins: false,
      restrictions: null,
    };
    await ask('alice', 'GET', protection, undefined, 404);
    await ask('alice', 'PUT', protection, rules);
    await ask('alice', 'GET', protection);
    await ask('bob', 'GET', `${repo}/branches`);
    await ask('bob', 'GET', `${repo}/branches/main`);
    await ask('bob', 'GET', `${repo}/branches/none`, undefined, 404);
    await ask('bob', 'PUT', protection, rules, 403);
    await ask('alice', 'DELETE', protection, undefined, 204);
    await ask('bob', 'GET', `${repo}/collaborators/tina/permission`);
    await ask('bob', 'GET', `${repo}/collaborators/tina`, undefined, 204);
    await ask('bob', 'GET', `${repo}/collaborators/none`, undefined, 404);
    await ask('bob', 'GET', `${repo}/assignees`);
    await ask('bob', 'GET', `${repo}/assignees/carol`, undefined, 204);
    await ask('bob', 'GET', `${repo}/assignees/none`, undefined, 404);
  });

  test('about labels and issues', async () => {
    await ask('bob', 'POST', `${repo}/labels`, { name: 'a/b c', color: '0e8a16', description: 'd' }, 201);
    await ask('bob', 'POST', `${repo}/labels`, { name: 'a/b c' }, 422);
    await ask('bob', 'GET', `${repo}/labels`);
    await ask('bob', 'GET', `${repo}/labels/a%2Fb%20c`);
    await ask('bob', 'PATCH', `${repo}/labels/a%2Fb%20c`, { new_name: 'other' });
    await ask('bob', 'DELETE', `${repo}/labels/other`, undefined, 204);

    const made = { title: 'A column', body: 'please @alice', labels: ['database'], assignees: ['carol'] };
    const issue = await ask('bob', 'POST', `${repo}/issues`, made, 201);
    const one = `${repo}/issues/${member(issue, 'number')}`;
    await ask('bob', 'POST', `${repo}/issues`, {}, 422);
    await ask('bob', 'GET', `${repo}/issues?state=all`);
    await ask('bob', 'GET', one);
    await ask(bot, 'PATCH', one, { title: 'Two columns' });
    await ask('bob', 'PATCH', one, { title: '' }, 422);
    await ask('bob', 'DELETE', `${one}/assignees`, { assignees: ['carol'] });
    await ask('bob', 'POST', `${one}/assignees`, { assignees: ['tina'] }, 201);
    await ask('bob', 'POST', `${one}/labels`, { labels: ['bug'] });
    await ask('bob', 'GET', `${one}/labels`);
    await ask('bob', 'DELETE', `${one}/labels/bug`);
    await ask('bob', 'PUT', `${one}/labels`, { labels: ['question'] });
    await ask('bob', 'DELETE', `${one}/labels`, undefined, 204);
    await ask('bob', 'PUT', `${one}/lock`, undefined, 204);
    await ask('bob', 'DELETE', `${one}/lock`, undefined, 204);
    await ask('bob', 'PATCH', one, { state: 'closed', state_reason: 'not_planned' });
    await ask('bob', 'PATCH', one, { state: 'open' });

    const comment = await ask(bot, 'POST', `${one}/comments`, { body: 'Which one?' }, 201);
    const said = `${repo}/issues/comments/${member(comment, 'id')}`;
    await ask('bob', 'POST', `${one}/comments`, { body: '' }, 422);
    await ask('bob', 'GET', `${one}/comments`);
    await ask('bob', 'GET', `${repo}/issues/comments`);
    await ask('bob', 'GET', said);
    await ask('bob', 'PATCH', said, { body: 'Which?' });
    await ask('bob', 'DELETE', said, undefined, 204);
    await ask('bob', 'GET', said, undefined, 404);
    await ask('bob', 'POST', `${repo}/issues`, { title: 'mentions', body: `see #${member(issue, 'number')}` }, 201);
  });

  test('about sub-issues and dependencies', async () => {
    const issues = [];
    for (const title of ['parent', 'first', 'second'])
      issues.push(await ask('bob', 'POST', `${repo}/issues`, { title }, 201));
    const [parent = '', first = ''] = issues.map((issue) => `${repo}/issues/${member(issue, 'number')}`);
    const [parentId, firstId, secondId] = issues.map((issue) => member(issue, 'id'));
    await ask('bob', 'POST', `${parent}/sub_issues`, { sub_issue_id: firstId }, 201);
    await ask('bob', 'POST', `${parent}/sub_issues`, { sub_issue_id: String(secondId) }, 422);
    await ask('bob', 'POST', `${parent}/sub_issues`, { sub_issue_id: secondId }, 201);
    await ask('bob', 'POST', `${first}/sub_issues`, { sub_issue_id: parentId }, 422);
    await ask('bob', 'GET', `${parent}/sub_issues`);
    await ask('bob', 'GET', `${first}/parent`);
    await ask('bob', 'GET', `${parent}/parent`, undefined, 404);
    await ask('bob', 'PATCH', `${parent}/sub_issues/priority`, { sub_issue_id: firstId, after_id: secondId });
    await ask('bob', 'DELETE', `${parent}/sub_issue`, { sub_issue_id: secondId });
    await ask('bob', 'POST', `${first}/dependencies/blocked_by`, { issue_id: secondId }, 201);
    await ask('bob', 'GET', `${first}/dependencies/blocked_by`);
    await ask('bob', 'GET', `${first}/dependencies/blocking`);
    await ask('bob', 'DELETE', `${first}/dependencies/blocked_by/${secondId}`);
    await ask('bob', 'GET', first);
  });

  test('about git and files', async () => {
    const branch = await ask('bob', 'GET', `${repo}/git/ref/heads/main`);
    const head = String(member(branch, 'object.sha'));
    const tree = await ask('bob', 'GET', `${repo}/git/trees/main?recursive=1`);
    expect(member(tree, 'truncated')).toBe(false);
    const blob = await ask('bob', 'POST', `${repo}/git/blobs`, { content: base64('x'), encoding: 'base64' }, 201);
    await ask('bob', 'GET', `${repo}/git/blobs/${member(blob, 'sha')}`);
    const entry = { path: 'x.txt', mode: '100644', type: 'blob', sha: member(blob, 'sha') };
    const changed = { base_tree: member(tree, 'sha'), tree: [entry] };
    const grown = await ask('bob', 'POST', `${repo}/git/trees`, changed, 201);
    const written = { message: 'x', tree: member(grown, 'sha'), parents: [head] };
    const commit = await ask('bob', 'POST', `${repo}/git/commits`, written, 201);
    const sha = String(member(commit, 'sha'));
    await ask('bob', 'GET', `${repo}/git/commits/${sha}`);
    await ask('bob', 'GET', `${repo}/git/commits/${'f'.repeat(40)}`, undefined, 404);
    await ask('bob', 'POST', `${repo}/git/refs`, { ref: 'refs/heads/made', sha: head }, 201);
    await ask('bob', 'POST', `${repo}/git/refs`, { ref: 'refs/heads/made', sha }, 422);
    await ask('bob', 'PATCH', `${repo}/git/refs/heads/made`, { sha });
    await ask('bob', 'GET', `${repo}/git/matching-refs/heads/ma`);
    await ask('bob', 'GET', `${repo}/compare/main...made`);
    await ask('bob', 'GET', `${repo}/compare/main...none`, undefined, 404);
    await ask('bob', 'GET', `${repo}/commits?sha=made`);
    await ask('bob', 'GET', `${repo}/commits/made`);
    await ask('bob', 'GET', `${repo}/commits/none`, undefined, 422);
    await ask('bob', 'DELETE', `${repo}/git/refs/heads/made`, undefined, 204);

    for (const path of ['', '/db', '/README.md', '/logo.png']) await ask('bob', 'GET', `${repo}/contents${path}`);
    await ask('bob', 'GET', `${repo}/contents/none`, undefined, 404);
    const file = { message: 'x', content: base64('x') };
    const put = await ask('bob', 'PUT', `${repo}/contents/a/b.txt`, file, 201);
    const now = { ...file, content: base64('y'), sha: member(put, 'content.sha') };
    const again = await ask('bob', 'PUT', `${repo}/contents/a/b.txt`, now);
    await ask('bob', 'PUT', `${repo}/contents/a/b.txt`, now, 409);
    await ask('bob', 'PUT', `${repo}/contents/a/b.txt`, file, 422);
    await ask('bob', 'DELETE', `${repo}/contents/a/b.txt`, { message: 'x', sha: member(again, 'content.sha') });
  });

  test('about pull requests and reviews', async () => {
    const sha = await town.branch('topic', { 'db/new.sql': 'SELECT 1;\nSELECT 2;\n', 'README.md': '# Store\n' });
    const asked = { title: 'topic', body: 'Fixes #1', head: 'topic', base: 'main' };
    const pull = await ask('bob', 'POST', `${repo}/pulls`, asked, 201);
    await ask('bob', 'POST', `${repo}/pulls`, asked, 422);
    const one = `${repo}/pulls/${member(pull, 'number')}`;
    await ask('bob', 'GET', `${repo}/pulls`);
    await ask('bob', 'PATCH', one, { body: 'Fixes #1, and more' });
    await ask('alice', 'POST', `${one}/requested_reviewers`, { reviewers: ['tina'] }, 201);
    await ask('alice', 'POST', `${one}/requested_reviewers`, { reviewers: ['bob'] }, 422);
    await ask('bob', 'GET', `${one}/requested_reviewers`);
    await ask('bob', 'GET', one);
    await ask('alice', 'DELETE', `${one}/requested_reviewers`, { reviewers: ['tina'] });
    await ask('bob', 'GET', `${one}/files`);
    await ask('bob', 'GET', `${one}/commits`);
    await ask('bob', 'GET', `${repo}/commits/topic/pulls`);

    const place = { path: 'db/new.sql', line: 2, start_line: 1, side: 'RIGHT', start_side: 'RIGHT', body: 'why?' };
    const posted = { commit_id: sha, event: 'COMMENT', body: 'hm', comments: [place] };
    const review = await ask(bot, 'POST', `${one}/reviews`, posted);
    const beside = { ...posted, comments: [{ ...place, start_line: undefined, line: 9 }] };
    await ask(bot, 'POST', `${one}/reviews`, beside, 422);
    const reviewed = `${one}/reviews/${member(review, 'id')}`;
    await ask('bob', 'GET', `${one}/reviews`);
    await ask('bob', 'GET', reviewed);
    await ask(bot, 'PUT', reviewed, { body: 'hmm' });
    const comments = await ask('bob', 'GET', `${reviewed}/comments`);
    const first = member(comments, '0.id');
    await ask('bob', 'POST', `${one}/comments/${first}/replies`, { body: 'so' }, 201);
    const single = await ask('alice', 'POST', `${one}/comments`, { ...place, commit_id: sha }, 201);
    const whole = { path: 'README.md', subject_type: 'file', body: 'all of it', commit_id: sha };
    await ask('alice', 'POST', `${one}/comments`, whole, 201);
    await ask('alice', 'POST', `${one}/comments`, { ...place, path: 'none', commit_id: sha }, 422);
    await ask('bob', 'GET', `${one}/comments`);
    await ask('bob', 'GET', `${repo}/pulls/comments`);
    const said = `${repo}/pulls/comments/${member(single, 'id')}`;
    await ask('bob', 'GET', said);
    await ask('alice', 'PATCH', said, { body: 'why not?' });
    await ask('alice', 'DELETE', said, undefined, 204);
    await ask('alice', 'DELETE', said, undefined, 404);

    const pending = await ask('alice', 'POST', `${one}/reviews`, { comments: [place] });
    await ask('alice', 'POST', `${one}/reviews`, {}, 422);
    await ask('alice', 'GET', `${one}/reviews/${member(pending, 'id')}`);
    await ask('alice', 'GET', `${one}/reviews/${member(pending, 'id')}/comments`);
    await ask('alice', 'DELETE', `${one}/reviews/${member(pending, 'id')}`);
    const wait = await ask('alice', 'POST', `${one}/reviews`, { body: 'no' });
    const waiting = `${one}/reviews/${member(wait, 'id')}`;
    await ask('alice', 'POST', `${waiting}/events`, { event: 'REQUEST_CHANGES' });
    await ask('alice', 'PUT', `${waiting}/dismissals`, { message: 'never mind' });
    await ask('alice', 'PUT', `${waiting}/dismissals`, { message: 'again' }, 422);

    await ask('bob', 'GET', `${one}/merge`, undefined, 404);
    await town.branch('main', { 'meanwhile.txt': 'x' });
    await ask('bob', 'PUT', `${one}/update-branch`, undefined, 202);
    await ask('bob', 'PUT', `${one}/update-branch`, undefined, 422);
    await ask('bob', 'PUT', `${one}/merge`, { sha }, 409);
    await ask('bob', 'PUT', `${one}/merge`, { merge_method: 'squash' });
    await ask('bob', 'PUT', `${one}/merge`, undefined, 405);
    await ask('bob', 'GET', `${one}/merge`, undefined, 204);
    await ask('bob', 'GET', one);
    await ask('bob', 'GET', `${repo}/issues/${member(pull, 'number')}`);
    for (const about of [`issues/${member(pull, 'number')}`, 'issues/1', 'issues/3']) {
      await ask('bob', 'GET', `${repo}/${about}/events`);
      await ask('bob', 'GET', `${repo}/${about}/timeline`);
    }
    await ask('bob', 'GET', `${repo}/issues/events`);
  });

  test('about checks and statuses', async () => {
    const branch = await ask('bob', 'GET', `${repo}/git/ref/heads/main`);
    const sha = String(member(branch, 'object.sha'));
    const note = { path: 'README.md', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
    const output = { title: 't', summary: 's', annotations: [note] };
    const button = { label: 'Again', description: 'Once more', identifier: 'again' };
    const started = { name: 'database-lead', head_sha: sha, status: 'in_progress', actions: [button], output };
    const run = await ask(bot, 'POST', `${repo}/check-runs`, started, 201);
    const one = `${repo}/check-runs/${member(run, 'id')}`;
    const many = { ...output, annotations: Array.from({ length: 51 }, () => note) };
    await ask(bot, 'POST', `${repo}/check-runs`, { ...started, output: many }, 422);
    await ask('bob', 'POST', `${repo}/check-runs`, started, 403);
    await ask(bot, 'PATCH', one, { conclusion: 'success' });
    await ask('bob', 'GET', one);
    await ask('bob', 'GET', `${one}/annotations`);
    await ask('bob', 'POST', `${one}/rerequest`, undefined, 201);
    await ask('bob', 'POST', `${one}/_sandbox_action`, { identifier: 'again' }, 201);
    const suite = `${repo}/check-suites/${member(run, 'check_suite.id')}`;
    await ask('bob', 'GET', suite);
    await ask('bob', 'GET', `${suite}/check-runs`);
    await ask('bob', 'POST', `${suite}/rerequest`, undefined, 201);
    await ask('bob', 'GET', `${repo}/commits/main/check-runs`);
    await ask('bob', 'GET', `${repo}/commits/main/check-suites`);

    const state = { state: 'success', context: 'ci', description: 'fine', target_url: 'https://ci.example/1' };
    await ask('bob', 'POST', `${repo}/statuses/${sha}`, state, 201);
    await ask('bob', 'POST', `${repo}/statuses/${sha}`, { state: 'perfect' }, 422);
    await ask('bob', 'GET', `${repo}/commits/main/statuses`);
    await ask('bob', 'GET', `${repo}/commits/main/status`);
  });

  test('about code scanning', async () => {
    const branch = await ask('bob', 'GET', `${repo}/git/ref/heads/main`);
    const sarif = gzipSync(JSON.stringify({ version: '2.1.0', runs: [] })).toString('base64');
    const upload = { commit_sha: member(branch, 'object.sha'), ref: 'refs/heads/main', sarif, tool_name: 'lint' };
    const uploads = `${repo}/code-scanning/sarifs`;
    const made = await ask(bot, 'POST', uploads, upload, 202);
    await ask(bot, 'POST', uploads, { ...upload, sarif: 'no gzip' }, 400);
    await ask('carol', 'POST', uploads, upload, 403);
    await ask(bot, 'POST', uploads, { ...upload, ref: 'main' }, 422);
    await ask(bot, 'GET', `${uploads}/${member(made, 'id')}`);
    await ask(bot, 'GET', `${uploads}/none`, undefined, 404);
  });

  test('about deployments and environments', async () => {
    const alice = await ask(nobody, 'GET', '/users/alice');
    const careful = { wait_timer: 5, reviewers: [{ type: 'User', id: member(alice, 'id') }] };
    const asked = { ref: 'main', environment: 'staging', auto_merge: false, required_contexts: [], payload: { a: 1 } };
    const made = await ask(bot, 'POST', `${repo}/deployments`, asked, 201);
    await ask(bot, 'POST', `${repo}/deployments`, { ...asked, required_contexts: ['none'] }, 409);
    await ask(bot, 'POST', `${repo}/deployments`, { ...asked, ref: 'none' }, 422);
    const one = `${repo}/deployments/${member(made, 'id')}`;
    await ask('bob', 'GET', `${repo}/deployments`);
    await ask('bob', 'GET', one);
    await ask('bob', 'GET', `${repo}/deployments/1`, undefined, 404);
    const status = await ask(
      bot,
      'POST',
      `${one}/statuses`,
      { state: 'success', log_url: 'https://ci.example/1' },
      201,
    );
    await ask(bot, 'POST', `${one}/statuses`, { state: 'perfect' }, 422);
    await ask('bob', 'GET', `${one}/statuses`);
    await ask('bob', 'GET', `${one}/statuses/${member(status, 'id')}`);
    await ask('alice', 'PUT', `${repo}/environments/production`, careful);
    await ask('bob', 'GET', `${repo}/environments`);
    await ask('bob', 'GET', `${repo}/environments/production`);
    await ask('alice', 'DELETE', `${repo}/environments/production`, undefined, 204);
    await ask('bob', 'GET', `${repo}/environments/production`, undefined, 404);
  });

  test('about deliveries', async () => {
    await town.sandbox.idle();
    const listed = await ask(app, 'GET', '/app/hook/deliveries?per_page=5');
    const one = `/app/hook/deliveries/${member(listed, '0.id')}`;
    await ask(app, 'GET', one);
    await ask(app, 'POST', `${one}/attempts`, undefined, 202);
    await town.sandbox.idle();
  });
});

describe('afterwards', () => {
  test('every route was seen to succeed', () => {
    const succeeded = [...asker.seen].filter(([, statuses]) => Math.min(...statuses) < 300).map(([route]) => route);
    expect(everyRoute.filter((route) => !succeeded.includes(route))).toEqual([]);
    expect(everyRoute.filter((route) => !described(route))).toEqual(Object.keys(beyond));
  });

  test('no answer differed from the description', () => expect(asker.problems).toEqual([]));

  test('no answer had a member that GitHub has not', () => {
    const found = [...asker.inventions].filter((place) => !demandedByWebhooks.test(place));
    expect(found.sort()).toEqual(Object.keys(undescribed).sort());
  });

  test('no webhook differed from what is published', async () => {
    expect(await town.problems()).toEqual([]);
    expect(new Set(town.arrivals.map(({ event }) => event)).size).toBeGreaterThan(12);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitChanges } from '../../../src/sandbox/operations/commits.ts';
import { findIssue, labelsOf, must, reviewsOf, threadsOf } from '../../../src/sandbox/state/find.ts';
import { user } from '../graphql/site.ts';
import { aReviewedShop } from './story.ts';

let shop: Awaited<ReturnType<typeof aReviewedShop>>;
beforeEach(async () => {
  shop = await aReviewedShop();
});
afterEach(() => shop.close());

const issueAt = (number: number) => must(findIssue(shop.site.world, shop.repository, number), 'issue', number);
const toldAs = () =>
  shop.told.map(({ event, action, actor }) => `${event}.${action} ${actor.kind === 'user' ? actor.login : actor.kind}`);

describe('issues', () => {
  it('are opened', async () => {
    const { to, status } = await shop.post('/acme/shop/issues', 'carol', { title: 'Slow', body: 'very\r\nslow' });
    expect([status, to]).toEqual([303, '/acme/shop/issues/4']);
    expect(issueAt(4)).toMatchObject({ title: 'Slow', body: 'very\nslow', author: 'carol' });
    expect(toldAs()).toContain('issues.opened carol');
  });

  it('are opened by a form, whose labels come with it even for readers', async () => {
    const form =
      'name: Change\nlabels: [database, unknown]\nbody:\n  - type: input\n    id: table\n    attributes: { label: Table }\n    validations: { required: true }\n';
    const changes = [{ path: '.github/ISSUE_TEMPLATE/change.yml', content: form }];
    await commitChanges(shop.site, user('alice'), shop.repository, { branch: 'main', message: 'Form', changes });
    expect((await shop.get('/acme/shop/issues/new/choose', 'carol')).text).toContain('Change');
    expect((await shop.get('/acme/shop/issues/new?template=change.yml', 'carol')).text).toContain('name="form-table"');
    const missing = await shop.post('/acme/shop/issues', 'carol', { template: 'change.yml', title: 'x' });
    expect(missing).toMatchObject({ status: 422, text: expect.stringContaining('Some answers are missing.') });
    await shop.post('/acme/shop/issues', 'carol', {
      template: 'change.yml',
      title: 'New table',
      'form-table': 'orders',
    });
    expect(issueAt(4).body).toBe('### Table\n\norders');
    expect(labelsOf(shop.repository, issueAt(4)).map(({ name }) => name)).toEqual(['database']);
  });

  it('are commented, edited, labelled, assigned, closed and opened again', async () => {
    const path = '/acme/shop/issues/2';
    await shop.post(`${path}/comments`, 'bob', { body: 'a comment' });
    const comment = issueAt(2).commentIds[0] ?? 0;
    await shop.post(`${path}/comments/${comment}`, 'bob', { body: 'another' });
    await shop.post(`${path}/edit`, 'bob', { title: 'A new title' });
    await shop.post(`${path}/labels`, 'bob', [
      ['label', 'bug'],
      ['label', 'database'],
    ]);
    await shop.post(`${path}/labels`, 'bob', [['label', 'database']]);
    await shop.post(`${path}/labels/new`, 'bob', { label: 'db:planned' });
    await shop.post(`${path}/assignees`, 'bob', [
      ['login', 'alice'],
      ['login', 'bob'],
    ]);
    await shop.post(`${path}/assignees`, 'bob', [['login', 'bob']]);
    await shop.post(`${path}/comments`, 'bob', { body: '', state: 'not_planned' });
    expect(issueAt(2)).toMatchObject({
      title: 'A new title',
      assignees: ['bob'],
      state: 'closed',
      stateReason: 'not_planned',
    });
    expect(shop.site.world.comments.get(comment)?.body).toBe('another');
    expect(issueAt(2).commentIds).toHaveLength(1);
    expect(labelsOf(shop.repository, issueAt(2)).map(({ name }) => name)).toEqual(['database', 'db:planned']);
    await shop.post(`${path}/comments`, 'bob', { body: 'once more', state: 'open' });
    expect(issueAt(2)).toMatchObject({ state: 'open', stateReason: 'reopened' });
    expect(toldAs()).toEqual(
      expect.arrayContaining([
        'issue_comment.edited bob',
        'issues.unlabeled bob',
        'issues.unassigned bob',
        'issues.reopened bob',
      ]),
    );
  });

  it('get sub-issues and blockers', async () => {
    await shop.post('/acme/shop/issues/1/sub-issues', 'alice', { title: 'Another child', number: '' });
    expect(issueAt(4).parentId).toBe(shop.parent.id);
    await shop.post('/acme/shop/issues/4/blocked-by', 'alice', { number: '#2' });
    expect(issueAt(4).blockedByIds).toEqual([shop.child.id]);
    expect((await shop.get('/acme/shop/issues/4', 'alice')).text).toContain('Blocked by');
    const wrong = await shop.post('/acme/shop/issues/4/blocked-by', 'alice', { number: '77' });
    expect(wrong).toMatchObject({ status: 422, text: expect.stringContaining('There is no issue 77') });
  });
});

describe('pull requests', () => {
  it('are opened from an edited file, reviewed and merged', async () => {
    const before = shop.repository.refs['refs/heads/main'] ?? '';
    const saved = await shop.post('/acme/shop/edit/main', 'bob', {
      path: 'README.md',
      old: 'README.md',
      base: before,
      text: '# Shop\r\n\r\nMore.\r\n',
      message: '',
      target: 'new',
      branch: 'more',
      act: 'save',
    });
    expect(saved.to).toBe('/acme/shop/compare?base=main&head=more');
    expect(shop.repository.refs['refs/heads/main']).toBe(before);
    const opened = await shop.post('/acme/shop/pulls', 'bob', { title: 'More', body: '', base: 'main', head: 'more' });
    expect(opened.to).toBe('/acme/shop/pull/4');
    const own = await shop.post('/acme/shop/pull/4/reviews', 'bob', { event: 'APPROVE', body: '' });
    expect(own).toMatchObject({ status: 422, text: expect.stringContaining('Can not approve your own pull request') });
    await shop.post('/acme/shop/pull/4/review-comments', 'alice', {
      path: 'README.md',
      line: '3',
      start: '',
      side: 'RIGHT',
      body: 'Less.',
    });
    await shop.post('/acme/shop/pull/4/reviews', 'alice', { event: 'APPROVE', body: 'Good.' });
    const pull = issueAt(4);
    if (!pull.pull) throw new Error('no pull request');
    const merged = await shop.post('/acme/shop/pull/4/merge', 'alice', { method: 'squash', sha: pull.pull.headSha });
    expect(merged.status).toBe(303);
    expect(pull.pull.mergedAt).not.toBeNull();
    expect((await shop.get('/acme/shop/blob/main/README.md', 'alice')).text).toContain('More.');
    expect((await shop.get('/acme/shop/pull/4', 'alice')).text).toContain('Merged');
  });

  it('have threads that are answered, settled, and applied', async () => {
    const { pull, thread, site } = shop;
    const path = `/acme/shop/pull/3/threads/${thread.id}`;
    await shop.post(`${path}/reply`, 'bob', { body: 'Right.' });
    await shop.post(`${path}/resolve`, 'alice', {});
    expect(thread.resolvedBy).toBe('alice');
    expect((await shop.get('/acme/shop/pull/3/files', 'alice')).text).toContain('Resolved</span> by alice');
    await shop.post(`${path}/unresolve`, 'alice', {});
    const applied = await shop.post(`${path}/apply`, 'bob', { comment: String(thread.commentIds[0]) });
    expect(applied.status).toBe(303);
    expect((await shop.get('/acme/shop/blob/index/db/migrations/0002_index.sql', 'bob')).text).toContain(
      'CREATE INDEX CONCURRENTLY',
    );
    expect(threadsOf(site.world, pull)[0]?.outdated).toBe(true);
    const again = await shop.post(`${path}/apply`, 'bob', { comment: String(thread.commentIds[0]) });
    expect(again).toMatchObject({ status: 422, text: expect.stringContaining('outdated') });
  });

  it('become drafts and are ready again', async () => {
    await shop.post('/acme/shop/pull/3/draft', 'bob', { draft: 'yes' });
    expect(shop.pull.pull.draft).toBe(true);
    expect((await shop.get('/acme/shop/pull/3', 'bob')).text).toContain('Pull Request is still a draft');
    await shop.post('/acme/shop/pull/3/draft', 'bob', { draft: 'no' });
    expect(shop.pull.pull.draft).toBe(false);
  });

  it('have checks that a person can ask for again', async () => {
    await shop.post(`/acme/shop/runs/${shop.run.id}/rerun`, 'bob', {});
    await shop.post(`/acme/shop/runs/${shop.run.id}/action`, 'bob', { identifier: 'explain' });
    expect(toldAs().slice(-2)).toEqual(['check_run.rerequested bob', 'check_run.requested_action bob']);
  });

  it('keep reviews that cannot be, and say why', async () => {
    const before = reviewsOf(shop.site.world, shop.pull).length;
    const off = await shop.post('/acme/shop/pull/3/review-comments', 'alice', {
      path: 'db/migrations/0002_index.sql',
      line: '9',
      start: '',
      side: 'RIGHT',
      body: 'x',
    });
    expect(off).toMatchObject({ status: 422, text: expect.stringContaining('must be part of the diff') });
    expect(reviewsOf(shop.site.world, shop.pull)).toHaveLength(before);
  });
});

describe('files and deployments', () => {
  it('refuses a change of a file that somebody else has changed', async () => {
    const reply = await shop.post('/acme/shop/edit/main', 'bob', {
      path: 'README.md',
      old: 'README.md',
      base: '0'.repeat(40),
      text: 'x',
      target: 'same',
      act: 'save',
    });
    expect(reply).toMatchObject({ status: 409, text: expect.stringContaining('Somebody else has committed') });
  });

  it('adds, moves and deletes files', async () => {
    const head = () => shop.repository.refs['refs/heads/main'] ?? '';
    await shop.post('/acme/shop/edit/main', 'bob', {
      path: 'db/a.sql',
      old: 'db/',
      base: head(),
      text: 'a',
      target: 'same',
      act: 'save',
    });
    await shop.post('/acme/shop/edit/main', 'bob', {
      path: 'db/b.sql',
      old: 'db/a.sql',
      base: head(),
      text: 'a',
      target: 'same',
      act: 'save',
    });
    expect((await shop.get('/acme/shop/blob/main/db/a.sql', 'bob')).status).toBe(404);
    expect((await shop.get('/acme/shop/blob/main/db/b.sql', 'bob')).status).toBe(200);
    await shop.post('/acme/shop/edit/main', 'bob', {
      path: 'db/b.sql',
      old: 'db/b.sql',
      base: head(),
      text: 'a',
      target: 'same',
      act: 'delete',
    });
    expect((await shop.get('/acme/shop/blob/main/db/b.sql', 'bob')).status).toBe(404);
    expect((await shop.get('/acme/shop/tree/main/db', 'bob')).text).toContain('migrations');
  });

  it('deploys and reports how it went', async () => {
    await shop.post('/acme/shop/deployments', 'bob', { ref: 'main', environment: 'staging' });
    const [deployment] = shop.site.world.deployments.values();
    await shop.post(`/acme/shop/deployments/${deployment?.id}/statuses`, 'bob', {
      state: 'failure',
      description: 'lock timeout',
    });
    expect(deployment?.statuses.map(({ state, creator }) => [state, creator])).toEqual([['failure', 'bob']]);
    expect((await shop.get('/acme/shop/deployments', 'bob')).text).toContain('lock timeout');
  });
});

describe('who may do what', () => {
  it('is decided by the operations, and said in words', async () => {
    const refused = await shop.post('/acme/shop/pull/3/merge', 'carol', { method: 'merge', sha: '' });
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('carol may not do that') });
    const nobody = await shop.post('/acme/shop/issues', '', { title: 'x' });
    expect(nobody).toMatchObject({ status: 401, text: expect.stringContaining('Choose in the bar above') });
    const blank = await shop.post('/acme/shop/issues', 'bob', { title: ' ' });
    expect(blank.status).toBe(422);
    expect(blank.text).toContain('title');
  });

  it('is chosen in the bar', async () => {
    const chosen = await shop.post('/_sandbox/act-as', '', { login: 'bob', back: '/acme/shop/issues' });
    expect(chosen.to).toBe('/acme/shop/issues');
    expect(chosen.headers.get('set-cookie')).toBe('sandbox-acting=bob; Path=/; HttpOnly; SameSite=Strict');
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nSet-Cookie: x'])
      expect((await shop.post('/_sandbox/act-as', '', { login: 'bob', back })).to).toBe('/');
    for (const login of ['acme', 'database-lead[bot]', 'mallory'])
      expect((await shop.post('/_sandbox/act-as', '', { login, back: '/' })).headers.get('set-cookie')).toContain(
        'acting=;',
      );
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
    'nothing is done for a form from %s',
    async (from) => {
      const before = shop.repository.nextNumber;
      const reply = await shop.post('/acme/shop/issues', 'alice', { title: 'x' }, from);
      expect(reply).toMatchObject({ status: 403, text: expect.stringContaining('not sent from one of the sandbox') });
      expect(shop.repository.nextNumber).toBe(before);
    },
  );
});

describe('faults and deliveries', () => {
  it('show what was sent to an App, and send it again under its old id', async () => {
    const { site, courier } = shop;
    const heard: (string | undefined)[] = [];
    const receiver = createServer((request, response) => {
      heard.push(request.headers['x-github-delivery']?.toString());
      response.writeHead(202).end('queued <b>');
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    const app = must([...site.world.apps.values()][0], 'App', 0);
    app.webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const facts = { guid: 'the-guid', event: 'issues', action: 'opened', installationId: null, repositoryId: null };
    courier.send({ app, ...facts, body: '{"title":"<script>"}', redelivery: false });
    await courier.idle();
    const { id } = must(site.world.deliveries[0], 'delivery', 0);
    expect((await shop.get('/_sandbox/deliveries')).text).toContain('issues.opened');
    const { text } = await shop.get(`/_sandbox/deliveries/${id}`);
    expect(text).toContain('&quot;title&quot;: &quot;&lt;script&gt;&quot;');
    expect(text).toContain('queued &lt;b&gt;');
    expect((await shop.post(`/_sandbox/deliveries/${id}`, 'alice', {})).status).toBe(303);
    await courier.idle();
    expect(heard).toEqual(['the-guid', 'the-guid']);
    expect(site.world.deliveries.map(({ redelivery }) => redelivery)).toEqual([false, true]);
    await new Promise((closed) => receiver.close(closed));
  });

  it('are set and taken away', async () => {
    await shop.post('/_sandbox/faults', 'alice', { fault: 'latency' });
    await shop.post('/_sandbox/faults', 'alice', { fault: 'double' });
    expect(shop.faults.list().map(({ fault }) => fault.kind)).toEqual(['latency', 'delivery']);
    expect((await shop.get('/_sandbox/faults')).text).toContain('latency');
    await shop.post('/_sandbox/faults/1/remove', 'alice', {});
    expect(shop.faults.list()).toHaveLength(1);
    await shop.post('/_sandbox/faults/clear', 'alice', {});
    expect(shop.faults.list()).toEqual([]);
    expect((await shop.post('/_sandbox/faults', 'alice', { fault: 'toString' })).status).toBe(404);
  });
});

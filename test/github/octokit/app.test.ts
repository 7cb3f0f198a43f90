import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Forbidden, NotInstalled } from '../../../src/github/port.ts';
import { at, guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;

beforeEach(() => {
  before();
  net = wire();
});
afterEach(after);

describe('connecting to a repository', () => {
  it('looks the installation up once, whatever the case of its name', async () => {
    const shop = await net.connect();
    expect(await net.github.repository('Acme', 'SHOP')).toBe(shop);
    expect(shop).toMatchObject({ ...at, bot: 'database-lead[bot]' });
  });

  it('says that the App is not installed, and asks again the next time', async () => {
    net.api.get(`${home}/installation`).reply(404, { message: 'Not Found' });
    await expect(net.github.repository(at.owner, at.repo)).rejects.toThrow(NotInstalled);
    await expect(net.connect()).resolves.toMatchObject(at);
  });

  it('passes any other failure on, and asks again the next time', async () => {
    net.api.get(`${home}/installation`).reply(500, { message: 'oops' });
    await expect(net.github.repository(at.owner, at.repo)).rejects.toMatchObject({ status: 500 });
    await expect(net.connect()).resolves.toMatchObject(at);
  });

  it('looks it up again when the installation may have changed', async () => {
    await net.connect(7);
    net.github.forget(7);
    await net.connect(8);
  });

  it('tries again what was lacking when the installation may have been granted it', async () => {
    const shop = await net.connect();
    net.api.post(`${home}/issues/1/sub_issues`).reply(403, { message: 'Resource not accessible by integration' });
    expect(await shop.addSubIssue(1, { number: 2, id: 20 })).toBe(false);
    expect([...shop.without.keys()]).toEqual(['sub-issues']);

    net.github.forget(7);
    const again = await net.connect();
    net.api.post(`${home}/issues/1/sub_issues`).reply(201, {});
    expect(await again.addSubIssue(1, { number: 2, id: 20 })).toBe(true);
  });

  it('knows from the installation what it was not granted', async () => {
    const permissions = { metadata: 'read', issues: 'write', pull_requests: 'write', contents: 'read', checks: 'read' };
    net.api.get(`${home}/installation`).reply(200, { id: 7, permissions });
    const shop = await net.github.repository(at.owner, at.repo);
    expect(Object.fromEntries(shop.without)).toEqual({
      checks: { kind: 'permission', needs: 'checks: write' },
      'task-files': { kind: 'permission', needs: 'contents: write' },
      'resolve-threads': { kind: 'permission', needs: 'contents: write' },
      'merge-queues': { kind: 'permission', needs: 'merge_queues: read' },
      deployments: { kind: 'permission', needs: 'deployments: read' },
      members: { kind: 'permission', needs: 'members: read' },
    });
  });

  it('tries again what a server of another version did not have, and nothing else', async () => {
    const headers = (version: string) => ({ 'x-github-enterprise-version': version });
    const shop = await net.connect();
    const miss = (version: string) => {
      net.api.get(`${home}/issues/1/dependencies/blocked_by?per_page=100`).reply(404, {}, headers(version));
      net.api.get(`${home}/issues/1`).reply(200, {}, headers(version));
    };
    miss('3.17.2');
    await shop.blockedBy(1);
    net.api.post(`${home}/issues`).reply(403, { message: 'Resource not accessible by integration' });
    const issue = { title: 'x', body: '', labels: [], assignees: [] };
    await expect(shop.createIssue(issue)).rejects.toThrow(Forbidden);
    expect(Object.fromEntries(shop.without)).toMatchObject({ dependencies: { kind: 'server', version: '3.17.2' } });
    net.api.get(`${home}/issues/1/comments?per_page=100`).reply(200, [], headers('3.17.2'));
    await shop.comments(1);
    expect(shop.without.has('dependencies')).toBe(true);
    net.api.get(`${home}/issues/1/comments?per_page=100`).reply(200, [], headers('3.19.0'));
    await shop.comments(1);
    expect([...shop.without.keys()]).toEqual(['issues']);
  });

  it('shares what an installation lacks among its repositories', async () => {
    const shop = await net.connect(7);
    net.api.get('/repos/acme/blog/installation').reply(200, { id: 7 });
    const blog = await net.github.repository('acme', 'blog');
    net.api.get('/repos/acme/till/installation').reply(200, { id: 8 });
    const till = await net.github.repository('acme', 'till');
    net.api.post(`${home}/issues/1/sub_issues`).reply(403, { message: 'Resource not accessible by integration' });
    await shop.addSubIssue(1, { number: 2, id: 20 });
    expect([...blog.without.keys()]).toEqual(['sub-issues']);
    expect([...till.without]).toEqual([]);
  });
});

describe('repositories', () => {
  it('lists those of every installation that is not suspended, over all pages', async () => {
    const next = '<https://api.github.com/installation/repositories?per_page=100&page=2>; rel="next"';
    const named = (name: string) => ({ name, owner: { login: 'acme' } });
    net.api.get('/app/installations?per_page=100').reply(200, [
      { id: 7, suspended_at: null },
      { id: 8, suspended_at: '2026-01-01T00:00:00Z' },
    ]);
    net.api
      .get('/installation/repositories?per_page=100')
      .reply(200, { total_count: 2, repositories: [named('shop')] }, { link: next });
    net.api
      .get('/installation/repositories?per_page=100&page=2')
      .reply(200, { total_count: 2, repositories: [named('blog')] });
    expect(await net.github.repositories()).toEqual([
      { owner: 'acme', repo: 'shop' },
      { owner: 'acme', repo: 'blog' },
    ]);
  });
});

describe('missed deliveries', () => {
  const attempt = (id: number, guid: string, status_code: number, delivered_at: string) => ({
    id,
    guid,
    status_code,
    delivered_at,
    event: 'issues',
  });
  const log = '/app/hook/deliveries?per_page=100';
  const more = { link: '<https://api.github.com/app/hook/deliveries?per_page=100&cursor=x>; rel="next"' };

  it('are those of which no attempt arrived, whatever the order of the attempts', async () => {
    net.api
      .get(log)
      .reply(200, [
        attempt(6, 'd', 0, '2026-11-20T12:06:00Z'),
        attempt(5, 'a', 200, '2026-11-20T12:05:00Z'),
        attempt(4, 'b', 502, '2026-11-20T12:04:00Z'),
        attempt(3, 'c', 202, '2026-11-20T12:03:00Z'),
        attempt(2, 'b', 504, '2026-11-20T12:02:00Z'),
        attempt(1, 'a', 500, '2026-11-20T12:01:00Z'),
      ]);
    const missed = await net.github.missedDeliveries(new Date('2026-11-20T12:00:00Z'));
    expect(missed.map(({ guid }) => guid)).toEqual(['d', 'b']);
    expect([4, 2]).toContain(missed.find(({ guid }) => guid === 'b')?.id);
  });

  it('are read page by page, no further back than asked', async () => {
    net.api.get(log).reply(200, [attempt(9, 'new', 500, '2026-11-20T12:00:00Z')], more);
    net.api
      .get(`${log}&cursor=x`)
      .reply(
        200,
        [attempt(8, 'in', 500, '2026-11-20T11:00:00Z'), attempt(7, 'out', 500, '2026-11-20T10:59:59Z')],
        more,
      );
    const missed = await net.github.missedDeliveries(new Date('2026-11-20T11:00:00Z'));
    expect(missed).toEqual([
      { id: 9, guid: 'new', event: 'issues' },
      { id: 8, guid: 'in', event: 'issues' },
    ]);
  });

  it('are asked for by their id', async () => {
    net.api.post('/app/hook/deliveries/9/attempts').reply(202, {});
    await expect(net.github.redeliver(9)).resolves.toBeUndefined();
  });
});

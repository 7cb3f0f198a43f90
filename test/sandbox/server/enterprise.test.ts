import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
  await town.as('bob').rest.issues.create({ ...where, title: 'one' });
  await town.as('bob').rest.issues.create({ ...where, title: 'two' });
});
beforeEach(() => town.sandbox.becomeServer(null));
afterAll(() => town.close());

const graphql = (query: string) => town.as('bob').graphql<object>(query);
const fields =
  'query { repository(owner: "acme", name: "shop") { issue(number: 1) { parent { number } subIssues(first: 1) { totalCount } } } }';
const one = { ...where, issue_number: 1 };

function send(path: string, headers: Record<string, string> = {}) {
  return fetch(town.sandbox.apiUrl + path, {
    headers: { authorization: `token ${town.sandbox.tokenOf('bob')}`, ...headers },
  });
}

describe('an Enterprise Server', () => {
  it.each([
    ['3.15', false, false],
    ['3.16', true, false],
    ['3.18.4', true, false],
    ['3.19', true, true],
    ['4.0', true, true],
  ])(
    '%s: sub-issues in GraphQL %s, dependencies %s, and never the endpoints of sub-issues',
    async (version, hierarchy, dependencies) => {
      town.sandbox.becomeServer(version);
      const asked = graphql(fields);
      if (hierarchy) await asked;
      else await expect(asked).rejects.toThrow("Field 'parent' doesn't exist on type 'Issue'");
      expect((await send('/repos/acme/shop/issues/1/dependencies/blocked_by')).status).toBe(dependencies ? 200 : 404);
      for (const path of ['sub_issues', 'parent'])
        expect((await send(`/repos/acme/shop/issues/1/${path}`)).status).toBe(404);
      await expect(town.as('bob').rest.issues.addSubIssue({ ...one, sub_issue_id: 2 })).rejects.toMatchObject({
        status: 404,
      });
      expect((await send('/repos/acme/shop/issues/1')).status).toBe(200);
    },
  );

  it('before 3.16 knows no mutation for sub-issues', async () => {
    town.sandbox.becomeServer('3.15');
    const link = 'mutation { addSubIssue(input: { issueId: "x", subIssueId: "y" }) { issue { id } } }';
    await expect(graphql(link)).rejects.toThrow("Field 'addSubIssue' doesn't exist on type 'Mutation'");
    town.sandbox.becomeServer('3.16');
    await expect(graphql(link)).rejects.toThrow('Could not resolve to a node');
  });

  it('tells its version in every answer, and no limits', async () => {
    town.sandbox.becomeServer('3.17');
    for (const path of ['/meta', '/repos/acme/none']) {
      const { headers } = await send(path);
      expect(headers.get('x-github-enterprise-version')).toBe('3.17.0');
      expect(headers.get('x-ratelimit-limit')).toBeNull();
    }
    expect(await (await send('/meta')).json()).toMatchObject({ installed_version: '3.17.0' });
    expect((await send('/rate_limit')).status).toBe(404);
    expect(await graphql('query { rateLimit { limit } }')).toEqual({ rateLimit: null });
    town.sandbox.becomeServer(null);
    const { headers } = await send('/meta');
    expect(headers.get('x-github-enterprise-version')).toBeNull();
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
  });

  it('takes the newer version of the API from 3.21 on', async () => {
    const newer = { 'x-github-api-version': '2026-03-10' };
    town.sandbox.becomeServer('3.20');
    expect((await send('/user', newer)).status).toBe(400);
    town.sandbox.becomeServer('3.21');
    expect((await send('/user', newer)).status).toBe(200);
  });

  it('says in webhooks which one it is', async () => {
    town.sandbox.becomeServer('3.17');
    await town.as('bob').rest.issues.create({ ...where, title: 'three' });
    await town.sandbox.idle();
    expect(town.sandbox.site.world.deliveries.at(-1)?.requestHeaders).toMatchObject({
      'X-GitHub-Enterprise-Version': '3.17.0',
      'X-GitHub-Enterprise-Host': new URL(town.sandbox.url).host,
    });
  });
});

describe('what is played is changed over HTTP', () => {
  const control = (path: string, body?: object) =>
    fetch(
      `${town.sandbox.url}/_sandbox/${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );

  test('the server', async () => {
    expect(await (await control('server', { version: '3.17' })).json()).toEqual({ version: '3.17.0' });
    expect(await (await control('server')).json()).toEqual({ version: '3.17.0' });
    for (const version of ['latest', 3.17, '3']) expect((await control('server', { version })).status).toBe(422);
    expect(await (await control('server', { version: null })).json()).toEqual({ version: null });
  });

  test('what installations may do, of which the App hears', async () => {
    const label = () => town.bot.rest.issues.createLabel({ ...where, name: `l${Math.random()}` });
    await label();
    expect((await control('permissions', { issues: 'some' })).status).toBe(422);
    expect(await (await control('permissions', { issues: 'none', pull_requests: 'none' })).json()).toMatchObject([
      { permissions: { contents: 'write' } },
    ]);
    await expect(label()).rejects.toMatchObject({ status: 403 });
    await town.sandbox.idle();
    expect(town.sandbox.site.world.deliveries.at(-1)).toMatchObject({
      event: 'installation',
      action: 'new_permissions_accepted',
    });
    await control('permissions', { issues: 'write', pull_requests: 'write' });
    expect(await town.problems()).toEqual([]);
  });
});

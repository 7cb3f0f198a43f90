import { generateKeyPairSync } from 'node:crypto';
import { ProbotOctokit } from 'probot';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
  await town.sandbox.createRepository({ owner: 'acme', name: 'other', private: true, files: { a: 'b' } });
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

test('an App finds itself and its installations', async () => {
  const { apps } = town.app.rest;
  expect((await apps.getAuthenticated()).data).toMatchObject({ id: town.appId, slug: 'database-lead' });
  expect((await apps.listInstallations()).data.map(({ id }) => id)).toEqual([town.installationId]);
  expect((await apps.getRepoInstallation(where)).data.id).toBe(town.installationId);
  expect((await apps.getOrgInstallation({ org: 'acme' })).data.id).toBe(town.installationId);
  expect((await apps.getInstallation({ installation_id: town.installationId })).data.app_slug).toBe('database-lead');
  expect(await refused(apps.getRepoInstallation({ ...where, repo: 'none' }))).toMatchObject({ status: 404 });
});

test('a token can be narrowed, and then reaches no further', async () => {
  const { data } = await town.app.rest.apps.createInstallationAccessToken({
    installation_id: town.installationId,
    repositories: ['shop'],
    permissions: { issues: 'read' },
  });
  expect(data).toMatchObject({ permissions: { issues: 'read' }, repository_selection: 'selected' });
  const headers = { authorization: `token ${data.token}` };
  const asToken = town.as();
  await asToken.request('GET /repos/{owner}/{repo}/issues', { ...where, headers });
  const create = asToken.request('POST /repos/{owner}/{repo}/issues', { ...where, title: 'x', headers });
  expect(await refused(create)).toMatchObject({ status: 403 });
  const elsewhere = asToken.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'other', headers });
  expect(await refused(elsewhere)).toMatchObject({ status: 404 });
  const listed = await asToken.request('GET /installation/repositories', { headers });
  expect(listed.data.repositories.map(({ name }) => name)).toEqual(['shop']);
  await asToken.request('DELETE /installation/token', { headers });
  expect(await refused(asToken.request('GET /repos/{owner}/{repo}', { ...where, headers }))).toMatchObject({
    status: 401,
  });
});

test.each([
  ['a permission it does not hold', { permissions: { administration: 'write' as const } }],
  ['a repository it does not reach', { repositories: ['none'] }],
])('a token for %s is refused', async (_name, input) => {
  const call = town.app.rest.apps.createInstallationAccessToken({ installation_id: town.installationId, ...input });
  expect(await refused(call)).toMatchObject({ status: 422 });
});

async function jwtOf(appId: number, privateKey: string): Promise<{ token: string }> {
  return (await new ProbotOctokit({ auth: { appId, privateKey } }).auth({ type: 'app' })) as { token: string };
}

test('a JWT of another key, or of no App, is refused', async () => {
  const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
  const forged = await jwtOf(town.appId, privateKey);
  const unknown = await jwtOf(1, town.privateKey);
  for (const [token, status] of [
    [forged.token, 401],
    [unknown.token, 404],
    ['a.b.c', 401],
  ] as const) {
    const call = town.as().request('GET /app', { headers: { authorization: `bearer ${token}` } });
    expect(await refused(call)).toMatchObject({ status });
  }
});

test('a token ends after an hour, and a JWT after ten minutes, by the wall clock', async () => {
  let now = Date.now();
  const other = await startTown({ wallClock: () => now, clock: () => Date.parse('2026-01-01T00:00:00Z') });
  const { data } = await other.app.rest.apps.createInstallationAccessToken({ installation_id: other.installationId });
  const read = () =>
    other.as().request('GET /repos/{owner}/{repo}', { ...where, headers: { authorization: `token ${data.token}` } });
  expect((await read()).data.created_at).toBe('2026-01-01T00:00:00Z');
  const { token } = (await other.app.auth({ type: 'app' })) as { token: string };
  now += 61 * 60 * 1000;
  expect(await refused(read())).toMatchObject({ status: 401 });
  const late = other.as().request('GET /app', { headers: { authorization: `bearer ${token}` } });
  expect((await refused(late)).message).toContain('Expiration time');
  await other.close();
});

test('deliveries are listed, shown, filtered and sent again under the same id', async () => {
  town.answers.push(500);
  await town.as('bob').rest.issues.create({ ...where, title: 'lost' });
  await town.as('bob').rest.issues.create({ ...where, title: 'arrived' });
  await town.sandbox.idle();
  const { apps } = town.app.rest;
  const failed = await town.app.request('GET /app/hook/deliveries', { status: 'failure' });
  expect(failed.data).toMatchObject([{ event: 'issues', action: 'opened', status_code: 500, redelivery: false }]);
  const lost = failed.data[0];
  const { data: shown } = await apps.getWebhookDelivery({ delivery_id: Number(lost?.id) });
  expect(shown.request.payload).toMatchObject({ issue: { title: 'lost' } });
  expect((await apps.redeliverWebhookDelivery({ delivery_id: Number(lost?.id) })).status).toBe(202);
  await town.sandbox.idle();
  const again = town.arrivals.filter(({ guid }) => guid === lost?.guid);
  expect(again.map(({ payload }) => payload)).toEqual([again[0]?.payload, again[0]?.payload]);
  const { data: newest } = await apps.listWebhookDeliveries({ per_page: 1 });
  expect(newest).toMatchObject([{ guid: lost?.guid, redelivery: true, status: 'OK' }]);
  const all = await town.app.paginate('GET /app/hook/deliveries', { per_page: 1 });
  expect(all).toHaveLength(town.arrivals.length);
});

test('deliveries are forgotten after three days', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const other = await startTown({ clock: () => now });
  await other.sandbox.idle();
  expect((await other.app.rest.apps.listWebhookDeliveries()).data).toHaveLength(1);
  now += 3 * 24 * 60 * 60 * 1000 + 1000;
  expect((await other.app.rest.apps.listWebhookDeliveries()).data).toEqual([]);
  await other.close();
});

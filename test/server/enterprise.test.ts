import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsFrom } from '../../src/server/settings.ts';
import { shop } from '../../src/story/shop.ts';
import { anApp, keepStores, type TestApp, until } from './support/app.ts';

const at = { owner: shop.owner, repo: shop.name } as const;
keepStores();

let app: TestApp;

beforeEach(async () => {
  app = await anApp();
});
afterEach(() => app.close());

it('serves a GitHub Enterprise Server that is named by its host', async () => {
  const { sandbox, settings } = app;
  sandbox.becomeServer('3.17');
  const { host } = new URL(sandbox.url);
  const { apiUrl } = settingsFrom({
    APP_ID: settings.appId,
    PRIVATE_KEY: settings.privateKey,
    WEBHOOK_SECRET: settings.webhookSecret,
    GHE_HOST: host,
    GHE_PROTOCOL: 'http',
  });
  const server = await app.start({ apiUrl });
  const { data: issue } = await app.as('alice').issues.create({
    ...at,
    title: 'Add a note to orders',
    body: 'Add column `note` of type text to table `orders`.',
    labels: ['database'],
  });
  const said = async () => {
    const { data } = await app.as('alice').issues.listComments({ ...at, issue_number: issue.number });
    return data.filter(({ user }) => user?.login === 'database-lead[bot]').map(({ body }) => body ?? '');
  };
  await until(async () => (await said()).some((body) => body.includes('I have taken this database request')));
  await sandbox.idle();
  await server.stop();

  const paths = sandbox.requests.filter(({ by }) => by === 'app').map(({ path }) => path);
  expect(paths.filter((path) => !/^\/api\/(?:v3\/|graphql$)/.test(path))).toEqual([]);
  expect(new Set(paths.map((path) => path.split('/')[2]))).toEqual(new Set(['v3', 'graphql']));
  expect((await said()).join()).not.toMatch(/\/\/(?:api\.)?github\.com/);
  expect(sandbox.site.world.deliveries.find(({ event }) => event === 'issues')).toMatchObject({
    statusCode: 200,
    requestHeaders: { 'X-GitHub-Enterprise-Version': '3.17.0', 'X-GitHub-Enterprise-Host': host },
  });
});

it('uses a permission as soon as it is granted', async () => {
  const { sandbox } = app;
  await sandbox.grant({ issues: 'read' });
  const server = await app.start();
  await app.as('alice').issues.create({
    ...at,
    title: 'Add a note to orders',
    body: 'Add column `note` of type text to table `orders`.',
    labels: ['database'],
  });
  await sandbox.idle();
  await until(async () => (await server.pending()) === 0);
  const writes = () => sandbox.requests.filter(({ by, write }) => by === 'app' && write).length;
  expect(writes()).toBe(0);
  await sandbox.grant({ issues: 'write' });
  await until(() => writes() > 0);
  await server.stop();
});

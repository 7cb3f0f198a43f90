import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anApp, keepStores, post, signed, type TestApp, until } from './support/app.ts';

keepStores();

const main = join(import.meta.dirname, '../../src/main.ts');
const secret = 'a webhook secret that no log may show';

let app: TestApp;
beforeAll(async () => {
  app = await anApp(secret);
});
afterAll(() => app.close());

/** The App as it is deployed: a process of its own, with settings from the environment. */
function serve(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    output: () => output,
    lines: () =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
}

it('says why, about what and for which delivery, and never a secret, whatever goes wrong', async () => {
  const server = serve({
    APP_ID: app.settings.appId,
    PRIVATE_KEY: app.settings.privateKey.replaceAll('\n', '\\n'),
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: app.settings.apiUrl,
    DATA_DIRECTORY: app.settings.dataDirectory,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'debug',
  });
  const said = (message: string) => server.lines().find(({ msg }) => msg === message);
  await until(() => said('listening') !== undefined);
  const url = String(said('listening')?.url);
  app.tell(url);

  // Everything fails in turn: the token, the query, a write, the log of deliveries, and a forged webhook.
  const { faults } = app.sandbox;
  faults.add({ kind: 'status', status: 401, times: 2, match: { path: '/graphql', by: 'app' } });
  faults.add({ kind: 'status', status: 418, times: 1, match: { path: '/comments', by: 'app', method: 'POST' } });
  const labels = ['database'];
  const body = 'Add column `note` of type text to table `orders`.';
  await app.as('alice').issues.create({ owner: 'acme', repo: 'shop', title: 'Add a note', body, labels });
  await post(url, 'issues', '{}', { 'x-hub-signature-256': signed('forged', '{}') });
  await until(() => server.lines().some(({ level, why }) => level === 30 && typeof why === 'string'));
  await until(() => server.lines().some(({ level }) => Number(level) >= 50));
  expect(await server.stop()).toBe(0);

  const decision = server.lines().find(({ why }) => typeof why === 'string');
  expect(decision).toMatchObject({ key: 'acme/shop#1', action: expect.any(String), wrote: expect.any(Boolean) });
  const guids = app.sandbox.site.world.deliveries.map(({ guid }) => guid);
  expect(server.lines().some(({ delivery, key }) => guids.includes(String(delivery)) && key === 'acme/shop#1')).toBe(
    true,
  );
  expect(said('stopped')).toBeDefined();

  const key = app.settings.privateKey.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'));
  const tokens = [...app.sandbox.site.world.tokens.keys()];
  expect(key.length).toBeGreaterThan(5);
  expect(tokens.length).toBeGreaterThan(0);
  for (const hidden of [secret, ...key, ...tokens, 'PRIVATE KEY', 'authorization'])
    expect(server.output().includes(hidden), `the log shows ${hidden.slice(0, 12)}`).toBe(false);
  // A JSON web token begins like this.
  expect(server.output()).not.toMatch(/eyJ[\w-]+\.eyJ/);
});

it('a wrong setting ends the process with its name and without its value', async () => {
  const server = serve({ APP_ID: 'twelve', PRIVATE_KEY: 'my private words', WEBHOOK_SECRET: secret });
  expect(await server.ended).toBe(2);
  expect(server.output()).toMatch(/APP_ID/);
  expect(server.output()).toMatch(/PRIVATE_KEY/);
  expect(server.output()).not.toMatch(/my private words|a webhook secret/);
});

import { generateKeyPairSync } from 'node:crypto';
import { openInMemory } from '../../../src/sandbox/git/store.ts';
import { executeGraphql } from '../../../src/sandbox/graphql/execute.ts';
import { installApp, registerApp } from '../../../src/sandbox/operations/apps.ts';
import { createRepository, type RepositorySeed } from '../../../src/sandbox/operations/repositories.ts';
import type { Actor, Happening, Site } from '../../../src/sandbox/site.ts';
import type { Permissions } from '../../../src/sandbox/state/accounts.ts';
import { emptyWorld } from '../../../src/sandbox/state/world.ts';

/** A sandbox without its HTTP server: real state, git and operations; what Apps would be told is collected. */
function aSite() {
  const git = openInMemory();
  const told: Happening[] = [];
  let seconds = Date.parse('2026-11-02T09:00:00Z') / 1000;
  let last: Promise<unknown> = Promise.resolve();
  const site: Site = {
    world: emptyWorld(),
    gitOf: () => git,
    now() {
      seconds += 1;
      return new Date(seconds * 1000).toISOString().replace('.000', '');
    },
    url: () => 'http://sandbox.test',
    async emit(happening) {
      await happening.payload();
      told.push(happening);
    },
    exclusive(work) {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    },
  };
  return { site, told };
}

/** Small, because nobody attacks it and it is made in every test file. */
const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();

const shop: RepositorySeed = {
  owner: 'acme',
  name: 'shop',
  files: {
    'README.md': '# Shop\n',
    'db/migrations/0001_init.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
    'logo.png': new Uint8Array([137, 80, 78, 71, 0, 1, 2]),
  },
  users: [
    { login: 'alice', permission: 'admin' },
    { login: 'bob', permission: 'write' },
    { login: 'carol', permission: 'read' },
  ],
  labels: [{ name: 'database', color: '0e8a16' }],
};

export function user(login: string): Actor {
  return { kind: 'user', login };
}

/** The shop, its people, and an App installed on it. */
export async function aShop(
  permissions: Permissions = { issues: 'write', pull_requests: 'write', contents: 'write', checks: 'write' },
) {
  const { site, told } = aSite();
  const repository = await createRepository(site, shop);
  const app = registerApp(site, { name: 'Database Lead', webhookUrl: null, permissions, events: [], privateKey });
  const installation = await installApp(site, app, 'acme', null);
  const bot: Actor = {
    kind: 'installation',
    appId: app.id,
    installationId: installation.id,
    permissions: installation.permissions,
    repositoryIds: null,
    token: 'ghs_test',
  };
  const ask = (actor: Actor, query: string, variables?: object) =>
    site.exclusive(() => executeGraphql(site, actor, { query, variables }));
  return { site, told, repository, bot, ask };
}

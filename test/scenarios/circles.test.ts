import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engines } from '../../src/engines/engines.ts';
import type { Client } from '../../src/github/octokit/client.ts';
import { memoryCache } from '../support/inline-store.ts';
import { life, type Shop, sharedEngines, shopSandbox, stageOn } from '../support/replay.ts';

let engines: Engines;
let shop: Shop;

beforeAll(async () => {
  engines = sharedEngines();
  shop = await shopSandbox();
});

afterAll(async () => {
  await engines.close();
  await shop.sandbox.close();
});

type After = (
  hook: 'request',
  then: (answer: unknown, options: { method: string; url: string }) => Promise<void>,
) => void;

it('stops and says so when another automation undoes every label', async () => {
  const { owner, repo, as } = stageOn(shop.sandbox);
  const { data: issue } = await as('bob').rest.issues.create({
    owner,
    repo,
    title: 'Coupons',
    body: 'Add a `coupon_code` column to orders.',
  });
  await as('bob').rest.issues.addLabels({ owner, repo, issue_number: issue.number, labels: ['database'] });

  const undone = new WeakSet<object>();
  async function installation(id: number, fresh: boolean): Promise<Client> {
    const client = await shop.clients.installation(id, fresh);
    if (undone.has(client)) return client;
    undone.add(client);
    const { hook } = client as unknown as { hook: { after: After } };
    hook.after('request', async (_answer, { method, url }) => {
      if (method !== 'POST' || !url.endsWith('/labels') || !url.includes('/issues/')) return;
      await as('alice').rest.issues.removeLabel({ owner, repo, issue_number: issue.number, name: 'db:needs-info' });
    });
    return client;
  }

  const app = life({ ...shop, clients: { app: shop.clients.app, installation } }, engines, memoryCache(), {
    writes: 0,
  });
  await app.look(`${owner}/${repo}#${issue.number}`);

  const { data: comments } = await as('alice').rest.issues.listComments({ owner, repo, issue_number: issue.number });
  const said = comments.filter(({ body }) => body?.includes('three times in a row'));
  expect(said).toHaveLength(1);
  await app.look(`${owner}/${repo}#${issue.number}`);
  const { data: later } = await as('alice').rest.issues.listComments({ owner, repo, issue_number: issue.number });
  expect(later).toHaveLength(comments.length);
}, 60_000);

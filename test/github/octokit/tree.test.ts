import { afterEach, beforeEach, expect, it } from 'vitest';
import { guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;

beforeEach(() => {
  before();
  net = wire();
});
afterEach(after);

const blob = (path: string, size = 3) => ({ path, mode: '100644', type: 'blob', sha: `sha of ${path}`, size });
const folder = (path: string) => ({ path, mode: '040000', type: 'tree', sha: `tree-${path}` });
const submodule = { path: 'vendor', mode: '160000', type: 'commit', sha: 'c0ffee' };

it('lists files, not folders and not submodules, and asks once for a commit', async () => {
  const shop = await net.connect();
  net.api
    .get(`${home}/git/trees/c1?recursive=1`)
    .reply(200, { truncated: false, tree: [folder('db'), blob('db/a.sql', 0), submodule, blob('b.sql')] });
  const expected = {
    entries: [
      { path: 'db/a.sql', sha: 'sha of db/a.sql', size: 0 },
      { path: 'b.sql', sha: 'sha of b.sql', size: 3 },
    ],
    truncated: false,
  };
  expect(await shop.tree('c1')).toEqual(expected);
  expect(await shop.tree('c1')).toEqual(expected);
});

it('walks the folders of a tree that is too large for one answer', async () => {
  const shop = await net.connect();
  const answer = (tree: readonly object[], truncated = false) => ({ truncated, tree });
  net.api.get(`${home}/git/trees/c1?recursive=1`).reply(200, answer([blob('only/a/part.sql')], true));
  net.api.get(`${home}/git/trees/c1`).reply(200, answer([folder('db'), folder('src'), blob('README.md'), submodule]));
  net.api.get(`${home}/git/trees/tree-db`).reply(200, answer([folder('migrations')]));
  net.api.get(`${home}/git/trees/tree-migrations`).reply(200, answer([blob('1.sql'), blob('2.sql')]));
  net.api.get(`${home}/git/trees/tree-src`).reply(200, answer([blob('index.js')]));
  const { entries, truncated } = await shop.tree('c1');
  expect(entries.map(({ path }) => path).toSorted()).toEqual([
    'README.md',
    'db/migrations/1.sql',
    'db/migrations/2.sql',
    'src/index.js',
  ]);
  expect(truncated).toBe(false);
});

it('says so when a single folder is too large', async () => {
  const shop = await net.connect();
  net.api.get(`${home}/git/trees/c1?recursive=1`).reply(200, { truncated: true, tree: [] });
  net.api.get(`${home}/git/trees/c1`).reply(200, { truncated: true, tree: [blob('a.sql')] });
  expect(await shop.tree('c1')).toMatchObject({ truncated: true, entries: [{ path: 'a.sql' }] });
});

it('does not remember a failure', async () => {
  const shop = await net.connect();
  net.api.get(`${home}/git/trees/c1?recursive=1`).reply(500, { message: 'oops' });
  await expect(shop.tree('c1')).rejects.toMatchObject({ status: 500 });
  net.api.get(`${home}/git/trees/c1?recursive=1`).reply(200, { truncated: false, tree: [] });
  expect(await shop.tree('c1')).toEqual({ entries: [], truncated: false });
});

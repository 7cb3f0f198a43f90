import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { startTown, type Town, where } from './support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());

test('a sandbox goes back to where it was: issues, branches, ids and the log', async () => {
  const bob = town.as('bob').rest;
  await bob.issues.create({ ...where, title: 'before' });
  await town.branch('topic', { 'a.sql': 'SELECT 1;\n' });
  await town.sandbox.idle();
  const snapshot = town.sandbox.snapshot();
  const deliveries = town.sandbox.site.world.deliveries.length;

  async function play(): Promise<unknown> {
    const { data } = await bob.issues.create({ ...where, title: 'after' });
    const pull = await bob.pulls.create({ ...where, title: 'x', head: 'topic', base: 'main' });
    await bob.pulls.merge({ ...where, pull_number: pull.data.number });
    await town.sandbox.idle();
    return { id: data.id, number: data.number, pull: pull.data.id };
  }

  const first = await play();
  town.sandbox.restore(snapshot);
  expect((await bob.issues.listForRepo({ ...where, state: 'all' })).data.map(({ title }) => title)).toEqual(['before']);
  expect((await bob.repos.compareCommitsWithBasehead({ ...where, basehead: 'main...topic' })).data.ahead_by).toBe(1);
  expect(town.sandbox.site.world.deliveries).toHaveLength(deliveries);
  expect(await play()).toEqual(first);
  town.sandbox.restore(snapshot);
  expect((await bob.issues.listForRepo({ ...where, state: 'all' })).data).toHaveLength(1);
});

test('a snapshot can be gone on from elsewhere, files and all', async () => {
  const snapshot = structuredClone(town.sandbox.snapshot());
  const other = await startSandbox();
  other.restore(snapshot);
  const response = await fetch(`${other.apiUrl}/repos/acme/shop/contents/README.md?ref=topic`, {
    headers: { authorization: `token ${other.tokenOf('bob')}`, accept: 'application/vnd.github.raw' },
  });
  expect(await response.text()).toContain('A small shop.');
  await other.close();
});

test('the same story by the same clock has the same ids and commits', async () => {
  async function story(): Promise<unknown> {
    let now = Date.parse('2026-01-01T00:00:00Z');
    // It stands still within a step: deliveries look at it too, and when they do so is not part of the story.
    const told = await startTown({ clock: () => now });
    now += 1000;
    const sha = await told.branch('topic', { 'a.sql': 'SELECT 1;\n' });
    now += 1000;
    const { data } = await told.as('bob').rest.pulls.create({ ...where, title: 'x', head: 'topic', base: 'main' });
    now += 1000;
    const merged = await told.as('bob').rest.pulls.merge({ ...where, pull_number: data.number });
    await told.sandbox.idle();
    await told.close();
    return {
      sha,
      id: data.id,
      created: data.created_at,
      merged: merged.data.sha,
      guids: told.arrivals.map(({ guid }) => guid),
    };
  }
  expect(await story()).toEqual(await story());
});

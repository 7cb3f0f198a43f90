import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitsBetween, contains, mergeBase, walk } from '../../../src/sandbox/git/history.ts';
import { readCommit } from '../../../src/sandbox/git/objects.ts';
import type { Git } from '../../../src/sandbox/git/store.ts';
import { aGit, commit, tree } from './support.ts';

/** A graph: each commit's parents as indexes of earlier ones, and its date, which may lie. */
const graphs = fc.array(fc.record({ parents: fc.array(fc.nat(11), { maxLength: 2 }), minute: fc.nat(5) }), {
  minLength: 2,
  maxLength: 12,
});

async function build(git: Git, graph: readonly { parents: readonly number[]; minute: number }[]): Promise<string[]> {
  const empty = await tree(git, { a: 'b' });
  const made: string[] = [];
  for (const [at, { parents, minute }] of graph.entries()) {
    const above = at === 0 ? [] : [...new Set(parents.map((parent) => made[parent % at] ?? ''))];
    made.push(await commit(git, empty, above, `commit ${at}`, minute));
  }
  return made;
}

async function ancestors(git: Git, oid: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(oid)) return found;
  found.add(oid);
  for (const parent of (await readCommit(git, oid)).parents) await ancestors(git, parent, found);
  return found;
}

describe('any two commits, whatever their dates say', () => {
  test('have as base a common ancestor below which no better one lies', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const git = aGit();
        const made = await build(git, graph);
        const [left = '', right = ''] = [made.at(-1), made.at(-2)];
        const [ours, theirs] = [await ancestors(git, left), await ancestors(git, right)];
        const shared = [...ours].filter((oid) => theirs.has(oid));
        const base = await mergeBase(git, left, right);
        expect(base === null ? [] : [base]).toEqual(shared.length === 0 ? [] : [expect.toBeOneOf(shared)]);
        for (const other of shared)
          if (other !== base) expect((await ancestors(git, other)).has(base ?? '')).toBe(false);
      }),
    );
  });

  test('differ by exactly the commits that one of them lacks, parents first', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const git = aGit();
        const made = await build(git, graph);
        const [base = '', head = ''] = [made.at(-2), made.at(-1)];
        const known = await ancestors(git, base);
        const missing = [...(await ancestors(git, head))].filter((oid) => !known.has(oid));
        const between = await commitsBetween(git, base, head);
        expect(new Set(between.map(({ oid }) => oid))).toEqual(new Set(missing));
        for (const [at, { parents }] of between.entries())
          for (const parent of parents) expect(between.findIndex(({ oid }) => oid === parent)).toBeLessThan(at);
        expect(await contains(git, head, base)).toBe((await ancestors(git, head)).has(base));
      }),
    );
  });
});

test('what lies far below two close commits is never read', async () => {
  const git = aGit();
  const empty = await tree(git, { a: 'b' });
  let head = await commit(git, empty, [], 'root', 0);
  for (let at = 1; at < 300; at += 1) head = await commit(git, empty, [head], `commit ${at}`, at);
  const left = await commit(git, empty, [head], 'left', 300);
  const right = await commit(git, empty, [head], 'right', 301);
  expect(await mergeBase(git, left, right)).toBe(head);
  expect((await commitsBetween(git, left, right)).map(({ message }) => message)).toEqual(['right']);
  expect(git.commits.size).toBeLessThan(10);
});

test('a log shows the newest first', async () => {
  const git = aGit();
  const empty = await tree(git, { a: 'b' });
  const root = await commit(git, empty, [], 'root', 0);
  const [one, two] = [await commit(git, empty, [root], 'one', 1), await commit(git, empty, [root], 'two', 2)];
  const merge = await commit(git, empty, [one, two], 'merge', 3);
  const messages: string[] = [];
  for await (const { message } of walk(git, merge)) messages.push(message);
  expect(messages).toEqual(['merge', 'two', 'one', 'root']);
});

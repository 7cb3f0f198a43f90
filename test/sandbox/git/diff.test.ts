import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffTrees } from '../../../src/sandbox/git/compare.ts';
import { patchOf } from '../../../src/sandbox/git/patch.ts';
import { changedPaths, listTree } from '../../../src/sandbox/git/trees.ts';
import { atPosition, locate } from '../../../src/sandbox/operations/place.ts';
import { aGit, type Files, tree } from './support.ts';

async function diff(before: Files, after: Files) {
  const git = aGit();
  const from = await tree(git, before);
  return diffTrees(git, from, await tree(git, after, from));
}

const forty = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);

describe('patches look as GitHub prints them', () => {
  test.each([
    ['a new file', '', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b'],
    ['an emptied file', 'a\n', '', '@@ -1 +0,0 @@\n-a'],
    ['one line', 'a\n', 'b\n', '@@ -1 +1 @@\n-a\n+b'],
    ['a lost final newline', 'a\n', 'a', '@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file'],
    ['nothing', 'a\n', 'a\n', null],
  ])('%s', (_name, before, after, patch) => {
    expect(patchOf(before, after).text).toBe(patch);
  });

  test('a hunk names the function it is in', () => {
    const before = ['function total() {', ...forty].join('\n');
    expect(patchOf(before, before.replace('line 30', 'changed')).text).toMatch(/^@@ -28,7 \+28,7 @@ line 26\n/);
    const indented = ['function total() {', ...forty.map((line) => `  ${line}`)].join('\n');
    expect(patchOf(indented, indented.replace('line 30', 'changed')).text).toMatch(/ @@ function total\(\) \{\n/);
  });

  test('a patch applied to the old text gives the new one', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd', '');
    const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.map((one) => `${one}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { text: patch } = patchOf(before, after);
        expect(patch === null ? before : applyPatch(before, `--- a\n+++ b\n${patch}\n`)).toBe(after);
      }),
    );
  });

  test('too large a patch is left out, and still counted', () => {
    const after = Array.from({ length: 20_001 }, (_, at) => `${at}\n`).join('');
    expect(patchOf('', after)).toMatchObject({ text: null, additions: 20_001 });
  });
});

describe('files', () => {
  test('are added, removed, modified and renamed', async () => {
    const text = forty.join('\n');
    const files = await diff(
      { moved: text, edited: text.replace('line 7', 'x'), gone: 'short\n', kept: 'same' },
      { moved: null, 'to/moved': text, edited: null, 'to/edited': text, gone: null, new: 'a new file\n' },
    );
    expect(files.map(({ path, status, previousPath }) => [path, status, previousPath])).toEqual([
      ['gone', 'removed', null],
      ['new', 'added', null],
      ['to/edited', 'renamed', 'edited'],
      ['to/moved', 'renamed', 'moved'],
    ]);
    expect(files.at(-1)).toMatchObject({ patch: null, additions: 0 });
  });

  test('that are binary have no patch', async () => {
    expect(await diff({ a: new Uint8Array([0, 1]) }, { a: new Uint8Array([0, 2]) })).toMatchObject([
      { binary: true, patch: null, additions: 0 },
    ]);
  });

  test('may become folders, and folders files', async () => {
    const files = await diff({ a: 'file', 'b/c': 'x' }, { a: null, 'a/b': 'y', 'b/c': null, b: 'now a file' });
    expect(files.map(({ path, status }) => `${path} ${status}`)).toEqual([
      'a removed',
      'a/b added',
      'b added',
      'b/c removed',
    ]);
  });
});

test('places in a patch are found by line and by position', async () => {
  const [file] = await diff(
    { f: forty.join('\n') },
    { f: forty.map((l, at) => (at === 4 || at === 29 ? `${l}!` : l)).join('\n') },
  );
  if (!file) throw new Error('nothing changed');
  expect(locate(file, 'RIGHT', 5)).toMatchObject({ position: 5, hunk: 0 });
  expect(locate(file, 'LEFT', 5)).toMatchObject({ position: 4, hunk: 0 });
  expect(locate(file, 'RIGHT', 30)).toMatchObject({ hunk: 1 });
  expect([locate(file, 'RIGHT', 15), locate(file, 'RIGHT', 41), locate(file, 'LEFT', 0)]).toEqual([null, null, null]);
  for (const line of [2, 5, 8, 27, 30, 33]) {
    const spot = locate(file, 'RIGHT', line);
    expect(atPosition(file, spot?.position ?? 0)).toEqual({ side: 'RIGHT', line });
  }
  expect([atPosition(file, 0), atPosition(file, 999)]).toEqual([null, null]);
});

test('in a tree of 5,000 files a change reads and writes only the folders above it', async () => {
  const git = aGit();
  const files = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at % 50}/${at}.sql`, `SELECT ${at};`]));
  const before = await tree(git, files);
  expect((await listTree(git, before)).filter(({ type }) => type === 'blob')).toHaveLength(5000);
  const written = git.files?.size ?? 0;
  const after = await tree(git, { 'f7/7.sql': 'changed' }, before);
  expect((git.files?.size ?? 0) - written).toBe(3);
  expect((await changedPaths(git, before, after)).map(({ path }) => path)).toEqual(['f7/7.sql']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeCommits, mergeText } from '../../../src/sandbox/git/merge.ts';
import { readBlob } from '../../../src/sandbox/git/objects.ts';
import { entryAt } from '../../../src/sandbox/git/trees.ts';
import { aGit, commit, type Files, tree } from './support.ts';

const base = 'a\nb\nc\nd\ne\n';

describe('texts', () => {
  test.each([
    ['both sides change different lines', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
    ['both sides make the same change', 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\n'],
    ['one side adds, the other removes elsewhere', 'a\nb\nb2\nc\nd\ne\n', 'a\nb\nc\nd\n', 'a\nb\nb2\nc\nd\n'],
    ['both change one line', 'a\nX\nc\nd\ne\n', 'a\nY\nc\nd\ne\n', null],
    ['touching changes', 'a\nX\nc\nd\ne\n', 'a\nb\nY\nd\ne\n', null],
    ['both add at one place', 'a\nX\nb\nc\nd\ne\n', 'a\nY\nb\nc\nd\ne\n', null],
  ])('%s', (_name, ours, theirs, expected) => {
    expect(mergeText(base, ours, theirs)).toBe(expected);
    expect(mergeText(base, theirs, ours)).toBe(expected);
  });

  test('a side that did nothing changes nothing', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (from, to) => {
        expect(mergeText(from, to, from)).toBe(to);
        expect(mergeText(from, from, to)).toBe(to);
      }),
    );
  });
});

async function merge(start: Files, ours: Files, theirs: Files) {
  const git = aGit();
  const from = await tree(git, start);
  const root = await commit(git, from, []);
  const left = await commit(git, await tree(git, ours, from), [root]);
  const right = await commit(git, await tree(git, theirs, from), [root]);
  const merged = await mergeCommits(git, left, right);
  async function read(path: string): Promise<string | null> {
    const entry = merged.kind === 'merged' ? await entryAt(git, merged.tree, path) : null;
    return entry ? Buffer.from(await readBlob(git, entry.oid)).toString() : null;
  }
  return { merged, read };
}

describe('commits', () => {
  test('of which one adds and one changes are merged', async () => {
    const { merged, read } = await merge(
      { 'a.sql': base, 'd/x': '1' },
      { 'd/y': '2', 'a.sql': `0\n${base}` },
      {
        'a.sql': `${base}f\n`,
        'd/x': null,
      },
    );
    expect(merged.kind).toBe('merged');
    expect(await read('a.sql')).toBe(`0\n${base}f\n`);
    expect([await read('d/x'), await read('d/y')]).toEqual([null, '2']);
  });

  test.each([
    ['added twice', {}, { new: '1' }, { new: '2' }],
    ['changed and removed', { old: '1' }, { old: '2' }, { old: null }],
    ['binary on both sides', { bin: '\0a' }, { bin: '\0b' }, { bin: '\0c' }],
  ])('%s conflict', async (_name, start: Files, ours: Files, theirs: Files) => {
    const { merged } = await merge({ keep: 'x', ...start }, ours, theirs);
    expect(merged).toMatchObject({ kind: 'conflict', paths: [Object.keys(ours)[0]] });
  });

  test('that did the same are merged', async () => {
    const { merged } = await merge({ keep: 'x' }, { new: '1' }, { new: '1' });
    expect(merged.kind).toBe('merged');
  });
});

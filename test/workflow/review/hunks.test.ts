import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../../src/github/port.ts';
import { hunksOf, spotOf } from '../../../src/workflow/review/hunks.ts';

const patch = [
  '@@ -1,3 +1,4 @@',
  ' a',
  '+b',
  ' c',
  ' d',
  '@@ -10 +11,2 @@ some heading',
  '-x',
  '+y',
  '+z',
  '@@ -20,2 +0,0 @@',
  '-gone',
  '-too',
].join('\n');

describe('hunksOf', () => {
  it('gives the lines of the new side', () => {
    expect(hunksOf(patch)).toEqual([
      { first: 1, last: 4 },
      { first: 11, last: 12 },
    ]);
  });

  it('takes a length that is left out for one line', () => {
    expect(hunksOf('@@ -0,0 +1 @@\n+one')).toEqual([{ first: 1, last: 1 }]);
  });

  it.each([[undefined], [''], ['Binary files differ']])('finds none in %s', (text) => {
    expect(hunksOf(text)).toEqual([]);
  });

  it('is not fooled by a line that looks like a heading', () => {
    expect(hunksOf('@@ -1 +1,2 @@\n+@@ -5 +5,9 @@ in a comment\n+x')).toEqual([{ first: 1, last: 2 }]);
  });
});

describe('spotOf', () => {
  const file: ChangedFile = { path: 'a.sql', status: 'modified', sha: 'x', changes: 6, patch };
  const { patch: _, ...bare } = file;

  it.each([
    ['all of a hunk', 1, 4, { kind: 'lines', first: 1, last: 4, whole: true }],
    ['a line of one', 12, 12, { kind: 'lines', first: 12, last: 12, whole: true }],
    ['beyond its end', 4, 5, { kind: 'lines', first: 4, last: 4, whole: false }],
    ['before its beginning', 8, 11, { kind: 'lines', first: 11, last: 11, whole: false }],
    ['two hunks', 3, 11, { kind: 'lines', first: 3, last: 4, whole: false }],
    ['around two hunks', 0, 99, { kind: 'lines', first: 1, last: 4, whole: false }],
    ['between two hunks', 5, 10, { kind: 'none' }],
    ['behind the last', 20, 20, { kind: 'none' }],
  ])('%s', (_name, first, last, expected) => {
    expect(spotOf(file, first, last)).toEqual(expected);
  });

  it('is the file where its hunks are too large to be shown', () => {
    expect(spotOf({ ...bare, changes: 30_000 }, 1, 2)).toEqual({ kind: 'file' });
  });

  it.each([
    ['a file that is only renamed', { ...bare, status: 'renamed', changes: 0 }],
    ['a removed file', { ...file, status: 'removed' }],
    ['a file that the pull request leaves alone', undefined],
  ] as const)('is nowhere in %s', (_name, changed) => {
    expect(spotOf(changed, 1, 1)).toEqual({ kind: 'none' });
  });
});

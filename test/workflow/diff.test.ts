import { describe, expect, it } from 'vitest';
import { hunksOf, isCommentable } from '../../src/workflow/diff.ts';

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

describe('isCommentable', () => {
  it.each([
    [1, 4, true],
    [4, 5, false],
    [4, 11, false],
    [11, 12, true],
    [20, 20, false],
  ])('%i to %i: %s', (first, last, expected) => {
    expect(isCommentable(hunksOf(patch), first, last)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { Tree } from '../../../src/github/port.ts';
import { changesBetween } from '../../../src/workflow/observe/changed-files.ts';

const tree = (files: Readonly<Record<string, string>>): Tree => ({
  entries: Object.entries(files).map(([path, sha]) => ({ path, sha, size: 1 })),
  truncated: false,
});

describe('what a merge group changes', () => {
  it.each([
    ['nothing', { a: '1' }, { a: '1' }, []],
    ['a new file', {}, { a: '1' }, [{ path: 'a', sha: '1', status: 'added', changes: 0 }]],
    ['another text', { a: '1' }, { a: '2' }, [{ path: 'a', sha: '2', status: 'modified', changes: 0 }]],
    ['a file that is gone', { a: '1' }, {}, [{ path: 'a', sha: '1', status: 'removed', changes: 0 }]],
    [
      'another path',
      { a: '1' },
      { b: '1' },
      [{ path: 'b', previousPath: 'a', sha: '1', status: 'renamed', changes: 0 }],
    ],
    ['a copy', { a: '1' }, { a: '1', b: '1' }, [{ path: 'b', sha: '1', status: 'added', changes: 0 }]],
    [
      'two of the same text, one of which moved twice',
      { a: '1', b: '1' },
      { c: '1', d: '1', e: '1' },
      [
        { path: 'c', previousPath: 'b', sha: '1', status: 'renamed', changes: 0 },
        { path: 'd', sha: '1', status: 'added', changes: 0 },
        { path: 'e', sha: '1', status: 'added', changes: 0 },
        { path: 'a', sha: '1', status: 'removed', changes: 0 },
      ],
    ],
  ])('is %s', (_, before, after, changes) => {
    expect(changesBetween(tree(before), tree(after))).toEqual(changes);
  });
});

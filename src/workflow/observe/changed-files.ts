import type { ChangedFile, PullSnapshot, Repository, Tree } from '../../github/port.ts';

/** The files that a pull request changes. `undefined`: it is gone. */
export async function listedFiles(repository: Repository, number: number): Promise<readonly ChangedFile[] | undefined> {
  try {
    return await repository.changedFiles(number);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * The listed files with those that GitHub leaves out of its list, which ends at 3,000 (REST reference, "List pull requests
 * files"): found by comparing the trees of the head and of the commit where the branch began. `cut`: not even the trees
 * are whole, so that some files are unknown.
 */
export async function completed(
  repository: Repository,
  pull: PullSnapshot,
  listed: readonly ChangedFile[],
): Promise<{ readonly files: readonly ChangedFile[]; readonly cut: boolean }> {
  if (pull.changedFiles <= listed.length) return { files: listed, cut: false };
  const begin = await repository.mergeBase(pull.base.sha, pull.head.sha);
  if (begin === undefined) return { files: listed, cut: true };
  const [before, after] = await Promise.all([repository.tree(begin), repository.tree(pull.head.sha)]);
  const known = new Set(listed.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  const unlisted = between(before, after).filter(({ path }) => !known.has(path));
  return { files: [...listed, ...unlisted], cut: before.truncated || after.truncated };
}

/** What differs between two trees; no lines are known of it. */
function between(before: Tree, after: Tree): readonly ChangedFile[] {
  const was = new Map(before.entries.map(({ path, sha }) => [path, sha]));
  const is = new Set(after.entries.map(({ path }) => path));
  return [
    ...after.entries.flatMap(({ path, sha }): ChangedFile[] => {
      if (was.get(path) === sha) return [];
      return [{ path, sha, status: was.has(path) ? 'modified' : 'added', changes: 1 }];
    }),
    ...before.entries.flatMap(({ path, sha }): ChangedFile[] =>
      is.has(path) ? [] : [{ path, sha, status: 'removed', changes: 1 }],
    ),
  ];
}

import { writeCommit } from '../../../src/sandbox/git/objects.ts';
import { type Git, openInMemory } from '../../../src/sandbox/git/store.ts';
import { changeTree, emptyTree, type TreeChange } from '../../../src/sandbox/git/trees.ts';

export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export function aGit(): Git {
  return openInMemory();
}

/** A tree with these files on top of another. */
export function tree(git: Git, files: Files, on = emptyTree): Promise<string> {
  const changes = Object.entries(files).map(
    ([path, content]): TreeChange => (content === null ? { path, delete: true } : { path, content }),
  );
  return changeTree(git, on, changes);
}

/** A commit of a tree. `minute` dates it. */
export function commit(git: Git, oid: string, parents: readonly string[], message = 'x', minute = 0): Promise<string> {
  const date = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString().replace('.000', '');
  const person = { name: 'bob', email: 'bob@example.test', date };
  return writeCommit(git, { tree: oid, parents, message, author: person, committer: person });
}

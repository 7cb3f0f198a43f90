import { deleteRef, writeRef } from 'isomorphic-git';
import type { Git } from './store.ts';

/**
 * Writes a ref of the world into a store on disk, so that git and people can read the folder. In memory nobody looks.
 *
 * @param oid commit, or `null` for a deleted ref.
 */
export async function mirrorRef(git: Git, ref: string, oid: string | null): Promise<void> {
  if (git.files !== null) return;
  const at = { fs: git.fs, gitdir: git.gitdir, ref };
  if (oid === null) await deleteRef(at);
  else await writeRef({ ...at, value: oid, force: true });
}

/** Makes a branch the one that a store on disk checks out. */
export async function mirrorHead(git: Git, branch: string): Promise<void> {
  if (git.files !== null) return;
  const at = { fs: git.fs, gitdir: git.gitdir };
  await writeRef({ ...at, ref: 'HEAD', value: `refs/heads/${branch}`, symbolic: true, force: true });
}

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  readBlob as readBlobObject,
  readCommit as readCommitObject,
  readObject,
  readTree as readTreeObject,
  writeCommit as writeCommitObject,
  writeObject,
  writeTree as writeTreeObject,
} from 'isomorphic-git';
import type { Commit, Git, Signature, TreeEntry } from './store.ts';

/** Bytes of blobs kept beside their compressed form; larger ones are unpacked each time they are asked for. */
const cachedBlobBytes = 1_000_000;

function location(git: Git) {
  return { fs: git.fs, gitdir: git.gitdir, cache: git.packs };
}

function fromTimestamp(person: { name: string; email: string; timestamp: number }): Signature {
  const date = new Date(person.timestamp * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { name: person.name, email: person.email, date };
}

function toTimestamp(person: Signature) {
  return {
    name: person.name,
    email: person.email,
    timestamp: Math.floor(Date.parse(person.date) / 1000),
    timezoneOffset: 0,
  };
}

/** Reads a commit; rejects when the object is missing or is not a commit. */
export async function readCommit(git: Git, oid: string): Promise<Commit> {
  const known = git.commits.get(oid);
  if (known) return known;
  const { commit } = await readCommitObject({ ...location(git), oid });
  const read: Commit = {
    oid,
    tree: commit.tree,
    parents: commit.parent,
    // git ends messages with a newline, and GitHub shows them without it.
    message: commit.message.replace(/\n+$/, ''),
    author: fromTimestamp(commit.author),
    committer: fromTimestamp(commit.committer),
  };
  git.commits.set(oid, read);
  return read;
}

/** What kind of object an id names, or `null` when there is none. */
export async function objectType(git: Git, oid: string): Promise<'commit' | 'tree' | 'blob' | 'tag' | null> {
  if (!/^[0-9a-f]{40}$/.test(oid)) return null;
  if (git.commits.has(oid)) return 'commit';
  if (git.trees.has(oid)) return 'tree';
  if (git.blobs.has(oid)) return 'blob';
  try {
    const { type } = await readObject({ ...location(git), oid, format: 'parsed' });
    return type as 'commit' | 'tree' | 'blob' | 'tag';
  } catch {
    return null;
  }
}

/** The entries of one tree, not of its subtrees. */
export async function readTree(git: Git, oid: string): Promise<readonly TreeEntry[]> {
  const known = git.trees.get(oid);
  if (known) return known;
  const { tree } = await readTreeObject({ ...location(git), oid });
  git.trees.set(oid, tree);
  return tree;
}

/** The bytes of a blob. */
export async function readBlob(git: Git, oid: string): Promise<Uint8Array> {
  const known = git.blobs.get(oid);
  if (known) return known;
  const { blob } = await readBlobObject({ ...location(git), oid });
  if (blob.length <= cachedBlobBytes) git.blobs.set(oid, blob);
  return blob;
}

/** Writes a blob and returns its id. */
export async function writeBlob(git: Git, bytes: Uint8Array): Promise<string> {
  const header = Buffer.from(`blob ${bytes.length}\0`);
  const oid = createHash('sha1').update(header).update(bytes).digest('hex');
  if (git.blobs.has(oid)) return oid;
  // Hashing and packing with Node's own is many times faster than isomorphic-git's portable code: seeds are big.
  const object = deflateSync(Buffer.concat([header, bytes]), { level: 1 });
  await writeObject({ ...location(git), object, format: 'deflated', oid });
  if (bytes.length <= cachedBlobBytes) git.blobs.set(oid, bytes);
  return oid;
}

/** Writes one tree and returns its id. */
export async function writeTree(git: Git, entries: readonly TreeEntry[]): Promise<string> {
  // In the order in which git keeps them: a folder as if its name ended in a slash.
  const key = ({ path, type }: TreeEntry) => (type === 'tree' ? `${path}/` : path);
  const tree = [...entries].sort((left, right) => (key(left) < key(right) ? -1 : 1));
  const oid = await writeTreeObject({ ...location(git), tree });
  git.trees.set(oid, tree);
  return oid;
}

/** Writes a commit object and returns its id. Moves no ref. */
export async function writeCommit(git: Git, commit: Omit<Commit, 'oid'>): Promise<string> {
  return writeCommitObject({
    ...location(git),
    commit: {
      tree: commit.tree,
      parent: [...commit.parents],
      message: commit.message,
      author: toTimestamp(commit.author),
      committer: toTimestamp(commit.committer),
    },
  });
}

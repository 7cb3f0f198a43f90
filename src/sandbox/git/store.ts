import { cpSync, existsSync, mkdirSync, promises, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromiseFsClient } from 'isomorphic-git';
import { memoryFs, memoryRoot } from './memory-fs.ts';

export interface TreeEntry {
  readonly path: string;
  /** Six octal digits: 100644, 100755, 120000 (link), 040000 (tree), 160000 (submodule). */
  readonly mode: string;
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit';
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, whole seconds. */
  readonly date: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/**
 * One object store. Refs are not in here: they are part of the world, so that a snapshot of the world is a snapshot of
 * all branches, and objects, being immutable, only ever pile up. On disk they are mirrored (`mirror.ts`) for others to read.
 */
export interface Git {
  readonly fs: PromiseFsClient;
  readonly gitdir: string;
  /** The bytes of every file of an in-memory store, or `null` on disk. */
  readonly files: Map<string, Uint8Array> | null;
  /** isomorphic-git's own cache of pack indexes. */
  readonly packs: object;
  readonly commits: Map<string, Commit>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly blobs: Map<string, Uint8Array>;
  /** Results derived from immutable objects, keyed by operation and object ids. */
  readonly derived: Map<string, unknown>;
}

function open(fs: PromiseFsClient, gitdir: string, files: Git['files']): Git {
  return {
    fs,
    gitdir,
    files,
    packs: {},
    commits: new Map(),
    trees: new Map(),
    blobs: new Map(),
    derived: new Map(),
  };
}

/** An object store in memory, over the given files (empty: a new store), reading `below` what it does not hold. */
export function openInMemory(files: Map<string, Uint8Array> = new Map(), below: string | null = null): Git {
  return open(memoryFs(files, below), memoryRoot, files);
}

/**
 * An object store in a bare git folder on disk, made when it is not there yet.
 *
 * @param from git folder whose objects are copied into a new one.
 */
export function openOnDisk(gitdir: string, from: string | null = null): Git {
  if (!existsSync(join(gitdir, 'HEAD'))) {
    for (const folder of ['objects', 'refs/heads', 'refs/tags']) mkdirSync(join(gitdir, folder), { recursive: true });
    if (from) cpSync(join(from, 'objects'), join(gitdir, 'objects'), { recursive: true });
    writeFileSync(join(gitdir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
    writeFileSync(join(gitdir, 'HEAD'), 'ref: refs/heads/main\n');
  }
  return open({ promises }, gitdir, null);
}

/** Computes once per store and key. Only for facts about immutable objects. */
export async function once<T>(git: Git, key: string, compute: () => Promise<T>): Promise<T> {
  const known = git.derived.get(key);
  if (known !== undefined) return known as T;
  const value = await compute();
  git.derived.set(key, value);
  return value;
}

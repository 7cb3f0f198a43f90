import { readTree, writeBlob, writeTree } from './objects.ts';
import { type Git, once, type TreeEntry } from './store.ts';

/** A file of a tree, with its whole path. */
export interface FileEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

/** One change to a tree: new bytes, an existing object, or nothing any more. */
export type TreeChange =
  | { readonly path: string; readonly content: Uint8Array | string; readonly mode?: string }
  | { readonly path: string; readonly oid: string; readonly mode: string }
  | { readonly path: string; readonly delete: true };

/** Object id of the tree without entries, which git knows without being told. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

async function entriesOf(git: Git, oid: string): Promise<readonly TreeEntry[]> {
  return oid === emptyTree ? [] : readTree(git, oid);
}

/** Every entry below a tree, subtrees before what is in them, as the recursive tree API lists them. */
export async function listTree(git: Git, oid: string): Promise<readonly TreeEntry[]> {
  return once(git, `list:${oid}`, async () => {
    const found: TreeEntry[] = [];
    for (const entry of await entriesOf(git, oid)) {
      found.push(entry);
      if (entry.type !== 'tree') continue;
      for (const below of await listTree(git, entry.oid)) found.push({ ...below, path: `${entry.path}/${below.path}` });
    }
    return found;
  });
}

/** The entry at a path, following folders; the tree itself for the empty path. */
export async function entryAt(git: Git, treeOid: string, path: string): Promise<TreeEntry | null> {
  let entry: TreeEntry = { path: '', mode: '040000', oid: treeOid, type: 'tree' };
  for (const part of path.split('/').filter(Boolean)) {
    if (entry.type !== 'tree') return null;
    const next = (await entriesOf(git, entry.oid)).find((candidate) => candidate.path === part);
    if (!next) return null;
    entry = next;
  }
  return entry;
}

interface Folder {
  readonly files: Map<string, { oid: string; mode: string } | null>;
  readonly folders: Map<string, Folder>;
}

function folder(): Folder {
  return { files: new Map(), folders: new Map() };
}

/** Applies changes to a tree and returns the new tree. Only folders on the way to a change are read and written. */
export async function changeTree(git: Git, treeOid: string, changes: readonly TreeChange[]): Promise<string> {
  const root = folder();
  for (const change of changes) {
    const parts = change.path.split('/');
    const name = parts.pop() ?? '';
    let at = root;
    for (const part of parts) {
      const next = at.folders.get(part) ?? folder();
      at.folders.set(part, next);
      at = next;
    }
    if ('delete' in change) at.files.set(name, null);
    else if ('oid' in change) at.files.set(name, { oid: change.oid, mode: change.mode });
    else
      at.files.set(name, {
        oid: await writeBlob(git, Buffer.from(change.content)),
        mode: change.mode ?? '100644',
      });
  }
  return (await rewrite(git, treeOid, root)) ?? writeTree(git, []);
}

function typeOf(mode: string): TreeEntry['type'] {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

/** The new tree's id, or `null` when nothing is left in it: git knows no empty folders. */
async function rewrite(git: Git, treeOid: string, changes: Folder): Promise<string | null> {
  const before = new Map((await entriesOf(git, treeOid)).map((entry) => [entry.path, entry]));
  const entries = new Map(before);
  for (const [name, file] of changes.files) {
    if (file) entries.set(name, { path: name, ...file, type: typeOf(file.mode) });
    else entries.delete(name);
  }
  // Folders come second: where a file gives way to a folder of its name both are changes, and the folder is what stays.
  for (const [name, below] of changes.folders) {
    const was = before.get(name);
    const oid = await rewrite(git, was?.type === 'tree' ? was.oid : emptyTree, below);
    if (oid) entries.set(name, { path: name, mode: '040000', oid, type: 'tree' });
    else if (entries.get(name)?.type === 'tree') entries.delete(name);
  }
  return entries.size === 0 ? null : writeTree(git, [...entries.values()]);
}

/** Paths whose object or mode differs between two trees; equal subtrees are never opened. */
export async function changedPaths(
  git: Git,
  before: string,
  after: string,
  prefix = '',
): Promise<readonly { readonly path: string; readonly before: FileEntry | null; readonly after: FileEntry | null }[]> {
  if (before === after) return [];
  const [left, right] = [await entriesOf(git, before), await entriesOf(git, after)];
  const old = new Map(left.map((entry) => [entry.path, entry]));
  const now = new Map(right.map((entry) => [entry.path, entry]));
  const found: { path: string; before: FileEntry | null; after: FileEntry | null }[] = [];
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(name), now.get(name)];
    if (was?.oid === is?.oid && was?.mode === is?.mode) continue;
    const path = prefix + name;
    const [wasTree, isTree] = [was?.type === 'tree', is?.type === 'tree'];
    if (wasTree || isTree) {
      const trees = [wasTree && was ? was.oid : emptyTree, isTree && is ? is.oid : emptyTree] as const;
      found.push(...(await changedPaths(git, trees[0], trees[1], `${path}/`)));
    }
    const file = {
      path,
      before: was && !wasTree ? { path, mode: was.mode, oid: was.oid } : null,
      after: is && !isTree ? { path, mode: is.mode, oid: is.oid } : null,
    };
    if (file.before || file.after) found.push(file);
  }
  return found;
}

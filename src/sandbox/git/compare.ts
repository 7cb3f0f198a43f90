import { commitsBetween, mergeBase } from './history.ts';
import { readBlob, readCommit } from './objects.ts';
import { type Hunk, isBinary, patchOf, textOf } from './patch.ts';
import { type Commit, type Git, once } from './store.ts';
import { changedPaths, emptyTree, type FileEntry } from './trees.ts';

/** One file of a diff, as GitHub lists it. */
export interface FileDiff {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  readonly previousPath: string | null;
  /** Blob after the change; the removed blob for a removed file. */
  readonly oid: string;
  readonly beforeOid: string | null;
  readonly mode: string;
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
  readonly patch: string | null;
  readonly hunks: readonly Hunk[];
}

export interface Comparison {
  readonly mergeBase: string | null;
  /** Commits of the head that the base lacks, oldest first. */
  readonly commits: readonly Commit[];
  readonly behindBy: number;
  readonly files: readonly FileDiff[];
}

/** Below this share of equal lines a removed and an added file are not one renamed file; git's own default. */
const renameSimilarity = 0.5;
/** git compares every removed with every added file only up to a limit, because the pairs multiply. */
const renameCandidates = 100;

async function describe(git: Git, before: FileEntry | null, after: FileEntry | null): Promise<FileDiff> {
  const old = before ? await contentOf(git, before) : new Uint8Array();
  const now = after ? await contentOf(git, after) : new Uint8Array();
  const binary = isBinary(old) || isBinary(now);
  const patch =
    binary || before?.oid === after?.oid
      ? { text: null, additions: 0, deletions: 0, hunks: [] }
      : patchOf(textOf(old), textOf(now));
  const entry = after ?? before;
  if (!entry) throw new Error('a difference needs a file on one side');
  const renamed = before !== null && after !== null && before.path !== after.path;
  return {
    path: entry.path,
    status: renamed
      ? 'renamed'
      : !before
        ? 'added'
        : !after
          ? 'removed'
          : before.oid === after.oid
            ? 'changed'
            : 'modified',
    previousPath: renamed ? before.path : null,
    oid: entry.oid,
    beforeOid: before?.oid ?? null,
    mode: entry.mode,
    additions: patch.additions,
    deletions: patch.deletions,
    binary,
    patch: patch.text,
    hunks: patch.hunks,
  };
}

async function contentOf(git: Git, file: FileEntry): Promise<Uint8Array> {
  // A submodule has no content here; git shows the commit it points to.
  if (file.mode === '160000') return Buffer.from(`Subproject commit ${file.oid}\n`);
  return readBlob(git, file.oid);
}

function similarity(left: string, right: string): number {
  const counts = new Map<string, number>();
  const lines = left.split('\n');
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  let [shared, total] = [0, 0];
  for (const line of right.split('\n')) {
    total += line.length + 1;
    const left = counts.get(line) ?? 0;
    if (left > 0) {
      counts.set(line, left - 1);
      shared += line.length + 1;
    }
  }
  return (
    shared /
    Math.max(
      total,
      lines.reduce((sum, line) => sum + line.length + 1, 0),
      1,
    )
  );
}

type Pair = { before: FileEntry | null; after: FileEntry | null };

async function pairRenames(git: Git, changes: readonly Pair[]): Promise<Pair[]> {
  const removed = new Set(changes.filter((change) => change.before && !change.after));
  const added = changes.filter((change) => change.after && !change.before);
  const sources = new Map<Pair, FileEntry>();
  const name = (file: FileEntry | null) => file?.path.split('/').at(-1);
  const pairExact = (fits: (source: Pair, target: Pair) => boolean) => {
    for (const target of added) {
      if (sources.has(target)) continue;
      const source = [...removed].find((one) => one.before?.oid === target.after?.oid && fits(one, target));
      if (!source?.before) continue;
      sources.set(target, source.before);
      removed.delete(source);
    }
  };
  // Of several files with one content git takes the one that kept its name.
  pairExact((source, target) => name(source.before) === name(target.after));
  pairExact(() => true);
  const open = added.filter((target) => !sources.has(target));
  if (open.length * removed.size <= renameCandidates ** 2)
    for (const target of open) {
      const now = target.after ? await contentOf(git, target.after) : new Uint8Array();
      if (now.length === 0 || isBinary(now)) continue;
      let best: { score: number; source: Pair } | null = null;
      for (const source of removed) {
        const old = source.before ? await contentOf(git, source.before) : new Uint8Array();
        if (isBinary(old)) continue;
        const score = similarity(textOf(old), textOf(now));
        if (score >= renameSimilarity && score > (best?.score ?? 0)) best = { score, source };
      }
      if (!best?.source.before) continue;
      sources.set(target, best.source.before);
      removed.delete(best.source);
    }
  const used = new Set([...sources.values()].map((file) => file.path));
  return changes
    .filter((change) => !(change.before && !change.after && used.has(change.before.path)))
    .map((change) => ({ before: sources.get(change) ?? change.before, after: change.after }));
}

/** The files that differ between two trees, in path order, renames found. */
export async function diffTrees(git: Git, before: string, after: string): Promise<readonly FileDiff[]> {
  return once(git, `diff:${before}:${after}`, async () => {
    const pairs = await pairRenames(git, await changedPaths(git, before, after));
    const files: FileDiff[] = [];
    for (const pair of pairs) files.push(await describe(git, pair.before, pair.after));
    return files.sort((left, right) => (left.path < right.path ? -1 : 1));
  });
}

/** What a commit changed against its first parent. */
export async function diffCommit(git: Git, commit: Commit): Promise<readonly FileDiff[]> {
  const parent = commit.parents[0];
  return diffTrees(git, parent ? (await readCommit(git, parent)).tree : emptyTree, commit.tree);
}

/** Three-dot comparison: what `head` changed since it left `base`. */
export async function compare(git: Git, base: string, head: string): Promise<Comparison> {
  const common = await mergeBase(git, base, head);
  const from = common ? (await readCommit(git, common)).tree : emptyTree;
  return {
    mergeBase: common,
    commits: await commitsBetween(git, base, head),
    behindBy: (await commitsBetween(git, head, base)).length,
    files: await diffTrees(git, from, (await readCommit(git, head)).tree),
  };
}

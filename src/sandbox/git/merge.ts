import { diffArrays } from 'diff';
import { mergeBase } from './history.ts';
import { readBlob, readCommit } from './objects.ts';
import { isBinary, textOf } from './patch.ts';
import { type Git, once } from './store.ts';
import { changedPaths, changeTree, emptyTree, type TreeChange } from './trees.ts';

export type Merge =
  | { readonly kind: 'merged'; readonly tree: string }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] };

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function editsOf(base: readonly string[], side: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let open: { start: number; end: number; lines: string[] } | null = null;
  for (const part of diffArrays([...base], [...side])) {
    if (!part.added && !part.removed) {
      if (open) edits.push(open);
      open = null;
      at += part.value.length;
      continue;
    }
    open ??= { start: at, end: at, lines: [] };
    if (part.removed) {
      at += part.value.length;
      open.end = at;
    } else open.lines.push(...part.value);
  }
  if (open) edits.push(open);
  return edits;
}

function same(left: Edit, right: Edit): boolean {
  return left.start === right.start && left.end === right.end && left.lines.join('\n') === right.lines.join('\n');
}

/** Merges two changed versions of one text; `null` when both changed the same or touching lines differently. */
export function mergeText(base: string, ours: string, theirs: string): string | null {
  const lines = base.split('\n');
  const mine = editsOf(lines, ours.split('\n'));
  const yours = editsOf(lines, theirs.split('\n')).filter((edit) => !mine.some((other) => same(edit, other)));
  // Touching counts as overlapping, as in git: neither order of the two edits would be more right than the other.
  for (const left of mine)
    for (const right of yours) if (left.start <= right.end && right.start <= left.end) return null;
  const merged = [...lines];
  for (const edit of [...mine, ...yours].sort((left, right) => right.start - left.start))
    merged.splice(edit.start, edit.end - edit.start, ...edit.lines);
  return merged.join('\n');
}

/** Merges commit `theirs` into commit `ours`, without writing a commit. */
export async function mergeCommits(git: Git, ours: string, theirs: string): Promise<Merge> {
  const base = await mergeBase(git, ours, theirs);
  const [ourTree, theirTree] = [(await readCommit(git, ours)).tree, (await readCommit(git, theirs)).tree];
  return mergeTrees(git, base ? (await readCommit(git, base)).tree : emptyTree, ourTree, theirTree);
}

/** Three-way merge of trees: what happened between `base` and `theirs`, done to `ours`. */
export async function mergeTrees(git: Git, base: string, ours: string, theirs: string): Promise<Merge> {
  return once(git, `merge:${base}:${ours}:${theirs}`, async () => {
    const mine = new Map((await changedPaths(git, base, ours)).map((change) => [change.path, change]));
    const changes: TreeChange[] = [];
    const conflicts: string[] = [];
    for (const change of await changedPaths(git, base, theirs)) {
      const own = mine.get(change.path);
      const path = change.path;
      if (own && own.after?.oid === change.after?.oid) continue;
      if (!own) {
        changes.push(change.after ? { path, oid: change.after.oid, mode: change.after.mode } : { path, delete: true });
        continue;
      }
      const texts = await readThree(git, change.before?.oid, own.after?.oid, change.after?.oid);
      const merged = texts && mergeText(...texts);
      if (merged === null || !change.after) conflicts.push(path);
      else changes.push({ path, content: merged, mode: change.after.mode });
    }
    if (conflicts.length > 0) return { kind: 'conflict', paths: conflicts };
    return { kind: 'merged', tree: changes.length === 0 ? ours : await changeTree(git, ours, changes) };
  });
}

async function readThree(
  git: Git,
  base: string | undefined,
  ours: string | undefined,
  theirs: string | undefined,
): Promise<[string, string, string] | null> {
  // Added on both sides, or changed here and removed there: there is no text to merge.
  if (!base || !ours || !theirs) return null;
  const blobs = [await readBlob(git, base), await readBlob(git, ours), await readBlob(git, theirs)] as const;
  if (blobs.some(isBinary)) return null;
  return [textOf(blobs[0]), textOf(blobs[1]), textOf(blobs[2])];
}

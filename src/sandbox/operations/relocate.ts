import { diffArrays } from 'diff';
import { compare } from '../git/compare.ts';
import { readBlob, readCommit } from '../git/objects.ts';
import { textOf } from '../git/patch.ts';
import type { Git } from '../git/store.ts';
import { entryAt } from '../git/trees.ts';
import type { Site } from '../site.ts';
import { type PullIssue, repositoryOf, threadsOf } from '../state/find.ts';
import type { ReviewThread } from '../state/pull.ts';
import { locate } from './place.ts';

async function linesAt(git: Git, commit: string, path: string): Promise<string[] | null> {
  const entry = await entryAt(git, (await readCommit(git, commit)).tree, path);
  return entry?.type === 'blob' ? textOf(await readBlob(git, entry.oid)).split('\n') : null;
}

/** Where an unchanged line of the old text stands in the new one, counting from 1; `null` when it is gone. */
export function mapLine(before: readonly string[], after: readonly string[], line: number): number | null {
  let [oldLine, newLine] = [1, 1];
  for (const part of diffArrays([...before], [...after])) {
    const count = part.value.length;
    if (part.added) newLine += count;
    else if (part.removed) {
      if (line < oldLine + count) return null;
      oldLine += count;
    } else {
      if (line < oldLine + count) return newLine + (line - oldLine);
      oldLine += count;
      newLine += count;
    }
  }
  return null;
}

/** After a push, moves each thread to where its line is now, or marks it outdated when the line is gone. */
export async function relocateThreads(site: Site, issue: PullIssue): Promise<void> {
  const open = threadsOf(site.world, issue).filter((thread) => !thread.outdated);
  for (const thread of open) await relocateThread(site, issue, thread);
}

/** Moves one thread to the pull request's present head. */
export async function relocateThread(site: Site, issue: PullIssue, thread: ReviewThread): Promise<void> {
  const { pull } = issue;
  if (thread.commitSha === pull.headSha) return;
  const git = site.gitOf(repositoryOf(site.world, issue));
  const { files } = await compare(git, pull.baseSha, pull.headSha);
  const file = files.find((candidate) => candidate.path === thread.path);
  if (file && thread.subjectType === 'file') {
    thread.commitSha = pull.headSha;
    return;
  }
  const moved = file ? await movedLines(git, thread, pull.headSha) : null;
  const spot = file && moved ? locate(file, thread.side, moved.line) : null;
  if (!moved || !spot) {
    Object.assign(thread, { outdated: true, line: null, startLine: null, position: null });
    return;
  }
  Object.assign(thread, { ...moved, position: spot.position, commitSha: pull.headSha });
}

async function movedLines(git: Git, thread: ReviewThread, head: string) {
  if (thread.line === null) return null;
  // The old side of the diff is the merge base, which a push to the head does not change.
  if (thread.side === 'LEFT') return { line: thread.line, startLine: thread.startLine };
  const before = await linesAt(git, thread.commitSha, thread.path);
  const after = await linesAt(git, head, thread.path);
  if (!before || !after) return null;
  const line = mapLine(before, after, thread.line);
  const startLine = thread.startLine === null ? null : mapLine(before, after, thread.startLine);
  return line === null || (thread.startLine !== null && startLine === null) ? null : { line, startLine };
}

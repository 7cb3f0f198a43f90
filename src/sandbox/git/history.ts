import { readCommit } from './objects.ts';
import { type Commit, type Git, once } from './store.ts';

/** Commits reachable from `oid`, newest first as `git log` shows them (by committer date, children before parents). */
export async function* walk(git: Git, oid: string): AsyncGenerator<Commit> {
  const seen = new Set([oid]);
  const waiting = [await readCommit(git, oid)];
  while (waiting.length > 0) {
    let newest = 0;
    for (let at = 1; at < waiting.length; at += 1) if (dateOf(waiting[at]) > dateOf(waiting[newest])) newest = at;
    const [commit] = waiting.splice(newest, 1);
    if (!commit) return;
    yield commit;
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      waiting.push(await readCommit(git, parent));
    }
  }
}

function dateOf(commit: Commit | undefined): number {
  return commit ? Date.parse(commit.committer.date) : 0;
}

async function ancestors(git: Git, oid: string): Promise<ReadonlySet<string>> {
  return once(git, `ancestors:${oid}`, async () => {
    const found = new Set<string>();
    const waiting = [oid];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(await readCommit(git, next)).parents);
    }
    return found;
  });
}

/** Whether `ancestor` is `oid` or can be reached from it. */
export async function contains(git: Git, oid: string, ancestor: string): Promise<boolean> {
  return (await ancestors(git, oid)).has(ancestor);
}

/** The best common ancestor, or `null` for unrelated histories. */
export async function mergeBase(git: Git, left: string, right: string): Promise<string | null> {
  return once(git, `base:${left}:${right}`, async () => {
    const common = await ancestors(git, right);
    const candidates: string[] = [];
    const seen = new Set<string>();
    const waiting = [left];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (seen.has(next)) continue;
      seen.add(next);
      // Nothing below a common commit can be a better base, so the walk stops there.
      if (common.has(next)) candidates.push(next);
      else waiting.push(...(await readCommit(git, next)).parents);
    }
    for (const candidate of candidates) {
      const others = candidates.filter((other) => other !== candidate);
      const below = await Promise.all(others.map((other) => contains(git, other, candidate)));
      if (!below.includes(true)) return candidate;
    }
    return null;
  });
}

/** Commits of `head` that `base` does not have, oldest first. */
export async function commitsBetween(git: Git, base: string | null, head: string): Promise<readonly Commit[]> {
  return once(git, `between:${base}:${head}`, async () => {
    const known = base === null ? new Set<string>() : await ancestors(git, base);
    const found: Commit[] = [];
    for await (const commit of walk(git, head)) if (!known.has(commit.oid)) found.push(commit);
    return found.reverse();
  });
}

import { readCommit } from './objects.ts';
import { type Commit, type Git, once } from './store.ts';

function dateOf(commit: Commit): number {
  return Date.parse(commit.committer.date);
}

/** Takes the newest commit out of a list; of several, the one that was put in first. */
function takeNewest(waiting: Commit[]): Commit | undefined {
  let newest = 0;
  for (const [at, commit] of waiting.entries()) {
    const best = waiting[newest];
    if (best && dateOf(commit) > dateOf(best)) newest = at;
  }
  return waiting.splice(newest, 1)[0];
}

/** Commits reachable from `oid`, newest first as `git log` shows them (by committer date). */
export async function* walk(git: Git, oid: string): AsyncGenerator<Commit> {
  const seen = new Set([oid]);
  const waiting = [await readCommit(git, oid)];
  for (let commit = takeNewest(waiting); commit; commit = takeNewest(waiting)) {
    yield commit;
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      waiting.push(await readCommit(git, parent));
    }
  }
}

/** How two commits are related. */
interface Relation {
  /** The best common ancestor, or `null` for unrelated histories. */
  readonly base: string | null;
  /** Commits of one side alone, in no order. */
  readonly left: readonly Commit[];
  readonly right: readonly Commit[];
}

const [fromLeft, fromRight, belowBase] = [1, 2, 4];
const common = fromLeft | fromRight;

/**
 * Walks both histories from the newest commit down until they have met everywhere, as git's own merge-base does, so that
 * the cost follows what lies between the two commits and not the length of the history.
 */
async function relate(git: Git, left: string, right: string): Promise<Relation> {
  return once(git, `relation:${left}:${right}`, async () => {
    const marks = new Map<string, number>();
    const commits = new Map<string, Commit>();
    const bases: string[] = [];
    let waiting: Commit[] = [];

    async function mark(oid: string, marked: number, further: boolean): Promise<void> {
      const known = marks.get(oid);
      if (known !== undefined && (known & marked) === marked) return;
      if (known === undefined && !further) return;
      const commit = commits.get(oid) ?? (await readCommit(git, oid));
      commits.set(oid, commit);
      marks.set(oid, (known ?? 0) | marked);
      waiting.push(commit);
    }

    async function step(commit: Commit, further: boolean): Promise<void> {
      let marked = marks.get(commit.oid) ?? 0;
      if ((marked & common) === common) {
        if ((marked & belowBase) === 0 && !bases.includes(commit.oid)) bases.push(commit.oid);
        marked |= belowBase;
      }
      for (const parent of commit.parents) await mark(parent, marked, further);
    }

    await mark(left, fromLeft, true);
    await mark(right, fromRight, true);
    while (waiting.some(({ oid }) => ((marks.get(oid) ?? 0) & belowBase) === 0)) {
      const commit = takeNewest(waiting);
      if (commit) await step(commit, true);
    }
    // Where clocks disagree (or stand still) one side may have run ahead, past a base found later. What was visited learns
    // of it; nothing new is visited.
    async function settle(): Promise<void> {
      while (waiting.length > 0) {
        const round = waiting;
        waiting = [];
        for (const commit of round) await step(commit, false);
      }
    }
    const ends = new Map(waiting.map((commit) => [commit.oid, commit]));
    await settle();
    const only = (side: number) => [...commits.values()].filter(({ oid }) => marks.get(oid) === side);
    // A commit of one side alone may still lie below a place where the walk has ended, unless it leads down to that place itself.
    for (let open = openEnds(); open.length > 0; open = openEnds()) {
      for (const commit of open) {
        ends.delete(commit.oid);
        await step(commit, true);
      }
      for (const commit of waiting) ends.set(commit.oid, commit);
      await settle();
    }

    function openEnds(): readonly Commit[] {
      const alone = [...only(fromLeft), ...only(fromRight)];
      if (alone.length === 0) return [];
      return [...ends.values()].filter(({ oid }) => {
        const above = descendants(commits, oid);
        return alone.some((commit) => !above.has(commit.oid));
      });
    }

    const best = bases.find((oid) => ((marks.get(oid) ?? 0) & belowBase) === 0);
    return { base: best ?? null, left: only(fromLeft), right: only(fromRight) };
  });
}

/** Those of some commits from which one of them can be reached. */
function descendants(commits: ReadonlyMap<string, Commit>, oid: string): ReadonlySet<string> {
  const children = Map.groupBy(
    [...commits.values()].flatMap((commit) => commit.parents.map((parent) => ({ parent, child: commit.oid }))),
    ({ parent }) => parent,
  );
  const found = new Set([oid]);
  for (const each of found) for (const { child } of children.get(each) ?? []) found.add(child);
  return found;
}

/** Whether `ancestor` is `oid` or can be reached from it. */
export async function contains(git: Git, oid: string, ancestor: string): Promise<boolean> {
  return (await mergeBase(git, oid, ancestor)) === ancestor;
}

/** The best common ancestor, or `null` for unrelated histories. */
export async function mergeBase(git: Git, left: string, right: string): Promise<string | null> {
  return left === right ? left : (await relate(git, left, right)).base;
}

/** Commits of `head` that `base` does not have, oldest first and parents before their children. */
export async function commitsBetween(git: Git, base: string | null, head: string): Promise<readonly Commit[]> {
  if (base === head) return [];
  if (base !== null) return ordered((await relate(git, base, head)).right);
  const all: Commit[] = [];
  for await (const commit of walk(git, head)) all.push(commit);
  return ordered(all);
}

function ordered(commits: readonly Commit[]): readonly Commit[] {
  const inside = new Map(commits.map((commit) => [commit.oid, commit]));
  const children = new Map<string, number>();
  for (const { parents } of commits)
    for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = commits.filter(({ oid }) => !children.has(oid));
  const newestFirst: Commit[] = [];
  for (let commit = takeNewest(ready); commit; commit = takeNewest(ready)) {
    newestFirst.push(commit);
    for (const oid of commit.parents) {
      const left = (children.get(oid) ?? 0) - 1;
      children.set(oid, left);
      const parent = inside.get(oid);
      if (left === 0 && parent) ready.push(parent);
    }
  }
  return newestFirst.reverse();
}

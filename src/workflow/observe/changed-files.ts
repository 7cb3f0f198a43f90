import type { ChangedFile, Listing, PullSnapshot, Repository, Tree } from '../../github/port.ts';
import type { Lru } from '../../kernel/lru.ts';

/** Lists of changed files by pull request, each with the commits that it was made for. */
export type Listings = Lru<Listing & { readonly base: string }>;

/**
 * The pull request and the files that it changes. `undefined`: it is gone. Both are asked for at once, or only the first where the
 * files of this head are known from before.
 */
export async function pullAndFiles(
  repository: Repository,
  number: number,
  snapshot: Promise<PullSnapshot | undefined>,
  listings: Listings,
): Promise<{ readonly pull: PullSnapshot; readonly listed: readonly ChangedFile[] } | undefined> {
  const name = `${repository.owner}/${repository.repo}!${number}`.toLowerCase();
  const known = listings.get(name);
  const early = known === undefined ? listingOf(repository, number) : undefined;
  const [pull, listing] = await Promise.all([snapshot, early]);
  if (pull === undefined) return undefined;
  if (known?.head === pull.head.sha && known.base === pull.base.sha) return { pull, listed: known.files };
  const current = isOf(listing, pull) ? listing : await listingOf(repository, number);
  if (current === undefined) return undefined;
  // A push between the two requests: the next event brings the next look, and nothing wrong is remembered.
  if (isOf(current, pull)) listings.set(name, { ...current, base: pull.base.sha });
  return { pull, listed: current.files };
}

function isOf(listing: Listing | undefined, pull: PullSnapshot): listing is Listing {
  return listing !== undefined && listing.head === pull.head.sha;
}

async function listingOf(repository: Repository, number: number): Promise<Listing | undefined> {
  try {
    return await repository.changedFiles(number);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * The listed files with those that GitHub leaves out of its list, which ends at 3,000 (REST reference, "List pull requests
 * files"): found by comparing the trees of the head and of the commit where the branch began. `cut`: not even the trees
 * are whole, so that some files are unknown.
 */
export async function completed(
  repository: Repository,
  pull: PullSnapshot,
  listed: readonly ChangedFile[],
): Promise<{ readonly files: readonly ChangedFile[]; readonly cut: boolean }> {
  if (pull.changedFiles <= listed.length) return { files: listed, cut: false };
  const begin = await repository.mergeBase(pull.base.sha, pull.head.sha);
  if (begin === undefined) return { files: listed, cut: true };
  const [before, after] = await Promise.all([repository.tree(begin), repository.tree(pull.head.sha)]);
  const known = new Set(listed.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  const unlisted = changesBetween(before, after).filter(({ path }) => !known.has(path));
  return { files: [...listed, ...unlisted], cut: before.truncated || after.truncated };
}

/**
 * The files in which two commits differ; a file that only changed its path is renamed. Told from their trees, because GitHub's
 * comparison ends after 300 files. How many lines changed is not known, and nobody comments on them.
 */
export function changesBetween(base: Tree, head: Tree): readonly ChangedFile[] {
  const before = new Map(base.entries.map(({ path, sha }) => [path, sha]));
  const after = new Map(head.entries.map(({ path, sha }) => [path, sha]));
  const gone = new Map(base.entries.filter(({ path }) => !after.has(path)).map(({ path, sha }) => [sha, path]));
  const changed = head.entries.flatMap(({ path, sha }): readonly ChangedFile[] => {
    if (before.get(path) === sha) return [];
    if (before.has(path)) return [{ path, sha, status: 'modified', changes: 0 }];
    const previousPath = gone.get(sha);
    if (previousPath === undefined) return [{ path, sha, status: 'added', changes: 0 }];
    gone.delete(sha);
    return [{ path, previousPath, sha, status: 'renamed', changes: 0 }];
  });
  const moved = new Set(changed.flatMap(({ previousPath }) => previousPath ?? []));
  const removed = base.entries.filter(({ path }) => !after.has(path) && !moved.has(path));
  return [...changed, ...removed.map(({ path, sha }) => ({ path, sha, status: 'removed', changes: 0 }) as const)];
}

import { objectType } from '../git/objects.ts';
import type { Site } from '../site.ts';
import { findIssue } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';

/** The commit that a branch, a tag, `heads/x`, `refs/...`, `pull/N/head`, `HEAD` or a commit id names; `null` when none. */
export async function resolveCommit(site: Site, repository: Repository, text: string): Promise<string | null> {
  const name = text === 'HEAD' || text === '' ? repository.defaultBranch : text;
  for (const ref of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
    if (Object.hasOwn(repository.refs, ref)) return repository.refs[ref] ?? null;
  }
  const pull = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(name);
  if (pull) return findIssue(site.world, repository, Number(pull[1]))?.pull?.headSha ?? null;
  return (await objectType(site.gitOf(repository), name)) === 'commit' ? name : null;
}

import { readCommit, writeCommit } from '../git/objects.ts';
import type { Commit, Signature } from '../git/store.ts';
import { changeTree, emptyTree, type TreeChange } from '../git/trees.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Repository } from '../state/repository.ts';
import { noreply } from '../views/git.ts';
import { loginOf, needs, permit } from './access.ts';
import { moveRef } from './push.ts';
import { mustUsePullRequest } from './refs.ts';

export interface NewCommit {
  /** Branch without `refs/heads/`. */
  readonly branch: string;
  readonly message: string;
  readonly changes: readonly TreeChange[];
  /** Compare-and-swap: refuse unless the branch is still here. */
  readonly expectedHead?: string | undefined;
  readonly author?: Signature | undefined;
}

/** The signature of whoever acts, now. */
export function signatureOf(site: Site, actor: Actor): Signature {
  const login = loginOf(site, actor);
  return { name: login, email: noreply(login), date: site.now() };
}

function checkPath(path: string): void {
  const parts = path.split('/');
  if (
    path === '' ||
    parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')
  )
    throw new Refusal(422, `path contains a malformed path component: ${path}`);
}

/** Commits changes to a branch, and everything follows that follows a push. */
export async function commitChanges(
  site: Site,
  actor: Actor,
  repository: Repository,
  input: NewCommit,
): Promise<Commit> {
  permit(site, actor, repository, needs.writeContents);
  const ref = `refs/heads/${input.branch}`;
  const head = repository.refs[ref];
  // The first commit of an empty repository makes its branch.
  if (head === undefined && Object.keys(repository.refs).length > 0)
    throw new Refusal(404, `Branch ${input.branch} not found`);
  if (input.expectedHead !== undefined && input.expectedHead !== head)
    throw new Refusal(409, `Expected branch to point to "${input.expectedHead}" but it did not.`);
  if (mustUsePullRequest(site, actor, repository, input.branch))
    throw new Refusal(409, 'Repository rule violations found\n\nChanges must be made through a pull request.');
  for (const change of input.changes) checkPath(change.path);
  const git = site.gitOf(repository);
  const tree = await changeTree(git, head ? (await readCommit(git, head)).tree : emptyTree, input.changes);
  const oid = await writeCommit(git, {
    tree,
    parents: head ? [head] : [],
    message: input.message,
    author: input.author ?? signatureOf(site, actor),
    committer: input.author ?? signatureOf(site, actor),
  });
  await moveRef(site, actor, { repository, ref, after: oid });
  return readCommit(git, oid);
}

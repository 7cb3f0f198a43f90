import { contains } from '../git/history.ts';
import { objectType } from '../git/objects.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { protectionOf } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { loginOf, needs, permit, roleOf } from './access.ts';
import { moveRef } from './push.ts';

/** Whether branch protection keeps this actor from moving a branch without a pull request. */
export function mustUsePullRequest(site: Site, actor: Actor, repository: Repository, branch: string): boolean {
  const protection = protectionOf(repository, branch);
  if (!protection?.requiresPullRequest) return false;
  const admin = actor.kind === 'user' && roleOf(site, repository, loginOf(site, actor)) === 'admin';
  return !admin || protection.enforceAdmins;
}

function checkProtected(site: Site, actor: Actor, repository: Repository, ref: string): void {
  const branch = ref.replace(/^refs\/heads\//, '');
  if (branch !== ref && mustUsePullRequest(site, actor, repository, branch))
    throw new Refusal(422, 'Changes must be made through a pull request.');
}

const badName = /(^|\/)\.|\.\.|[\s~^:?*[\\]|\/\/|\.lock$|\/$|@\{/;

/** Creates a branch or tag at a commit. */
export async function createRef(site: Site, actor: Actor, repository: Repository, ref: unknown, sha: unknown) {
  permit(site, actor, repository, needs.writeContents);
  if (typeof ref !== 'string' || !/^refs\/(heads|tags)\/./.test(ref) || badName.test(ref))
    throw new Refusal(422, 'Reference name must start with "refs/" and be well-formed');
  if (repository.refs[ref] !== undefined) throw new Refusal(422, 'Reference already exists');
  // A branch cannot be a folder of branches, too.
  if (Object.keys(repository.refs).some((other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`)))
    throw new Refusal(422, 'Reference name conflicts with another reference');
  if (typeof sha !== 'string' || (await objectType(site.gitOf(repository), sha)) !== 'commit')
    throw new Refusal(422, 'Object does not exist');
  await moveRef(site, actor, { repository, ref, after: sha });
}

/** Moves a ref; without `force` only forward. */
export async function updateRef(
  site: Site,
  actor: Actor,
  repository: Repository,
  ref: string,
  sha: unknown,
  force: boolean,
): Promise<void> {
  permit(site, actor, repository, needs.writeContents);
  const before = repository.refs[ref];
  if (before === undefined) throw new Refusal(422, 'Reference does not exist');
  const git = site.gitOf(repository);
  if (typeof sha !== 'string' || (await objectType(git, sha)) !== 'commit')
    throw new Refusal(422, 'Object does not exist');
  checkProtected(site, actor, repository, ref);
  if (!force && !(await contains(git, sha, before))) throw new Refusal(422, 'Update is not a fast forward');
  await moveRef(site, actor, { repository, ref, after: sha });
}

/** Deletes a ref; open pull requests from it are closed. */
export async function deleteRef(site: Site, actor: Actor, repository: Repository, ref: string): Promise<void> {
  permit(site, actor, repository, needs.writeContents);
  if (repository.refs[ref] === undefined) throw new Refusal(422, 'Reference does not exist');
  if (ref === `refs/heads/${repository.defaultBranch}`) throw new Refusal(422, 'Cannot delete the default branch');
  checkProtected(site, actor, repository, ref);
  await moveRef(site, actor, { repository, ref, after: null });
}

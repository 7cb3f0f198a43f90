import { visibleRepository } from '../../operations/access.ts';
import { commitChanges } from '../../operations/commits.ts';
import { Refusal } from '../../refusal.ts';
import { parseNodeId } from '../../state/ids.ts';
import type { Repository } from '../../state/repository.ts';
import { type Context, sees } from '../context.ts';
import { unresolved } from '../errors.ts';
import { commitFields } from '../types/commit.ts';
import { refFields } from '../types/ref.ts';

interface Input {
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

/** A branch is named by the id of its ref, or by repository and name. */
function branchOf(at: Context, { branch }: Input): { readonly repository: Repository; readonly name: string } {
  if (branch.id != null) return branchById(at, branch.id);
  const [owner, repo] = branch.repositoryNameWithOwner?.split('/') ?? [];
  if (!owner || !repo || !branch.branchName)
    throw new Refusal(422, 'A branch needs an id, or both repositoryNameWithOwner and branchName.');
  return {
    repository: visibleRepository(at.site, at.actor, owner, repo),
    name: branch.branchName.replace(/^refs\/heads\//, ''),
  };
}

function branchById(at: Context, id: string) {
  const encoded = /^REF_kw([\w-]+)$/.exec(id)?.[1] ?? '';
  const [, repositoryId = '', name] =
    /^(.+?):refs\/heads\/(.+)$/.exec(Buffer.from(encoded, 'base64url').toString('utf8')) ?? [];
  const repository = at.site.world.repositories.get(parseNodeId(repositoryId)?.id ?? 0);
  if (!repository || !name || !sees(at, repository)) throw unresolved(`a node with the global id of '${id}'`);
  return { repository, name };
}

function bytesOf(contents: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(contents)) throw new Refusal(422, 'contents is not valid Base64');
  return Buffer.from(contents, 'base64');
}

/** Commits to a branch that must still be where the caller saw it. */
export async function createCommitOnBranch(at: Context, input: Input) {
  const { repository, name } = branchOf(at, input);
  const { headline, body } = input.message;
  const deletions = (input.fileChanges?.deletions ?? []).map(({ path }) => ({ path, delete: true as const }));
  const additions = (input.fileChanges?.additions ?? []).map(({ path, contents }) => ({
    path,
    content: bytesOf(contents),
  }));
  const commit = await commitChanges(at.site, at.actor, repository, {
    branch: name,
    message: body ? `${headline}\n\n${body}` : headline,
    changes: [...deletions, ...additions],
    expectedHead: input.expectedHeadOid,
  });
  return {
    commit: () => commitFields(at, repository, commit.oid),
    ref: () => refFields(at, repository, `refs/heads/${name}`),
  };
}

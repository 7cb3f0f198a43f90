import { objectType, readCommit } from '../git/objects.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { CommitStatus } from '../state/check.ts';
import { protectionOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { statusView } from '../views/check.ts';
import { commitView } from '../views/git.ts';
import { repositoryApi } from '../views/urls.ts';
import { loginOf, needs, permit } from './access.ts';
import { limits } from './validate.ts';

const states: readonly string[] = ['error', 'failure', 'pending', 'success'];

export interface StatusInput {
  readonly state?: unknown;
  readonly context?: string | undefined;
  readonly description?: string | null | undefined;
  readonly targetUrl?: string | null | undefined;
}

/** Records a commit status. */
export async function createStatus(site: Site, actor: Actor, repository: Repository, sha: string, input: StatusInput) {
  permit(site, actor, repository, needs.writeStatuses);
  if ((await objectType(site.gitOf(repository), sha)) !== 'commit')
    throw new Refusal(422, `No commit found for SHA: ${sha}`);
  if (typeof input.state !== 'string' || !states.includes(input.state))
    throw invalid({ resource: 'Status', field: 'state', code: 'custom', message: 'state is not included in the list' });
  if ((input.description?.length ?? 0) > limits.deploymentDescription)
    throw invalid({
      resource: 'Status',
      field: 'description',
      code: 'custom',
      message: `description is too long (maximum is ${limits.deploymentDescription} characters)`,
    });
  const status: CommitStatus = {
    id: nextId(site.world, 'Status'),
    repositoryId: repository.id,
    sha,
    state: input.state as CommitStatus['state'],
    context: input.context ?? 'default',
    description: input.description ?? null,
    targetUrl: input.targetUrl ?? null,
    creator: loginOf(site, actor),
    createdAt: site.now(),
  };
  site.world.statuses.push(status);
  await site.emit({
    event: 'status',
    action: null,
    repository,
    actor,
    needs: ['statuses', 'read'],
    payload: async () => ({
      ...statusView(site, status),
      sha,
      name: `${repository.owner}/${repository.name}`,
      commit: commitView(site, repository, await readCommit(site.gitOf(repository), sha)),
      branches: branchesAt(site, repository, sha),
    }),
  });
  return status;
}

/** Statuses of a commit, newest first. */
export function statusesOf(site: Site, repository: Repository, sha: string): CommitStatus[] {
  return site.world.statuses.filter((status) => status.repositoryId === repository.id && status.sha === sha).reverse();
}

function branchesAt(site: Site, repository: Repository, sha: string) {
  return Object.entries(repository.refs)
    .filter(([ref, tip]) => tip === sha && ref.startsWith('refs/heads/'))
    .map(([ref]) => ({
      name: ref.slice('refs/heads/'.length),
      commit: { sha, url: `${repositoryApi(site, repository)}/commits/${sha}` },
      protected: protectionOf(repository, ref.slice('refs/heads/'.length)) !== undefined,
    }));
}

import { objectType } from '../git/objects.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { CommitStatus } from '../state/check.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { statusView } from '../views/check.ts';
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
    payload: () => ({ ...statusView(site, status), sha, name: `${repository.owner}/${repository.name}`, branches: [] }),
  });
  return status;
}

/** Statuses of a commit, newest first. */
export function statusesOf(site: Site, repository: Repository, sha: string): CommitStatus[] {
  return site.world.statuses.filter((status) => status.repositoryId === repository.id && status.sha === sha).reverse();
}

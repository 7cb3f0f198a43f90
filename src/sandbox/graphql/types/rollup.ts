import { can, needs } from '../../operations/access.ts';
import { statusesOf } from '../../operations/statuses.ts';
import type { CheckRun, CommitStatus } from '../../state/check.ts';
import { nodeId } from '../../state/ids.ts';
import type { Repository } from '../../state/repository.ts';
import { objectNodeId } from '../../views/git.ts';
import { type Context, check, type Fields } from '../context.ts';
import { paged } from '../page.ts';
import { actorFields } from './account.ts';
import { latestRuns, runFields } from './check-run.ts';
import { commitFields } from './commit.ts';

type State = 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS';

function worst(states: readonly State[]): State {
  const order: readonly State[] = ['ERROR', 'FAILURE', 'PENDING', 'SUCCESS'];
  return order.find((state) => states.includes(state)) ?? 'PENDING';
}

function stateOf(run: CheckRun): State {
  if (run.conclusion === null) return 'PENDING';
  return ['success', 'neutral', 'skipped'].includes(run.conclusion) ? 'SUCCESS' : 'FAILURE';
}

/** The newest status of each context. */
function latestStatuses(at: Context, repository: Repository, sha: string): CommitStatus[] {
  const newest = new Map<string, CommitStatus>();
  for (const status of statusesOf(at.site, repository, sha))
    if (!newest.has(status.context)) newest.set(status.context, status);
  return [...newest.values()];
}

function contextFields(at: Context, repository: Repository, status: CommitStatus): Fields {
  return {
    __typename: 'StatusContext',
    id: nodeId('Status', status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: status.createdAt,
    creator: () => actorFields(at, status.creator),
    avatarUrl: () => actorFields(at, status.creator)?.avatarUrl ?? null,
    commit: () => commitFields(at, repository, status.sha),
  };
}

/** Commit statuses of a commit; `null` when there are none. */
export function statusFields(at: Context, repository: Repository, sha: string): Fields | null {
  check(at, repository, needs.readStatuses);
  const statuses = latestStatuses(at, repository, sha);
  if (statuses.length === 0) return null;
  return {
    __typename: 'Status',
    id: objectNodeId(repository, 'ST', sha),
    state: worst(statuses.map(({ state }) => state.toUpperCase() as State)),
    commit: () => commitFields(at, repository, sha),
    contexts: () => statuses.map((status) => contextFields(at, repository, status)),
    context: ({ name }: { readonly name: string }) => {
      const found = statuses.find((status) => status.context === name);
      return found ? contextFields(at, repository, found) : null;
    },
  };
}

/** Check runs and statuses of a commit taken together; `null` when there are neither. */
export function rollupFields(at: Context, repository: Repository, sha: string): Fields | null {
  check(at, repository, needs.readChecks);
  const { checkRuns } = at.site.world;
  const runs = latestRuns(
    [...checkRuns.values()].filter((run) => run.repositoryId === repository.id && run.headSha === sha),
  );
  const statuses = can(at.site, at.actor, repository, needs.readStatuses) ? latestStatuses(at, repository, sha) : [];
  if (runs.length + statuses.length === 0) return null;
  const contexts = [
    ...runs.map((run) => ({ state: stateOf(run), fields: () => runFields(at, run) })),
    ...statuses.map((status) => ({
      state: status.state.toUpperCase() as State,
      fields: () => contextFields(at, repository, status),
    })),
  ];
  return {
    __typename: 'StatusCheckRollup',
    id: objectNodeId(repository, 'SCR', sha),
    state: worst(contexts.map(({ state }) => state)),
    commit: () => commitFields(at, repository, sha),
    contexts: paged(
      () => contexts,
      ({ fields }) => fields(),
    ),
  };
}

import { needs } from '../../operations/access.ts';
import type { Deployment, DeploymentState, DeploymentStatus } from '../../state/deployment.ts';
import { repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Environment, Repository } from '../../state/repository.ts';
import { type Context, check, type Fields } from '../context.ts';
import { ordered, type PageArguments, paged } from '../page.ts';
import { actorFields } from './account.ts';
import { commitFields } from './commit.ts';
import { refFields } from './ref.ts';
import { repositoryFields } from './repository.ts';

/** A deployment that went well is called active until a later one retires it. */
function stateOf(state: DeploymentState | undefined): string {
  if (state === undefined) return 'PENDING';
  return state === 'success' ? 'ACTIVE' : state.toUpperCase();
}

function statusFields(at: Context, deployment: Deployment, status: DeploymentStatus): Fields {
  return {
    __typename: 'DeploymentStatus',
    id: nodeId('DeploymentStatus', status.id),
    state: status.state.toUpperCase(),
    description: status.description,
    environment: status.environment,
    environmentUrl: status.environmentUrl || null,
    logUrl: status.logUrl || null,
    creator: () => actorFields(at, status.creator),
    deployment: () => deploymentFields(at, deployment),
    createdAt: status.createdAt,
    updatedAt: status.createdAt,
  };
}

export function deploymentFields(at: Context, deployment: Deployment): Fields {
  const repository = repositoryOf(at.site.world, deployment);
  check(at, repository, needs.readDeployments);
  const latest = deployment.statuses.at(-1);
  const ref = [`refs/heads/${deployment.ref}`, `refs/tags/${deployment.ref}`].find((name) => repository.refs[name]);
  return {
    __typename: 'Deployment',
    id: nodeId('Deployment', deployment.id),
    databaseId: deployment.id,
    commit: () => commitFields(at, repository, deployment.sha),
    commitOid: deployment.sha,
    ref: () => (ref ? refFields(at, repository, ref) : null),
    task: deployment.task,
    environment: deployment.environment,
    latestEnvironment: latest?.environment ?? deployment.environment,
    originalEnvironment: deployment.environment,
    description: deployment.description,
    payload: JSON.stringify(deployment.payload),
    state: stateOf(latest?.state),
    latestStatus: () => (latest ? statusFields(at, deployment, latest) : null),
    statuses: paged(
      () => deployment.statuses.toReversed(),
      (status) => statusFields(at, deployment, status),
    ),
    creator: () => actorFields(at, deployment.creator),
    repository: () => repositoryFields(at, repository),
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
  };
}

interface DeploymentArguments extends PageArguments {
  readonly environments?: readonly string[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

export function deploymentConnection(at: Context, repository: Repository) {
  return paged(
    ({ environments, orderBy }: DeploymentArguments) => {
      check(at, repository, needs.readDeployments);
      const all = [...at.site.world.deployments.values()].filter(
        (deployment) =>
          deployment.repositoryId === repository.id && (!environments || environments.includes(deployment.environment)),
      );
      return ordered(all, orderBy, { CREATED_AT: (deployment) => deployment.createdAt });
    },
    (deployment) => deploymentFields(at, deployment),
  );
}

export function environmentFields(environment: Environment): Fields {
  return {
    __typename: 'Environment',
    id: nodeId('Environment', environment.id),
    databaseId: environment.id,
    name: environment.name,
  };
}

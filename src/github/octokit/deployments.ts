import type { Deployment } from '../port.ts';
import { type At, type Client, hasGraphqlError } from './client.ts';
import { type Lacking, needs } from './lacking.ts';

interface Node {
  readonly databaseId: number;
  readonly environment: string;
  readonly commitOid: string;
  readonly createdAt: string;
  readonly latestStatus: { readonly state: string; readonly logUrl: string | null } | null;
}

const query = `query ($owner: String!, $repo: String!, $environments: [String!]) {
  repository(owner: $owner, name: $repo) {
    deployments(first: 100, environments: $environments, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { databaseId environment commitOid createdAt latestStatus { state logUrl } }
    }
  }
}`;

/** The latest deployments to these environments, oldest first. None, and `without` says so, where they may not be read. */
export async function deployments(
  client: Client,
  at: At,
  environments: readonly string[],
  { features }: Lacking,
): Promise<readonly Deployment[]> {
  if (environments.length === 0) return [];
  try {
    const read = await readDeployments(client, at, environments);
    features.delete('deployments');
    return read;
  } catch (error) {
    if (!hasGraphqlError(error, 'FORBIDDEN')) throw error;
    features.set('deployments', { kind: 'permission', needs: needs('deployments') });
    return [];
  }
}

async function readDeployments(
  client: Client,
  at: At,
  environments: readonly string[],
): Promise<readonly Deployment[]> {
  const { repository } = await client.graphql<{ repository: { deployments: { nodes: readonly Node[] } } }>(query, {
    ...at,
    environments,
  });
  return repository.deployments.nodes
    .toReversed()
    .map(({ databaseId, environment, commitOid, createdAt, latestStatus }) => ({
      id: databaseId,
      environment,
      sha: commitOid,
      createdAt,
      state: stateOf(latestStatus?.state),
      ...(latestStatus?.logUrl ? { url: latestStatus.logUrl } : {}),
    }));
}

/** `inactive` tells that a later deployment took over, not that this one went well. */
function stateOf(state: string | undefined): Deployment['state'] {
  if (state === 'SUCCESS') return 'success';
  return state === 'FAILURE' || state === 'ERROR' ? 'failure' : 'pending';
}

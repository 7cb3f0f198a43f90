import type { Group, GroupSnapshot } from '../port.ts';
import { type At, type Client, queryInPart, readable } from './client.ts';
import { fileAliases, filesOf, type RepositoryNode, repositoryFacts, repositoryFields } from './files-at-head.ts';
import type { Identity } from './fragments.ts';
import { commitRunFields, type RunsNode, runsOf } from './runs.ts';

/** Reads what is known of a merge group: the files at its base, and our runs on its head. */
export async function groupSnapshot(
  client: Client,
  at: At,
  { head, base }: Group,
  { paths, app }: { readonly paths: readonly string[]; readonly app: Identity },
): Promise<GroupSnapshot | undefined> {
  const query = `query ($owner: String!, $repo: String!, $head: GitObjectID!) {
    repository(owner: $owner, name: $repo) {
      url ${repositoryFields} ${fileAliases(paths, base)}
      group: object(oid: $head) { ... on Commit { ${commitRunFields(app)} } }
    }
  }`;
  const { data, refused } = await queryInPart<{
    repository: (RepositoryNode & { readonly url: string; readonly group: RunsNode | null }) | null;
  }>(client, query, { ...at, head }, ({ repository }) => repository !== null);
  const { repository } = data;
  if (repository === null || (repository.group === null && !refused.includes('repository.group'))) return undefined;
  return {
    repository: repositoryFacts(repository, refused),
    url: repository.url,
    checks: repository.group === null ? [] : runsOf(repository.group, app.slug),
    files: filesOf(repository, paths),
  };
}

interface QueueNode {
  readonly entries: {
    readonly nodes: readonly ({
      readonly state: string;
      readonly headCommit: { readonly oid: string } | null;
      readonly baseCommit: { readonly oid: string } | null;
      readonly pullRequest: { readonly number: number } | null;
    } | null)[];
  } | null;
}

/** The groups in the default branch's queue that wait for their checks. A server or an installation without queues has none. */
export async function waitingGroups(client: Client, at: At): Promise<readonly Group[]> {
  const query = `query ($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) {
      mergeQueue { entries(first: 50) { nodes { state headCommit { oid } baseCommit { oid } pullRequest { number } } } }
    }
  }`;
  try {
    const { repository } = await client.graphql<{ repository: { mergeQueue: QueueNode | null } }>(query, { ...at });
    return readable(repository.mergeQueue?.entries?.nodes).flatMap(({ state, headCommit, baseCommit, pullRequest }) =>
      state === 'AWAITING_CHECKS' && headCommit !== null && baseCommit !== null
        ? [
            {
              head: headCommit.oid,
              base: baseCommit.oid,
              ...(pullRequest === null ? {} : { pull: pullRequest.number }),
            },
          ]
        : [],
    );
  } catch (error) {
    if (error instanceof Error && /not accessible by|'mergeQueue' doesn't exist/i.test(error.message)) return [];
    throw error;
  }
}

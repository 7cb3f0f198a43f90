import type { Config } from '../../config/config.ts';
import type { Repository } from '../../github/port.ts';
import type { Child, Deployed } from '../observed.ts';

/** The deployments to the configured environments, with the merges of this request that each contains. */
export async function deployedOf(
  repository: Repository,
  config: Config,
  children: readonly Child[],
): Promise<readonly Deployed[]> {
  const merges = children.flatMap(({ issue }) => issue.pulls.flatMap(({ mergeCommit }) => mergeCommit ?? []));
  if (merges.length === 0 || config.environments.length === 0) return [];
  const deployments = await repository.deployments(config.environments);
  return Promise.all(
    deployments.map(async (deployment) => {
      const contained = await Promise.all(
        merges.map(async (commit) => ((await repository.contains(deployment.sha, commit)) ? [commit] : [])),
      );
      return { ...deployment, contains: contained.flat() };
    }),
  );
}

import { mergeBase } from '../git/history.ts';
import { mergeCommits } from '../git/merge.ts';
import { writeCommit } from '../git/objects.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Deployment, DeploymentState, DeploymentStatus } from '../state/deployment.ts';
import { repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Environment, Repository } from '../state/repository.ts';
import { deploymentStatusView, deploymentView } from '../views/deployment.ts';
import { appIdOf, loginOf, needs, permit } from './access.ts';
import { signatureOf } from './commits.ts';
import { outcomes } from './mergeability.ts';
import { moveRef } from './push.ts';
import { resolveCommit } from './resolve.ts';
import { limits } from './validate.ts';

export interface NewDeployment {
  readonly ref?: string | undefined;
  readonly task?: string | undefined;
  readonly autoMerge?: boolean | undefined;
  readonly requiredContexts?: readonly string[] | undefined;
  readonly payload?: unknown;
  readonly environment?: string | undefined;
  readonly description?: string | null | undefined;
  readonly transient?: boolean | undefined;
  readonly production?: boolean | undefined;
}

/** The environment of that name, made when it is not there yet, as a deployment does. */
export function ensureEnvironment(site: Site, repository: Repository, name: string): Environment {
  const known = repository.environments.find((environment) => environment.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  const now = site.now();
  const environment: Environment = {
    id: nextId(site.world, 'Environment'),
    name,
    createdAt: now,
    updatedAt: now,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
  };
  repository.environments.push(environment);
  return environment;
}

/**
 * Starts a deployment. With the defaults GitHub first merges the default branch in (`merged` instead of a deployment)
 * and demands that every context is green (409).
 */
export async function createDeployment(
  site: Site,
  actor: Actor,
  repository: Repository,
  input: NewDeployment,
): Promise<Deployment | { readonly merged: string }> {
  permit(site, actor, repository, needs.writeDeployments);
  const ref = input.ref ?? '';
  const sha = await resolveCommit(site, repository, ref);
  if (!sha) throw new Refusal(422, `No ref found for: ${ref}`);
  if (input.autoMerge ?? true) {
    const merged = await bringUpToDate(site, actor, repository, ref, sha);
    if (merged) return { merged };
  }
  checkContexts(site, repository, sha, input.requiredContexts);
  const now = site.now();
  const environment = input.environment ?? 'production';
  const deployment: Deployment = {
    id: nextId(site.world, 'Deployment'),
    repositoryId: repository.id,
    sha,
    ref,
    task: input.task ?? 'deploy',
    environment,
    description: input.description ?? null,
    payload: input.payload ?? {},
    transient: input.transient ?? false,
    production: input.production ?? environment === 'production',
    creator: loginOf(site, actor),
    appId: appIdOf(actor),
    statuses: [],
    createdAt: now,
    updatedAt: now,
  };
  site.world.deployments.set(deployment.id, deployment);
  ensureEnvironment(site, repository, environment);
  await site.emit({
    event: 'deployment',
    action: 'created',
    repository,
    actor,
    needs: ['deployments', 'read'],
    payload: () => ({ deployment: deploymentView(site, deployment), workflow: null, workflow_run: null }),
  });
  return deployment;
}

async function bringUpToDate(site: Site, actor: Actor, repository: Repository, ref: string, sha: string) {
  const branch = `refs/heads/${ref}`;
  const tip = repository.refs[`refs/heads/${repository.defaultBranch}`];
  if (!tip || ref === repository.defaultBranch || repository.refs[branch] === undefined) return null;
  const git = site.gitOf(repository);
  if ((await mergeBase(git, tip, sha)) === tip) return null;
  const merged = await mergeCommits(git, sha, tip);
  if (merged.kind === 'conflict') throw new Refusal(409, `Conflict merging ${repository.defaultBranch} into ${ref}.`);
  const person = signatureOf(site, actor);
  const message = `Merge branch '${repository.defaultBranch}' into ${ref}`;
  const commit = { tree: merged.tree, parents: [sha, tip], message, author: person, committer: person };
  await moveRef(site, actor, { repository, ref: branch, after: await writeCommit(git, commit) });
  return `Auto-merged ${repository.defaultBranch} into ${ref} on deployment.`;
}

function checkContexts(site: Site, repository: Repository, sha: string, required: readonly string[] | undefined): void {
  const known = outcomes(site, repository, sha);
  const contexts = [...(required ?? known.keys())].map((context) => ({
    context,
    state: known.get(context) ?? ('expected' as const),
  }));
  if (contexts.every(({ state }) => state === 'success')) return;
  throw new Refusal(409, `Conflict: Commit status checks failed for ${sha}.`, [
    { resource: 'Deployment', field: 'required_contexts', code: 'invalid', value: contexts },
  ]);
}

const states: readonly string[] = ['queued', 'pending', 'in_progress', 'success', 'failure', 'error', 'inactive'];

export interface NewDeploymentStatus {
  readonly state?: unknown;
  readonly description?: string | undefined;
  readonly environment?: string | undefined;
  readonly logUrl?: string | undefined;
  readonly environmentUrl?: string | undefined;
  readonly autoInactive?: boolean | undefined;
}

/** Says how a deployment goes; success retires older deployments to the same non-production environment. */
export async function addDeploymentStatus(
  site: Site,
  actor: Actor,
  deployment: Deployment,
  input: NewDeploymentStatus,
) {
  const repository = repositoryOf(site.world, deployment);
  permit(site, actor, repository, needs.writeDeployments);
  if (typeof input.state !== 'string' || !states.includes(input.state))
    throw invalid({ resource: 'DeploymentStatus', field: 'state', code: 'invalid' });
  if ((input.description?.length ?? 0) > limits.deploymentDescription)
    throw invalid({
      resource: 'DeploymentStatus',
      field: 'description',
      code: 'custom',
      message: `description is too long (maximum is ${limits.deploymentDescription} characters)`,
    });
  if (input.state === 'success' && (input.autoInactive ?? true)) await retireOlder(site, actor, deployment);
  return record(site, actor, deployment, input.state as DeploymentState, input);
}

async function retireOlder(site: Site, actor: Actor, deployment: Deployment): Promise<void> {
  for (const other of site.world.deployments.values()) {
    if (other.repositoryId !== deployment.repositoryId || other.environment !== deployment.environment) continue;
    if (other.id >= deployment.id || other.transient || other.production) continue;
    if (other.statuses.at(-1)?.state === 'success') await record(site, actor, other, 'inactive', {});
  }
}

async function record(
  site: Site,
  actor: Actor,
  deployment: Deployment,
  state: DeploymentState,
  input: NewDeploymentStatus,
): Promise<DeploymentStatus> {
  const status: DeploymentStatus = {
    id: nextId(site.world, 'DeploymentStatus'),
    state,
    description: input.description ?? '',
    environment: input.environment ?? deployment.environment,
    logUrl: input.logUrl ?? '',
    environmentUrl: input.environmentUrl ?? '',
    creator: loginOf(site, actor),
    appId: appIdOf(actor),
    createdAt: site.now(),
  };
  deployment.statuses.push(status);
  deployment.updatedAt = status.createdAt;
  // GitHub tells nobody about `inactive` (Docs: Webhook events and payloads, `deployment_status`).
  if (state === 'inactive') return status;
  await site.emit({
    event: 'deployment_status',
    action: 'created',
    repository: repositoryOf(site.world, deployment),
    actor,
    needs: ['deployments', 'read'],
    payload: () => ({
      deployment_status: deploymentStatusView(site, deployment, status),
      deployment: deploymentView(site, deployment),
    }),
  });
  return status;
}

import { needs, permit } from '../operations/access.ts';
import { addDeploymentStatus, createDeployment, ensureEnvironment } from '../operations/deployments.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Deployment } from '../state/deployment.ts';
import type { Environment, Repository } from '../state/repository.ts';
import { deploymentStatusView, deploymentView, environmentView } from '../views/deployment.ts';
import { field, flag, integer, names, nullableText, objects, text } from './body.ts';
import { type Call, noContent, numeric, ok, on, param, type Reply, repositoryIn, wrongType } from './call.ts';
import { counted, listed } from './page.ts';

function readable(call: Call): Repository {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readDeployments);
  return repository;
}

function deploymentIn(call: Call): Deployment {
  const repository = readable(call);
  const found = call.site.world.deployments.get(numeric(call, 'id'));
  if (found?.repositoryId !== repository.id) throw notFound();
  return found;
}

function list(call: Call): Promise<Reply> {
  const repository = readable(call);
  const wanted = (name: string, value: string) => {
    const asked = call.query.get(name);
    return !asked || asked === 'none' || asked === value;
  };
  const found = [...call.site.world.deployments.values()]
    .filter((deployment) => deployment.repositoryId === repository.id)
    .filter((one) => wanted('sha', one.sha) && wanted('ref', one.ref) && wanted('task', one.task))
    .filter((one) => wanted('environment', one.environment))
    .reverse();
  return listed(call, found, (deployment) => deploymentView(call.site, deployment));
}

/** Whatever the deployer wants to hand on, as an object or as a text. */
function payloadIn(call: Call): unknown {
  const value = field(call, 'payload');
  if (value === undefined || value === null || typeof value === 'string') return value;
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType('payload', value, 'object');
  return value;
}

async function create(call: Call): Promise<Reply> {
  const made = await createDeployment(call.site, call.actor, repositoryIn(call), {
    ref: text(call, 'ref'),
    task: text(call, 'task'),
    autoMerge: flag(call, 'auto_merge'),
    requiredContexts: names(call, 'required_contexts'),
    payload: payloadIn(call),
    environment: text(call, 'environment'),
    description: nullableText(call, 'description'),
    transient: flag(call, 'transient_environment'),
    production: flag(call, 'production_environment'),
  });
  return 'merged' in made ? ok({ message: made.merged }, 202) : ok(deploymentView(call.site, made), 201);
}

async function addStatus(call: Call): Promise<Reply> {
  const deployment = deploymentIn(call);
  const status = await addDeploymentStatus(call.site, call.actor, deployment, {
    state: field(call, 'state'),
    description: text(call, 'description'),
    environment: text(call, 'environment'),
    logUrl: text(call, 'log_url') ?? text(call, 'target_url'),
    environmentUrl: text(call, 'environment_url'),
    autoInactive: flag(call, 'auto_inactive'),
  });
  return ok(deploymentStatusView(call.site, deployment, status), 201);
}

function environmentIn(call: Call, repository: Repository): Environment {
  const name = param(call, 'name').toLowerCase();
  const found = repository.environments.find((environment) => environment.name.toLowerCase() === name);
  if (!found) throw notFound();
  return found;
}

function putEnvironment(call: Call): Reply {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.admin);
  const reviewers = objects(call, 'reviewers') ?? [];
  // GitHub allows six, and one of them is enough.
  if (reviewers.length > 6)
    throw new Refusal(
      422,
      'Failed to create the environment protection rule. Please ensure there are at most 6 reviewers.',
    );
  const environment = ensureEnvironment(call.site, repository, param(call, 'name'));
  const accounts = [...call.site.world.accounts.values()];
  environment.reviewers = reviewers.flatMap(({ id }) => accounts.find((account) => account.id === id)?.login ?? []);
  environment.waitMinutes = integer(call, 'wait_timer') ?? 0;
  environment.preventSelfReview = flag(call, 'prevent_self_review') ?? false;
  environment.updatedAt = call.site.now();
  return ok(environmentView(call.site, repository, environment));
}

const readActions = { role: 'read', app: [['actions', 'read']] } as const;
const one = '/repos/:owner/:repo/deployments/:id';
const environment = '/repos/:owner/:repo/environments/*name';

export const deploymentRoutes = [
  on('GET', '/repos/:owner/:repo/deployments', list),
  on('POST', '/repos/:owner/:repo/deployments', create),
  on('GET', one, (call) => ok(deploymentView(call.site, deploymentIn(call)))),
  on('GET', `${one}/statuses`, (call) => {
    const deployment = deploymentIn(call);
    const newest = [...deployment.statuses].reverse();
    return listed(call, newest, (status) => deploymentStatusView(call.site, deployment, status));
  }),
  on('POST', `${one}/statuses`, addStatus),
  on('GET', `${one}/statuses/:status`, (call) => {
    const deployment = deploymentIn(call);
    const status = deployment.statuses.find(({ id }) => id === numeric(call, 'status'));
    if (!status) throw notFound();
    return ok(deploymentStatusView(call.site, deployment, status));
  }),
  on('GET', '/repos/:owner/:repo/environments', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, readActions);
    return counted(call, 'environments', repository.environments, (found) =>
      environmentView(call.site, repository, found),
    );
  }),
  on('GET', environment, (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, readActions);
    return ok(environmentView(call.site, repository, environmentIn(call, repository)));
  }),
  on('PUT', environment, putEnvironment),
  on('DELETE', environment, (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.admin);
    const found = environmentIn(call, repository);
    repository.environments = repository.environments.filter((other) => other !== found);
    return noContent;
  }),
];

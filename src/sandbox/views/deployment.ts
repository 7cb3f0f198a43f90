import type { Site } from '../site.ts';
import type { Deployment, DeploymentStatus } from '../state/deployment.ts';
import { repositoryOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Environment, Repository } from '../state/repository.ts';
import { performedVia, userView } from './accounts.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** GitHub's `deployment`. */
export function deploymentView(site: Site, deployment: Deployment) {
  const repository = repositoryOf(site.world, deployment);
  const url = `${repositoryApi(site, repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId('Deployment', deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload ?? {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: userView(site, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryApi(site, repository),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: performedVia(site, deployment.appId),
  };
}

/** GitHub's `deployment-status`. */
export function deploymentStatusView(site: Site, deployment: Deployment, status: DeploymentStatus) {
  const repository = repositoryOf(site.world, deployment);
  const url = `${repositoryApi(site, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', status.id),
    state: status.state,
    creator: userView(site, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: repositoryApi(site, repository),
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: performedVia(site, status.appId),
  };
}

/** GitHub's `environment`. */
export function environmentView(site: Site, repository: Repository, environment: Environment) {
  const rules: object[] = [];
  if (environment.waitMinutes > 0)
    rules.push({
      id: environment.id * 10 + 1,
      node_id: 'GA_wait',
      type: 'wait_timer',
      wait_timer: environment.waitMinutes,
    });
  if (environment.reviewers.length > 0)
    rules.push({
      id: environment.id * 10 + 2,
      node_id: 'GA_reviewers',
      type: 'required_reviewers',
      prevent_self_review: environment.preventSelfReview,
      reviewers: environment.reviewers.map((login) => ({ type: 'User', reviewer: userView(site, login) })),
    });
  return {
    id: environment.id,
    node_id: nodeId('Environment', environment.id),
    name: environment.name,
    url: `${repositoryApi(site, repository)}/environments/${encodeURIComponent(environment.name)}`,
    html_url: `${repositoryPage(site, repository)}/deployments/${encodeURIComponent(environment.name)}`,
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
    protection_rules: rules,
    deployment_branch_policy: null,
  };
}

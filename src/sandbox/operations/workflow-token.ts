import type { Site } from '../site.ts';
import type { Level, Permissions } from '../state/accounts.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { installApp, registerApp } from './apps.ts';

/** GitHub Actions is an App, and a workflow's token one of its installation's. */
export const actionsSlug = 'github-actions';

/** Everything that `permissions:` of a workflow can name and the sandbox knows. */
const permissionNames = [
  'actions',
  'checks',
  'contents',
  'deployments',
  'issues',
  'pull_requests',
  'security_events',
  'statuses',
];

/** A job's token lives as long as the job, and a day at most (documentation, "GITHUB_TOKEN"), in milliseconds. */
const lifetime = 24 * 60 * 60 * 1000;

/** Makes the token that a workflow's job gets in its repository. `wallClock`: milliseconds since 1970. */
export async function workflowToken(
  site: Site,
  repository: Repository,
  permissions: Permissions,
  wallClock: number,
): Promise<string> {
  const { world } = site;
  const everything = Object.fromEntries(permissionNames.map((name): [string, Level] => [name, 'write']));
  const app =
    [...world.apps.values()].find(({ slug }) => slug === actionsSlug) ??
    registerApp(site, { name: 'GitHub Actions', permissions: everything, events: [] });
  const installation =
    [...world.installations.values()].find(({ appId, account }) => appId === app.id && account === repository.owner) ??
    (await installApp(site, app, repository.owner, null));
  const token = `ghs_workflow${String(nextId(world, 'Token')).padStart(28, '0')}`;
  world.tokens.set(token, {
    token,
    installationId: installation.id,
    permissions: { metadata: 'read', ...permissions },
    repositoryIds: [repository.id],
    expiresAt: wallClock + lifetime,
  });
  return token;
}

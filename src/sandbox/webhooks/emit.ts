import { loginOf, reaches } from '../operations/access.ts';
import type { Happening, Site } from '../site.ts';
import type { App, Installation } from '../state/accounts.ts';
import { findAccount, must } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { organizationView, userView } from '../views/accounts.ts';
import { repositoryView } from '../views/repository.ts';
import { type Courier, nextGuid } from './courier.ts';

/** Events that every App gets without subscribing. */
const alwaysSent: readonly string[] = [
  'installation',
  'installation_repositories',
  'installation_target',
  'github_app_authorization',
];
/** With permission for checks come these, subscribed or not, while they ask the App itself to work. */
const askingForWork: readonly string[] = ['check_suite', 'check_run'];

function isTold(happening: Happening, app: App, installation: Installation): boolean {
  if (app.webhookUrl === null || installation.suspendedAt !== null) return false;
  if (happening.onlyApp !== undefined && happening.onlyApp !== app.id) return false;
  if (happening.needs && !reaches(installation.permissions, ...happening.needs)) return false;
  if (alwaysSent.includes(happening.event)) return true;
  if (happening.onlyApp === app.id && askingForWork.includes(happening.event)) return true;
  return installation.events.includes(happening.event);
}

function reachesRepository(installation: Installation, repository: Repository | null): boolean {
  if (repository === null) return true;
  if (installation.account !== repository.owner) return false;
  return installation.repositorySelection === 'all' || installation.repositoryIds.includes(repository.id);
}

/** Fixes the payload of what happened and hands it to the courier for every App that is to know. */
export async function emitTo(site: Site, courier: Courier, happening: Happening): Promise<void> {
  const { event, action, repository, actor } = happening;
  let shared: object | null = null;
  for (const installation of [...site.world.installations.values()]) {
    const app = must(site.world.apps.get(installation.appId), 'App', installation.appId);
    if (!reachesRepository(installation, repository) || !isTold(happening, app, installation)) continue;
    shared ??= {
      ...(action === null ? {} : { action }),
      ...(await happening.payload()),
      ...(repository ? surroundings(site, repository, event) : {}),
      sender: userView(site, loginOf(site, actor)),
    };
    const own =
      event === 'installation'
        ? {}
        : { installation: { id: installation.id, node_id: nodeId('Installation', installation.id) } };
    courier.send({
      app,
      guid: nextGuid(site.world),
      event,
      action,
      installationId: installation.id,
      repositoryId: repository?.id ?? null,
      body: JSON.stringify({ ...shared, ...own }),
      redelivery: false,
    });
  }
}

function surroundings(site: Site, repository: Repository, event: string) {
  const owner = must(findAccount(site.world, repository.owner), 'account', repository.owner);
  const view = repositoryView(site, repository);
  // A push spells its repository in an older way.
  const spelled =
    event === 'push'
      ? {
          ...view,
          created_at: Math.floor(Date.parse(repository.createdAt) / 1000),
          pushed_at: Math.floor(Date.parse(repository.pushedAt) / 1000),
          stargazers: 0,
          master_branch: repository.defaultBranch,
          owner: { ...view.owner, name: repository.owner, email: null },
        }
      : view;
  return {
    repository: spelled,
    ...(owner.type === 'Organization' ? { organization: organizationView(site, owner) } : {}),
  };
}

import { notAccessible, notFound, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Level, Permissions, Role } from '../state/accounts.ts';
import { findRepository, isPull, must } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

/** What an act needs: of a person a role, of an App any one of the permissions. */
export interface Need {
  readonly role: Role;
  readonly app: readonly (readonly [permission: string, level: Level])[];
}

const ranks: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
const levels: readonly Level[] = ['read', 'write', 'admin'];

/** Needs that several operations share. */
export const needs = {
  readMetadata: { role: 'read', app: [['metadata', 'read']] },
  readContents: { role: 'read', app: [['contents', 'read']] },
  writeContents: { role: 'write', app: [['contents', 'write']] },
  readPulls: { role: 'read', app: [['pull_requests', 'read']] },
  writePulls: { role: 'write', app: [['pull_requests', 'write']] },
  comment: { role: 'read', app: [['pull_requests', 'write']] },
  readChecks: { role: 'read', app: [['checks', 'read']] },
  readStatuses: { role: 'read', app: [['statuses', 'read']] },
  writeStatuses: { role: 'write', app: [['statuses', 'write']] },
  readDeployments: { role: 'read', app: [['deployments', 'read']] },
  writeDeployments: { role: 'write', app: [['deployments', 'write']] },
  readCodeScanning: { role: 'write', app: [['security_events', 'read']] },
  writeCodeScanning: { role: 'write', app: [['security_events', 'write']] },
  admin: { role: 'admin', app: [['administration', 'write']] },
} as const satisfies Record<string, Need>;

/** What an act on an issue needs; on a pull request the permission for pull requests will do as well. */
export function issueNeed(issue: Issue | null, level: Level, role: Role): Need {
  const app: (readonly [string, Level])[] = [['issues', level]];
  if (issue === null || isPull(issue)) app.push(['pull_requests', level]);
  return { role, app };
}

/** What creating or editing issues that are not pull requests needs. */
export function plainIssueNeed(level: Level, role: Role): Need {
  return { role, app: [['issues', level]] };
}

/** A person's role in a repository; the owner of a personal repository is its administrator. */
export function roleOf(site: Site, repository: Repository, login: string): Role {
  const wanted = login.toLowerCase();
  if (repository.owner.toLowerCase() === wanted) return 'admin';
  for (const [name, role] of Object.entries(repository.collaborators)) if (name.toLowerCase() === wanted) return role;
  // Everybody with an account can read what is public.
  return repository.private || !site.world.accounts.has(wanted) ? 'none' : 'read';
}

/** `author_association`, as GitHub derives it. */
export function associationOf(site: Site, repository: Repository, login: string) {
  const role = roleOf(site, repository, login);
  if (repository.owner.toLowerCase() === login.toLowerCase()) return 'OWNER';
  if (Object.keys(repository.collaborators).some((name) => name.toLowerCase() === login.toLowerCase()))
    return role === 'none' ? 'NONE' : 'COLLABORATOR';
  return 'NONE';
}

/** Login under which an actor appears: a person's own, or the App's bot. */
export function loginOf(site: Site, actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.login;
    case 'app':
    case 'installation':
      return must(site.world.apps.get(actor.appId), 'App', actor.appId).bot;
    case 'anonymous':
      throw new Refusal(401, 'Requires authentication');
  }
}

/** Id of the App that acts, or `null` for a person. */
export function appIdOf(actor: Actor): number | null {
  return actor.kind === 'installation' ? actor.appId : null;
}

function covers(site: Site, actor: Actor & { kind: 'installation' }, repository: Repository): boolean {
  const installation = site.world.installations.get(actor.installationId);
  if (!installation || installation.account.toLowerCase() !== repository.owner.toLowerCase()) return false;
  if (installation.repositorySelection === 'selected' && !installation.repositoryIds.includes(repository.id))
    return false;
  return actor.repositoryIds === null || actor.repositoryIds.includes(repository.id);
}

/** Whether a set of permissions reaches a level. */
export function reaches(permissions: Permissions, permission: string, level: Level): boolean {
  if (permission === 'metadata' && level === 'read') return true;
  const held = permissions[permission];
  return held !== undefined && levels.indexOf(held) >= levels.indexOf(level);
}

function sees(site: Site, actor: Actor, repository: Repository): boolean {
  if (!repository.private) return true;
  if (actor.kind === 'user') return roleOf(site, repository, actor.login) !== 'none';
  return actor.kind === 'installation' && covers(site, actor, repository);
}

/** The repository of that name; 404 when there is none, or none that this actor may know of. */
export function visibleRepository(site: Site, actor: Actor, owner: string, name: string): Repository {
  const repository = findRepository(site.world, owner, name);
  if (!repository || !sees(site, actor, repository)) throw notFound();
  return repository;
}

/** Whether an actor may do what `need` describes in a repository. */
export function can(site: Site, actor: Actor, repository: Repository, need: Need): boolean {
  return refusalFor(site, actor, repository, need) === null;
}

/** Refuses, as GitHub would, an actor who may not do what `need` describes. */
export function permit(site: Site, actor: Actor, repository: Repository, need: Need): void {
  const refusal = refusalFor(site, actor, repository, need);
  if (refusal) throw refusal;
}

/** A fine-grained token narrows what its person may do; what is public can be read with any. */
function reachesAsPerson(permissions: Permissions | undefined, repository: Repository, need: Need): boolean {
  if (permissions === undefined || need.app.length === 0) return true;
  if (!repository.private && need.app.every(([, level]) => level === 'read')) return true;
  return need.app.some(([permission, level]) => reaches(permissions, permission, level));
}

function refusalFor(site: Site, actor: Actor, repository: Repository, need: Need): Refusal | null {
  if (!sees(site, actor, repository)) return notFound();
  switch (actor.kind) {
    case 'anonymous':
      return need.role === 'read' && need.app.every(([, level]) => level === 'read')
        ? null
        : new Refusal(401, 'Requires authentication');
    case 'app':
      // A JWT proves the App and nothing about repositories: those want an installation's token.
      return notAccessible();
    case 'user': {
      const role = roleOf(site, repository, actor.login);
      if (ranks.indexOf(role) >= ranks.indexOf(need.role))
        return reachesAsPerson(actor.permissions, repository, need)
          ? null
          : notAccessible(need.app, 'personal access token');
      return new Refusal(
        403,
        need.role === 'admin' ? 'Must have admin rights to Repository.' : 'Must have push access to Repository.',
      );
    }
    case 'installation':
      if (!covers(site, actor, repository)) return notAccessible();
      return need.app.some(([permission, level]) => reaches(actor.permissions, permission, level))
        ? null
        : notAccessible(need.app);
  }
}

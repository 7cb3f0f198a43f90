import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { App, Installation, InstallationToken, Level, Permissions } from '../state/accounts.ts';
import { nextId } from '../state/ids.ts';
import { installationView } from '../views/accounts.ts';
import { minimalRepositoryView } from '../views/repository.ts';
import { reaches } from './access.ts';
import { addAccount } from './accounts.ts';

/** GitHub's lifetime of an installation token, in milliseconds. */
const tokenLifetime = 60 * 60 * 1000;

export interface AppInput {
  readonly name: string;
  readonly slug?: string | undefined;
  /** Account that registered the App; made when it is not there. */
  readonly owner?: string | undefined;
  readonly webhookUrl?: string | null | undefined;
  readonly webhookSecret?: string | undefined;
  /** PEM; generated when left out, which takes a moment. */
  readonly privateKey?: string | undefined;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** Registers an App, without installing it. */
export function registerApp(site: Site, input: AppInput): App {
  const slug = input.slug ?? input.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const privateKey =
    input.privateKey ??
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const id = nextId(site.world, 'App');
  const app: App = {
    id,
    slug,
    name: input.name,
    owner: addAccount(site, input.owner ?? 'github', 'User').login,
    bot: addAccount(site, `${slug}[bot]`, 'Bot').login,
    clientId: `Iv23li${String(id).padStart(14, '0')}`,
    privateKey,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    webhookUrl: input.webhookUrl ?? null,
    webhookSecret: input.webhookSecret ?? `secret of ${slug}`,
    permissions: { metadata: 'read', ...input.permissions },
    events: [...input.events],
    createdAt: site.now(),
  };
  site.world.apps.set(id, app);
  return app;
}

/** Installs an App on an account, on all its repositories or on some, and tells it so. */
export async function installApp(
  site: Site,
  app: App,
  account: string,
  repositoryIds: readonly number[] | null,
): Promise<Installation> {
  const installation: Installation = {
    id: nextId(site.world, 'Installation'),
    appId: app.id,
    account,
    permissions: { ...app.permissions },
    events: [...app.events],
    repositorySelection: repositoryIds ? 'selected' : 'all',
    repositoryIds: [...(repositoryIds ?? [])],
    suspendedAt: null,
    createdAt: site.now(),
  };
  site.world.installations.set(installation.id, installation);
  await site.emit({
    event: 'installation',
    action: 'created',
    repository: null,
    actor: { kind: 'user', login: account },
    needs: null,
    onlyApp: app.id,
    payload: () => ({
      installation: installationView(site, installation),
      repositories: repositoriesOf(site, installation).map((repository) => {
        const { id, node_id, name, full_name, private: hidden } = minimalRepositoryView(site, repository);
        return { id, node_id, name, full_name, private: hidden };
      }),
      requester: null,
    }),
  });
  return installation;
}

/**
 * Gives an installation other permissions, as its owner does who accepts what the App asks for, and tells the App. What it
 * loses is lost at once; what it gains is in no token that was made before.
 */
async function setPermissions(site: Site, installation: Installation, permissions: Permissions): Promise<void> {
  installation.permissions = { metadata: 'read', ...permissions };
  await site.emit({
    event: 'installation',
    action: 'new_permissions_accepted',
    repository: null,
    actor: { kind: 'user', login: installation.account },
    needs: null,
    onlyApp: installation.appId,
    payload: () => ({ installation: installationView(site, installation), requester: null }),
  });
}

/** The repositories that an installation reaches. */
export function repositoriesOf(site: Site, installation: Installation) {
  return [...site.world.repositories.values()].filter(
    (repository) =>
      repository.owner === installation.account &&
      (installation.repositorySelection === 'all' || installation.repositoryIds.includes(repository.id)),
  );
}

export interface TokenInput {
  readonly repositories?: readonly string[] | undefined;
  readonly repositoryIds?: readonly number[] | undefined;
  readonly permissions?: Permissions | undefined;
}

/**
 * Makes a token for an installation, narrowed when asked; 422 for what the installation does not hold.
 *
 * @param wallClock milliseconds; tokens live by the clock that their bearer has, too.
 */
export async function createInstallationToken(
  site: Site,
  actor: Actor,
  installationId: number,
  input: TokenInput,
  wallClock: number,
): Promise<InstallationToken> {
  const installation = site.world.installations.get(installationId);
  if (actor.kind !== 'app' || installation?.appId !== actor.appId) throw new Refusal(404, 'Not Found');
  if (installation.suspendedAt) throw new Refusal(403, 'This installation has been suspended');
  for (const [permission, level] of Object.entries(input.permissions ?? {}))
    if (!reaches(installation.permissions, permission, level))
      throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  const reachable = repositoriesOf(site, installation);
  const named = input.repositories?.map((name) => reachable.find((repository) => repository.name === name)?.id);
  const wanted = input.repositoryIds || named ? [...(input.repositoryIds ?? []), ...(named ?? [])] : null;
  if (wanted?.some((id) => id === undefined || !reachable.some((repository) => repository.id === id)))
    throw new Refusal(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  const token: InstallationToken = {
    token: `ghs_sandbox${String(nextId(site.world, 'Token')).padStart(29, '0')}`,
    installationId,
    permissions: input.permissions ? { metadata: 'read', ...input.permissions } : { ...installation.permissions },
    repositoryIds: wanted ? wanted.filter((id) => id !== undefined) : null,
    expiresAt: wallClock + tokenLifetime,
  };
  site.world.tokens.set(token.token, token);
  return token;
}

/** Changes single permissions of every installation; `none` takes one away. */
export async function grant(site: Site, changes: Readonly<Record<string, Level | 'none'>>): Promise<void> {
  for (const installation of site.world.installations.values()) {
    const kept = Object.entries({ ...installation.permissions, ...changes }).filter(
      (entry): entry is [string, Level] => entry[1] !== 'none',
    );
    await setPermissions(site, installation, Object.fromEntries(kept));
  }
}

import { createFaults, type Faults } from './faults/faults.ts';
import { type Git, openInMemory } from './git/store.ts';
import { grant, installApp, registerApp } from './operations/apps.ts';
import { createRepository, type RepositorySeed } from './operations/repositories.ts';
import { becomeServer } from './operations/server.ts';
import { actionsSlug, workflowToken } from './operations/workflow-token.ts';
import { createAllowances } from './server/allowances.ts';
import { tokenOf } from './server/authenticate.ts';
import { type LoggedRequest, listen, urlOf } from './server/listen.ts';
import { createSite } from './server/site.ts';
import type { Site } from './site.ts';
import type { Level, Permissions } from './state/accounts.ts';
import { findRepository } from './state/find.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

export { serverVersion } from './enterprise.ts';
export { importRepository } from './git/import.ts';
export type { RepositorySeed } from './operations/repositories.ts';

export interface SandboxOptions {
  /** 0, the default: any that is free. */
  readonly port?: number;
  /** The loopback interface unless told otherwise: there are no secrets in here. */
  readonly host?: string;
  /** Folder in which each repository becomes a bare git repository, `owner/name.git`; in memory without it. */
  readonly directory?: string;
  /** Milliseconds since 1970, by which everything is dated that people see. The wall clock when left out. */
  readonly clock?: () => number;
  /** Milliseconds since 1970, by which credentials and allowances expire: their holders go by the wall clock, too. */
  readonly wallClock?: () => number;
  /** Requests an hour after which people and installations are refused; never when left out. */
  readonly hourlyRequests?: number;
  /** Version of the GitHub Enterprise Server that it plays, such as `3.17`; GitHub.com when left out. */
  readonly serverVersion?: string;
}

export interface AppRegistration {
  readonly name: string;
  /** Account that it is installed on, with all its repositories. */
  readonly account: string;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  /** PEM; generated when left out, which takes a moment. */
  readonly privateKey?: string;
  /** `owner/name` of the only repositories it is installed on; all of the account when left out. */
  readonly repositories?: readonly string[];
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** A running sandbox GitHub. */
export interface Sandbox {
  /** Address of the pages, without a final slash. */
  readonly url: string;
  /** Base of the REST API. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly site: Site;
  readonly faults: Faults;
  /** Every API request that was answered, oldest first. */
  readonly requests: readonly LoggedRequest[];
  createRepository(seed: RepositorySeed): Promise<void>;
  /** Registers an App and installs it. */
  registerApp(app: AppRegistration): Promise<{
    readonly appId: number;
    readonly slug: string;
    readonly privateKey: string;
    readonly webhookSecret: string;
    readonly installationId: number;
  }>;
  /**
   * Changes what installations may do, by permission; `none` takes one away. The App is told, as when an owner accepts new
   * permissions.
   */
  grant(permissions: Readonly<Record<string, Level | 'none'>>): Promise<void>;
  /** From now on it is an Enterprise Server of this version, or with `null` GitHub.com. */
  becomeServer(version: string | null): void;
  /** The token with which a person calls the API: classic, or, with permissions, a fine-grained one. */
  tokenOf(login: string, permissions?: Permissions): string;
  /** The `GITHUB_TOKEN` of a workflow's job with these `permissions:` in the repository `owner/name`. */
  workflowToken(repository: string, permissions: Permissions): Promise<string>;
  /** Resolves when no webhook is waiting or under way. */
  idle(): Promise<void>;
  /** The whole state, to come back to. */
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  close(): Promise<void>;
}

export interface Snapshot {
  readonly world: World;
  /** Objects of in-memory stores by network. */
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

/** Starts a sandbox on localhost. */
export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  directory,
  wallClock = Date.now,
  clock = wallClock,
  hourlyRequests,
  serverVersion,
}: SandboxOptions = {}): Promise<Sandbox> {
  let url = '';
  const faults = createFaults();
  const held = createSite({ clock, url: () => url, faults, ...(directory === undefined ? {} : { directory }) });
  const { site, courier, stores } = held;
  if (serverVersion !== undefined) becomeServer(site, serverVersion);
  const requests: LoggedRequest[] = [];
  const isWorkflow = (appId: number) => site.world.apps.get(appId)?.slug === actionsSlug;
  const allowances = createAllowances(wallClock, hourlyRequests, isWorkflow);
  const api = { site, courier, faults, allowances, wallClock };
  const server = await listen(api, (request) => void requests.push(request), { host, port });
  url = urlOf(server);

  return {
    url,
    apiUrl: `${url}/api/v3`,
    graphqlUrl: `${url}/api/graphql`,
    site,
    faults,
    requests,
    async createRepository(seed) {
      if (seed.imported !== undefined) held.takeOver(`${seed.owner}/${seed.name}`, seed.imported.gitdir);
      await site.exclusive(() => createRepository(site, seed));
    },
    async registerApp({ account, repositories, ...registration }) {
      const app = registerApp(site, { ...registration, owner: account });
      const ids = repositories?.map((name) => repositoryNamed(site, name).id) ?? null;
      const installation = await installApp(site, app, account, ids);
      return {
        appId: app.id,
        slug: app.slug,
        privateKey: app.privateKey,
        webhookSecret: app.webhookSecret,
        installationId: installation.id,
      };
    },
    grant: (permissions) => site.exclusive(() => grant(site, permissions)),
    becomeServer: (version) => becomeServer(site, version),
    tokenOf,
    workflowToken: (name, permissions) => workflowToken(site, repositoryNamed(site, name), permissions, wallClock()),
    idle: () => courier.idle(),
    snapshot: () => ({ world: structuredClone(site.world), objects: objectsOf(stores) }),
    restore(snapshot) {
      courier.drop();
      allowances.forget();
      site.world = structuredClone(snapshot.world);
      for (const [network, files] of snapshot.objects) {
        // Objects are immutable, so those that are there may stay; a store that was made since is of no repository now.
        const git = stores.get(network) ?? openInMemory();
        for (const [path, bytes] of files) git.files?.set(path, bytes);
        stores.set(network, git);
      }
    },
    async close() {
      courier.drop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function repositoryNamed(site: Site, fullName: string): Repository {
  const [owner = '', name = ''] = fullName.split('/', 2);
  const repository = findRepository(site.world, owner, name);
  if (!repository) throw new Error(`there is no repository ${fullName}`);
  return repository;
}

function objectsOf(stores: ReadonlyMap<string, Git>): Snapshot['objects'] {
  return new Map(
    [...stores].flatMap(([network, { files }]) => (files === null ? [] : [[network, new Map(files)] as const])),
  );
}

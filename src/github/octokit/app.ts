import { lru } from '../../kernel/lru.ts';
import { type GitHub, NotInstalled, type Repository, type Tree } from '../port.ts';
import { type Client, statusOf } from './client.ts';
import { nodeOf, type Remembered } from './connection.ts';
import { withForbidden } from './forbidden.ts';
import type { Identity } from './fragments.ts';
import { forgetServer, holdAgainst, type Lacking, noLacks, watchVersion } from './lacking.ts';
import { octokitRepository } from './repository.ts';

/** How the App gets its clients: its own (a JWT), and one for each installation. */
export interface Clients {
  app(): Promise<Client>;
  /** `fresh`: with a token that was made just now, because one from before does not have what was granted since. */
  installation(id: number, fresh: boolean): Promise<Client>;
}

/** Who the App is, as GitHub has it. */
export async function identityOf(clients: Clients): Promise<Identity> {
  const { data } = await (await clients.app()).request('GET /app');
  if (data === null) throw new Error('GitHub does not know this App');
  return { slug: data.slug ?? data.name.toLowerCase().replaceAll(' ', '-'), id: data.id };
}

/** The App across its installations, over Octokit. */
export function octokitGitHub(clients: Clients, identity: Identity): GitHub {
  const repositories = new Map<string, Promise<Repository>>();
  const lackings = new Map<number, Lacking>();
  const installations = new Map<string, number>();
  const stale = new Set<number>();
  const watched = new WeakSet<Client>();
  let version: string | undefined;
  const remembered: Remembered = {
    texts: lru(32_000_000, (text) => (text?.length ?? 0) + 1),
    trees: lru(500_000, ({ entries }: Tree) => entries.length + 1),
    ancestry: lru(10_000, () => 1),
  };

  async function connect(owner: string, repo: string): Promise<Repository> {
    const app = await clients.app();
    const { data } = await app.request('GET /repos/{owner}/{repo}/installation', { owner, repo });
    const lacking = lackings.get(data.id) ?? noLacks();
    lackings.set(data.id, lacking);
    installations.set(nameOf(owner, repo), data.id);
    if (data.permissions !== undefined) holdAgainst(lacking, data.permissions);
    const client = await clients.installation(data.id, stale.delete(data.id));
    if (!watched.has(client)) watchVersion(client, upgraded);
    watched.add(client);
    return withForbidden(
      octokitRepository({
        client,
        at: { owner, repo },
        app: identity,
        remembered,
        lacking,
        version: () => version,
        node: nodeOf(client, { owner, repo }),
      }),
      lacking,
      () => repositories.delete(nameOf(owner, repo)),
    );
  }

  /** What an older server did not have, the new one may. */
  function upgraded(told: string): void {
    if (version !== undefined && version !== told) for (const lacking of lackings.values()) forgetServer(lacking);
    version = told;
  }

  return {
    repository(owner, repo) {
      const name = nameOf(owner, repo);
      const known = repositories.get(name);
      if (known !== undefined) return known;
      const connecting = connect(owner, repo).catch((error: unknown) => {
        repositories.delete(name);
        throw statusOf(error) === 404 ? new NotInstalled(name, error) : error;
      });
      repositories.set(name, connecting);
      return connecting;
    },

    async repositories() {
      const app = await clients.app();
      const installations = await app.paginate('GET /app/installations', { per_page: 100 });
      const lists = await Promise.allSettled(
        installations
          .filter(({ suspended_at }) => suspended_at === null)
          .map(async ({ id }) => {
            const client = await clients.installation(id, false);
            return client.paginate('GET /installation/repositories', { per_page: 100 });
          }),
      );
      const failed = lists.find(({ status }) => status === 'rejected');
      const listed = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
      // An installation that was just removed hides no other one; when all fail, it is we who cannot reach GitHub.
      if (listed.length === 0 && failed?.status === 'rejected') throw failed.reason;
      return listed.map(({ owner, name }) => ({ owner: owner.login, repo: name }));
    },

    async missedDeliveries(since) {
      const app = await clients.app();
      const attempts: { id: number; guid: string; event: string; status_code: number }[] = [];
      for await (const { data } of app.paginate.iterator('GET /app/hook/deliveries', { per_page: 100 })) {
        attempts.push(...data.filter(({ delivered_at }) => new Date(delivered_at) >= since));
        if (data.some(({ delivered_at }) => new Date(delivered_at) < since)) break;
      }
      const arrived = new Set(
        attempts.filter(({ status_code }) => status_code >= 200 && status_code < 300).map(({ guid }) => guid),
      );
      const lost = new Map(attempts.filter(({ guid }) => !arrived.has(guid)).map((attempt) => [attempt.guid, attempt]));
      return [...lost.values()].map(({ id, guid, event }) => ({ id, guid, event }));
    },

    async redeliver(delivery_id) {
      const app = await clients.app();
      await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id });
    },

    forget(installation) {
      for (const [name, id] of installations) if (id === installation) repositories.delete(name);
      // Its owner may just have granted what was missing, which no token from before has.
      lackings.delete(installation);
      stale.add(installation);
    },
  };
}

/** GitHub does not tell upper from lower case in names. */
function nameOf(owner: string, repo: string): string {
  return `${owner}/${repo}`.toLowerCase();
}

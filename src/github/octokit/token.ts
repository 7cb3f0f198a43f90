import { lru } from '../../kernel/lru.ts';
import type { Permission, Repository, Tree } from '../port.ts';
import { type At, type Client, statusOf } from './client.ts';
import { nodeOf } from './connection.ts';
import { withForbidden } from './forbidden.ts';
import type { Identity } from './fragments.ts';
import { noLacks } from './lacking.ts';
import { octokitRepository } from './repository.ts';

/** Whose token it is. */
export interface Holder {
  /** As comments name their author: `bob`, `github-actions[bot]`. */
  readonly login: string;
  /** The App that the token is an installation's of; absent for a person, who cannot make check runs. */
  readonly app?: Identity;
}

/**
 * Whose token it is, which `viewer` tells for people and for installations alike; REST tells an installation nothing about itself.
 * A workflow's `GITHUB_TOKEN` is one of the App `github-actions`.
 */
export async function holderOf(client: Client): Promise<Holder> {
  const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
  const slug = /^(.+)\[bot\]$/.exec(viewer.login)?.[1];
  if (slug === undefined) return { login: viewer.login };
  try {
    const { data } = await client.request('GET /apps/{app_slug}', { app_slug: slug });
    return data === null ? { login: viewer.login } : { login: viewer.login, app: { slug, id: data.id } };
  } catch (error) {
    // A private App is shown to its owner alone. Without its id its check runs cannot be told from others'.
    if (statusOf(error) === 404 || statusOf(error) === 403) return { login: viewer.login };
    throw error;
  }
}

/** No App has this id, so that no check run is taken for one's own. */
const nobody: Identity = { slug: '', id: 0 };

/** The port over one token instead of an App's installation. */
export function tokenRepository(client: Client, at: At, { login, app = nobody }: Holder): Repository {
  const connected = octokitRepository({
    client,
    at,
    node: nodeOf(client, at),
    app,
    remembered: {
      texts: lru(32_000_000, (text) => (text?.length ?? 0) + 1),
      trees: lru(500_000, ({ entries }: Tree) => entries.length + 1),
      ancestry: lru(1_000, () => 1),
    },
    lacking: noLacks(),
    version: () => undefined,
  });
  const repository = {
    ...connected,
    // The next run knows nothing of what this one found lacking, and would take back what this one said of it.
    without: new Map(),
    bot: login,
    async permission(who: string): Promise<Permission> {
      try {
        return await connected.permission(who);
      } catch (error) {
        // Only who can push may ask (REST reference, "Get repository permissions for a user"): then nobody's word counts.
        if (statusOf(error) === 403) return 'none';
        throw error;
      }
    },
  };
  // What a token may not do, its caller tells.
  return withForbidden(repository, noLacks(), () => undefined);
}

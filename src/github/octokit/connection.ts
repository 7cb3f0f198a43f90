import type { Lru } from '../../kernel/lru.ts';
import type { Feature, Tree } from '../port.ts';
import { type At, type Client, isUnavailable, statusOf } from './client.ts';
import type { Identity } from './fragments.ts';
import { type Lacking, lackOf } from './lacking.ts';

/** What never changes on GitHub and is therefore remembered over passes. */
export interface Remembered {
  /** Texts by blob SHA, weighed in characters; `null` for what is no text that we read. */
  readonly texts: Lru<string | null>;
  readonly trees: Lru<Tree>;
  /** `ancestor..descendant` to whether the one contains the other. */
  readonly ancestry: Lru<boolean>;
}

/** One repository through one installation. */
export interface Connection {
  readonly client: Client;
  readonly at: At;
  readonly app: Identity;
  readonly remembered: Remembered;
  /** What turned out to be lacking; shared by all passes on the installation. */
  readonly lacking: Lacking;
  /** The version of an Enterprise Server, where one was told. */
  readonly version: () => string | undefined;
  /** The repository's node id, which mutations name it by; asked for once. */
  readonly node: () => Promise<string>;
}

/** Remembers that a feature is lacking; where it is the issue that is missing, that is what it throws. */
export async function unavailable<T>(
  { client, at, lacking, version }: Connection,
  error: unknown,
  issue_number: number,
  feature: Feature,
  otherwise: T,
): Promise<T> {
  if (!isUnavailable(error)) throw error;
  if (statusOf(error) !== 403)
    await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...at, issue_number });
  lacking.features.set(feature, lackOf(feature, error, version()));
  return otherwise;
}

/** Asks for a repository's node id when it is first needed, and again only where that failed. */
export function nodeOf(client: Client, at: At): () => Promise<string> {
  let known: Promise<string> | undefined;
  const ask = async () => {
    const query = 'query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id } }';
    return (await client.graphql<{ repository: { id: string } }>(query, { ...at })).repository.id;
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

import type { Lru } from '../../kernel/lru.ts';
import type { At, Client } from './client.ts';

/** Objects asked for in one query: GraphQL answers above ten seconds are cut off. */
const batch = 50;

/** A migration above this size, in bytes, is data and not a schema change. */
export const textLimit = 1_000_000;

interface BlobNode {
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly byteSize?: number;
}

/** Texts by blob SHA; `null` for binary and for too large ones. What the cache holds is not asked for. */
export async function readTexts(
  client: Client,
  at: At,
  blobs: readonly string[],
  cache: Lru<string | null>,
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  const missing = new Set<string>();
  for (const sha of blobs) {
    const known = cache.get(sha);
    if (known === undefined) missing.add(sha);
    else texts.set(sha, known);
  }
  const wanted = [...missing];
  for (let start = 0; start < wanted.length; start += batch) {
    for (const [sha, text] of await readBatch(client, at, wanted.slice(start, start + batch))) {
      texts.set(sha, text);
      cache.set(sha, text);
    }
  }
  return texts;
}

async function readBatch(
  client: Client,
  at: At,
  shas: readonly string[],
): Promise<readonly (readonly [string, string | null])[]> {
  // The SHAs come from GitHub's own answers, but a query is text: nothing but hexadecimal digits gets into it.
  const safe = shas.filter((sha) => /^[0-9a-f]{40,64}$/.test(sha));
  if (safe.length === 0) return [];
  const objects = safe.map(
    (sha, index) => `b${index}: object(oid: "${sha}") { ... on Blob { text isBinary isTruncated byteSize } }`,
  );
  const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${objects.join(' ')} } }`;
  const { repository } = await client.graphql<{ repository: Record<string, BlobNode | null> }>(query, { ...at });
  return Promise.all(
    safe.map(async (sha, index) => {
      const blob = repository[`b${index}`];
      // An object that is no blob, such as a submodule's commit, answers without the fields of one.
      if (typeof blob?.byteSize !== 'number' || blob.isBinary === true || blob.byteSize > textLimit)
        return [sha, null] as const;
      return [
        sha,
        blob.isTruncated || typeof blob.text !== 'string' ? await readRaw(client, at, sha) : blob.text,
      ] as const;
    }),
  );
}

/** GraphQL cuts long texts; REST gives a blob whole. */
async function readRaw(client: Client, at: At, file_sha: string): Promise<string> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...at, file_sha });
  return Buffer.from(data.content, 'base64').toString('utf8');
}

import type { Tree } from '../port.ts';
import type { At, Client } from './client.ts';

/**
 * Every file of a commit. GitHub cuts a recursive answer at 100,000 entries or 7 MB (REST reference, "Get a tree"); then the
 * folders are walked one by one.
 */
export async function readTree(client: Client, at: At, commit: string): Promise<Tree> {
  const whole = await listing(client, at, commit, true);
  if (!whole.truncated) return { entries: whole.entries.flatMap((entry) => fileOf(entry, '')), truncated: false };
  const entries: Tree['entries'][number][] = [];
  let truncated = false;
  const folders = [{ sha: commit, prefix: '' }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const { sha, prefix } = folder;
    const one = await listing(client, at, sha, false);
    truncated ||= one.truncated;
    for (const entry of one.entries) {
      if (entry.type === 'tree' && entry.sha !== undefined)
        folders.push({ sha: entry.sha, prefix: `${prefix}${entry.path}/` });
      else entries.push(...fileOf(entry, prefix));
    }
  }
  return { entries, truncated };
}

interface Entry {
  readonly path?: string;
  readonly sha?: string;
  readonly size?: number;
  readonly type?: string;
}

async function listing(
  client: Client,
  at: At,
  tree_sha: string,
  recursive: boolean,
): Promise<{ readonly entries: readonly Entry[]; readonly truncated: boolean }> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    ...at,
    tree_sha,
    ...(recursive ? { recursive: '1' } : {}),
  });
  return { entries: data.tree, truncated: data.truncated };
}

/** Only blobs are files: a submodule is a commit of another repository. */
function fileOf({ path, sha, size, type }: Entry, prefix: string): Tree['entries'] {
  return type === 'blob' && path !== undefined && typeof sha === 'string'
    ? [{ path: `${prefix}${path}`, sha, size: size ?? 0 }]
    : [];
}

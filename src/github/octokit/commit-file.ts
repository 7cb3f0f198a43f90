import { type At, type Client, hasGraphqlError, isUnavailable, statusOf } from './client.ts';
import { isForbidden } from './forbidden.ts';
import type { Lacking } from './lacking.ts';

interface File {
  readonly path: string;
  readonly text: string;
  readonly message: string;
}

const branch = 'database-lead/task-files';

/**
 * Commits one file to the default branch, signed by GitHub for the App; where the branch is protected, to a branch of our own
 * with one standing pull request. Idempotent: a file that reads so already is left alone.
 */
export async function commitFile(
  client: Client,
  at: At,
  file: File,
  { features }: Lacking,
): Promise<'committed' | 'pull-request' | 'unchanged'> {
  if (features.has('task-files')) return 'unchanged';
  const base = await defaultBranch(client, at);
  // An empty repository has no commit to put one on.
  if (base === undefined) return 'unchanged';
  const { name, head } = base;
  if ((await textAt(client, at, head, file.path)) === file.text) return 'unchanged';
  try {
    await commit(client, at, { branch: name, head, file });
    return 'committed';
  } catch (error) {
    if (isMoved(error)) throw error;
    if (!isRefused(error)) throw error;
  }
  return throughPullRequest(client, at, file, base, features);
}

async function throughPullRequest(
  client: Client,
  at: At,
  file: File,
  base: { name: string; head: string },
  features: Lacking['features'],
): Promise<'pull-request' | 'unchanged'> {
  try {
    const standing = await openPullRequest(client, at, base.name);
    const head = await readyBranch(client, at, base.head, standing);
    if ((await textAt(client, at, head, file.path)) !== file.text) await commit(client, at, { branch, head, file });
    else if (standing) return 'unchanged';
    if (!standing) {
      const body =
        'Keeps the task files of the requests current. The default branch is protected, so they come as a pull request.';
      await client.request('POST /repos/{owner}/{repo}/pulls', {
        ...at,
        title: 'Update the task files',
        head: branch,
        base: base.name,
        body,
      });
    }
    return 'pull-request';
  } catch (error) {
    // A missing permission is for people to hear of.
    if (isForbidden(error) || !isRefused(error)) throw error;
    features.set('task-files', { kind: 'rules' });
    return 'unchanged';
  }
}

async function commit(
  client: Client,
  at: At,
  { branch, head, file }: { branch: string; head: string; file: File },
): Promise<void> {
  await client.graphql(
    'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }',
    {
      input: {
        branch: { repositoryNameWithOwner: `${at.owner}/${at.repo}`, branchName: branch },
        expectedHeadOid: head,
        message: { headline: file.message },
        fileChanges: { additions: [{ path: file.path, contents: Buffer.from(file.text).toString('base64') }] },
      },
    },
  );
}

async function defaultBranch(client: Client, at: At): Promise<{ name: string; head: string } | undefined> {
  const query =
    'query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { defaultBranchRef { name target { oid } } } }';
  const { repository } = await client.graphql<{
    repository: { defaultBranchRef: { name: string; target: { oid: string } } | null };
  }>(query, { ...at });
  const { defaultBranchRef } = repository;
  return defaultBranchRef === null ? undefined : { name: defaultBranchRef.name, head: defaultBranchRef.target.oid };
}

async function headOf(client: Client, at: At, name: string): Promise<string | undefined> {
  try {
    return (await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...at, ref: `heads/${name}` })).data
      .object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/**
 * Our branch, and its head. Without a pull request it is what a merged one left behind, whose commits a squash has made
 * strangers to the default branch: it begins again there, or the next pull request would conflict with the last.
 */
async function readyBranch(client: Client, at: At, base: string, standing: boolean): Promise<string> {
  const head = await headOf(client, at, branch);
  if (head === undefined) return createBranch(client, at, base);
  if (standing || head === base) return head;
  await client.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
    ...at,
    ref: `heads/${branch}`,
    sha: base,
    force: true,
  });
  return base;
}

async function createBranch(client: Client, at: At, sha: string): Promise<string> {
  await client.request('POST /repos/{owner}/{repo}/git/refs', { ...at, ref: `refs/heads/${branch}`, sha });
  return sha;
}

async function openPullRequest(client: Client, at: At, base: string): Promise<boolean> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', {
    ...at,
    head: `${at.owner}:${branch}`,
    base,
    state: 'open',
  });
  return data.length > 0;
}

async function textAt(client: Client, at: At, commit: string, path: string): Promise<string | undefined> {
  const query =
    'query ($owner: String!, $repo: String!, $expression: String!) { repository(owner: $owner, name: $repo) { object(expression: $expression) { ... on Blob { text } } } }';
  const variables = { ...at, expression: `${commit}:${path}` };
  const answer = await client.graphql<{ repository: { object: { text?: string | null } | null } }>(query, variables);
  return answer.repository.object?.text ?? undefined;
}

/** Somebody pushed in between: the next pass looks again. */
function isMoved(error: unknown): boolean {
  return hasGraphqlError(error, 'STALE_DATA');
}

function isRefused(error: unknown): boolean {
  return (
    isUnavailable(error) ||
    statusOf(error) === 422 ||
    hasGraphqlError(error, 'FORBIDDEN', 'UNPROCESSABLE', 'BRANCH_PROTECTION_RULE_VIOLATION')
  );
}

import type { PullNow } from '../port.ts';
import { type At, type Client, queryInPart } from './client.ts';
import type { Identity } from './fragments.ts';
import { type Page, pageFields, rest } from './pages.ts';
import { commitRunFields, lastRuns, type RunsNode, runsOf } from './runs.ts';
import { moreThreads, type ThreadNode, threadFields, wholeThreads } from './threads.ts';

interface Answer {
  readonly repository: {
    readonly object: RunsNode | null;
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
      readonly reviewThreads: Page<ThreadNode>;
    } | null;
  } | null;
}

/** The head, our runs on the commit that was looked at, and the threads: together, so that they are of one moment. */
export async function pullNow(
  client: Client,
  at: At,
  { number, head }: { readonly number: number; readonly head: string },
  app: Identity,
): Promise<PullNow | undefined> {
  const query = `query ($owner: String!, $repo: String!, $number: Int!, $head: GitObjectID!) {
    repository(owner: $owner, name: $repo) {
      object(oid: $head) { ... on Commit { ${commitRunFields(app)} } }
      pullRequest(number: $number) { headRefOid state reviewThreads(first: 100) { ${threadFields} } }
    }
  }`;
  const { data } = await queryInPart<Answer>(
    client,
    query,
    { ...at, number, head },
    ({ repository }) => repository?.pullRequest != null,
  );
  const pull = data.repository?.pullRequest;
  if (pull == null) return undefined;
  const commit = data.repository?.object;
  return {
    head: pull.headRefOid,
    state: pull.state.toLowerCase() as PullNow['state'],
    checks: commit?.oid === head ? runsOf(commit, app.slug) : await lastRuns(client, at, app, head),
    threads: await wholeThreads(client, await rest(pull.reviewThreads, moreThreads(client, at, number))),
  };
}

interface Head {
  readonly number: number;
  readonly headRefOid: string;
}

/**
 * The open pull requests, or those into one branch. By their head they are found by going through them, for GitHub's list of the
 * pull requests of a commit says nothing about forks.
 */
export async function openPulls(client: Client, at: At, base?: string): Promise<readonly Head[]> {
  const query = `query ($owner: String!, $repo: String!, $base: String, $after: String) {
    repository(owner: $owner, name: $repo) {
      pullRequests(states: [OPEN], baseRefName: $base, first: 100, after: $after) { nodes { number headRefOid } ${pageFields} }
    }
  }`;
  const page = async (after: string | null) =>
    (
      await client.graphql<{ repository: { pullRequests: Page<Head> } }>(query, {
        ...at,
        after,
        ...(base === undefined ? {} : { base }),
      })
    ).repository.pullRequests;
  return rest(await page(null), page);
}

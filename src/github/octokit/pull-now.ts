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
 * Open pull requests by their head. GitHub's list of a commit's pull requests leaves out those of forks, so that the open ones
 * are gone through.
 */
export async function pullsWithHead(client: Client, at: At, head: string): Promise<readonly number[]> {
  const query = `query ($owner: String!, $repo: String!, $after: String) {
    repository(owner: $owner, name: $repo) {
      pullRequests(states: [OPEN], first: 100, after: $after) { nodes { number headRefOid } ${pageFields} }
    }
  }`;
  const page = async (after: string | null) =>
    (await client.graphql<{ repository: { pullRequests: Page<Head> } }>(query, { ...at, after })).repository
      .pullRequests;
  const open = await rest(await page(null), page);
  return open.filter(({ headRefOid }) => headRefOid === head).map(({ number }) => number);
}

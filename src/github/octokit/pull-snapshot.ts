import type { OwnReview, PullSnapshot, RunFacts } from '../port.ts';
import { type At, type Client, queryInPart, readable } from './client.ts';
import { fileAliases, filesOf, type RepositoryNode, repositoryFacts, repositoryFields } from './files-at-head.ts';
import {
  type ActorNode,
  type CommentNode,
  commentFields,
  commentOf,
  type Identity,
  type IssueNode,
  issueFields,
  issueOf,
  loginOf,
  type PullNode,
  pullFields,
} from './fragments.ts';
import { type Page, pageFields, rest } from './pages.ts';
import { commitRunFields, lastRuns, type RunsNode, runsOf } from './runs.ts';
import { morePages, moreThreads, type ThreadNode, threadFields, wholeThreads } from './threads.ts';

interface ReviewNode {
  readonly databaseId: number | null;
  readonly state: OwnReview['state'];
  readonly author: ActorNode | null;
  readonly commit: { readonly oid: string } | null;
}

interface Around {
  readonly pullRequest: Node | null;
  readonly pullRequests: { readonly nodes: readonly (Pick<Node, 'number' | 'headRefOid'> | null)[] } | null;
}

interface Node extends PullNode {
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly baseRefOid: string;
  readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
  readonly closingIssuesReferences: { readonly nodes: readonly (IssueNode | null)[] } | null;
  readonly comments: Page<CommentNode>;
  readonly reviewThreads: Page<ThreadNode>;
  readonly recent: { readonly nodes: readonly ({ readonly commit: RunsNode | null } | null)[] } | null;
  readonly pushes: { readonly nodes: readonly ({ readonly beforeCommit: RunsNode | null } | null)[] } | null;
  readonly changedFiles: number;
  readonly reviews: { readonly nodes: readonly (ReviewNode | null)[] } | null;
}

/** How far back earlier heads are looked for: a pass has seen those before. */
const recentCommits = 10;
const recentPushes = 5;

const comments = `nodes { ${commentFields} } ${pageFields}`;

/** Reads a pull request with its conversation, its threads, our checks and the issues it closes. */
export async function pullSnapshot(
  client: Client,
  at: At,
  number: number,
  options: { readonly paths: readonly string[]; readonly app: Identity },
): Promise<PullSnapshot | undefined> {
  const query = `query ($owner: String!, $repo: String!, $number: Int!) {
    repository(owner: $owner, name: $repo) {
      ${repositoryFields} ${fileAliases(options.paths)}
      pullRequests(states: OPEN, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { number headRefOid } }
      pullRequest(number: $number) {
        ${pullFields(options.app)} isDraft isCrossRepository headRefName baseRefOid baseRef { target { oid } }
        closingIssuesReferences(first: 20) { nodes { ${issueFields} } }
        comments(first: 100) { ${comments} }
        reviewThreads(first: 100) { ${threadFields} }
        recent: commits(last: ${recentCommits}) { nodes { commit { ${commitRunFields(options.app)} } } }
        pushes: timelineItems(last: ${recentPushes}, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
          nodes { ... on HeadRefForcePushedEvent { beforeCommit { ${commitRunFields(options.app)} } } }
        }
        changedFiles reviews(last: 50, states: [APPROVED, CHANGES_REQUESTED]) { nodes { databaseId state author { __typename login } commit { oid } } }
      }
    }
  }`;
  const {
    data: { repository },
    refused,
  } = await queryInPart<{ repository: (RepositoryNode & Around) | null }>(
    client,
    query,
    { ...at, number },
    (part) => part.repository?.pullRequest != null,
  );
  if (repository === null) return undefined;
  const pull = repository.pullRequest;
  if (pull === null) return undefined;

  const facts = repositoryFacts(repository, refused);
  const base = { sha: pull.baseRef?.target?.oid ?? pull.baseRefOid, ref: pull.baseRefName };
  return {
    repository: facts,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    url: pull.url,
    author: loginOf(pull.author),
    state: pull.state.toLowerCase() as PullSnapshot['state'],
    draft: pull.isDraft,
    head: { sha: pull.headRefOid, ref: pull.headRefName, fork: pull.isCrossRepository },
    base,
    closes: readable(pull.closingIssuesReferences?.nodes).map(issueOf),
    comments: (await rest(pull.comments, morePages(client, at, number, 'comments', comments))).map(commentOf),
    threads: await wholeThreads(client, await rest(pull.reviewThreads, moreThreads(client, at, number))),
    others: readable(repository.pullRequests?.nodes)
      .filter((other) => other.number !== pull.number)
      .map(({ number, headRefOid }) => ({ number, head: headRefOid })),
    changedFiles: pull.changedFiles,
    ownReviews: ownReviews(pull.reviews?.nodes, options.app),
    ...(await runsAround(client, at, pull, options.app)),
    files:
      base.ref === facts.defaultBranch
        ? filesOf(repository, options.paths)
        : await filesAt(client, at, base.sha, options.paths),
  };
}

/** Our runs on the head, and the unfinished ones on what was the head before. */
async function runsAround(
  client: Client,
  at: At,
  { headRefOid, recent, pushes }: Node,
  app: Identity,
): Promise<Pick<PullSnapshot, 'checks' | 'unfinished'>> {
  const commits = [
    ...readable(recent?.nodes).map(({ commit }) => commit),
    ...readable(pushes?.nodes).map(({ beforeCommit }) => beforeCommit),
  ].filter((commit) => commit !== null && commit !== undefined);
  const head = commits.find(({ oid }) => oid === headRefOid);
  const earlier = new Map(commits.filter(({ oid }) => oid !== headRefOid).map((commit) => [commit.oid, commit]));
  return {
    // The list of commits may be older than the head, and without contents: read it is empty.
    checks: head === undefined ? await lastRuns(client, at, app, headRefOid) : runsOf(head, app.slug),
    unfinished: [...earlier.values()].flatMap((commit): readonly RunFacts[] =>
      runsOf(commit, app.slug).filter(({ status }) => status !== 'completed'),
    ),
  };
}

/** Those that the App wrote and that stand, oldest first. */
function ownReviews(nodes: readonly (ReviewNode | null)[] | undefined, { slug }: Identity): readonly OwnReview[] {
  return readable(nodes).flatMap(({ databaseId, state, author, commit }) =>
    databaseId !== null && loginOf(author) === `${slug}[bot]`
      ? [{ id: databaseId, state, commit: commit?.oid ?? '' }]
      : [],
  );
}

/** The base branch's own files: a pull request into a release branch is judged by that branch's configuration. */
async function filesAt(
  client: Client,
  at: At,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${fileAliases(paths, commit)} } }`;
  const { data } = await queryInPart<{ repository: RepositoryNode }>(client, query, { ...at }, () => true);
  return filesOf(data.repository, paths);
}

import type { OwnReview, PullSnapshot, Thread } from '../port.ts';
import { type At, type Client, queryInPart, readable } from './client.ts';
import { fileAliases, filesOf, type RepositoryNode, repositoryFacts, repositoryFields } from './files-at-head.ts';
import {
  type ActorNode,
  type CommentNode,
  checksOf,
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

interface ThreadNode {
  readonly id: string;
  readonly path: string;
  readonly line: number | null;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: Page<CommentNode>;
}

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
  readonly changedFiles: number;
  readonly reviews: { readonly nodes: readonly (ReviewNode | null)[] } | null;
}

const comments = `nodes { ${commentFields} } ${pageFields}`;
const threads = `nodes { id path line isResolved isOutdated resolvedBy { login } comments(first: 50) { ${comments} } } ${pageFields}`;

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
        reviewThreads(first: 100) { ${threads} }
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
    comments: (await rest(pull.comments, moreOf(client, at, number, 'comments', comments))).map(commentOf),
    threads: await wholeThreads(
      client,
      await rest(pull.reviewThreads, moreOf(client, at, number, 'reviewThreads', threads)),
    ),
    others: readable(repository.pullRequests?.nodes)
      .filter((other) => other.number !== pull.number)
      .map(({ number, headRefOid }) => ({ number, head: headRefOid })),
    changedFiles: pull.changedFiles,
    ownReviews: ownReviews(pull.reviews?.nodes, options.app),
    checks: checksOf(pull.commits?.nodes[0]?.commit?.checkSuites, options.app.slug),
    files:
      base.ref === facts.defaultBranch
        ? filesOf(repository, options.paths)
        : await filesAt(client, at, base.sha, options.paths),
  };
}

/** Every review thread of a pull request. */
export async function reviewThreads(client: Client, at: At, number: number): Promise<readonly Thread[]> {
  const next = moreOf<ThreadNode>(client, at, number, 'reviewThreads', threads);
  const none: Page<ThreadNode> = { nodes: [], pageInfo: { hasNextPage: true, endCursor: '' } };
  return wholeThreads(client, await rest(none, next));
}

/** Threads with all their comments: what we said last in a long one decides what we say next. */
function wholeThreads(client: Client, nodes: readonly ThreadNode[]): Promise<readonly Thread[]> {
  const query = `query ($id: ID!, $after: String) { node(id: $id) { ... on PullRequestReviewThread { more: comments(first: 100, after: $after) { ${comments} } } } }`;
  return Promise.all(
    nodes.map(async (node) =>
      threadOf(
        node,
        await rest(node.comments, async (after) => {
          const answer = await client.graphql<{ node: { more: Page<CommentNode> } }>(query, { id: node.id, after });
          return answer.node.more;
        }),
      ),
    ),
  );
}

/** Those that the App wrote and that stand, oldest first. */
function ownReviews(nodes: readonly (ReviewNode | null)[] | undefined, { slug }: Identity): readonly OwnReview[] {
  return readable(nodes).flatMap(({ databaseId, state, author, commit }) =>
    databaseId !== null && loginOf(author) === `${slug}[bot]`
      ? [{ id: databaseId, state, commit: commit?.oid ?? '' }]
      : [],
  );
}

function moreOf<T>(client: Client, at: At, number: number, connection: string, fields: string) {
  const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { more: ${connection}(first: 100, after: $after) { ${fields} } } }
  }`;
  return async (after: string): Promise<Page<T>> => {
    const variables = { ...at, number, after: after === '' ? null : after };
    return (await client.graphql<{ repository: { pullRequest: { more: Page<T> } } }>(query, variables)).repository
      .pullRequest.more;
  };
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

function threadOf(node: ThreadNode, comments: readonly CommentNode[]): Thread {
  return {
    id: node.id,
    path: node.path,
    ...(node.line === null ? {} : { line: node.line }),
    resolved: node.isResolved,
    outdated: node.isOutdated,
    ...(node.resolvedBy === null ? {} : { resolvedBy: node.resolvedBy.login }),
    comments: comments.map(commentOf),
  };
}

import type { Thread } from '../port.ts';
import type { At, Client } from './client.ts';
import { type CommentNode, commentFields, commentOf } from './fragments.ts';
import { type Page, pageFields, rest } from './pages.ts';

export interface ThreadNode {
  readonly id: string;
  readonly path: string;
  readonly line: number | null;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: Page<CommentNode>;
}

const comments = `nodes { ${commentFields} } ${pageFields}`;

/** One page of `reviewThreads`. */
export const threadFields = `nodes { id path line isResolved isOutdated resolvedBy { login } comments(first: 50) { ${comments} } } ${pageFields}`;

/** Threads with all their comments: what we said last in a long one decides what we say next. */
export function wholeThreads(client: Client, nodes: readonly ThreadNode[]): Promise<readonly Thread[]> {
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

/** Further pages of a pull request's threads. */
export function moreThreads(client: Client, at: At, number: number): (after: string) => Promise<Page<ThreadNode>> {
  return morePages<ThreadNode>(client, at, number, 'reviewThreads', threadFields);
}

/** Further pages of a connection of a pull request. */
export function morePages<T>(client: Client, at: At, number: number, connection: string, fields: string) {
  const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { more: ${connection}(first: 100, after: $after) { ${fields} } } }
  }`;
  return async (after: string): Promise<Page<T>> => {
    const variables = { ...at, number, after };
    return (await client.graphql<{ repository: { pullRequest: { more: Page<T> } } }>(query, variables)).repository
      .pullRequest.more;
  };
}

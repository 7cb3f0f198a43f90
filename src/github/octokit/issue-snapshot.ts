import type { ChildSnapshot, IssueSnapshot, LinkedPull } from '../port.ts';
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
  linkedPullOf,
  loginOf,
  type PullNode,
  pullFields,
} from './fragments.ts';
import { type Page, pageFields, rest } from './pages.ts';

interface LinkedNodes {
  readonly closedByPullRequestsReferences: { readonly nodes: readonly (PullNode | null)[] } | null;
  readonly mentions: {
    readonly nodes: readonly ({
      readonly source?: (Partial<PullNode> & { readonly __typename: string }) | null;
    } | null)[];
  } | null;
  readonly reopenings: { readonly nodes: readonly { readonly createdAt: string }[] };
}

interface Node extends IssueNode, LinkedNodes {
  readonly comments: Page<CommentNode>;
  readonly labelings: Page<{
    readonly __typename: string;
    readonly actor: ActorNode | null;
    readonly createdAt: string;
    readonly label: { readonly name: string };
  }>;
  readonly parent?: { readonly number: number } | null;
  readonly subIssues?: { readonly nodes: readonly (IssueNode & LinkedNodes)[] };
}

// A pull request that names the issue without a closing keyword ("Part of #12") shows only as a cross-reference.
const linkedFields = (app: Identity) => `
  closedByPullRequestsReferences(first: 10, includeClosedPrs: true) { nodes { ${pullFields(app)} } }
  mentions: timelineItems(last: 20, itemTypes: [CROSS_REFERENCED_EVENT]) { nodes { ... on CrossReferencedEvent { source { __typename ... on PullRequest { ${pullFields(app)} } } } } }
  reopenings: timelineItems(last: 1, itemTypes: [REOPENED_EVENT]) { nodes { ... on ReopenedEvent { createdAt } } }`;

const comments = `nodes { ${commentFields} } ${pageFields}`;
const labelings = `nodes { __typename ... on LabeledEvent { actor { __typename login } createdAt label { name } } ... on UnlabeledEvent { actor { __typename login } createdAt label { name } } } ${pageFields}`;
const hierarchy = (app: Identity) =>
  `parent { number } subIssues(first: 100) { nodes { ${issueFields} ${linkedFields(app)} } }`;

/** Reads an issue with its conversation, its children and their pull requests. `undefined`: no such issue. */
export async function issueSnapshot(
  client: Client,
  at: At,
  number: number,
  options: { readonly paths: readonly string[]; readonly app: Identity; readonly subIssues: boolean },
): Promise<IssueSnapshot | undefined> {
  const query = `query ($owner: String!, $repo: String!, $number: Int!) {
    repository(owner: $owner, name: $repo) {
      ${repositoryFields} ${fileAliases(options.paths)}
      issue(number: $number) {
        ${issueFields} ${linkedFields(options.app)} ${options.subIssues ? hierarchy(options.app) : ''}
        comments(first: 100) { ${comments} }
        labelings: timelineItems(first: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) { ${labelings} }
      }
    }
  }`;
  const {
    data: { repository },
    refused,
  } = await queryInPart<{ repository: (RepositoryNode & { readonly issue: Node | null }) | null }>(
    client,
    query,
    { ...at, number },
    (part) => part.repository?.issue != null,
  );
  if (repository === null) return undefined;
  const { issue } = repository;
  if (issue === null) return undefined;

  const nested = (connection: string, fields: string) => (after: string) =>
    client
      .graphql<{ repository: { issue: { more: Page<never> } } }>(
        `query ($owner: String!, $repo: String!, $number: Int!, $after: String!) {
        repository(owner: $owner, name: $repo) { issue(number: $number) { more: ${connection} { ${fields} } } }
      }`,
        { ...at, number, after },
      )
      .then((answer) => answer.repository.issue.more);
  const allComments = await rest(issue.comments, nested('comments(first: 100, after: $after)', comments));
  const allLabelings = await rest(
    issue.labelings,
    nested('timelineItems(first: 100, after: $after, itemTypes: [LABELED_EVENT, UNLABELED_EVENT])', labelings),
  );

  return {
    repository: repositoryFacts(repository, refused),
    issue: issueOf(issue),
    comments: allComments.map(commentOf),
    labelings: allLabelings.map(({ __typename, actor, createdAt, label }) => ({
      label: label.name,
      actor: loginOf(actor),
      added: __typename === 'LabeledEvent',
      at: createdAt,
    })),
    ...(issue.parent ? { parent: issue.parent.number } : {}),
    ...reopening(issue),
    pulls: linkedPulls(issue, options.app.slug),
    children: (issue.subIssues?.nodes ?? []).map((child) => childOf(child, options.app.slug)),
    files: filesOf(repository, options.paths),
  };
}

function childOf(node: IssueNode & LinkedNodes, slug: string): ChildSnapshot {
  return { ...issueOf(node), ...reopening(node), pulls: linkedPulls(node, slug) };
}

function reopening({ reopenings }: LinkedNodes): { readonly reopenedAt?: string } {
  const [last] = reopenings.nodes;
  return last === undefined ? {} : { reopenedAt: last.createdAt };
}

/** Each pull request once, in the order of their numbers. */
function linkedPulls({ closedByPullRequestsReferences, mentions }: LinkedNodes, slug: string): readonly LinkedPull[] {
  const mentioning = readable(mentions?.nodes).flatMap(({ source }) =>
    source?.__typename === 'PullRequest' ? [source as PullNode] : [],
  );
  const pulls = new Map<number, LinkedPull>();
  for (const node of mentioning) pulls.set(node.number, linkedPullOf(node, false, slug));
  for (const node of readable(closedByPullRequestsReferences?.nodes))
    pulls.set(node.number, linkedPullOf(node, true, slug));
  return [...pulls.values()].toSorted((a, b) => a.number - b.number);
}

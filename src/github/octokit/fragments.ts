import type { CheckFacts, Comment, Issue, LinkedPull } from '../port.ts';
import { checkOf, type RunNode } from './runs.ts';

/** Pieces of the two big queries, each beside the function that reads its answer. */

export interface ActorNode {
  readonly __typename: string;
  readonly login: string;
}

/** GraphQL gives a bot's login without the `[bot]` that REST, webhooks and mentions have; a deleted account is `ghost`. */
export function loginOf(actor: ActorNode | null | undefined): string {
  if (actor === null || actor === undefined) return 'ghost';
  return actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
}

export interface CommentNode {
  readonly databaseId: number;
  readonly body: string;
  readonly author: ActorNode | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const commentFields = 'databaseId body author { __typename login } createdAt updatedAt';

export function commentOf(node: CommentNode): Comment {
  return {
    id: node.databaseId,
    author: loginOf(node.author),
    body: node.body,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
  };
}

export interface IssueNode extends CommentNode {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: string | null;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] };
  readonly assignees: { readonly nodes: readonly { readonly login: string }[] };
}

export const issueFields = `${commentFields} number title url state stateReason labels(first: 30) { nodes { name } } assignees(first: 10) { nodes { login } }`;

export function issueOf(node: IssueNode): Issue {
  return {
    id: node.databaseId,
    number: node.number,
    title: node.title,
    body: node.body,
    url: node.url,
    author: loginOf(node.author),
    open: node.state === 'OPEN',
    ...(node.stateReason === null ? {} : { stateReason: node.stateReason.toLowerCase() }),
    labels: node.labels.nodes.map(({ name }) => name),
    assignees: node.assignees.nodes.map(({ login }) => login),
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
  };
}

export interface CheckSuiteNodes {
  readonly nodes: readonly {
    readonly app: { readonly slug: string } | null;
    readonly checkRuns: { readonly nodes: readonly Omit<RunNode, 'id' | 'annotations'>[] } | null;
  }[];
}

/** The App by whose name and id its own things are told from others'. */
export interface Identity {
  readonly slug: string;
  readonly id: number;
}

/** Only the App's own suites: a busy repository has dozens of others on one commit. */
export function checkSuiteFields({ id }: Identity): string {
  return `checkSuites(first: 3, filterBy: { appId: ${id} }) { nodes { app { slug } checkRuns(first: 20) { nodes { databaseId name status conclusion title externalId } } } }`;
}

/** The App's own check runs among the suites of a commit, oldest first. */
export function checksOf(suites: CheckSuiteNodes | null | undefined, slug: string): readonly CheckFacts[] {
  return (suites?.nodes ?? [])
    .filter(({ app }) => app?.slug === slug)
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? [])
    .map(checkOf)
    .toSorted((a, b) => a.id - b.id);
}

export interface PullNode {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: ActorNode | null;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly mergedAt: string | null;
  readonly updatedAt: string;
  readonly commits: {
    readonly nodes: readonly ({ readonly commit: { readonly checkSuites: CheckSuiteNodes | null } | null } | null)[];
  } | null;
}

export function pullFields(app: Identity): string {
  return `number title body url author { __typename login } state headRefOid baseRefName mergeCommit { oid } mergedAt updatedAt
  commits(last: 1) { nodes { commit { ${checkSuiteFields(app)} } } }`;
}

export function linkedPullOf(node: PullNode, closes: boolean, slug: string): LinkedPull {
  return {
    number: node.number,
    title: node.title,
    body: node.body,
    closes,
    url: node.url,
    author: loginOf(node.author),
    state: node.state.toLowerCase() as LinkedPull['state'],
    head: node.headRefOid,
    base: node.baseRefName,
    ...(node.mergeCommit === null ? {} : { mergeCommit: node.mergeCommit.oid }),
    ...(node.mergedAt === null ? {} : { mergedAt: node.mergedAt }),
    updatedAt: node.updatedAt,
    checks: checksOf(node.commits?.nodes[0]?.commit?.checkSuites, slug),
  };
}

import { issueNeed, needs, roleOf } from '../../operations/access.ts';
import { assignable } from '../../operations/assignees.ts';
import { findIssue, isPull, issuesOf, labelsOf, type PullIssue, pullsOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { type Context, check, type Fields } from '../context.ts';
import { unresolved } from '../errors.ts';
import { ordered, type PageArguments, paged } from '../page.ts';
import { actorFields, userFields } from './account.ts';
import { deploymentConnection, environmentFields } from './deployment.ts';
import { gitObject, revision } from './git-object.ts';
import { issueFields } from './issue.ts';
import { labelConnection, labelFields } from './label.ts';
import { mergeQueueFields } from './merge-queue.ts';
import { pullFields, pullState } from './pull.ts';
import { refFields } from './ref.ts';
import { subjectFields } from './timeline-event.ts';

interface ListArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

const sortKeys = {
  CREATED_AT: (issue: Issue) => issue.createdAt,
  UPDATED_AT: (issue: Issue) => issue.updatedAt,
  COMMENTS: (issue: Issue) => issue.commentIds.length,
};

function carries(repository: Repository, issue: Issue, labels: readonly string[] | null | undefined): boolean {
  if (!labels || labels.length === 0) return true;
  const wanted = new Set(labels.map((label) => label.toLowerCase()));
  return labelsOf(repository, issue).some((label) => wanted.has(label.name.toLowerCase()));
}

function issueConnection(at: Context, repository: Repository) {
  return paged(
    ({ states, labels, orderBy }: ListArguments) => {
      check(at, repository, issueNeed(null, 'read', 'read'));
      const found = issuesOf(at.site.world, repository).filter(
        (issue) =>
          !issue.pull && (!states || states.includes(issue.state.toUpperCase())) && carries(repository, issue, labels),
      );
      return ordered(found, orderBy, sortKeys);
    },
    (issue) => issueFields(at, issue),
  );
}

function pullConnection(at: Context, repository: Repository) {
  return paged(
    ({ states, labels, headRefName, baseRefName, orderBy }: ListArguments) => {
      check(at, repository, needs.readPulls);
      const found = pullsOf(at.site.world, repository).filter(
        (issue) =>
          (!states || states.includes(pullState(issue))) &&
          (headRefName == null || issue.pull.headRef === headRefName) &&
          (baseRefName == null || issue.pull.baseRef === baseRefName) &&
          carries(repository, issue, labels),
      );
      return ordered<PullIssue>(found, orderBy, sortKeys);
    },
    (issue) => pullFields(at, issue),
  );
}

function numbered(at: Context, repository: Repository) {
  const find = (number: number) => findIssue(at.site.world, repository, number);
  return {
    issue: ({ number }: { readonly number: number }) => {
      check(at, repository, issueNeed(null, 'read', 'read'));
      const issue = find(number);
      if (!issue || isPull(issue)) throw unresolved(`an Issue with the number of ${number}`);
      return issueFields(at, issue);
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      check(at, repository, needs.readPulls);
      const issue = find(number);
      if (!isPull(issue)) throw unresolved(`a PullRequest with the number of ${number}`);
      return pullFields(at, issue);
    },
    issueOrPullRequest: ({ number }: { readonly number: number }) => {
      const issue = find(number);
      if (!issue) throw unresolved(`an issue or pull request with the number of ${number}`);
      return subjectFields(at, issue);
    },
  };
}

function references(at: Context, repository: Repository) {
  const full = (name: string) =>
    [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`].find((ref) => repository.refs[ref]);
  return {
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) => {
      const ref = full(qualifiedName);
      return ref ? refFields(at, repository, ref) : null;
    },
    refs: paged(
      ({ refPrefix, query }: PageArguments & { readonly refPrefix: string; readonly query?: string | null }) =>
        Object.keys(repository.refs)
          .filter((ref) => ref.startsWith(refPrefix) && (!query || ref.slice(refPrefix.length).includes(query)))
          .sort(),
      (ref) => refFields(at, repository, ref),
    ),
    defaultBranchRef: () => {
      const ref = `refs/heads/${repository.defaultBranch}`;
      return repository.refs[ref] ? refFields(at, repository, ref) : null;
    },
    object: ({ expression, oid }: { readonly expression?: string | null; readonly oid?: string | null }) => {
      check(at, repository, needs.readContents);
      if (oid != null) return gitObject(at, repository, oid);
      return expression == null ? null : revision(at, repository, expression);
    },
  };
}

export function repositoryFields(at: Context, repository: Repository): Fields {
  const { site, actor } = at;
  const nameWithOwner = `${repository.owner}/${repository.name}`;
  const parent = repository.parentId === null ? undefined : site.world.repositories.get(repository.parentId);
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner,
    owner: () => actorFields(at, repository.owner),
    description: repository.description,
    isPrivate: repository.private,
    isFork: repository.parentId !== null,
    parent: () => (parent ? repositoryFields(at, parent) : null),
    createdAt: repository.createdAt,
    updatedAt: repository.updatedAt,
    pushedAt: repository.pushedAt,
    resourcePath: `/${nameWithOwner}`,
    url: `${site.url()}/${nameWithOwner}`,
    viewerPermission: () => {
      if (actor.kind !== 'user') return null;
      const role = roleOf(site, repository, actor.login);
      return role === 'none' ? null : role.toUpperCase();
    },
    assignableUsers: paged(
      ({ query }: PageArguments & { readonly query?: string | null }) =>
        [...site.world.accounts.values()].filter(
          ({ login }) =>
            assignable(site, repository, login) && (!query || login.toLowerCase().includes(query.toLowerCase())),
        ),
      ({ login }) => userFields(at, login),
    ),
    ...references(at, repository),
    ...numbered(at, repository),
    issues: issueConnection(at, repository),
    pullRequests: pullConnection(at, repository),
    label: ({ name }: { readonly name: string }) => {
      const found = repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
      return found ? labelFields(at, repository, found) : null;
    },
    labels: labelConnection(at, repository, () => repository.labels),
    mergeQueue: ({ branch }: { readonly branch?: string | null }) =>
      mergeQueueFields(at, repository, branch ?? repository.defaultBranch),
    deployments: deploymentConnection(at, repository),
    environment: ({ name }: { readonly name: string }) => {
      const found = repository.environments.find((environment) => environment.name === name);
      return found ? environmentFields(found) : null;
    },
    environments: paged(
      ({ names }: PageArguments & { readonly names?: readonly string[] | null }) =>
        repository.environments
          .filter((environment) => !names?.length || names.includes(environment.name))
          .sort((left, right) => (left.name < right.name ? -1 : 1)),
      environmentFields,
    ),
  };
}

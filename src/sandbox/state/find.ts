import type { Account } from './accounts.ts';
import type { Comment, Issue } from './issue.ts';
import type { Pull, Review, ReviewComment, ReviewThread } from './pull.ts';
import type { BranchProtection, Label, Repository } from './repository.ts';
import type { World } from './world.ts';

/** An issue that is known to be a pull request. */
export type PullIssue = Issue & { pull: Pull };

/** Looks an account up by login, in any case. */
export function findAccount(world: World, login: string): Account | undefined {
  return world.accounts.get(login.toLowerCase());
}

/** Looks a repository up by owner and name, in any case. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const [wantedOwner, wantedName] = [owner.toLowerCase(), name.toLowerCase()];
  for (const repository of world.repositories.values())
    if (repository.name.toLowerCase() === wantedName && repository.owner.toLowerCase() === wantedOwner)
      return repository;
  return undefined;
}

/** What protects a branch, whatever it is called. */
export function protectionOf(repository: Repository, branch: string): BranchProtection | undefined {
  return Object.hasOwn(repository.protection, branch) ? repository.protection[branch] : undefined;
}

/** The issue or pull request with this number. */
export function findIssue(world: World, repository: Repository, number: number): Issue | undefined {
  const id = repository.issueIds.get(number);
  return id === undefined ? undefined : world.issues.get(id);
}

/** Narrows an issue to a pull request. */
export function isPull(issue: Issue | undefined): issue is PullIssue {
  return issue?.pull != null;
}

/** Issues and pull requests of a repository, oldest first. */
export function issuesOf(world: World, repository: Repository): Issue[] {
  return [...repository.issueIds.values()].map((id) => must(world.issues.get(id), 'issue', id));
}

/** Pull requests of a repository, oldest first. */
export function pullsOf(world: World, repository: Repository): PullIssue[] {
  return issuesOf(world, repository).filter(isPull);
}

export function repositoryOf(world: World, record: { readonly repositoryId: number }): Repository {
  return must(world.repositories.get(record.repositoryId), 'repository', record.repositoryId);
}

export function issueById(world: World, id: number): Issue {
  return must(world.issues.get(id), 'issue', id);
}

export function labelsOf(repository: Repository, issue: Issue): Label[] {
  return issue.labelIds.flatMap((id) => repository.labels.filter((label) => label.id === id));
}

export function commentsOf(world: World, issue: Issue): Comment[] {
  return issue.commentIds.map((id) => must(world.comments.get(id), 'comment', id));
}

export function reviewsOf(world: World, pull: PullIssue): Review[] {
  return pull.pull.reviewIds.map((id) => must(world.reviews.get(id), 'review', id));
}

export function threadsOf(world: World, pull: PullIssue): ReviewThread[] {
  return pull.pull.threadIds.map((id) => must(world.threads.get(id), 'thread', id));
}

export function threadComments(world: World, thread: ReviewThread): ReviewComment[] {
  return thread.commentIds.map((id) => must(world.reviewComments.get(id), 'review comment', id));
}

/** A record that must be there because another record names it; its absence is a defect of the sandbox itself. */
export function must<T>(value: T | undefined | null, what: string, id: number | string): T {
  if (value === undefined || value === null) throw new Error(`the sandbox lost ${what} ${id}`);
  return value;
}

import { visibleRepository } from '../operations/access.ts';
import { notFound, Refusal } from '../refusal.ts';
import { findIssue, isPull, type PullIssue } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { param, type Visit } from './page.ts';

/** The repository in the path. */
export function repositoryIn(visit: Visit): Repository {
  return visibleRepository(visit.site, visit.actor, param(visit, 'owner'), param(visit, 'repo'));
}

/** Whether the visitor may know of a repository. */
export function isVisible(visit: Visit, repository: Repository): boolean {
  try {
    visibleRepository(visit.site, visit.actor, repository.owner, repository.name);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The issue or pull request in the path. */
export function issueIn(visit: Visit): { readonly repository: Repository; readonly issue: Issue } {
  const repository = repositoryIn(visit);
  const issue = findIssue(visit.site.world, repository, Number(param(visit, 'number')));
  if (!issue) throw notFound();
  return { repository, issue };
}

/** The pull request in the path. */
export function pullIn(visit: Visit): { readonly repository: Repository; readonly issue: PullIssue } {
  const { repository, issue } = issueIn(visit);
  if (!isPull(issue)) throw notFound();
  return { repository, issue };
}

/** Path of a repository's page. */
export function homeOf(repository: Repository): string {
  return `/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}`;
}

/** Path of the page of an issue or pull request. */
export function pathOf(repository: Repository, issue: Issue): string {
  return `${homeOf(repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}

/** A branch or commit and a path below it, as one piece of an address. */
export function place(ref: string, path: string): string {
  return [ref, path].filter(Boolean).join('/').split('/').map(encodeURIComponent).join('/');
}

/** Splits `feature/x/db/a.sql` into the branch `feature/x` and the path `db/a.sql`: branch names hold slashes, too. */
export function splitPlace(repository: Repository, text: string): { readonly ref: string; readonly path: string } {
  const parts = text.split('/');
  for (let count = parts.length; count > 0; count -= 1) {
    const ref = parts.slice(0, count).join('/');
    if (repository.refs[`refs/heads/${ref}`] || repository.refs[`refs/tags/${ref}`])
      return { ref, path: parts.slice(count).join('/') };
  }
  return { ref: parts[0] ?? '', path: parts.slice(1).join('/') };
}

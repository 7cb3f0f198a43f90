import type { Site } from '../site.ts';
import { isPull, type PullIssue, repositoryOf } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import { closedByKeyword } from './references.ts';

/** Bodies are searched for keywords again only when they have changed: lists of issues ask this of every pull request. */
const searched = new WeakMap<Issue, { readonly body: string | null; readonly ids: readonly number[] }>();

/** Issues that merging this pull request closes: keywords in its body, where it targets the default branch. */
export function closingIssues(site: Site, issue: PullIssue): Issue[] {
  const repository = repositoryOf(site.world, issue);
  if (issue.pull.baseRef !== repository.defaultBranch) return [];
  let found = searched.get(issue);
  if (found?.body !== issue.body || !found) {
    found = { body: issue.body, ids: closedByKeyword(site, repository, issue.body).map(({ id }) => id) };
    searched.set(issue, found);
  }
  return found.ids.flatMap((id) => site.world.issues.get(id) ?? []);
}

/** Pull requests whose merge closes this issue, oldest first, in any state. */
export function closingPulls(site: Site, issue: Issue): PullIssue[] {
  return [...site.world.issues.values()]
    .filter(isPull)
    .filter((pull) => closingIssues(site, pull).some(({ id }) => id === issue.id));
}

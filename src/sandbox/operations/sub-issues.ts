import { invalid, notFound, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { issueById, repositoryOf } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import { issueView } from '../views/issue.ts';
import { repositoryView } from '../views/repository.ts';
import { permit, plainIssueNeed } from './access.ts';
import { note } from './record.ts';
import { limits } from './validate.ts';

/** The chain of parents above an issue, nearest first. */
export function ancestorsOf(site: Site, issue: Issue): Issue[] {
  const above: Issue[] = [];
  for (let id = issue.parentId; id !== null; ) {
    const parent = issueById(site.world, id);
    above.push(parent);
    id = parent.parentId;
  }
  return above;
}

function heightOf(site: Site, issue: Issue): number {
  return 1 + Math.max(0, ...issue.subIssueIds.map((id) => heightOf(site, issueById(site.world, id))));
}

/** The issue with this database id; 422 for what is no integer, 404 for what is no issue (such as a number). */
export function issueByDatabaseId(site: Site, field: string, id: unknown): Issue {
  if (typeof id !== 'number' || !Number.isInteger(id))
    throw new Refusal(422, `Invalid property /${field}: \`${JSON.stringify(id)}\` is not of type \`integer\`.`);
  const issue = site.world.issues.get(id);
  if (!issue || issue.pull) throw notFound();
  return issue;
}

/** Makes an issue the sub-issue of another. */
export async function addSubIssue(site: Site, actor: Actor, parent: Issue, childId: unknown, replaceParent: boolean) {
  permit(site, actor, repositoryOf(site.world, parent), plainIssueNeed('write', 'triage'));
  const child = issueByDatabaseId(site, 'sub_issue_id', childId);
  if (child.parentId === parent.id)
    throw unprocessable('Issue may not contain duplicate sub-issues and Sub issue may only have one parent');
  if (child.parentId !== null) {
    if (!replaceParent) throw unprocessable('Sub issue may only have one parent');
    checkPlace(site, parent, child);
    await unlink(site, actor, issueById(site.world, child.parentId), child);
  }
  await linkSubIssue(site, actor, parent, child);
}

function unprocessable(sentence: string): Refusal {
  const problem = { resource: 'SubIssue', field: 'sub_issue_id', code: 'custom', message: sentence } as const;
  return new Refusal(422, `An error occurred while adding the sub-issue to the parent issue. ${sentence}`, [problem]);
}

function checkPlace(site: Site, parent: Issue, child: Issue): void {
  const [home, away] = [repositoryOf(site.world, parent), repositoryOf(site.world, child)];
  if (home.owner !== away.owner) throw notFound();
  const above = ancestorsOf(site, parent);
  if (parent === child || above.includes(child)) throw unprocessable('Sub issue may not be its own ancestor');
  if (parent.subIssueIds.length >= limits.subIssues)
    throw unprocessable(`Parent cannot have more than ${limits.subIssues} sub-issues`);
  // The parent's own ancestors, the parent, and the child with everything below it.
  if (above.length + 1 + heightOf(site, child) > limits.subIssueLevels)
    throw unprocessable(`Sub-issues may not be nested more than ${limits.subIssueLevels} levels deep`);
}

/** Links without asking who wants it; still refuses what the hierarchy does not allow. */
export async function linkSubIssue(site: Site, actor: Actor, parent: Issue, child: Issue): Promise<void> {
  checkPlace(site, parent, child);
  parent.subIssueIds.push(child.id);
  child.parentId = parent.id;
  note(site, actor, parent, { event: 'sub_issue_added', issueId: child.id });
  note(site, actor, child, { event: 'parent_issue_added', issueId: parent.id });
  await tellBoth(site, actor, parent, child, 'added');
}

/** Takes a sub-issue away from its parent; 404 when it is not one of them. */
export async function removeSubIssue(site: Site, actor: Actor, parent: Issue, childId: unknown): Promise<void> {
  permit(site, actor, repositoryOf(site.world, parent), plainIssueNeed('write', 'triage'));
  const child = issueByDatabaseId(site, 'sub_issue_id', childId);
  if (child.parentId !== parent.id) throw notFound();
  await unlink(site, actor, parent, child);
}

async function unlink(site: Site, actor: Actor, parent: Issue, child: Issue): Promise<void> {
  parent.subIssueIds = parent.subIssueIds.filter((id) => id !== child.id);
  child.parentId = null;
  note(site, actor, parent, { event: 'sub_issue_removed', issueId: child.id });
  note(site, actor, child, { event: 'parent_issue_removed', issueId: parent.id });
  await tellBoth(site, actor, parent, child, 'removed');
}

/** Moves a sub-issue behind or before another one of the same parent. */
export async function moveSubIssue(
  site: Site,
  actor: Actor,
  parent: Issue,
  childId: unknown,
  place: { readonly afterId?: unknown; readonly beforeId?: unknown },
): Promise<void> {
  permit(site, actor, repositoryOf(site.world, parent), plainIssueNeed('write', 'triage'));
  const child = issueByDatabaseId(site, 'sub_issue_id', childId);
  if ((place.afterId === undefined) === (place.beforeId === undefined))
    throw invalid('Exactly one of after_id and before_id must be given');
  const other = issueByDatabaseId(site, 'after_id', place.afterId ?? place.beforeId);
  if (child.parentId !== parent.id || other.parentId !== parent.id) throw notFound();
  const rest = parent.subIssueIds.filter((id) => id !== child.id);
  rest.splice(rest.indexOf(other.id) + (place.afterId === undefined ? 0 : 1), 0, child.id);
  parent.subIssueIds = rest;
}

async function tellBoth(site: Site, actor: Actor, parent: Issue, child: Issue, what: 'added' | 'removed') {
  const [home, away] = [repositoryOf(site.world, parent), repositoryOf(site.world, child)];
  const both = () => ({
    sub_issue_id: child.id,
    sub_issue: issueView(site, child),
    parent_issue_id: parent.id,
    parent_issue: issueView(site, parent),
  });
  await site.emit({
    event: 'sub_issues',
    action: `parent_issue_${what}`,
    repository: away,
    actor,
    needs: ['issues', 'read'],
    payload: () => ({ ...both(), parent_issue_repo: repositoryView(site, home) }),
  });
  await site.emit({
    event: 'sub_issues',
    action: `sub_issue_${what}`,
    repository: home,
    actor,
    needs: ['issues', 'read'],
    payload: () => ({ ...both(), sub_issue_repo: repositoryView(site, away) }),
  });
}

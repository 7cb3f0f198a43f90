import { invalid, notFound } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { issueById, repositoryOf } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import { issueView } from '../views/issue.ts';
import { repositoryView } from '../views/repository.ts';
import { permit, plainIssueNeed } from './access.ts';
import { note } from './record.ts';
import { issueByDatabaseId } from './sub-issues.ts';

/** Links per direction; reported by users, not documented (GITHUB.md section 5). */
const most = 50;

function waitsFor(site: Site, issue: Issue, other: Issue, seen = new Set<number>()): boolean {
  if (issue === other) return true;
  if (seen.has(issue.id)) return false;
  seen.add(issue.id);
  return issue.blockedByIds.some((id) => waitsFor(site, issueById(site.world, id), other, seen));
}

function refuse(message: string) {
  return invalid({ resource: 'IssueDependency', field: 'issue_id', code: 'custom', message });
}

/** Marks an issue as blocked by another. */
export async function addBlockedBy(site: Site, actor: Actor, issue: Issue, blockingId: unknown): Promise<void> {
  permit(site, actor, repositoryOf(site.world, issue), plainIssueNeed('write', 'triage'));
  const blocking = issueByDatabaseId(site, 'issue_id', blockingId);
  if (issue.blockedByIds.includes(blocking.id)) throw refuse('Target issue has already been taken');
  if (waitsFor(site, blocking, issue)) throw refuse('Dependencies may not form a cycle');
  if (issue.blockedByIds.length >= most || blocking.blockingIds.length >= most)
    throw refuse(`Issue may not have more than ${most} dependencies`);
  issue.blockedByIds.push(blocking.id);
  blocking.blockingIds.push(issue.id);
  note(site, actor, issue, { event: 'blocked_by_added', issueId: blocking.id });
  note(site, actor, blocking, { event: 'blocking_added', issueId: issue.id });
  await tellBoth(site, actor, issue, blocking, 'added');
}

/** Takes the link away; 404 when there is none. */
export async function removeBlockedBy(site: Site, actor: Actor, issue: Issue, blockingId: unknown): Promise<void> {
  permit(site, actor, repositoryOf(site.world, issue), plainIssueNeed('write', 'triage'));
  const blocking = issueByDatabaseId(site, 'issue_id', blockingId);
  if (!issue.blockedByIds.includes(blocking.id)) throw notFound();
  issue.blockedByIds = issue.blockedByIds.filter((id) => id !== blocking.id);
  blocking.blockingIds = blocking.blockingIds.filter((id) => id !== issue.id);
  note(site, actor, issue, { event: 'blocked_by_removed', issueId: blocking.id });
  note(site, actor, blocking, { event: 'blocking_removed', issueId: issue.id });
  await tellBoth(site, actor, issue, blocking, 'removed');
}

async function tellBoth(site: Site, actor: Actor, blocked: Issue, blocking: Issue, what: 'added' | 'removed') {
  const [home, away] = [repositoryOf(site.world, blocked), repositoryOf(site.world, blocking)];
  const both = () => ({
    blocked_issue_id: blocked.id,
    blocked_issue: issueView(site, blocked),
    blocking_issue_id: blocking.id,
    blocking_issue: issueView(site, blocking),
  });
  await site.emit({
    event: 'issue_dependencies',
    action: `blocked_by_${what}`,
    repository: home,
    actor,
    needs: ['issues', 'read'],
    payload: () => ({ ...both(), blocking_issue_repo: repositoryView(site, away) }),
  });
  await site.emit({
    event: 'issue_dependencies',
    action: `blocking_${what}`,
    repository: away,
    actor,
    needs: ['issues', 'read'],
    payload: () => ({ ...both(), blocked_issue_repo: repositoryView(site, home) }),
  });
}

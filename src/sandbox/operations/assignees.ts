import type { Actor, Site } from '../site.ts';
import { findAccount, repositoryOf } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { userView } from '../views/accounts.ts';
import { can, issueNeed, permit, roleOf } from './access.ts';
import { note, tell } from './record.ts';
import { limits } from './validate.ts';

/**
 * Whether an account can be assigned: collaborators with at least read access of their own, never bots and teams
 * (GITHUB.md section 5).
 */
export function assignable(site: Site, repository: Repository, login: string): boolean {
  const account = findAccount(site.world, login);
  if (account?.type !== 'User') return false;
  if (repository.owner === account.login) return true;
  const own = Object.keys(repository.collaborators).some((name) => name.toLowerCase() === login.toLowerCase());
  return own && roleOf(site, repository, login) !== 'none';
}

/** Assigns people. Who cannot be assigned, and everybody when the caller lacks the right, is silently left out. */
export async function addAssignees(site: Site, actor: Actor, issue: Issue, logins: readonly string[]): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'read'));
  if (!can(site, actor, repository, issueNeed(issue, 'write', 'triage'))) return;
  for (const login of logins) {
    if (!assignable(site, repository, login) || issue.assignees.length >= limits.assignees) continue;
    const known = findAccount(site.world, login)?.login ?? login;
    if (issue.assignees.includes(known)) continue;
    issue.assignees.push(known);
    note(site, actor, issue, { event: 'assigned', assignee: known });
    await tell(site, actor, issue, 'assigned', { assignee: userView(site, known) });
  }
}

/** Takes people off an issue; those who are not on it are ignored. */
export async function removeAssignees(site: Site, actor: Actor, issue: Issue, logins: readonly string[]) {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'read'));
  if (!can(site, actor, repository, issueNeed(issue, 'write', 'triage'))) return;
  const unwanted = new Set(logins.map((login) => login.toLowerCase()));
  for (const login of issue.assignees.filter((assignee) => unwanted.has(assignee.toLowerCase()))) {
    issue.assignees = issue.assignees.filter((other) => other !== login);
    note(site, actor, issue, { event: 'unassigned', assignee: login });
    await tell(site, actor, issue, 'unassigned', { assignee: userView(site, login) });
  }
}

/** Makes exactly these people the assignees. */
export async function setAssignees(site: Site, actor: Actor, issue: Issue, logins: readonly string[]): Promise<void> {
  const wanted = new Set(logins.map((login) => login.toLowerCase()));
  await removeAssignees(
    site,
    actor,
    issue,
    issue.assignees.filter((login) => !wanted.has(login.toLowerCase())),
  );
  await addAssignees(site, actor, issue, logins);
}

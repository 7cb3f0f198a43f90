import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Issue, StateReason } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { appIdOf, can, issueNeed, loginOf, permit, plainIssueNeed } from './access.ts';
import { addAssignees, setAssignees } from './assignees.ts';
import { putLabels, setLabels } from './labels.ts';
import { note, tell, touch } from './record.ts';
import { crossReference } from './references.ts';
import { linkSubIssue } from './sub-issues.ts';
import { checkBody, checkTitle } from './validate.ts';

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
  /** Database id of the parent, linked in the same step (GraphQL's `createIssue` can, REST cannot). */
  readonly parentIssueId?: number | undefined;
}

export interface IssueChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly stateReason?: StateReason | null | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
}

/** An issue record with the next number, already in the world. Pull requests begin as one too. */
export function startIssue(
  site: Site,
  actor: Actor,
  repository: Repository,
  title: string,
  body: string | null,
): Issue {
  const now = site.now();
  const issue: Issue = {
    id: nextId(site.world, 'Issue'),
    number: repository.nextNumber,
    repositoryId: repository.id,
    title,
    body,
    author: loginOf(site, actor),
    appId: appIdOf(actor),
    state: 'open',
    stateReason: null,
    locked: false,
    labelIds: [],
    assignees: [],
    commentIds: [],
    timeline: [],
    parentId: null,
    subIssueIds: [],
    blockedByIds: [],
    blockingIds: [],
    pull: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
  repository.nextNumber += 1;
  repository.issueIds.set(issue.number, issue.id);
  site.world.issues.set(issue.id, issue);
  return issue;
}

/** Opens an issue. Labels and assignees of a caller without triage rights are silently dropped. */
export async function createIssue(site: Site, actor: Actor, repository: Repository, input: NewIssue): Promise<Issue> {
  permit(site, actor, repository, plainIssueNeed('write', 'read'));
  checkTitle('Issue', input.title);
  checkBody('Issue', input.body);
  const trusted = can(site, actor, repository, plainIssueNeed('write', 'triage'));
  const issue = startIssue(site, actor, repository, input.title, input.body ?? null);
  await tell(site, actor, issue, 'opened');
  crossReference(site, actor, repository, issue, issue.body);
  if (trusted) {
    await putLabels(site, actor, issue, input.labels ?? []);
    await addAssignees(site, actor, issue, input.assignees ?? []);
  }
  if (input.parentIssueId !== undefined) {
    const parent = site.world.issues.get(input.parentIssueId);
    if (!parent) throw new Refusal(404, 'Not Found');
    await linkSubIssue(site, actor, parent, issue);
  }
  return issue;
}

/** Edits, closes or reopens an issue (also the issue side of a pull request). */
export async function updateIssue(site: Site, actor: Actor, issue: Issue, change: IssueChange): Promise<Issue> {
  const repository = repositoryOf(site.world, issue);
  const own = actor.kind === 'user' && actor.login === issue.author;
  permit(site, actor, repository, issueNeed(issue, 'write', own ? 'read' : 'triage'));
  if (change.title !== undefined) checkTitle('Issue', change.title);
  checkBody('Issue', change.body);
  if (change.state !== undefined && change.state !== 'open' && change.state !== 'closed')
    throw invalid({ resource: 'Issue', field: 'state', code: 'invalid' });
  await editText(site, actor, issue, change);
  const trusted = can(site, actor, repository, issueNeed(issue, 'write', 'triage'));
  if (change.labels && trusted) await setLabels(site, actor, issue, change.labels);
  if (change.assignees && trusted) await setAssignees(site, actor, issue, change.assignees);
  if (change.state === 'closed') await closeIssue(site, actor, issue, change.stateReason ?? null, null);
  if (change.state === 'open') await reopenIssue(site, actor, issue);
  return issue;
}

async function editText(site: Site, actor: Actor, issue: Issue, change: IssueChange): Promise<void> {
  const changes: { title?: { from: string }; body?: { from: string } } = {};
  if (change.title !== undefined && change.title !== issue.title) {
    changes.title = { from: issue.title };
    note(site, actor, issue, { event: 'renamed', from: issue.title, to: change.title });
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
    issue.body = change.body;
    touch(site, issue);
    crossReference(site, actor, repositoryOf(site.world, issue), issue, issue.body);
  }
  if (Object.keys(changes).length > 0) await tell(site, actor, issue, 'edited', { changes });
}

/** Closes an issue; nothing happens when it is closed already and the reason stays. */
export async function closeIssue(
  site: Site,
  actor: Actor,
  issue: Issue,
  reason: StateReason | null,
  commitId: string | null,
): Promise<void> {
  const stateReason = issue.pull ? null : (reason ?? 'completed');
  if (issue.state === 'closed') {
    if (reason !== null) issue.stateReason = stateReason;
    return;
  }
  issue.state = 'closed';
  issue.stateReason = stateReason;
  issue.closedAt = site.now();
  issue.closedBy = loginOf(site, actor);
  note(site, actor, issue, { event: 'closed', commitId, stateReason });
  await tell(site, actor, issue, 'closed');
}

async function reopenIssue(site: Site, actor: Actor, issue: Issue): Promise<void> {
  if (issue.state === 'open') return;
  if (issue.pull?.mergedAt) throw invalid({ resource: 'PullRequest', field: 'state', code: 'invalid' });
  issue.state = 'open';
  issue.stateReason = issue.pull ? null : 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  note(site, actor, issue, { event: 'reopened', stateReason: issue.stateReason });
  await tell(site, actor, issue, 'reopened');
}

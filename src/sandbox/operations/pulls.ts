import { commitsBetween } from '../git/history.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { findAccount, type PullIssue, pullsOf, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { userView } from '../views/accounts.ts';
import { can, needs, permit } from './access.ts';
import { assignable } from './assignees.ts';
import { startIssue, updateIssue } from './issues.ts';
import { note, tell, touch } from './record.ts';
import { crossReference } from './references.ts';
import { relocateThreads } from './relocate.ts';
import { checkBody, checkTitle } from './validate.ts';

export interface NewPull {
  readonly title: string;
  readonly body?: string | null | undefined;
  /** `branch`, or `owner:branch` for a fork. */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean | undefined;
  readonly maintainerCanModify?: boolean | undefined;
}

function headOf(site: Site, base: Repository, head: string): { repository: Repository; branch: string } | null {
  const [owner, branch] = head.includes(':') ? head.split(':', 2) : [base.owner, head];
  if (!owner || !branch) return null;
  const repository =
    owner.toLowerCase() === base.owner.toLowerCase()
      ? base
      : [...site.world.repositories.values()].find(
          (other) => other.network === base.network && other.owner.toLowerCase() === owner.toLowerCase(),
        );
  return repository?.refs[`refs/heads/${branch}`] ? { repository, branch } : null;
}

function refuse(field: string, code: 'invalid' | 'custom', message?: string) {
  return invalid({ resource: 'PullRequest', field, code, ...(message ? { message } : {}) });
}

/** Opens a pull request. */
export async function createPull(site: Site, actor: Actor, repository: Repository, input: NewPull): Promise<PullIssue> {
  permit(site, actor, repository, { ...needs.writePulls, role: 'read' });
  checkTitle('PullRequest', input.title);
  checkBody('PullRequest', input.body);
  const head = headOf(site, repository, input.head ?? '');
  if (!head) throw refuse('head', 'invalid');
  // Who cannot push here brings a branch of a fork they can push to.
  if (!can(site, actor, head.repository, { ...needs.writeContents, app: [['pull_requests', 'write']] }))
    throw new Refusal(403, 'Must have push access to the head repository.');
  const baseSha = repository.refs[`refs/heads/${input.base}`];
  if (!baseSha) throw refuse('base', 'invalid');
  const headSha = head.repository.refs[`refs/heads/${head.branch}`] ?? '';
  const open = pullsOf(site.world, repository).some(
    (other) =>
      other.state === 'open' &&
      other.pull.headRef === head.branch &&
      other.pull.headRepositoryId === head.repository.id &&
      other.pull.baseRef === input.base,
  );
  const name = `${head.repository.owner}:${head.branch}`;
  if (open)
    throw invalid({
      resource: 'PullRequest',
      field: 'head',
      code: 'custom',
      message: `A pull request already exists for ${name}.`,
    });
  if ((await commitsBetween(site.gitOf(repository), baseSha, headSha)).length === 0)
    throw invalid({
      resource: 'PullRequest',
      field: 'head',
      code: 'custom',
      message: `No commits between ${input.base} and ${head.branch}`,
    });
  const issue = startIssue(site, actor, repository, input.title, input.body ?? null);
  const pull = {
    id: nextId(site.world, 'PullRequest'),
    headRepositoryId: head.repository.id,
    headRef: head.branch,
    headSha,
    baseRef: input.base,
    baseSha,
    draft: input.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    requestedReviewers: [],
    requestedTeams: [],
    maintainerCanModify: input.maintainerCanModify ?? head.repository !== repository,
    reviewIds: [],
    threadIds: [],
  };
  const opened: PullIssue = Object.assign(issue, { pull });
  await tell(site, actor, opened, 'opened');
  crossReference(site, actor, repository, opened, opened.body);
  return opened;
}

export interface PullChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
}

/** Edits, closes, reopens or retargets a pull request. */
export async function updatePull(site: Site, actor: Actor, issue: PullIssue, change: PullChange): Promise<PullIssue> {
  const repository = repositoryOf(site.world, issue);
  const own = actor.kind === 'user' && actor.login === issue.author;
  permit(site, actor, repository, { ...needs.writePulls, role: own ? 'read' : 'triage' });
  const { base, ...rest } = change;
  if (base !== undefined && base !== issue.pull.baseRef) {
    const sha = repository.refs[`refs/heads/${base}`];
    if (!sha) throw refuse('base', 'invalid');
    const from = { ref: { from: issue.pull.baseRef }, sha: { from: issue.pull.baseSha } };
    Object.assign(issue.pull, { baseRef: base, baseSha: sha });
    touch(site, issue);
    await relocateThreads(site, issue);
    await tell(site, actor, issue, 'edited', { changes: { base: from } });
  }
  await updateIssue(site, actor, issue, rest);
  return issue;
}

/** Makes a pull request a draft, or ready for review. */
export async function setDraft(site: Site, actor: Actor, issue: PullIssue, draft: boolean): Promise<void> {
  const own = actor.kind === 'user' && actor.login === issue.author;
  permit(site, actor, repositoryOf(site.world, issue), { ...needs.writePulls, role: own ? 'read' : 'write' });
  if (issue.pull.draft === draft) return;
  issue.pull.draft = draft;
  note(site, actor, issue, { event: draft ? 'convert_to_draft' : 'ready_for_review' });
  await tell(site, actor, issue, draft ? 'converted_to_draft' : 'ready_for_review');
}

/** Asks people and teams for a review; 422 for the author and for those without access. */
export async function requestReviewers(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  logins: readonly string[],
  teams: readonly string[],
): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.writePulls);
  for (const login of logins) {
    if (login.toLowerCase() === issue.author.toLowerCase())
      throw new Refusal(422, 'Review cannot be requested from pull request author.');
    if (!assignable(site, repository, login))
      throw new Refusal(
        422,
        'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
      );
  }
  // Personal accounts have no teams, and the sandbox's organizations none either.
  if (teams.length > 0) throw new Refusal(422, 'Could not resolve to a node with the global id of the team.');
  for (const wanted of logins) {
    const login = findAccount(site.world, wanted)?.login ?? wanted;
    if (issue.pull.requestedReviewers.includes(login)) continue;
    issue.pull.requestedReviewers.push(login);
    note(site, actor, issue, { event: 'review_requested', reviewer: login, team: null });
    await tell(site, actor, issue, 'review_requested', { requested_reviewer: userView(site, login) });
  }
}

/** Takes requests for a review back; those never asked are ignored. */
export async function removeReviewers(site: Site, actor: Actor, issue: PullIssue, logins: readonly string[]) {
  permit(site, actor, repositoryOf(site.world, issue), needs.writePulls);
  const unwanted = new Set(logins.map((login) => login.toLowerCase()));
  for (const login of issue.pull.requestedReviewers.filter((name) => unwanted.has(name.toLowerCase()))) {
    issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((other) => other !== login);
    note(site, actor, issue, { event: 'review_request_removed', reviewer: login, team: null });
    await tell(site, actor, issue, 'review_request_removed', { requested_reviewer: userView(site, login) });
  }
}

import { issueNeed, permit, plainIssueNeed } from '../operations/access.ts';
import { addAssignees, removeAssignees } from '../operations/assignees.ts';
import { createIssue, updateIssue } from '../operations/issues.ts';
import { issuesOf, labelsOf } from '../state/find.ts';
import type { Issue, StateReason } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { issueView, singleIssueView } from '../views/issue.ts';
import { field, names, nullableText, text, word } from './body.ts';
import { type Call, issueIn, ok, on, type Reply, repositoryIn, wrongType } from './call.ts';
import { listed } from './page.ts';

const reasons = ['completed', 'not_planned', 'duplicate', 'reopened'] as const satisfies readonly StateReason[];

function matches(call: Call, repository: Repository, issue: Issue): boolean {
  const wanted = (name: string) => call.query.get(name);
  const state = wanted('state') ?? 'open';
  if (state !== 'all' && issue.state !== state) return false;
  const labels = wanted('labels')?.split(',').filter(Boolean) ?? [];
  const own = labelsOf(repository, issue).map((label) => label.name.toLowerCase());
  if (!labels.every((name) => own.includes(name.trim().toLowerCase()))) return false;
  const creator = wanted('creator');
  if (creator && issue.author.toLowerCase() !== creator.toLowerCase()) return false;
  const assignee = wanted('assignee');
  if (assignee === 'none' && issue.assignees.length > 0) return false;
  if (assignee === '*' && issue.assignees.length === 0) return false;
  if (assignee && assignee !== 'none' && assignee !== '*') {
    const assigned = issue.assignees.some((login) => login.toLowerCase() === assignee.toLowerCase());
    if (!assigned) return false;
  }
  const mentioned = wanted('mentioned');
  if (mentioned && !issue.body?.toLowerCase().includes(`@${mentioned.toLowerCase()}`)) return false;
  const since = wanted('since');
  return !since || Date.parse(issue.updatedAt) >= Date.parse(since);
}

function sorted(call: Call, issues: readonly Issue[]): Issue[] {
  const sort = call.query.get('sort') ?? 'created';
  const key = (issue: Issue) =>
    sort === 'updated' ? Date.parse(issue.updatedAt) : sort === 'comments' ? issue.commentIds.length : issue.number;
  const direction = call.query.get('direction') === 'asc' ? 1 : -1;
  return [...issues].sort((left, right) => direction * (key(left) - key(right) || left.number - right.number));
}

function listIssues(call: Call): Promise<Reply> {
  const { site } = call;
  const repository = repositoryIn(call);
  permit(site, call.actor, repository, issueNeed(null, 'read', 'read'));
  const found = issuesOf(site.world, repository).filter((issue) => matches(call, repository, issue));
  return listed(call, sorted(call, found), (issue) => issueView(site, issue));
}

function titleIn(call: Call): string | undefined {
  const title = field(call, 'title');
  // GitHub takes a number for a title.
  return typeof title === 'number' ? String(title) : text(call, 'title');
}

function assigneesIn(call: Call): string[] | undefined {
  const single = text(call, 'assignee');
  return names(call, 'assignees') ?? (single ? [single] : undefined);
}

async function create(call: Call): Promise<Reply> {
  const issue = await createIssue(call.site, call.actor, repositoryIn(call), {
    title: titleIn(call) as string,
    body: nullableText(call, 'body'),
    labels: names(call, 'labels'),
    assignees: assigneesIn(call),
  });
  return ok(singleIssueView(call.site, issue), 201);
}

async function update(call: Call): Promise<Reply> {
  const { issue } = issueIn(call);
  const reason = word(call, 'state_reason', reasons);
  await updateIssue(call.site, call.actor, issue, {
    title: titleIn(call),
    body: nullableText(call, 'body'),
    state: word(call, 'state', ['open', 'closed']),
    stateReason: reason === 'reopened' ? undefined : reason,
    labels: names(call, 'labels'),
    assignees: assigneesIn(call),
  });
  return ok(singleIssueView(call.site, issue));
}

function loginsIn(call: Call): string[] {
  const logins = names(call, 'assignees');
  if (!logins) throw wrongType('assignees', undefined, 'array');
  return logins;
}

const one = '/repos/:owner/:repo/issues/:number';

export const issueRoutes = [
  on('GET', '/repos/:owner/:repo/issues', listIssues),
  on('POST', '/repos/:owner/:repo/issues', create),
  on('GET', one, (call) => {
    const { repository, issue } = issueIn(call);
    permit(call.site, call.actor, repository, issueNeed(issue, 'read', 'read'));
    return ok(singleIssueView(call.site, issue));
  }),
  on('PATCH', one, update),
  on('POST', `${one}/assignees`, async (call) => {
    const { issue } = issueIn(call);
    await addAssignees(call.site, call.actor, issue, loginsIn(call));
    return ok(issueView(call.site, issue), 201);
  }),
  on('DELETE', `${one}/assignees`, async (call) => {
    const { issue } = issueIn(call);
    await removeAssignees(call.site, call.actor, issue, loginsIn(call));
    return ok(issueView(call.site, issue));
  }),
  ...[true, false].map((locked) =>
    on(locked ? 'PUT' : 'DELETE', `${one}/lock`, (call) => {
      const { repository, issue } = issueIn(call);
      permit(call.site, call.actor, repository, plainIssueNeed('write', 'write'));
      issue.locked = locked;
      return { status: 204 };
    }),
  ),
];

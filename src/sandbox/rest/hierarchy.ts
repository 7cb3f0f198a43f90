import { permit, plainIssueNeed } from '../operations/access.ts';
import { addBlockedBy, removeBlockedBy } from '../operations/dependencies.ts';
import { addSubIssue, moveSubIssue, removeSubIssue } from '../operations/sub-issues.ts';
import { notFound } from '../refusal.ts';
import { issueById } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import { issueView } from '../views/issue.ts';
import { field, flag } from './body.ts';
import { type Call, issueIn, numeric, ok, on, type Reply } from './call.ts';
import { listed } from './page.ts';

/** Pull requests have no place in the hierarchy. */
function plainIssueIn(call: Call): Issue {
  const { repository, issue } = issueIn(call);
  if (issue.pull) throw notFound();
  permit(call.site, call.actor, repository, plainIssueNeed('read', 'read'));
  return issue;
}

function listIds(call: Call, ids: readonly number[]): Promise<Reply> {
  return listed(call, ids, (id) => issueView(call.site, issueById(call.site.world, id)));
}

const one = '/repos/:owner/:repo/issues/:number';

export const hierarchyRoutes = [
  on('GET', `${one}/sub_issues`, (call) => listIds(call, plainIssueIn(call).subIssueIds)),
  on('POST', `${one}/sub_issues`, async (call) => {
    const parent = plainIssueIn(call);
    const replace = flag(call, 'replace_parent') ?? false;
    await addSubIssue(call.site, call.actor, parent, field(call, 'sub_issue_id'), replace);
    return ok(issueView(call.site, parent), 201);
  }),
  on('DELETE', `${one}/sub_issue`, async (call) => {
    const parent = plainIssueIn(call);
    await removeSubIssue(call.site, call.actor, parent, field(call, 'sub_issue_id'));
    return ok(issueView(call.site, parent));
  }),
  on('PATCH', `${one}/sub_issues/priority`, async (call) => {
    const parent = plainIssueIn(call);
    const place = { afterId: field(call, 'after_id'), beforeId: field(call, 'before_id') };
    await moveSubIssue(call.site, call.actor, parent, field(call, 'sub_issue_id'), place);
    return ok(issueView(call.site, parent));
  }),
  on('GET', `${one}/parent`, (call) => {
    const { parentId } = plainIssueIn(call);
    if (parentId === null) throw notFound();
    return ok(issueView(call.site, issueById(call.site.world, parentId)));
  }),
  on('GET', `${one}/dependencies/blocked_by`, (call) => listIds(call, plainIssueIn(call).blockedByIds)),
  on('POST', `${one}/dependencies/blocked_by`, async (call) => {
    const issue = plainIssueIn(call);
    await addBlockedBy(call.site, call.actor, issue, field(call, 'issue_id'));
    return ok(issueView(call.site, issue), 201);
  }),
  on('DELETE', `${one}/dependencies/blocked_by/:id`, async (call) => {
    const issue = plainIssueIn(call);
    await removeBlockedBy(call.site, call.actor, issue, numeric(call, 'id'));
    return ok(issueView(call.site, issue));
  }),
  on('GET', `${one}/dependencies/blocking`, (call) => listIds(call, plainIssueIn(call).blockingIds)),
];

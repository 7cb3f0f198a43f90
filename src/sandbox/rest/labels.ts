import { issueNeed, permit } from '../operations/access.ts';
import {
  addLabels,
  createLabel,
  deleteLabel,
  findLabel,
  removeLabel,
  setLabels,
  updateLabel,
} from '../operations/labels.ts';
import { notFound } from '../refusal.ts';
import { labelsOf } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Label, Repository } from '../state/repository.ts';
import { labelView } from '../views/repository.ts';
import { names, nullableText, text } from './body.ts';
import { type Call, issueIn, noContent, ok, on, param, type Reply, repositoryIn } from './call.ts';
import { listed } from './page.ts';

function labelIn(call: Call): { readonly repository: Repository; readonly label: Label } {
  const repository = repositoryIn(call);
  const label = findLabel(repository, param(call, 'name'));
  if (!label) throw notFound();
  return { repository, label };
}

function labelsReply(call: Call, repository: Repository, issue: Issue): Reply {
  return ok(labelsOf(repository, issue).map((label) => labelView(call.site, repository, label)));
}

const one = '/repos/:owner/:repo/labels/*name';
const ofIssue = '/repos/:owner/:repo/issues/:number/labels';

export const labelRoutes = [
  on('GET', '/repos/:owner/:repo/labels', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, issueNeed(null, 'read', 'read'));
    return listed(call, repository.labels, (label) => labelView(call.site, repository, label));
  }),
  on('POST', '/repos/:owner/:repo/labels', async (call) => {
    const repository = repositoryIn(call);
    const label = await createLabel(call.site, call.actor, repository, {
      name: text(call, 'name'),
      color: text(call, 'color'),
      description: nullableText(call, 'description'),
    });
    return ok(labelView(call.site, repository, label), 201);
  }),
  on('GET', one, (call) => {
    const { repository, label } = labelIn(call);
    permit(call.site, call.actor, repository, issueNeed(null, 'read', 'read'));
    return ok(labelView(call.site, repository, label));
  }),
  on('PATCH', one, async (call) => {
    const { repository, label } = labelIn(call);
    const change = {
      name: text(call, 'new_name') ?? text(call, 'name'),
      color: text(call, 'color'),
      description: nullableText(call, 'description'),
    };
    return ok(labelView(call.site, repository, await updateLabel(call.site, call.actor, repository, label, change)));
  }),
  on('DELETE', one, async (call) => {
    const { repository, label } = labelIn(call);
    await deleteLabel(call.site, call.actor, repository, label);
    return noContent;
  }),
  on('GET', ofIssue, (call) => {
    const { repository, issue } = issueIn(call);
    permit(call.site, call.actor, repository, issueNeed(issue, 'read', 'read'));
    return listed(call, labelsOf(repository, issue), (label) => labelView(call.site, repository, label));
  }),
  on('POST', ofIssue, async (call) => {
    const { repository, issue } = issueIn(call);
    await addLabels(call.site, call.actor, issue, names(call, 'labels') ?? []);
    return labelsReply(call, repository, issue);
  }),
  on('PUT', ofIssue, async (call) => {
    const { repository, issue } = issueIn(call);
    await setLabels(call.site, call.actor, issue, names(call, 'labels') ?? []);
    return labelsReply(call, repository, issue);
  }),
  on('DELETE', ofIssue, async (call) => {
    const { issue } = issueIn(call);
    await setLabels(call.site, call.actor, issue, []);
    return noContent;
  }),
  on('DELETE', `${ofIssue}/*name`, async (call) => {
    const { repository, issue } = issueIn(call);
    await removeLabel(call.site, call.actor, issue, param(call, 'name'));
    return labelsReply(call, repository, issue);
  }),
];

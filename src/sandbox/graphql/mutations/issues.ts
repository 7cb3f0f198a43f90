import { visibleRepository } from '../../operations/access.ts';
import { createIssue as openIssue } from '../../operations/issues.ts';
import { addSubIssue as link, removeSubIssue as unlink } from '../../operations/sub-issues.ts';
import { notFound } from '../../refusal.ts';
import { findIssue } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import type { Context } from '../context.ts';
import { unresolved } from '../errors.ts';
import { requireIssue, requireNode } from '../node.ts';
import { issueFields } from '../types/issue.ts';

interface NewIssue {
  readonly repositoryId: string;
  readonly title: string;
  readonly body?: string | null;
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly parentIssueId?: string | null;
}

export async function createIssue(at: Context, input: NewIssue) {
  const found = requireNode(at, input.repositoryId);
  if (found.kind !== 'repository') throw unresolved(`a Repository with the global id of '${input.repositoryId}'`);
  const labels = (input.labelIds ?? []).map((id) => {
    const node = requireNode(at, id);
    if (node.kind !== 'label') throw unresolved(`a Label with the global id of '${id}'`);
    return node.record.label.name;
  });
  const assignees = (input.assigneeIds ?? []).map((id) => {
    const node = requireNode(at, id);
    if (node.kind !== 'account') throw unresolved(`a User with the global id of '${id}'`);
    return node.record.login;
  });
  const issue = await openIssue(at.site, at.actor, found.record, {
    title: input.title,
    body: input.body,
    labels,
    assignees,
    ...(input.parentIssueId ? { parentIssueId: requireIssue(at, input.parentIssueId).id } : {}),
  });
  return { issue: () => issueFields(at, issue) };
}

function byUrl(at: Context, url: string): Issue {
  const found = /\/([^/]+)\/([^/]+)\/issues\/(\d+)\/?$/.exec(url);
  const [, owner = '', name = '', number] = found ?? [];
  const issue = findIssue(at.site.world, visibleRepository(at.site, at.actor, owner, name), Number(number));
  if (!issue) throw notFound();
  return issue;
}

interface NewLink {
  readonly issueId: string;
  readonly subIssueId?: string | null;
  readonly subIssueUrl?: string | null;
  readonly replaceParent?: boolean | null;
}

export async function addSubIssue(at: Context, input: NewLink) {
  const issue = requireIssue(at, input.issueId);
  const child = input.subIssueId != null ? requireIssue(at, input.subIssueId) : byUrl(at, input.subIssueUrl ?? '');
  await link(at.site, at.actor, issue, child.id, input.replaceParent === true);
  return { issue: () => issueFields(at, issue), subIssue: () => issueFields(at, child) };
}

export async function removeSubIssue(at: Context, input: { readonly issueId: string; readonly subIssueId: string }) {
  const [issue, child] = [requireIssue(at, input.issueId), requireIssue(at, input.subIssueId)];
  await unlink(at.site, at.actor, issue, child.id);
  return { issue: () => issueFields(at, issue), subIssue: () => issueFields(at, child) };
}

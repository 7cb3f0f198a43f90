import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { issueById, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Comment, Issue } from '../state/issue.ts';
import type { ReviewComment } from '../state/pull.ts';
import { commentView, issueView } from '../views/issue.ts';
import { appIdOf, issueNeed, loginOf, permit } from './access.ts';
import { touch } from './record.ts';
import { crossReference } from './references.ts';
import { checkComment } from './validate.ts';

async function tellComment(site: Site, actor: Actor, issue: Issue, comment: Comment, action: string, extra = {}) {
  await site.emit({
    event: 'issue_comment',
    action,
    repository: repositoryOf(site.world, issue),
    actor,
    needs: issue.pull ? ['pull_requests', 'read'] : ['issues', 'read'],
    payload: () => ({ issue: issueView(site, issue), comment: commentView(site, comment), ...extra }),
  });
}

/** Comments on an issue or on a pull request's conversation. */
export async function addComment(site: Site, actor: Actor, issue: Issue, body: unknown): Promise<Comment> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'read'));
  if (issue.locked) permit(site, actor, repository, issueNeed(issue, 'write', 'write'));
  checkComment('IssueComment', body);
  const now = site.now();
  const comment: Comment = {
    id: nextId(site.world, 'IssueComment'),
    issueId: issue.id,
    author: loginOf(site, actor),
    appId: appIdOf(actor),
    body,
    minimized: null,
    createdAt: now,
    updatedAt: now,
  };
  site.world.comments.set(comment.id, comment);
  issue.commentIds.push(comment.id);
  touch(site, issue);
  crossReference(site, actor, repository, issue, body);
  await tellComment(site, actor, issue, comment, 'created');
  return comment;
}

/** People edit their own comments, maintainers everybody's; an App edits what it wrote or what its permission covers. */
function permitEdit(site: Site, actor: Actor, issue: Issue, author: string): void {
  const own = actor.kind === 'user' && actor.login === author;
  permit(site, actor, repositoryOf(site.world, issue), issueNeed(issue, 'write', own ? 'read' : 'write'));
}

/** Replaces a comment's text. */
export async function editComment(site: Site, actor: Actor, comment: Comment, body: unknown): Promise<Comment> {
  const issue = issueById(site.world, comment.issueId);
  permitEdit(site, actor, issue, comment.author);
  checkComment('IssueComment', body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = site.now();
  touch(site, issue);
  crossReference(site, actor, repositoryOf(site.world, issue), issue, body);
  if (from !== body) await tellComment(site, actor, issue, comment, 'edited', { changes: { body: { from } } });
  return comment;
}

/** Deletes a comment for good. */
export async function deleteComment(site: Site, actor: Actor, comment: Comment): Promise<void> {
  const issue = issueById(site.world, comment.issueId);
  permitEdit(site, actor, issue, comment.author);
  site.world.comments.delete(comment.id);
  issue.commentIds = issue.commentIds.filter((id) => id !== comment.id);
  touch(site, issue);
  await tellComment(site, actor, issue, comment, 'deleted');
}

const reasons = ['OUTDATED', 'RESOLVED', 'DUPLICATE', 'OFF_TOPIC', 'SPAM', 'ABUSE'];

/** Hides a comment behind a reason, or shows it again with `null`. */
export async function minimizeComment(
  site: Site,
  actor: Actor,
  comment: Comment | ReviewComment,
  reason: string | null,
): Promise<void> {
  const issue = issueById(site.world, comment.issueId);
  permitEdit(site, actor, issue, comment.author);
  if (reason !== null && !reasons.includes(reason)) throw new Refusal(422, `${reason} is not a reason to minimize`);
  comment.minimized = reason;
}

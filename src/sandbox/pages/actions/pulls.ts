import { readBlob, readCommit } from '../../git/objects.ts';
import { textOf } from '../../git/patch.ts';
import { entryAt } from '../../git/trees.ts';
import { commitChanges } from '../../operations/commits.ts';
import { mergePull, updatePullBranch } from '../../operations/merge.ts';
import { headRepository } from '../../operations/mergeability.ts';
import { createPull, setDraft } from '../../operations/pulls.ts';
import { createReview, editReview } from '../../operations/reviews.ts';
import { addReviewComment, replyToThread, resolveThread, unresolveThread } from '../../operations/threads.ts';
import { notFound, Refusal } from '../../refusal.ts';
import type { PullIssue } from '../../state/find.ts';
import type { ReviewThread } from '../../state/pull.ts';
import { pathOf, pullIn, repositoryIn } from '../find.ts';
import { field, param, type Redirect, redirect, type Visit } from '../page.ts';
import { suggestionIn } from '../parts/thread.ts';

export async function openPull(visit: Visit): Promise<Redirect> {
  const repository = repositoryIn(visit);
  const pull = await createPull(visit.site, visit.actor, repository, {
    title: field(visit, 'title'),
    body: field(visit, 'body'),
    head: field(visit, 'head'),
    base: field(visit, 'base'),
    draft: field(visit, 'draft') === 'yes',
  });
  return redirect(pathOf(repository, pull));
}

export async function merge(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  const method = field(visit, 'method');
  const known = method === 'squash' || method === 'rebase' ? method : 'merge';
  await mergePull(visit.site, visit.actor, issue, { method: known, sha: field(visit, 'sha') });
  return redirect(pathOf(repository, issue));
}

export async function updateBranch(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await updatePullBranch(visit.site, visit.actor, issue);
  return redirect(pathOf(repository, issue));
}

export async function changeDraft(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await setDraft(visit.site, visit.actor, issue, field(visit, 'draft') === 'yes');
  return redirect(pathOf(repository, issue));
}

export async function review(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await createReview(visit.site, visit.actor, issue, { event: field(visit, 'event'), body: field(visit, 'body') });
  return redirect(pathOf(repository, issue));
}

export async function changeReview(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  const found = visit.site.world.reviews.get(Number(param(visit, 'review')));
  if (found?.issueId !== issue.id) throw notFound();
  await editReview(visit.site, visit.actor, issue, found, field(visit, 'body'));
  return redirect(`${pathOf(repository, issue)}#pullrequestreview-${found.id}`);
}

function lineNumber(visit: Visit, name: string): number | undefined {
  const text = field(visit, name).trim();
  if (text === '') return undefined;
  if (!/^\d{1,7}$/.test(text)) throw new Refusal(422, `${text} is not the number of a line.`);
  return Number(text);
}

export async function commentOnLine(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await addReviewComment(visit.site, visit.actor, issue, {
    path: field(visit, 'path'),
    body: field(visit, 'body'),
    line: lineNumber(visit, 'line'),
    startLine: lineNumber(visit, 'start'),
    side: field(visit, 'side') === 'LEFT' ? 'LEFT' : 'RIGHT',
  });
  return redirect(`${pathOf(repository, issue)}/files`);
}

function threadIn(visit: Visit, issue: PullIssue): ReviewThread {
  const thread = visit.site.world.threads.get(Number(param(visit, 'thread')));
  if (thread?.issueId !== issue.id) throw notFound();
  return thread;
}

function backTo(visit: Visit, path: string): Redirect {
  // The same thread is shown in two places; the form's sender says in which it was pressed.
  return redirect(/\/files$/.test(new URL(visit.request.headers.referer ?? 'none:').pathname) ? `${path}/files` : path);
}

export async function reply(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await replyToThread(visit.site, visit.actor, issue, threadIn(visit, issue), field(visit, 'body'));
  return backTo(visit, pathOf(repository, issue));
}

export async function resolve(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await resolveThread(visit.site, visit.actor, issue, threadIn(visit, issue));
  return backTo(visit, pathOf(repository, issue));
}

export async function unresolve(visit: Visit): Promise<Redirect> {
  const { repository, issue } = pullIn(visit);
  await unresolveThread(visit.site, visit.actor, issue, threadIn(visit, issue));
  return backTo(visit, pathOf(repository, issue));
}

/** Commits a suggestion to the head branch: its text takes the place of the lines that the thread is about. */
export async function applySuggestion(visit: Visit): Promise<Redirect> {
  const { site, actor } = visit;
  const { repository, issue } = pullIn(visit);
  const thread = threadIn(visit, issue);
  const comment = site.world.reviewComments.get(Number(field(visit, 'comment')));
  const suggestion = comment?.threadId === thread.id ? suggestionIn(comment.body) : null;
  if (suggestion === null || thread.line === null || thread.side !== 'RIGHT' || issue.state !== 'open')
    throw new Refusal(422, 'This suggestion cannot be applied: it is outdated, or the pull request is closed.');
  const head = headRepository(site, issue);
  const git = site.gitOf(head);
  const entry = await entryAt(git, (await readCommit(git, issue.pull.headSha)).tree, thread.path);
  if (!entry) throw notFound();
  const lines = textOf(await readBlob(git, entry.oid)).split('\n');
  const from = (thread.startLine ?? thread.line) - 1;
  lines.splice(from, thread.line - from, ...(suggestion === '' ? [] : suggestion.replace(/\n$/, '').split('\n')));
  await commitChanges(site, actor, head, {
    branch: issue.pull.headRef,
    message: `Apply the suggestion for ${thread.path}`,
    changes: [{ path: thread.path, content: lines.join('\n'), mode: entry.mode }],
    expectedHead: issue.pull.headSha,
  });
  return backTo(visit, pathOf(repository, issue));
}

import { permit, plainIssueNeed } from '../../operations/access.ts';
import { addAssignees, removeAssignees } from '../../operations/assignees.ts';
import { addComment, editComment } from '../../operations/comments.ts';
import { addBlockedBy } from '../../operations/dependencies.ts';
import { createIssueFromForm } from '../../operations/issue-forms.ts';
import { createIssue, updateIssue } from '../../operations/issues.ts';
import { addLabels, setLabels } from '../../operations/labels.ts';
import { addSubIssue } from '../../operations/sub-issues.ts';
import { notFound, Refusal } from '../../refusal.ts';
import type { Issue } from '../../state/issue.ts';
import { issueIn, pathOf, repositoryIn } from '../find.ts';
import { bodyOf, issueForms } from '../issue-forms.ts';
import { field, fields, param, type Redirect, redirect, type Visit } from '../page.ts';
import { numbered } from '../parts/event.ts';

/** Opens an issue, free or by one of the repository's forms. */
export async function openIssue(visit: Visit): Promise<Redirect> {
  const { site, actor } = visit;
  const repository = repositoryIn(visit);
  const template = field(visit, 'template');
  const title = field(visit, 'title');
  let issue: Issue;
  if (template === '')
    issue = await createIssue(site, actor, repository, { title, body: field(visit, 'body') || null });
  else {
    const form = (await issueForms(site, repository)).find(({ file }) => file === template);
    if (!form) throw notFound();
    // Required answers are enforced in public repositories only (GITHUB.md section 5).
    const missing = form.body.filter(
      (element) => element.type !== 'markdown' && element.required && fields(visit, `form-${element.id}`).length === 0,
    );
    if (missing.length > 0 && !repository.private)
      throw new Refusal(
        422,
        'Some answers are missing.',
        missing.map((element) => ('label' in element ? element.label : '')),
      );
    issue = await createIssueFromForm(site, actor, repository, {
      title,
      body: bodyOf(form, (id) => fields(visit, `form-${id}`).map((value) => value.replaceAll('\r\n', '\n'))),
      labels: form.labels,
      assignees: form.assignees,
    });
  }
  return redirect(pathOf(repository, issue));
}

/** Changes the title or the description, whichever the form has. */
export async function editIssue(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  const { form } = visit.request;
  await updateIssue(visit.site, visit.actor, issue, {
    ...(form.has('title') ? { title: field(visit, 'title') } : {}),
    ...(form.has('body') ? { body: field(visit, 'body') } : {}),
  });
  return redirect(pathOf(repository, issue));
}

/** Comments, closes and reopens: the buttons of one form. An empty text with a change of state is no comment. */
export async function answer(visit: Visit): Promise<Redirect> {
  const { site, actor } = visit;
  const { repository, issue } = issueIn(visit);
  const [body, state] = [field(visit, 'body'), field(visit, 'state')];
  if (body.trim() !== '' || state === '') await addComment(site, actor, issue, body);
  if (state === 'closed') await updateIssue(site, actor, issue, { state: 'closed' });
  if (state === 'not_planned') await updateIssue(site, actor, issue, { state: 'closed', stateReason: 'not_planned' });
  if (state === 'open') await updateIssue(site, actor, issue, { state: 'open' });
  return redirect(`${pathOf(repository, issue)}#comment`);
}

export async function changeComment(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  const comment = visit.site.world.comments.get(Number(param(visit, 'comment')));
  if (comment?.issueId !== issue.id) throw notFound();
  await editComment(visit.site, visit.actor, comment, field(visit, 'body'));
  return redirect(`${pathOf(repository, issue)}#issuecomment-${comment.id}`);
}

export async function chooseLabels(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  await setLabels(visit.site, visit.actor, issue, fields(visit, 'label'));
  return redirect(pathOf(repository, issue));
}

export async function newLabel(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  await addLabels(visit.site, visit.actor, issue, [field(visit, 'label').trim()]);
  return redirect(pathOf(repository, issue));
}

export async function chooseAssignees(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  const wanted = fields(visit, 'login');
  await removeAssignees(
    visit.site,
    visit.actor,
    issue,
    issue.assignees.filter((login) => !wanted.includes(login)),
  );
  await addAssignees(visit.site, visit.actor, issue, wanted);
  return redirect(pathOf(repository, issue));
}

function named(visit: Visit, issue: Issue): Issue {
  const other = numbered(visit, issue, field(visit, 'number').trim());
  if (!other) throw new Refusal(422, `There is no issue ${field(visit, 'number')} in this repository.`);
  return other;
}

/** Links a sub-issue by number, or opens a new one by title. */
export async function addChild(visit: Visit): Promise<Redirect> {
  const { site, actor } = visit;
  const { repository, issue } = issueIn(visit);
  const title = field(visit, 'title').trim();
  if (title === '') await addSubIssue(site, actor, issue, named(visit, issue).id, false);
  else {
    permit(site, actor, repository, plainIssueNeed('write', 'triage'));
    await createIssue(site, actor, repository, { title, parentIssueId: issue.id });
  }
  return redirect(pathOf(repository, issue));
}

export async function addBlocker(visit: Visit): Promise<Redirect> {
  const { repository, issue } = issueIn(visit);
  await addBlockedBy(visit.site, visit.actor, issue, named(visit, issue).id);
  return redirect(pathOf(repository, issue));
}

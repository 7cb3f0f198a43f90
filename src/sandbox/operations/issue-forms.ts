import type { Actor, Site } from '../site.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { addAssignees } from './assignees.ts';
import { createIssue, type NewIssue } from './issues.ts';
import { findLabel, putLabels } from './labels.ts';

/**
 * Opens an issue as one of the repository's own forms does: its labels are put on by the form, so that whoever may open an
 * issue gets them, but only those that exist (GITHUB.md section 5).
 */
export async function createIssueFromForm(
  site: Site,
  actor: Actor,
  repository: Repository,
  input: Required<Pick<NewIssue, 'title' | 'body' | 'labels' | 'assignees'>>,
): Promise<Issue> {
  const issue = await createIssue(site, actor, repository, { title: input.title, body: input.body });
  const existing = (input.labels ?? []).filter((name) => findLabel(repository, name));
  await putLabels(site, actor, issue, existing);
  await addAssignees(site, actor, issue, input.assignees ?? []);
  return issue;
}

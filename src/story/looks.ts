import { type Stage, until } from './stage.ts';

/** Things that the people of the story wait to see. */

const bot = 'database-lead[bot]';

interface Comment {
  readonly id: number;
  readonly text: string;
}

/** The App's first comment on the issue that matches. */
export function comment(stage: Stage, issue: number, pattern: RegExp, what: string): Promise<Comment> {
  const { owner, repo } = stage;
  return until(stage, what, async () => {
    const { data } = await stage
      .as('alice')
      .rest.issues.listComments({ owner, repo, issue_number: issue, per_page: 100 });
    const found = data.find(({ user, body }) => user?.login === bot && pattern.test(body ?? ''));
    return found === undefined ? undefined : { id: found.id, text: found.body ?? '' };
  });
}

export interface SubIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly assignees: readonly string[];
}

/** The sub-issues, once there are as many as the plan has tasks. */
export function subIssues(stage: Stage, parent: number, tasks: number): Promise<readonly SubIssue[]> {
  const { owner, repo } = stage;
  return until(stage, `${tasks} sub-issues of #${parent}`, async () => {
    const { data } = await stage.as('alice').request('GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
      owner,
      repo,
      issue_number: parent,
      per_page: 100,
    });
    if (data.length < tasks) return undefined;
    return data.map(({ number, title, body, assignees }) => ({
      number,
      title,
      body: body ?? '',
      assignees: (assignees ?? []).map(({ login }) => login),
    }));
  });
}

/** The newest run of a check, once it is completed. */
export function conclusion(
  stage: Stage,
  head: string,
  name: string,
): Promise<{ readonly conclusion: string; readonly title: string }> {
  const { owner, repo } = stage;
  return until(stage, `the check ${name} on ${head.slice(0, 7)}`, async () => {
    const { data } = await stage
      .as('alice')
      .rest.checks.listForRef({ owner, repo, ref: head, check_name: name, filter: 'latest' });
    const run = data.check_runs.toSorted((a, b) => b.id - a.id)[0];
    return run?.status === 'completed'
      ? { conclusion: run.conclusion ?? '', title: run.output.title ?? '' }
      : undefined;
  });
}

/** Whether the issue is closed by now. */
export function closed(stage: Stage, issue: number): Promise<true> {
  const { owner, repo } = stage;
  return until(stage, `#${issue} closed`, async () => {
    const { data } = await stage.as('alice').rest.issues.get({ owner, repo, issue_number: issue });
    return data.state === 'closed' ? true : undefined;
  });
}

import type { Octokit } from '@octokit/rest';
import { shop } from '../../src/story/shop.ts';

const at = { owner: shop.owner, repo: shop.name };

/**
 * Everything that people see of the repository in the end, without what differs from one telling to another: its address, times, commit
 * SHAs, and measured milliseconds.
 */
export async function finalState(octokit: Octokit) {
  const issues = await octokit.paginate('GET /repos/{owner}/{repo}/issues', {
    ...at,
    state: 'all',
    sort: 'created',
    direction: 'asc',
    per_page: 100,
  });
  return Promise.all(
    issues.map(async (issue) => {
      const comments = await octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...at,
        issue_number: issue.number,
        per_page: 100,
      });
      return {
        number: issue.number,
        title: issue.title,
        body: plain(issue.body ?? ''),
        state: issue.state,
        labels: issue.labels.map((label) => (typeof label === 'string' ? label : label.name)).toSorted(),
        assignees: (issue.assignees ?? []).map(({ login }) => login),
        comments: comments.map(({ user, body }) => `${user?.login}: ${plain(body ?? '')}`),
        ...(issue.pull_request === undefined ? {} : { pull: await pullState(octokit, issue.number) }),
      };
    }),
  );
}

async function pullState(octokit: Octokit, pull_number: number) {
  const { data: pull } = await octokit.rest.pulls.get({ ...at, pull_number });
  const reviews = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...at,
    pull_number,
  });
  const comments = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
    ...at,
    pull_number,
  });
  const runs = await octokit.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...at,
    ref: pull.head.sha,
    filter: 'latest',
  });
  return {
    merged: pull.merged,
    reviews: reviews.map(({ state, body }) => `${state} ${plain(body)}`),
    comments: comments.map(({ path, line, body }) => `${path}:${line} ${plain(body)}`),
    checks: runs.map(({ name, conclusion, output }) => `${name} ${conclusion} ${output.title}`).toSorted(),
  };
}

function plain(text: string): string {
  return text
    .replace(/<!-- database-lead:[\s\S]*?-->/g, '')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/TASK-DBLEAD-\d{8}-\d{6}/g, 'TASK')
    .replace(/\b[0-9a-f]{7,40}\b/g, 'SHA')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\dZ)?/g, 'TIME')
    .replace(/\b\d+ ms\b/g, 'N ms')
    .trimEnd();
}

import { compare, diffCommit } from '../git/compare.ts';
import { needs, permit } from '../operations/access.ts';
import { mergePull, updatePullBranch } from '../operations/merge.ts';
import { createPull, removeReviewers, requestReviewers, updatePull } from '../operations/pulls.ts';
import { notFound } from '../refusal.ts';
import { type PullIssue, pullsOf, repositoryOf } from '../state/find.ts';
import { userView } from '../views/accounts.ts';
import { commitView, fileView } from '../views/git.ts';
import { pullView, simplePullView } from '../views/pull.ts';
import { flag, names, nullableText, text, word } from './body.ts';
import { type Call, noContent, ok, on, pullIn, type Reply, repositoryIn, wants } from './call.ts';
import { diffText, patchText } from './diff-text.ts';
import { listed } from './page.ts';

/** GitHub lists no more (GITHUB.md section 7). */
const most = { files: 3000, commits: 250 } as const;

function readable(call: Call) {
  const found = pullIn(call);
  permit(call.site, call.actor, found.repository, needs.readPulls);
  return found;
}

function matches(call: Call, issue: PullIssue): boolean {
  const state = call.query.get('state') ?? 'open';
  if (state !== 'all' && issue.state !== state) return false;
  const base = call.query.get('base');
  if (base && issue.pull.baseRef !== base) return false;
  const head = call.query.get('head');
  if (!head) return true;
  const owner = call.site.world.repositories.get(issue.pull.headRepositoryId)?.owner;
  // Without `owner:` GitHub ignores the filter.
  return !head.includes(':') || head === `${owner}:${issue.pull.headRef}`;
}

function listPulls(call: Call): Promise<Reply> {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readPulls);
  const sort = call.query.get('sort') ?? 'created';
  const key = (issue: PullIssue) => (sort === 'updated' ? Date.parse(issue.updatedAt) : issue.number);
  const usual = call.query.has('sort') && sort !== 'created' ? 'asc' : 'desc';
  const direction = (call.query.get('direction') ?? usual) === 'asc' ? 1 : -1;
  const found = pullsOf(call.site.world, repository)
    .filter((issue) => matches(call, issue))
    .sort((left, right) => direction * (key(left) - key(right) || left.number - right.number));
  return listed(call, found, (issue) => simplePullView(call.site, issue));
}

function diffOf(call: Call, issue: PullIssue) {
  const git = call.site.gitOf(repositoryOf(call.site.world, issue));
  return compare(git, issue.pull.baseSha, issue.pull.headSha);
}

async function getPull(call: Call): Promise<Reply> {
  const { repository, issue } = readable(call);
  if (wants(call, 'diff')) {
    const body = diffText((await diffOf(call, issue)).files);
    return { status: 200, body, type: 'application/vnd.github.diff; charset=utf-8' };
  }
  if (wants(call, 'patch')) {
    const git = call.site.gitOf(repository);
    const parts = [];
    for (const commit of (await diffOf(call, issue)).commits)
      parts.push(patchText(commit, await diffCommit(git, commit)));
    return { status: 200, body: parts.join('\n'), type: 'application/vnd.github.patch; charset=utf-8' };
  }
  return ok(await pullView(call.site, issue));
}

async function create(call: Call): Promise<Reply> {
  const issue = await createPull(call.site, call.actor, repositoryIn(call), {
    title: text(call, 'title') as string,
    body: nullableText(call, 'body'),
    head: text(call, 'head') ?? '',
    base: text(call, 'base') ?? '',
    draft: flag(call, 'draft'),
    maintainerCanModify: flag(call, 'maintainer_can_modify'),
  });
  return ok(await pullView(call.site, issue), 201);
}

async function update(call: Call): Promise<Reply> {
  const { issue } = pullIn(call);
  await updatePull(call.site, call.actor, issue, {
    title: text(call, 'title'),
    body: nullableText(call, 'body'),
    state: word(call, 'state', ['open', 'closed']),
    base: text(call, 'base'),
  });
  return ok(await pullView(call.site, issue));
}

async function merge(call: Call): Promise<Reply> {
  const { issue } = pullIn(call);
  const { sha } = await mergePull(call.site, call.actor, issue, {
    method: text(call, 'merge_method') as 'merge' | undefined,
    sha: text(call, 'sha'),
    title: text(call, 'commit_title'),
    message: text(call, 'commit_message'),
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

const one = '/repos/:owner/:repo/pulls/:number';

export const pullRoutes = [
  on('GET', '/repos/:owner/:repo/pulls', listPulls),
  on('POST', '/repos/:owner/:repo/pulls', create),
  on('GET', one, getPull),
  on('PATCH', one, update),
  on('GET', `${one}/files`, async (call) => {
    const { repository, issue } = readable(call);
    const files = (await diffOf(call, issue)).files.slice(0, most.files);
    return listed(call, files, (file) => fileView(call.site, repository, issue.pull.headSha, file));
  }),
  on('GET', `${one}/commits`, async (call) => {
    const { repository, issue } = readable(call);
    const commits = (await diffOf(call, issue)).commits.slice(0, most.commits);
    return listed(call, commits, (commit) => commitView(call.site, repository, commit));
  }),
  on('GET', `${one}/merge`, (call) => {
    if (readable(call).issue.pull.mergedAt === null) throw notFound();
    return noContent;
  }),
  on('PUT', `${one}/merge`, merge),
  on('PUT', `${one}/update-branch`, async (call) => {
    const { issue } = pullIn(call);
    await updatePullBranch(call.site, call.actor, issue, text(call, 'expected_head_sha'));
    const url = (await pullView(call.site, issue)).url;
    return ok({ message: 'Updating pull request branch.', url }, 202);
  }),
  on('GET', `${one}/requested_reviewers`, (call) => {
    const { issue } = readable(call);
    return ok({ users: issue.pull.requestedReviewers.map((login) => userView(call.site, login)), teams: [] });
  }),
  on('POST', `${one}/requested_reviewers`, async (call) => {
    const { issue } = pullIn(call);
    const [logins, teams] = [names(call, 'reviewers') ?? [], names(call, 'team_reviewers') ?? []];
    await requestReviewers(call.site, call.actor, issue, logins, teams);
    return ok(simplePullView(call.site, issue), 201);
  }),
  on('DELETE', `${one}/requested_reviewers`, async (call) => {
    const { issue } = pullIn(call);
    await removeReviewers(call.site, call.actor, issue, names(call, 'reviewers') ?? []);
    return ok(simplePullView(call.site, issue));
  }),
];

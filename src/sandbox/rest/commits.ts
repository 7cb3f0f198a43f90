import { compare, diffCommit, diffTrees } from '../git/compare.ts';
import { contains, walk } from '../git/history.ts';
import { readCommit } from '../git/objects.ts';
import type { Commit, Git } from '../git/store.ts';
import { entryAt } from '../git/trees.ts';
import { needs, permit } from '../operations/access.ts';
import { resolveCommit } from '../operations/resolve.ts';
import { notFound, Refusal } from '../refusal.ts';
import { pullsOf } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { commitView, fileView } from '../views/git.ts';
import { simplePullView } from '../views/pull.ts';
import { repositoryApi, repositoryPage } from '../views/urls.ts';
import { type Call, gitIn, ok, on, param, type Reply, wants } from './call.ts';
import { diffText, patchText } from './diff-text.ts';
import { links, listed, paging } from './page.ts';

/** GitHub's limits on a comparison (GITHUB.md section 7). */
const compared = { commits: 250, files: 300 } as const;

/** The commit that a parameter of the path names; 422 for what names none, as GitHub answers here. */
export async function commitIn(call: Call, repository: Repository, git: Git, name: string): Promise<Commit> {
  permit(call.site, call.actor, repository, needs.readContents);
  const sha = await resolveCommit(call.site, repository, param(call, name));
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${param(call, name)}`);
  return readCommit(git, sha);
}

async function listCommits(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readContents);
  const from = await resolveCommit(call.site, repository, call.query.get('sha') ?? '');
  if (!from) throw notFound();
  const { page, size } = paging(call);
  const found: Commit[] = [];
  for await (const commit of walk(git, from)) {
    if (!(await isWanted(call, git, commit))) continue;
    found.push(commit);
    // One more than the page needs tells whether there is a next one.
    if (found.length > page * size) break;
  }
  const body = found.slice((page - 1) * size, page * size).map((commit) => commitView(call.site, repository, commit));
  return { ...ok(body), headers: links(call, found.length) };
}

async function isWanted(call: Call, git: Git, commit: Commit): Promise<boolean> {
  const [since, until] = [call.query.get('since'), call.query.get('until')];
  const date = Date.parse(commit.committer.date);
  if ((since && date < Date.parse(since)) || (until && date > Date.parse(until))) return false;
  const author = call.query.get('author')?.toLowerCase();
  if (author && commit.author.name.toLowerCase() !== author && commit.author.email.toLowerCase() !== author)
    return false;
  const path = call.query.get('path');
  if (!path) return true;
  const parent = commit.parents[0];
  const now = await entryAt(git, commit.tree, path);
  const before = parent ? await entryAt(git, (await readCommit(git, parent)).tree, path) : null;
  return now?.oid !== before?.oid;
}

async function getCommit(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  const commit = await commitIn(call, repository, git, 'ref');
  if (wants(call, 'sha')) return { status: 200, body: commit.oid, type: 'application/vnd.github.sha; charset=utf-8' };
  const files = await diffCommit(git, commit);
  if (wants(call, 'diff'))
    return { status: 200, body: diffText(files), type: 'application/vnd.github.diff; charset=utf-8' };
  if (wants(call, 'patch'))
    return { status: 200, body: patchText(commit, files), type: 'application/vnd.github.patch; charset=utf-8' };
  const { page, size } = paging(call);
  const limit = call.query.has('per_page') ? size : compared.files;
  const shown = files.slice((page - 1) * limit, page * limit);
  return ok({
    ...commitView(call.site, repository, commit, files),
    files: shown.map((file) => fileView(call.site, repository, commit.oid, file)),
  });
}

async function pullsWith(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readPulls);
  const sha = await resolveCommit(call.site, repository, param(call, 'ref'));
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${param(call, 'ref')}`);
  const found = [];
  for (const issue of pullsOf(call.site.world, repository)) {
    const own = (await contains(git, issue.pull.headSha, sha)) && !(await contains(git, issue.pull.baseSha, sha));
    if (own || issue.pull.mergeCommitSha === sha) found.push(issue);
  }
  return listed(call, found, (issue) => simplePullView(call.site, issue));
}

async function compareTwo(call: Call): Promise<Reply> {
  const { site } = call;
  const { repository, git } = gitIn(call);
  permit(site, call.actor, repository, needs.readContents);
  const range = param(call, 'basehead');
  const dots = range.includes('...') ? '...' : '..';
  const [baseName = '', headName = ''] = range.split(dots).map((name) => name.replace(/^[^:]+:/, ''));
  const base = await resolveCommit(site, repository, baseName);
  const head = await resolveCommit(site, repository, headName);
  if (!base || !head) throw notFound();
  const found = await compare(git, base, head);
  const [baseCommit, headCommit] = [await readCommit(git, base), await readCommit(git, head)];
  const files = dots === '..' ? await diffTrees(git, baseCommit.tree, headCommit.tree) : found.files;
  if (wants(call, 'diff'))
    return { status: 200, body: diffText(files), type: 'application/vnd.github.diff; charset=utf-8' };
  if (!found.mergeBase) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
  const { page, size } = paging(call);
  const paged = call.query.has('page') || call.query.has('per_page');
  const commits = paged ? found.commits.slice((page - 1) * size, page * size) : found.commits.slice(-compared.commits);
  const [ahead, behind] = [found.commits.length, found.behindBy];
  const page1 = repositoryPage(site, repository);
  return {
    ...ok({
      url: `${repositoryApi(site, repository)}/compare/${range}`,
      html_url: `${page1}/compare/${range}`,
      permalink_url: `${page1}/compare/${base}...${head}`,
      diff_url: `${page1}/compare/${range}.diff`,
      patch_url: `${page1}/compare/${range}.patch`,
      base_commit: commitView(site, repository, baseCommit),
      merge_base_commit: commitView(site, repository, await readCommit(git, found.mergeBase)),
      status: ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical',
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: commits.map((commit) => commitView(site, repository, commit)),
      // Files come on the first page only.
      files: page > 1 ? [] : files.slice(0, compared.files).map((file) => fileView(site, repository, head, file)),
    }),
    headers: paged ? links(call, ahead) : {},
  };
}

export const commitRoutes = [
  on('GET', '/repos/:owner/:repo/commits', listCommits),
  on('GET', '/repos/:owner/:repo/commits/*ref/pulls', pullsWith),
  on('GET', '/repos/:owner/:repo/compare/*basehead', compareTwo),
];

/** Kept apart because it matches any path below `commits`: it must come after all others. */
export const singleCommitRoute = on('GET', '/repos/:owner/:repo/commits/*ref', getCommit);

import { diffCommit } from '../git/compare.ts';
import { commitsBetween, contains } from '../git/history.ts';
import { mirrorRef } from '../git/mirror.ts';
import { readCommit } from '../git/objects.ts';
import type { Commit } from '../git/store.ts';
import type { Actor, Site } from '../site.ts';
import { findAccount, isPull, issuesOf, type PullIssue, repositoryOf } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { repositoryPage } from '../views/urls.ts';
import { loginOf } from './access.ts';
import { closeIssue } from './issues.ts';
import { note, tell, touch } from './record.ts';
import { closedByKeyword, mentioned } from './references.ts';
import { relocateThreads } from './relocate.ts';
import { openSuites } from './suites.ts';

/** What git writes where there is no commit. */
export const noCommit = '0'.repeat(40);

/** Commits that a `push` payload lists; GitHub cuts the list here. */
const listedCommits = 2048;

export interface RefMove {
  readonly repository: Repository;
  /** Full name, for example `refs/heads/main`. */
  readonly ref: string;
  /** New commit, or `null` to delete the ref. */
  readonly after: string | null;
  /** The pull request whose merge moves the ref; it says itself that it was merged. */
  readonly merging?: PullIssue;
}

/** Moves a ref and lets everything follow that follows on GitHub: events, suites, pull requests, closing keywords. */
export async function moveRef(site: Site, actor: Actor, move: RefMove): Promise<void> {
  const { repository, ref, after } = move;
  const before = repository.refs[ref] ?? null;
  if (before === after) return;
  if (after === null) delete repository.refs[ref];
  else repository.refs[ref] = after;
  // Forks share the store, but their branches are not those of the repository that it shows.
  if (repository.parentId === null) await mirrorRef(site.gitOf(repository), ref, after);
  repository.pushedAt = site.now();
  repository.updatedAt = site.now();
  await tellPush(site, actor, move, before);
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  if (branch === null) return;
  if (after !== null) await openSuites(site, actor, repository, branch, before, after);
  await followHeads(site, actor, repository, branch, before, after);
  if (after === null) return;
  await followBases(site, actor, move, branch, after);
  if (branch === repository.defaultBranch && before !== null)
    await obeyMessages(site, actor, repository, before, after);
}

async function tellPush(site: Site, actor: Actor, move: RefMove, before: string | null): Promise<void> {
  const { repository, ref, after } = move;
  const git = site.gitOf(repository);
  await site.emit({
    event: 'push',
    action: null,
    repository,
    actor,
    needs: ['contents', 'read'],
    payload: async () => {
      const from = before ?? repository.refs[`refs/heads/${repository.defaultBranch}`] ?? null;
      const added = after ? await commitsBetween(git, from, after) : [];
      const forced = before !== null && after !== null && !(await contains(git, after, before));
      const commits = [];
      for (const commit of added.slice(-listedCommits)) commits.push(await pushedCommit(site, repository, commit));
      const head = after ? await pushedCommit(site, repository, await readCommit(git, after)) : null;
      const login = loginOf(site, actor);
      return {
        ref,
        before: before ?? noCommit,
        after: after ?? noCommit,
        base_ref: null,
        compare: `${repositoryPage(site, repository)}/compare/${before ?? noCommit}...${after ?? noCommit}`,
        created: before === null,
        deleted: after === null,
        forced,
        commits,
        head_commit: head,
        pusher: { name: login, email: `${login}@users.noreply.sandbox` },
      };
    },
  });
}

async function pushedCommit(site: Site, repository: Repository, commit: Commit) {
  const files = await diffCommit(site.gitOf(repository), commit);
  const person = ({ name, email }: Commit['author']) => {
    const login = email.endsWith('@users.noreply.sandbox') ? email.split('@', 1)[0] : undefined;
    return { name, email, ...(login && findAccount(site.world, login) ? { username: login } : {}) };
  };
  const named = (status: string) => files.filter((file) => file.status === status).map((file) => file.path);
  const renamed = files.filter((file) => file.status === 'renamed');
  return {
    id: commit.oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repositoryPage(site, repository)}/commit/${commit.oid}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: [...named('added'), ...renamed.map((file) => file.path)],
    removed: [...named('removed'), ...renamed.flatMap((file) => file.previousPath ?? [])],
    modified: [...named('modified'), ...named('changed')],
  };
}

/** Open pull requests whose head branch moved; in other repositories too, because forks have heads here. */
async function followHeads(
  site: Site,
  actor: Actor,
  repository: Repository,
  branch: string,
  before: string | null,
  after: string | null,
): Promise<void> {
  for (const issue of site.world.issues.values()) {
    if (!isPull(issue) || issue.state !== 'open') continue;
    const { pull } = issue;
    if (pull.headRepositoryId !== repository.id || pull.headRef !== branch) continue;
    if (after === null) {
      await closeIssue(site, actor, issue, null, null);
      note(site, actor, issue, { event: 'head_ref_deleted' });
      continue;
    }
    const git = site.gitOf(repository);
    const base = repositoryOf(site.world, issue);
    if (before && !(await contains(git, after, before)))
      note(site, actor, issue, { event: 'head_ref_force_pushed', before, after });
    pull.headSha = after;
    pull.baseSha = base.refs[`refs/heads/${pull.baseRef}`] ?? pull.baseSha;
    touch(site, issue);
    await relocateThreads(site, issue);
    await tell(site, actor, issue, 'synchronize', { before: before ?? noCommit, after });
  }
}

/** Pull requests that a push to their base merged by itself, as when somebody merges on their own machine. */
async function followBases(site: Site, actor: Actor, move: RefMove, branch: string, after: string): Promise<void> {
  const git = site.gitOf(move.repository);
  for (const issue of issuesOf(site.world, move.repository)) {
    if (!isPull(issue) || issue.state !== 'open' || issue === move.merging || issue.pull.baseRef !== branch) continue;
    if (!(await contains(git, after, issue.pull.headSha))) continue;
    await concludeMerge(site, actor, issue, after);
  }
}

/** Records that a pull request was merged, by which commit, and closes it and what it promised to close. */
export async function concludeMerge(site: Site, actor: Actor, issue: PullIssue, sha: string): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  const { pull } = issue;
  pull.mergedAt = site.now();
  pull.mergedBy = loginOf(site, actor);
  pull.mergeCommitSha = sha;
  note(site, actor, issue, { event: 'merged', commitId: sha });
  await closeIssue(site, actor, issue, null, sha);
  // Keywords act on the default branch only (GITHUB.md section 6).
  if (pull.baseRef !== repository.defaultBranch) return;
  for (const target of closedByKeyword(site, repository, issue.body)) await closeIssue(site, actor, target, null, null);
}

/** Issues that messages of commits new on the default branch close or mention. */
async function obeyMessages(site: Site, actor: Actor, repository: Repository, before: string, after: string) {
  for (const commit of await commitsBetween(site.gitOf(repository), before, after)) {
    for (const target of mentioned(site, repository, commit.message))
      note(site, actor, target, { event: 'referenced', commitId: commit.oid });
    for (const target of closedByKeyword(site, repository, commit.message))
      await closeIssue(site, actor, target, null, commit.oid);
  }
}

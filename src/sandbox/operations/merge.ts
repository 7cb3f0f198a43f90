import { commitsBetween, mergeBase } from '../git/history.ts';
import { mergeCommits, mergeTrees } from '../git/merge.ts';
import { readCommit, writeCommit } from '../git/objects.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { must, type PullIssue, repositoryOf } from '../state/find.ts';
import { needs, permit } from './access.ts';
import { signatureOf } from './commits.ts';
import { headRepository, mergeability } from './mergeability.ts';
import { concludeMerge, moveRef } from './push.ts';

export interface MergeInput {
  readonly method?: 'merge' | 'squash' | 'rebase' | undefined;
  /** Head the caller looked at; 409 when it moved since. */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** Merges a pull request; 405 when it cannot be merged, 409 when its head moved. */
export async function mergePull(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  input: MergeInput,
): Promise<{ sha: string }> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.writeContents);
  const method = input.method ?? 'merge';
  if (!['merge', 'squash', 'rebase'].includes(method)) throw new Refusal(405, `${method} merges are not allowed`);
  if (issue.state === 'closed') throw new Refusal(405, 'Pull Request is not mergeable');
  if (input.sha !== undefined && input.sha !== issue.pull.headSha)
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  const { obstacle } = await mergeability(site, issue);
  if (obstacle) throw new Refusal(405, obstacle);
  const ref = `refs/heads/${issue.pull.baseRef}`;
  const base = must(repository.refs[ref], 'branch', ref);
  issue.pull.baseSha = base;
  const sha =
    method === 'rebase' ? await rebase(site, actor, issue, base) : await commitMerge(site, actor, issue, base, input);
  await moveRef(site, actor, { repository, ref, after: sha, merging: issue });
  await concludeMerge(site, actor, issue, sha);
  return { sha };
}

async function commitMerge(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  base: string,
  input: MergeInput,
): Promise<string> {
  const repository = repositoryOf(site.world, issue);
  const git = site.gitOf(repository);
  const merged = await mergeCommits(git, base, issue.pull.headSha);
  if (merged.kind === 'conflict') throw new Refusal(405, 'Pull Request is not mergeable');
  const squash = input.method === 'squash';
  const commits = await commitsBetween(git, base, issue.pull.headSha);
  const title = input.title ?? (squash ? squashTitle(issue, commits) : mergeTitle(site, issue));
  const text = input.message ?? (squash ? squashText(commits) : issue.title);
  const author = squash && commits[0] ? { ...commits[0].author, date: site.now() } : signatureOf(site, actor);
  return writeCommit(git, {
    tree: merged.tree,
    parents: squash ? [base] : [base, issue.pull.headSha],
    message: text ? `${title}\n\n${text}` : title,
    author,
    committer: signatureOf(site, actor),
  });
}

function mergeTitle(site: Site, issue: PullIssue): string {
  return `Merge pull request #${issue.number} from ${headRepository(site, issue).owner}/${issue.pull.headRef}`;
}

function squashTitle(issue: PullIssue, commits: readonly { message: string }[]): string {
  const only = commits.length === 1 ? commits[0]?.message.split('\n', 1)[0] : undefined;
  return `${only ?? issue.title} (#${issue.number})`;
}

function squashText(commits: readonly { message: string }[]): string {
  if (commits.length === 1) return commits[0]?.message.split('\n').slice(1).join('\n').trim() ?? '';
  return commits.map(({ message }) => `* ${message}`).join('\n\n');
}

async function rebase(site: Site, actor: Actor, issue: PullIssue, base: string): Promise<string> {
  const git = site.gitOf(repositoryOf(site.world, issue));
  let onto = base;
  for (const commit of await commitsBetween(git, base, issue.pull.headSha)) {
    // Merge commits are flattened: what they brought in is replayed commit by commit, or is in the base already.
    if (commit.parents.length !== 1) continue;
    const parent = await readCommit(git, commit.parents[0] ?? '');
    const merged = await mergeTrees(git, parent.tree, (await readCommit(git, onto)).tree, commit.tree);
    if (merged.kind === 'conflict') throw new Refusal(405, "This branch can't be rebased");
    const { message, author } = commit;
    onto = await writeCommit(git, {
      tree: merged.tree,
      parents: [onto],
      message,
      author,
      committer: signatureOf(site, actor),
    });
  }
  return onto;
}

/** Brings the base branch into a pull request's head; 422 when there is nothing to bring or it conflicts. */
export async function updatePullBranch(
  site: Site,
  actor: Actor,
  issue: PullIssue,
  expectedHead?: string,
): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, needs.writePulls);
  const head = headRepository(site, issue);
  const { pull } = issue;
  if (expectedHead !== undefined && expectedHead !== pull.headSha)
    throw new Refusal(422, `expected head sha didn’t match current head ref.`);
  const base = must(repository.refs[`refs/heads/${pull.baseRef}`], 'branch', pull.baseRef);
  const git = site.gitOf(repository);
  if ((await mergeBase(git, base, pull.headSha)) === base)
    throw new Refusal(422, 'There are no new commits on the base branch.');
  const merged = await mergeCommits(git, pull.headSha, base);
  if (merged.kind === 'conflict') throw new Refusal(422, 'merge conflict between base and head');
  const person = signatureOf(site, actor);
  const sha = await writeCommit(git, {
    tree: merged.tree,
    parents: [pull.headSha, base],
    message: `Merge branch '${pull.baseRef}' into ${pull.headRef}`,
    author: person,
    committer: person,
  });
  await moveRef(site, actor, { repository: head, ref: `refs/heads/${pull.headRef}`, after: sha });
}

import { diffCommit } from '../../git/compare.ts';
import { walk } from '../../git/history.ts';
import { readCommit } from '../../git/objects.ts';
import type { Commit, Signature } from '../../git/store.ts';
import { entryAt } from '../../git/trees.ts';
import { needs } from '../../operations/access.ts';
import type { Repository } from '../../state/repository.ts';
import { repositoryPage } from '../../views/urls.ts';
import { type Context, check, type Fields } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { userFields } from './account.ts';
import { suiteConnection } from './check-suite.ts';
import { fileOf, objectFields, treeFields } from './git-object.ts';
import { rollupFields, statusFields } from './rollup.ts';

function personFields(at: Context, person: Signature): Fields {
  const login = /^(.+)@users\.noreply\.sandbox$/.exec(person.email)?.[1] ?? null;
  return {
    __typename: 'GitActor',
    name: person.name,
    email: person.email,
    date: person.date,
    user: () => userFields(at, login),
  };
}

interface HistoryArguments extends PageArguments {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
}

async function history(at: Context, repository: Repository, oid: string, args: HistoryArguments): Promise<Commit[]> {
  const git = at.site.gitOf(repository);
  const found: Commit[] = [];
  for await (const commit of walk(git, oid)) {
    const date = Date.parse(commit.committer.date);
    if (args.since && date < Date.parse(args.since)) continue;
    if (args.until && date > Date.parse(args.until)) continue;
    if (args.path && !(await touches(at, repository, commit, args.path))) continue;
    found.push(commit);
  }
  return found;
}

async function touches(at: Context, repository: Repository, commit: Commit, path: string): Promise<boolean> {
  const git = at.site.gitOf(repository);
  const here = (await entryAt(git, commit.tree, path))?.oid;
  const before = await Promise.all(
    commit.parents.map(async (parent) => (await entryAt(git, (await readCommit(git, parent)).tree, path))?.oid),
  );
  return before.length === 0 ? here !== undefined : before.every((oid) => oid !== here);
}

/** A commit of a repository. */
export async function commitFields(at: Context, repository: Repository, oid: string): Promise<Fields> {
  check(at, repository, needs.readContents);
  const git = at.site.gitOf(repository);
  const commit = await readCommit(git, oid);
  const [headline = '', ...body] = commit.message.split('\n');
  const url = `${repositoryPage(at.site, repository)}/commit/${oid}`;
  const sum = async (of: 'additions' | 'deletions') =>
    (await diffCommit(git, commit)).reduce((total, file) => total + file[of], 0);
  return {
    __typename: 'Commit',
    ...objectFields(at, repository, 'C', oid),
    message: commit.message,
    messageHeadline: headline,
    messageBody: body.join('\n').trim(),
    author: () => personFields(at, commit.author),
    authoredDate: commit.author.date,
    committer: () => personFields(at, commit.committer),
    committedDate: commit.committer.date,
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    changedFilesIfAvailable: async () => (await diffCommit(git, commit)).length,
    tree: () => treeFields(at, repository, commit.tree),
    file: ({ path }: { readonly path: string }) => fileOf(at, repository, commit.tree, path),
    parents: paged(
      () => commit.parents,
      (parent) => commitFields(at, repository, parent),
    ),
    history: paged(
      (args: HistoryArguments) => history(at, repository, oid, args),
      (earlier) => commitFields(at, repository, earlier.oid),
    ),
    checkSuites: suiteConnection(at, repository, oid),
    status: () => statusFields(at, repository, oid),
    statusCheckRollup: () => rollupFields(at, repository, oid),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

import type { ImportedRepository } from '../git/import.ts';
import { mirrorHead, mirrorRef } from '../git/mirror.ts';
import { writeCommit } from '../git/objects.ts';
import { changeTree, emptyTree, type TreeChange } from '../git/trees.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Role } from '../state/accounts.ts';
import { findRepository } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { BranchProtection, Repository } from '../state/repository.ts';
import { noreply } from '../views/git.ts';
import { loginOf, needs, permit } from './access.ts';
import { addAccount } from './accounts.ts';
import { defineLabel } from './labels.ts';

/** A path and its text or bytes; `null` deletes the file. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export interface SeedCommit {
  readonly message: string;
  readonly files: Files;
  /** Login; the owner when left out. */
  readonly author?: string;
  /** ISO 8601; now when left out. */
  readonly date?: string;
}

export interface RepositorySeed {
  readonly owner: string;
  readonly name: string;
  readonly ownerType?: 'User' | 'Organization';
  readonly description?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** One commit with these files. */
  readonly files?: Files;
  /** A history, oldest first, instead of `files`. */
  readonly commits?: readonly SeedCommit[];
  /** History and branches taken over from elsewhere, instead of either. */
  readonly imported?: ImportedRepository;
  readonly users?: readonly { readonly login: string; readonly permission: Role }[];
  readonly labels?: readonly { readonly name: string; readonly color?: string; readonly description?: string }[];
}

function changesOf(files: Files): TreeChange[] {
  return Object.entries(files).map(([path, content]) =>
    content === null ? { path, delete: true } : { path, content },
  );
}

/** Labels that every new repository has on GitHub. */
const usualLabels: readonly (readonly [name: string, color: string, description: string])[] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
];

function startRepository(site: Site, owner: string, name: string, network: string): Repository {
  const now = site.now();
  const repository: Repository = {
    id: nextId(site.world, 'Repository'),
    owner,
    name,
    description: null,
    private: false,
    defaultBranch: 'main',
    parentId: null,
    network,
    collaborators: {},
    refs: {},
    protection: {},
    labels: [],
    environments: [],
    codeScanning: true,
    nextNumber: 1,
    issueIds: new Map(),
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
  };
  site.world.repositories.set(repository.id, repository);
  return repository;
}

/** Makes a repository with its people, history and labels. Tells nobody: it is the state that a story begins with. */
export async function createRepository(site: Site, seed: RepositorySeed): Promise<Repository> {
  const owner = addAccount(site, seed.owner, seed.ownerType ?? 'Organization');
  if (findRepository(site.world, owner.login, seed.name))
    throw new Refusal(422, 'Repository creation failed.', ['name already exists on this account']);
  const repository = startRepository(site, owner.login, seed.name, `${owner.login}/${seed.name}`);
  repository.description = seed.description ?? null;
  repository.private = seed.private ?? false;
  repository.codeScanning = !repository.private;
  repository.defaultBranch = seed.defaultBranch ?? seed.imported?.defaultBranch ?? 'main';
  for (const { login, permission } of seed.users ?? [])
    repository.collaborators[addAccount(site, login, 'User').login] = permission;
  for (const [name, color, description] of usualLabels)
    Object.assign(defineLabel(site, repository, name, color, description), { default: true });
  for (const label of seed.labels ?? [])
    defineLabel(site, repository, label.name, label.color ?? 'ededed', label.description ?? null);
  if (seed.imported) repository.refs = { ...seed.imported.refs };
  else await writeHistory(site, repository, seed);
  const git = site.gitOf(repository);
  for (const [ref, oid] of Object.entries(repository.refs)) await mirrorRef(git, ref, oid);
  await mirrorHead(git, repository.defaultBranch);
  return repository;
}

async function writeHistory(site: Site, repository: Repository, seed: RepositorySeed): Promise<void> {
  const git = site.gitOf(repository);
  const commits = seed.commits ?? (seed.files ? [{ message: 'Initial commit', files: seed.files }] : []);
  let [tree, head]: [string, string | null] = [emptyTree, null];
  for (const commit of commits) {
    const login = addAccount(site, commit.author ?? seed.owner, 'User').login;
    const person = { name: login, email: noreply(login), date: commit.date ?? site.now() };
    tree = await changeTree(git, tree, changesOf(commit.files));
    const parents: string[] = head ? [head] : [];
    head = await writeCommit(git, { tree, parents, message: commit.message, author: person, committer: person });
  }
  if (head) repository.refs[`refs/heads/${repository.defaultBranch}`] = head;
}

/** Makes a fork under the actor's own account. */
export async function forkRepository(site: Site, actor: Actor, parent: Repository): Promise<Repository> {
  permit(site, actor, parent, needs.readContents);
  const owner = addAccount(site, loginOf(site, actor), 'User').login;
  const known = findRepository(site.world, owner, parent.name);
  if (known) return known;
  const fork = startRepository(site, owner, parent.name, parent.network);
  fork.parentId = parent.id;
  fork.private = parent.private;
  fork.codeScanning = parent.codeScanning;
  fork.defaultBranch = parent.defaultBranch;
  fork.refs = { ...parent.refs };
  return fork;
}

/** Protects a branch, or with `null` no longer. */
export async function protectBranch(
  site: Site,
  actor: Actor,
  repository: Repository,
  branch: string,
  protection: BranchProtection | null,
): Promise<void> {
  permit(site, actor, repository, needs.admin);
  if (!repository.refs[`refs/heads/${branch}`]) throw new Refusal(404, 'Branch not found');
  if (protection) repository.protection[branch] = protection;
  else delete repository.protection[branch];
}

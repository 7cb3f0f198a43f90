import { objectType, readBlob, readCommit, readTree } from '../../git/objects.ts';
import { isBinary, textOf } from '../../git/patch.ts';
import type { TreeEntry } from '../../git/store.ts';
import { emptyTree, entryAt } from '../../git/trees.ts';
import { resolveCommit } from '../../operations/resolve.ts';
import type { Repository } from '../../state/repository.ts';
import { objectNodeId } from '../../views/git.ts';
import type { Context, Fields } from '../context.ts';
import { commitFields } from './commit.ts';
import { repositoryFields } from './repository.ts';

/** Longer texts are cut, and the blob says so; reported by users of the API, who then read it by REST. */
const longestText = 512_000;

/** What every git object has. */
export function objectFields(at: Context, repository: Repository, letter: 'B' | 'C' | 'T', oid: string) {
  const path = `/${repository.owner}/${repository.name}/commit/${oid}`;
  return {
    id: objectNodeId(repository, letter, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitResourcePath: path,
    commitUrl: at.site.url() + path,
    repository: () => repositoryFields(at, repository),
  };
}

async function blobFields(at: Context, repository: Repository, oid: string): Promise<Fields> {
  const bytes = await readBlob(at.site.gitOf(repository), oid);
  const binary = isBinary(bytes);
  return {
    __typename: 'Blob',
    ...objectFields(at, repository, 'B', oid),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: !binary && bytes.length > longestText,
    text: () => (binary ? null : textOf(bytes.subarray(0, longestText))),
  };
}

function entryFields(at: Context, repository: Repository, folder: string, entry: TreeEntry): Fields {
  const path = folder === '' ? entry.path : `${folder}/${entry.path}`;
  const dot = entry.path.lastIndexOf('.');
  return {
    __typename: 'TreeEntry',
    name: entry.path,
    path,
    oid: entry.oid,
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    extension: entry.type === 'blob' ? (dot < 0 ? '' : entry.path.slice(dot)) : null,
    size: async () => (entry.type === 'blob' ? (await readBlob(at.site.gitOf(repository), entry.oid)).length : 0),
    object: () => gitObject(at, repository, entry.oid, path),
    repository: () => repositoryFields(at, repository),
  };
}

/** A tree; `folder` is where it stands, so that its entries know their whole path. */
export function treeFields(at: Context, repository: Repository, oid: string, folder = ''): Fields {
  return {
    __typename: 'Tree',
    ...objectFields(at, repository, 'T', oid),
    entries: async () => {
      const entries = oid === emptyTree ? [] : await readTree(at.site.gitOf(repository), oid);
      return entries.map((entry) => entryFields(at, repository, folder, entry));
    },
  };
}

/** The object of an id; `null` when the repository has none, as for the commit of a submodule. */
export async function gitObject(at: Context, repository: Repository, oid: string, folder = ''): Promise<Fields | null> {
  switch (await objectType(at.site.gitOf(repository), oid)) {
    case 'commit':
      return commitFields(at, repository, oid);
    case 'tree':
      return treeFields(at, repository, oid, folder);
    case 'blob':
      return blobFields(at, repository, oid);
    case 'tag':
    case null:
      return null;
  }
}

/** What a revision expression names: a commit (`main`, an id), or with `:path` a file or folder of it. */
export async function revision(at: Context, repository: Repository, expression: string): Promise<Fields | null> {
  const [name = '', ...rest] = expression.split(':');
  const git = at.site.gitOf(repository);
  const commit = await resolveCommit(at.site, repository, name);
  if (rest.length === 0) return commit ? commitFields(at, repository, commit) : gitObject(at, repository, name);
  if (!commit) return null;
  const path = rest.join(':').replace(/\/+$/, '');
  const entry = await entryAt(git, (await readCommit(git, commit)).tree, path);
  return entry ? gitObject(at, repository, entry.oid, path) : null;
}

/** The entry of a commit's tree at a path. */
export async function fileOf(at: Context, repository: Repository, tree: string, path: string): Promise<Fields | null> {
  const entry = await entryAt(at.site.gitOf(repository), tree, path);
  if (!entry || path === '') return null;
  const slash = path.lastIndexOf('/');
  return entryFields(at, repository, slash < 0 ? '' : path.slice(0, slash), entry);
}

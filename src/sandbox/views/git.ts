import type { FileDiff } from '../git/compare.ts';
import type { Commit, Signature } from '../git/store.ts';
import type { Site } from '../site.ts';
import { nodeId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { accountView } from './accounts.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** Node id of a git object, which has no database id. */
export function objectNodeId(repository: Repository, type: string, oid: string): string {
  return `${type}_kw${Buffer.from(`${repository.id}:${oid}`).toString('base64url')}`;
}

/** The address by which the sandbox recognises an account in a commit, as GitHub's own no-reply addresses work. */
export function noreply(login: string): string {
  return `${login}@users.noreply.sandbox`;
}

function personView(site: Site, person: Signature) {
  const login = /^(.+)@users\.noreply\.sandbox$/.exec(person.email)?.[1];
  const account = login ? site.world.accounts.get(login.toLowerCase()) : undefined;
  return account ? accountView(site, account) : null;
}

/** GitHub's `git-commit`: the object alone. */
export function gitCommitView(site: Site, repository: Repository, commit: Commit) {
  const api = repositoryApi(site, repository);
  const page = repositoryPage(site, repository);
  return {
    sha: commit.oid,
    node_id: objectNodeId(repository, 'C', commit.oid),
    url: `${api}/git/commits/${commit.oid}`,
    html_url: `${page}/commit/${commit.oid}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: unsigned,
  };
}

/** GitHub's `commit`; with `files`, also what it changed. */
export function commitView(site: Site, repository: Repository, commit: Commit, files?: readonly FileDiff[]) {
  const api = repositoryApi(site, repository);
  const page = repositoryPage(site, repository);
  const url = `${api}/commits/${commit.oid}`;
  const additions = files?.reduce((sum, file) => sum + file.additions, 0) ?? 0;
  const deletions = files?.reduce((sum, file) => sum + file.deletions, 0) ?? 0;
  return {
    sha: commit.oid,
    node_id: objectNodeId(repository, 'C', commit.oid),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: unsigned,
    },
    url,
    html_url: `${page}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    author: personView(site, commit.author),
    committer: personView(site, commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
    ...(files
      ? {
          stats: { total: additions + deletions, additions, deletions },
          files: files.map((file) => fileView(site, repository, commit.oid, file)),
        }
      : {}),
  };
}

/** GitHub's `diff-entry`. */
export function fileView(site: Site, repository: Repository, sha: string, file: FileDiff) {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repositoryPage(site, repository)}/blob/${sha}/${path}`,
    raw_url: `${repositoryPage(site, repository)}/raw/${sha}/${path}`,
    contents_url: `${repositoryApi(site, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

/** GitHub's `git-ref`. */
export function refView(site: Site, repository: Repository, ref: string, sha: string) {
  const api = repositoryApi(site, repository);
  return {
    ref,
    node_id: `REF_kw${Buffer.from(`${nodeId('Repository', repository.id)}:${ref}`).toString('base64url')}`,
    url: `${api}/git/${ref}`,
    object: { sha, type: 'commit', url: `${api}/git/commits/${sha}` },
  };
}

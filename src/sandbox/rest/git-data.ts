import { objectType, readBlob, readCommit, readTree, writeBlob, writeCommit } from '../git/objects.ts';
import type { Git, TreeEntry } from '../git/store.ts';
import { changeTree, emptyTree, listTree, type TreeChange } from '../git/trees.ts';
import { needs, permit } from '../operations/access.ts';
import { signatureOf } from '../operations/commits.ts';
import { createRef, deleteRef, updateRef } from '../operations/refs.ts';
import { resolveCommit } from '../operations/resolve.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Repository } from '../state/repository.ts';
import { gitCommitView, objectNodeId, refView } from '../views/git.ts';
import { repositoryApi } from '../views/urls.ts';
import { field, flag, names, objects, text } from './body.ts';
import { type Call, gitIn, noContent, ok, on, param, type Reply, repositoryIn, wants } from './call.ts';
import { listed } from './page.ts';

/** GitHub's limits (GITHUB.md section 7). */
const limits = { treeEntries: 100_000, treeBytes: 7 * 1024 * 1024, blobBytes: 100 * 1024 * 1024 } as const;

async function treeIn(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readContents);
  const name = param(call, 'sha');
  const commit = await resolveCommit(call.site, repository, name);
  const oid = commit ? (await readCommit(git, commit)).tree : name;
  if (oid !== emptyTree && (await objectType(git, oid)) !== 'tree') throw notFound();
  const recursive = call.query.has('recursive');
  const entries = oid === emptyTree ? [] : recursive ? await listTree(git, oid) : await readTree(git, oid);
  return ok(await treeView(call, repository, oid, entries));
}

async function treeView(call: Call, repository: Repository, oid: string, entries: readonly TreeEntry[]) {
  const git = call.site.gitOf(repository);
  const api = repositoryApi(call.site, repository);
  const tree = [];
  let [bytes, truncated] = [0, false];
  for (const entry of entries) {
    bytes += entry.path.length + 150;
    if (tree.length >= limits.treeEntries || bytes > limits.treeBytes) {
      truncated = true;
      break;
    }
    const size = entry.type === 'blob' ? { size: (await readBlob(git, entry.oid)).length } : {};
    const url = entry.type === 'commit' ? {} : { url: `${api}/git/${entry.type}s/${entry.oid}` };
    tree.push({ path: entry.path, mode: entry.mode, type: entry.type, sha: entry.oid, ...size, ...url });
  }
  return { sha: oid, url: `${api}/git/trees/${oid}`, tree, truncated };
}

async function createTree(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.writeContents);
  const changes: TreeChange[] = [];
  for (const entry of objects(call, 'tree') ?? []) {
    const { path, mode, sha, content } = entry;
    if (typeof path !== 'string' || path === '') throw new Refusal(422, 'Invalid tree info');
    if (typeof content === 'string') changes.push({ path, content, mode: typeof mode === 'string' ? mode : '100644' });
    else if (sha === null) changes.push({ path, delete: true });
    else if (typeof sha === 'string' && typeof mode === 'string' && (await isThere(git, sha, mode)))
      changes.push({ path, oid: sha, mode });
    else throw new Refusal(422, 'Invalid tree info');
  }
  const base = text(call, 'base_tree');
  const commit = base ? await resolveCommit(call.site, repository, base) : null;
  const start = commit ? (await readCommit(git, commit)).tree : (base ?? emptyTree);
  if (start !== emptyTree && (await objectType(git, start)) !== 'tree')
    throw new Refusal(422, 'base_tree is not a valid tree oid');
  const oid = await changeTree(git, start, changes);
  return ok(await treeView(call, repository, oid, await readTree(git, oid)), 201);
}

/** The commit of a submodule is in another repository. */
async function isThere(git: Git, sha: string, mode: string): Promise<boolean> {
  return mode === '160000' ? /^[0-9a-f]{40}$/.test(sha) : (await objectType(git, sha)) !== null;
}

async function getBlob(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readContents);
  const sha = param(call, 'sha');
  if ((await objectType(git, sha)) !== 'blob') throw notFound();
  const bytes = await readBlob(git, sha);
  if (bytes.length > limits.blobBytes)
    throw new Refusal(403, 'This API returns blobs up to 100 MB in size.', [
      { resource: 'Blob', field: 'data', code: 'too_large' },
    ]);
  if (wants(call, 'raw')) return { status: 200, body: bytes, type: 'application/vnd.github.raw; charset=utf-8' };
  return ok({
    sha,
    node_id: objectNodeId(repository, 'B', sha),
    size: bytes.length,
    url: `${repositoryApi(call.site, repository)}/git/blobs/${sha}`,
    content: wrapped(bytes),
    encoding: 'base64',
  });
}

/** Base64 in lines of 60, as GitHub sends it. */
export function wrapped(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('base64')
    .replace(/.{1,60}/g, '$&\n');
}

async function createBlob(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.writeContents);
  const encoding = text(call, 'encoding') === 'base64' ? 'base64' : 'utf8';
  const sha = await writeBlob(git, Buffer.from(text(call, 'content') ?? '', encoding));
  return ok({ sha, url: `${repositoryApi(call.site, repository)}/git/blobs/${sha}` }, 201);
}

async function createCommit(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.writeContents);
  const tree = text(call, 'tree') ?? '';
  if ((await objectType(git, tree)) !== 'tree') throw new Refusal(422, 'Tree SHA does not exist');
  const parents = names(call, 'parents') ?? [];
  for (const parent of parents)
    if ((await objectType(git, parent)) !== 'commit')
      throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
  const own = signatureOf(call.site, call.actor);
  const given = field(call, 'author') as { name?: string; email?: string; date?: string } | undefined;
  const author =
    given?.name && given.email ? { name: given.name, email: given.email, date: given.date ?? own.date } : own;
  const message = text(call, 'message') ?? '';
  const oid = await writeCommit(git, { tree, parents, message, author, committer: author });
  return ok(gitCommitView(call.site, repository, await readCommit(git, oid)), 201);
}

function refIn(call: Call): string {
  return `refs/${param(call, 'ref')}`;
}

export const gitDataRoutes = [
  on('GET', '/repos/:owner/:repo/git/trees/*sha', treeIn),
  on('POST', '/repos/:owner/:repo/git/trees', createTree),
  on('GET', '/repos/:owner/:repo/git/blobs/:sha', getBlob),
  on('POST', '/repos/:owner/:repo/git/blobs', createBlob),
  on('GET', '/repos/:owner/:repo/git/commits/:sha', async (call) => {
    const { repository, git } = gitIn(call);
    permit(call.site, call.actor, repository, needs.readContents);
    if ((await objectType(git, param(call, 'sha'))) !== 'commit') throw notFound();
    return ok(gitCommitView(call.site, repository, await readCommit(git, param(call, 'sha'))));
  }),
  on('POST', '/repos/:owner/:repo/git/commits', createCommit),
  on('GET', '/repos/:owner/:repo/git/ref/*ref', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.readContents);
    const sha = repository.refs[refIn(call)];
    if (!sha) throw notFound();
    return ok(refView(call.site, repository, refIn(call), sha));
  }),
  on('GET', '/repos/:owner/:repo/git/matching-refs/*ref', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.readContents);
    const found = Object.entries(repository.refs).filter(([ref]) => ref.startsWith(refIn(call)));
    return listed(call, found, ([ref, sha]) => refView(call.site, repository, ref, sha));
  }),
  on('POST', '/repos/:owner/:repo/git/refs', async (call) => {
    const repository = repositoryIn(call);
    const [ref, sha] = [text(call, 'ref') ?? '', text(call, 'sha') ?? ''];
    await createRef(call.site, call.actor, repository, ref, sha);
    return ok(refView(call.site, repository, ref, sha), 201);
  }),
  on('PATCH', '/repos/:owner/:repo/git/refs/*ref', async (call) => {
    const repository = repositoryIn(call);
    const sha = text(call, 'sha') ?? '';
    await updateRef(call.site, call.actor, repository, refIn(call), sha, flag(call, 'force') ?? false);
    return ok(refView(call.site, repository, refIn(call), sha));
  }),
  on('DELETE', '/repos/:owner/:repo/git/refs/*ref', async (call) => {
    await deleteRef(call.site, call.actor, repositoryIn(call), refIn(call));
    return noContent;
  }),
];

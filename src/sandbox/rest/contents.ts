import { readBlob, readCommit, readTree } from '../git/objects.ts';
import type { TreeEntry } from '../git/store.ts';
import { entryAt } from '../git/trees.ts';
import { needs, permit } from '../operations/access.ts';
import { commitChanges } from '../operations/commits.ts';
import { resolveCommit } from '../operations/resolve.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Repository } from '../state/repository.ts';
import { gitCommitView } from '../views/git.ts';
import { repositoryApi, repositoryPage } from '../views/urls.ts';
import { field, text } from './body.ts';
import { type Call, gitIn, ok, on, param, type Reply, wants } from './call.ts';
import { wrapped } from './git-data.ts';

/** GitHub's limits (GITHUB.md section 7). */
const limits = { embedded: 1024 * 1024, raw: 100 * 1024 * 1024, entries: 1000 } as const;

/** An entry as directory listings have it. */
async function entryView(call: Call, repository: Repository, ref: string, path: string, entry: TreeEntry) {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const api = repositoryApi(call.site, repository);
  const page = repositoryPage(call.site, repository);
  const tree = entry.type === 'tree';
  const url = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const gitUrl = entry.type === 'commit' ? null : `${api}/git/${entry.type}s/${entry.oid}`;
  const htmlUrl = `${page}/${tree ? 'tree' : 'blob'}/${ref}/${encoded}`;
  const size = entry.type === 'blob' ? (await readBlob(call.site.gitOf(repository), entry.oid)).length : 0;
  // Submodules were listed as files until 2026-03-10.
  const submodule = call.apiVersion === '2022-11-28' ? 'file' : 'submodule';
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha: entry.oid,
    size,
    url,
    html_url: htmlUrl,
    git_url: gitUrl,
    download_url: entry.type === 'blob' ? `${page}/raw/${ref}/${encoded}` : null,
    type: tree ? 'dir' : entry.type === 'commit' ? submodule : entry.mode === '120000' ? 'symlink' : 'file',
    _links: { self: url, git: gitUrl, html: htmlUrl },
  };
}

async function getContent(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readContents);
  const ref = call.query.get('ref') ?? repository.defaultBranch;
  const sha = await resolveCommit(call.site, repository, ref);
  if (!sha) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
  const entry = await entryAt(git, (await readCommit(git, sha)).tree, path);
  if (!entry) throw notFound();
  if (entry.type === 'tree') {
    const entries = (await readTree(git, entry.oid)).slice(0, limits.entries);
    const under = path === '' ? '' : `${path}/`;
    return ok(await Promise.all(entries.map((one) => entryView(call, repository, ref, under + one.path, one))));
  }
  const bytes = await readBlob(git, entry.oid);
  if (bytes.length > limits.raw)
    throw new Refusal(403, 'This API returns blobs up to 100 MB in size.', [
      { resource: 'Blob', field: 'data', code: 'too_large' },
    ]);
  if (wants(call, 'raw')) return { status: 200, body: bytes, type: 'application/vnd.github.raw; charset=utf-8' };
  const fits = bytes.length <= limits.embedded;
  return ok({
    ...(await entryView(call, repository, ref, path, entry)),
    type: 'file',
    content: fits ? wrapped(bytes) : '',
    encoding: fits ? 'base64' : 'none',
  });
}

/** The file that a write is about, held against the blob the caller thinks is there. */
async function target(call: Call) {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.writeContents);
  const branch = text(call, 'branch') ?? repository.defaultBranch;
  const path = param(call, 'path');
  const head = repository.refs[`refs/heads/${branch}`];
  const entry = head ? await entryAt(git, (await readCommit(git, head)).tree, path) : null;
  const given = text(call, 'sha');
  if (entry && given === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (given !== undefined && given !== entry?.oid) throw new Refusal(409, `${path} does not match ${given}`);
  return { repository, git, branch, path, entry };
}

function messageIn(call: Call): string {
  const message = text(call, 'message');
  if (!message) throw new Refusal(422, 'Invalid request.\n\n"message" wasn\'t supplied.');
  return message;
}

async function putContent(call: Call): Promise<Reply> {
  const message = messageIn(call);
  const { repository, git, branch, path, entry } = await target(call);
  const content = field(call, 'content');
  if (typeof content !== 'string') throw new Refusal(422, 'Invalid request.\n\n"content" wasn\'t supplied.');
  if (!/^[A-Za-z0-9+/=\s]*$/.test(content)) throw new Refusal(422, 'content is not valid Base64');
  const changes = [{ path, content: Buffer.from(content, 'base64') }];
  const commit = await commitChanges(call.site, call.actor, repository, { branch, message, changes });
  const written = await entryAt(git, commit.tree, path);
  return ok(
    {
      content: written ? await entryView(call, repository, branch, path, written) : null,
      commit: gitCommitView(call.site, repository, commit),
    },
    entry ? 200 : 201,
  );
}

async function deleteContent(call: Call): Promise<Reply> {
  const message = messageIn(call);
  const { repository, branch, path, entry } = await target(call);
  if (!entry) throw notFound();
  const changes = [{ path, delete: true }] as const;
  const commit = await commitChanges(call.site, call.actor, repository, { branch, message, changes });
  return ok({ content: null, commit: gitCommitView(call.site, repository, commit) });
}

export const contentRoutes = [
  on('GET', '/repos/:owner/:repo/contents', getContent),
  on('GET', '/repos/:owner/:repo/contents/*path', getContent),
  on('PUT', '/repos/:owner/:repo/contents/*path', putContent),
  on('DELETE', '/repos/:owner/:repo/contents/*path', deleteContent),
];

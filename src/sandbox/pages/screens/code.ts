import { readBlob, readCommit, readTree } from '../../git/objects.ts';
import { isBinary, textOf } from '../../git/patch.ts';
import type { TreeEntry } from '../../git/store.ts';
import { emptyTree, entryAt } from '../../git/trees.ts';
import { can, needs, permit } from '../../operations/access.ts';
import { resolveCommit } from '../../operations/resolve.ts';
import { notFound } from '../../refusal.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, place, repositoryIn, splitPlace } from '../find.ts';
import { type Html, html } from '../html.ts';
import { param, type Screen, type Visit } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { blank, prose } from '../parts/small.ts';

/** Longer files are not laid out line by line. */
const mostLines = 20_000;

interface Spot {
  readonly repository: Repository;
  readonly ref: string;
  readonly path: string;
  readonly commit: string;
  readonly entry: TreeEntry;
}

/** What a branch or commit and a path in the address lead to; the top of the default branch without them. */
async function spotIn(visit: Visit): Promise<Spot | null> {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readContents);
  const given = visit.params.place;
  const { ref, path } =
    given === undefined ? { ref: repository.defaultBranch, path: '' } : splitPlace(repository, given);
  const commit = await resolveCommit(visit.site, repository, ref);
  if (!commit) {
    if (given === undefined) return null;
    throw notFound();
  }
  const git = visit.site.gitOf(repository);
  const entry = await entryAt(git, (await readCommit(git, commit)).tree, path.replace(/\/+$/, ''));
  if (!entry) throw notFound();
  return { repository, ref, path: path.replace(/\/+$/, ''), commit, entry };
}

function crumbs({ repository, ref, path }: Spot): Html {
  const home = homeOf(repository);
  const parts = path === '' ? [] : path.split('/');
  const steps = parts.map((part, at) => {
    const below = parts.slice(0, at + 1).join('/');
    return at === parts.length - 1
      ? html` / <strong>${part}</strong>`
      : html` / <a href="${home}/tree/${place(ref, below)}">${part}</a>`;
  });
  return html`<p class="f4"><a href="${home}/tree/${place(ref, '')}">${repository.name}</a>${steps}</p>`;
}

function branchMenu({ repository, ref }: Spot): Html {
  const home = homeOf(repository);
  const branches = Object.keys(repository.refs)
    .filter((name) => name.startsWith('refs/heads/'))
    .map((name) => name.slice('refs/heads/'.length))
    .sort();
  return html`<details class="details-reset"><summary class="btn btn-sm">${ref.length === 40 ? ref.slice(0, 7) : ref} ▾</summary><ul class="Box mt-1 p-2">${branches.map((name) => html`<li class="list-style-none"><a href="${home}/tree/${place(name, '')}">${name}</a></li>`)}</ul></details>`;
}

function bar(visit: Visit, spot: Spot): Html {
  const { repository, ref, path } = spot;
  const home = homeOf(repository);
  const mayAdd =
    visit.actor.kind === 'user' &&
    repository.refs[`refs/heads/${ref}`] !== undefined &&
    can(visit.site, visit.actor, repository, needs.writeContents);
  return html`<div class="d-flex flex-wrap mb-3 inline-form">${branchMenu(spot)}<a class="btn btn-sm" href="${home}/commits/${place(ref, path)}">History</a>${mayAdd && spot.entry.type === 'tree' ? html`<a class="btn btn-sm" href="${home}/new/${place(ref, path)}">Add file</a>` : ''}</div>`;
}

async function readme(visit: Visit, spot: Spot, entries: readonly TreeEntry[]): Promise<Html> {
  const found = entries.find(({ path, type }) => type === 'blob' && /^readme\.(md|markdown)$/i.test(path));
  if (!found) return html``;
  const text = textOf(await readBlob(visit.site.gitOf(spot.repository), found.oid));
  return html`<section class="Box mt-3 p-4" aria-label="${found.path}">${prose(visit, spot.repository, text)}</section>`;
}

/** A folder of the repository. */
export async function treeScreen(visit: Visit): Promise<Screen> {
  const spot = await spotIn(visit);
  if (!spot) {
    const repository = repositoryIn(visit);
    return { title: repository.name, tab: 'code', body: blank('This repository is empty.') };
  }
  if (spot.entry.type !== 'tree') throw notFound();
  const { repository, ref, path, entry } = spot;
  const entries = entry.oid === emptyTree ? [] : await readTree(visit.site.gitOf(repository), entry.oid);
  const sorted = [...entries].sort(
    (left, right) => Number(left.type !== 'tree') - Number(right.type !== 'tree') || (left.path < right.path ? -1 : 1),
  );
  const rows = sorted.map(({ path: name, type }) => {
    const below = path === '' ? name : `${path}/${name}`;
    const folder = type === 'tree';
    return html`<li class="Box-row py-2"><span class="color-fg-muted">${icon(folder ? 'folder' : 'file')}</span> <a class="Link--primary" href="${homeOf(repository)}/${folder ? 'tree' : 'blob'}/${place(ref, below)}">${name}</a></li>`;
  });
  return {
    title: path || `${repository.owner}/${repository.name}`,
    tab: 'code',
    body: html`${crumbs(spot)}${bar(visit, spot)}<ul class="Box">${rows}</ul>${await readme(visit, spot, entries)}`,
  };
}

function content(visit: Visit, spot: Spot, bytes: Uint8Array): Html {
  if (isBinary(bytes)) return blank('Binary file, not shown.');
  const text = textOf(bytes);
  if (/\.(md|markdown)$/i.test(spot.path) && visit.request.query.get('plain') !== '1')
    return html`<div class="p-4">${prose(visit, spot.repository, text)}</div>`;
  const lines = text.replace(/\n$/, '').split('\n');
  if (lines.length > mostLines) return blank('Too large to be shown.');
  return html`<div class="code-scroll"><table class="lines"><tbody>${lines.map((line, at) => html`<tr id="L${at + 1}"><td class="num"><a href="#L${at + 1}">${at + 1}</a></td><td class="text">${line}</td></tr>`)}</tbody></table></div>`;
}

/** A file of the repository. */
export async function blobScreen(visit: Visit): Promise<Screen> {
  const spot = await spotIn(visit);
  if (spot?.entry.type !== 'blob') throw notFound();
  const { repository, ref, path } = spot;
  const bytes = await readBlob(visit.site.gitOf(repository), spot.entry.oid);
  const onBranch = repository.refs[`refs/heads/${ref}`] !== undefined;
  const mayEdit =
    visit.actor.kind === 'user' &&
    onBranch &&
    !isBinary(bytes) &&
    can(visit.site, visit.actor, repository, needs.writeContents);
  return {
    title: path,
    tab: 'code',
    body: html`${crumbs(spot)}${bar(visit, spot)}<section class="file"><div class="file-head"><span>${bytes.length} bytes</span>${mayEdit ? html`<a class="btn btn-sm push" href="${homeOf(repository)}/edit/${place(ref, path)}">Edit</a>` : ''}</div>${content(visit, spot, bytes)}</section>`,
  };
}

function editor(repository: Repository, ref: string, path: string, text: string, base: string): Html {
  return html`<form method="post" action="${homeOf(repository)}/edit/${place(ref, '')}"><input type="hidden" name="base" value="${base}"><input type="hidden" name="old" value="${path}">
<div class="form-group"><div class="form-group-header"><label for="path">Path</label></div><div class="form-group-body"><input class="form-control width-full text-mono" id="path" name="path" value="${path}" required></div></div>
<div class="form-group"><div class="form-group-header"><label for="text">Content</label></div><div class="form-group-body"><textarea class="form-control code" id="text" name="text" spellcheck="false">
${text}</textarea></div></div>
<div class="form-group"><div class="form-group-header"><label for="message">Commit message</label></div><div class="form-group-body"><input class="form-control width-full" id="message" name="message" placeholder="Update the file"></div></div>
<fieldset class="mb-3"><legend class="text-bold">Commit to</legend><label class="d-block text-normal"><input type="radio" name="target" value="same" checked> the branch <span class="branch-name">${ref}</span></label>
<label class="d-block text-normal"><input type="radio" name="target" value="new"> a new branch, and open a pull request:</label><label class="sr-only" for="branch">Name of the new branch</label><input class="form-control input-sm" id="branch" name="branch" placeholder="patch-1"></fieldset>
<button class="btn btn-primary" name="act" value="save">Commit changes</button>${path ? html` <button class="btn btn-danger" name="act" value="delete">Delete this file</button>` : ''}</form>`;
}

/** The form in which a file on a branch is changed. */
export async function editScreen(visit: Visit): Promise<Screen> {
  const spot = await spotIn(visit);
  if (spot?.entry.type !== 'blob' || !spot.repository.refs[`refs/heads/${spot.ref}`]) throw notFound();
  const bytes = await readBlob(visit.site.gitOf(spot.repository), spot.entry.oid);
  if (isBinary(bytes)) throw notFound();
  const { repository, ref, path, commit } = spot;
  return {
    title: `Edit ${path}`,
    tab: 'code',
    body: html`<h1 class="f3 mb-3">Edit ${path}</h1>${editor(repository, ref, path, textOf(bytes), commit)}`,
  };
}

/** The form in which a file is added to a branch. */
export async function newFileScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  const { ref, path } = splitPlace(repository, param(visit, 'place'));
  const commit = repository.refs[`refs/heads/${ref}`];
  if (!commit) throw notFound();
  return {
    title: 'New file',
    tab: 'code',
    body: html`<h1 class="f3 mb-3">New file</h1>${editor(repository, ref, path ? `${path}/` : '', '', commit)}`,
  };
}

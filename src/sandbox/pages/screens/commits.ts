import { compare, diffCommit } from '../../git/compare.ts';
import { walk } from '../../git/history.ts';
import { readCommit } from '../../git/objects.ts';
import type { Commit } from '../../git/store.ts';
import { entryAt } from '../../git/trees.ts';
import { needs, permit } from '../../operations/access.ts';
import { resolveCommit } from '../../operations/resolve.ts';
import { notFound } from '../../refusal.ts';
import type { Repository } from '../../state/repository.ts';
import { homeOf, repositoryIn, splitPlace } from '../find.ts';
import { type Html, html } from '../html.ts';
import { param, type Screen, type Visit } from '../page.ts';
import { hunkRows } from '../parts/diff.ts';
import { avatar, blank, when } from '../parts/small.ts';
import { fileDiff } from './pull-files.ts';

/** Commits on one page of a history. */
const size = 50;

function row(visit: Visit, repository: Repository, commit: Commit): Html {
  return html`<li class="Box-row"><a class="Link--primary text-bold" href="${homeOf(repository)}/commit/${commit.oid}">${commit.message.split('\n', 1)[0]}</a>
<div class="f6 color-fg-muted">${avatar(visit, commit.author.name)} ${commit.author.name} committed ${when(commit.committer.date)} <span class="text-mono">${commit.oid.slice(0, 7)}</span></div></li>`;
}

async function changes(visit: Visit, repository: Repository, commit: Commit, path: string): Promise<boolean> {
  const git = visit.site.gitOf(repository);
  const here = (await entryAt(git, commit.tree, path))?.oid;
  const parent = commit.parents[0];
  return here !== (parent ? (await entryAt(git, (await readCommit(git, parent)).tree, path))?.oid : undefined);
}

/** The history of a branch, or of one file or folder on it. */
export async function commitsScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readContents);
  const { ref, path } = splitPlace(repository, param(visit, 'place'));
  const head = await resolveCommit(visit.site, repository, ref);
  if (!head) throw notFound();
  const found: Commit[] = [];
  for await (const commit of walk(visit.site.gitOf(repository), head)) {
    if (path !== '' && !(await changes(visit, repository, commit, path))) continue;
    found.push(commit);
    if (found.length === size) break;
  }
  return {
    title: `History of ${path || ref}`,
    tab: 'code',
    body: html`<h1 class="f3 mb-3">History of ${path || ref}</h1><ul class="Box">${found.map((commit) => row(visit, repository, commit))}</ul>${found.length === size ? html`<p class="color-fg-muted mt-2">Only the newest ${size} commits are listed.</p>` : ''}`,
  };
}

/** One commit and what it changed. */
export async function commitScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readContents);
  const oid = await resolveCommit(visit.site, repository, param(visit, 'sha'));
  if (!oid) throw notFound();
  const git = visit.site.gitOf(repository);
  const commit = await readCommit(git, oid);
  const [title = '', ...rest] = commit.message.split('\n');
  const files = await diffCommit(git, commit);
  return {
    title,
    tab: 'code',
    body: html`<h1 class="f3">${title}</h1>${rest.join('\n').trim() ? html`<pre class="plain">${rest.join('\n').trim()}</pre>` : ''}
<p class="color-fg-muted">${avatar(visit, commit.author.name)} ${commit.author.name} committed ${when(commit.committer.date)} · <span class="text-mono">${oid}</span> · <a href="${homeOf(repository)}/tree/${oid}">Browse files</a></p>
${files.map((file) =>
  fileDiff(
    file,
    hunkRows(file.hunks, () => null, false),
  ),
)}`,
  };
}

function branches(repository: Repository): string[] {
  return Object.keys(repository.refs)
    .filter((ref) => ref.startsWith('refs/heads/'))
    .map((ref) => ref.slice('refs/heads/'.length))
    .sort();
}

function select(repository: Repository, name: string, words: string, chosen: string): Html {
  return html`<label for="${name}">${words}</label><select class="form-select" id="${name}" name="${name}">${branches(repository).map((branch) => html`<option${branch === chosen ? html` selected` : ''}>${branch}</option>`)}</select>`;
}

/** Two branches compared, and the form that opens a pull request between them. */
export async function compareScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  permit(visit.site, visit.actor, repository, needs.readContents);
  const { query } = visit.request;
  const base = query.get('base') ?? repository.defaultBranch;
  const head = query.get('head') ?? branches(repository).find((branch) => branch !== base) ?? base;
  const [from, to] = [repository.refs[`refs/heads/${base}`], repository.refs[`refs/heads/${head}`]];
  const chooser = html`<form class="inline-form mb-3" method="get" action="${homeOf(repository)}/compare">${select(repository, 'base', 'base', base)} ${select(repository, 'head', 'compare', head)}<button class="btn">Compare</button></form>`;
  if (!from || !to) throw notFound();
  const { files, commits } = await compare(visit.site.gitOf(repository), from, to);
  const title = commits.length === 1 ? commits[0]?.message.split('\n', 1)[0] : head.replaceAll(/[-_/]/g, ' ');
  const form = html`<form class="Box p-3 mb-3" method="post" action="${homeOf(repository)}/pulls"><input type="hidden" name="base" value="${base}"><input type="hidden" name="head" value="${head}">
<div class="form-group mt-0"><div class="form-group-header"><label for="title">Title</label></div><div class="form-group-body"><input class="form-control width-full" id="title" name="title" value="${title}" maxlength="256" required></div></div>
<div class="form-group"><div class="form-group-header"><label for="body">Description</label></div><div class="form-group-body"><textarea class="form-control" id="body" name="body" placeholder="Closes #12"></textarea></div></div>
<label class="d-block text-normal mb-2"><input type="checkbox" name="draft" value="yes"> Draft</label><button class="btn btn-primary">Create pull request</button></form>`;
  return {
    title: 'New pull request',
    tab: 'pulls',
    body: html`<h1 class="f3 mb-3">New pull request</h1>${chooser}${
      commits.length === 0
        ? blank('There is nothing to compare.')
        : html`${form}<p class="color-fg-muted">${commits.length} commits, ${files.length} files</p>${files.map(
            (file) =>
              fileDiff(
                file,
                hunkRows(file.hunks, () => null, false),
              ),
          )}`
    }`,
  };
}

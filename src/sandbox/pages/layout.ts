import { createHash } from 'node:crypto';
import { can, needs } from '../operations/access.ts';
import { issuesOf } from '../state/find.ts';
import type { Repository } from '../state/repository.ts';
import { styleSheets } from './assets.ts';
import { homeOf } from './find.ts';
import { type Html, html } from './html.ts';
import type { PageReply, Screen, Visit } from './page.ts';
import { icon } from './parts/icons.ts';
import { pageHeaders } from './security.ts';

/** Black or white, whichever GitHub writes on a label of this colour: by how light it seems to the eye. */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.453 ? '#000' : '#fff';
}

/** Rules for the label colours on the page: the only styles that are not in a file. */
function labelStyles(body: string): string {
  const colors = new Set([...body.matchAll(/\blabel-([0-9a-f]{6})\b/g)].map(([, color]) => color ?? ''));
  return [...colors]
    .sort()
    .map((color) => `.label-${color}{background-color:#${color};color:${readableOn(color)}}`)
    .join('');
}

/** Lets a person choose on whose behalf they act. */
function actAs(visit: Visit): Html {
  const people = [...visit.site.world.accounts.values()]
    .filter(({ type }) => type === 'User')
    .map(({ login }) => login)
    .sort();
  const option = (value: string, words: string) =>
    html`<option value="${value}"${(visit.login ?? '') === value ? html` selected` : ''}>${words}</option>`;
  return html`<form class="act-as" method="post" action="/_sandbox/act-as">
  <input type="hidden" name="back" value="${visit.request.path}">
  <label for="act-as">Act as</label>
  <select class="form-select select-sm" id="act-as" name="login" data-submit>${option('', 'nobody')}${people.map((login) => option(login, login))}</select>
  <button class="btn btn-sm" data-fallback>Switch</button>
</form>`;
}

function tabs(visit: Visit, repository: Repository, chosen: Screen['tab']): Html {
  const home = homeOf(repository);
  const open = issuesOf(visit.site.world, repository).filter((issue) => issue.state === 'open');
  const pulls = open.filter((issue) => issue.pull).length;
  const tab = (name: Screen['tab'], href: string, words: string, count?: number) =>
    html`<a class="UnderlineNav-item"${name === chosen ? html` aria-current="page"` : ''} href="${href}">${words}${count === undefined ? '' : html` <span class="Counter">${count}</span>`}</a>`;
  return html`<div class="repo-head">
  <div class="container-xl px-3 pt-3 f3">${icon('repo')} <a href="/">${repository.owner}</a> / <a class="text-bold" href="${home}">${repository.name}</a>
    <span class="Label Label--secondary">${repository.private ? 'Private' : 'Public'}</span></div>
  <nav class="UnderlineNav container-xl px-3" aria-label="Repository"><div class="UnderlineNav-body">
    ${tab('code', home, 'Code')}${tab('issues', `${home}/issues`, 'Issues', open.length - pulls)}${tab('pulls', `${home}/pulls`, 'Pull requests', pulls)}${can(visit.site, visit.actor, repository, needs.readDeployments) ? tab('deployments', `${home}/deployments`, 'Deployments') : ''}
  </div></nav>
</div>`;
}

/** A whole document around a screen. The `ETag` tells the page's own script whether anything changed. */
export function layout(visit: Visit, screen: Screen, repository: Repository | null): PageReply {
  const style = labelStyles(screen.body.text);
  const document = html`<!doctype html>
<html lang="en" data-color-mode="auto" data-light-theme="light" data-dark-theme="dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${screen.title} · sandbox</title>
<link rel="icon" href="data:,">
${styleSheets.map((name) => html`<link rel="stylesheet" href="/_sandbox/assets/${name}">\n`)}<style>${{ kind: 'html', text: style }}</style>
<script type="module" src="/_sandbox/assets/pages.js"></script>
</head>
<body>
<a class="skip-link" href="#main">Skip to content</a>
<header class="top-bar"><div class="container-xl px-3">
  <a class="text-bold" href="/">Sandbox</a>
  <nav aria-label="Sandbox"><a href="/_sandbox/deliveries">Deliveries</a> <a href="/_sandbox/faults">Faults</a></nav>
  ${actAs(visit)}
</div></header>
${repository ? tabs(visit, repository, screen.tab) : ''}
<main id="main" class="container-xl px-3 py-4" tabindex="-1">
${screen.body}
</main>
</body>
</html>
`;
  const body = document.text;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    ETag: etag,
    Vary: 'Cookie',
    ...pageHeaders(style),
  };
  const known = visit.request.headers['if-none-match'];
  if (known === etag && (screen.status ?? 200) === 200) return { status: 304, headers, body: '' };
  return { status: screen.status ?? 200, headers, body };
}

import { notFound, Refusal } from '../refusal.ts';
import type { Site } from '../site.ts';
import { findRepository } from '../state/find.ts';
import { asset } from './assets.ts';
import { avatarPicture } from './avatars.ts';
import { isVisible } from './find.ts';
import { layout } from './layout.ts';
import type { PageReply, PageRequest, PageServices, Screen, Visit } from './page.ts';
import { refusedScreen } from './refused.ts';
import { route } from './routes.ts';
import { frameHeaders, isOwnForm } from './security.ts';
import { actorOf } from './session.ts';

const diagramFrame =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diagram</title></head><body><div id="target"></div><script src="/_sandbox/assets/mermaid.js"></script><script src="/_sandbox/assets/diagram.js"></script></body></html>';

async function fixed(path: string): Promise<PageReply | null> {
  const file = /^\/_sandbox\/assets\/([\w.-]+)$/.exec(path)?.[1];
  if (file) return asset(file);
  const picture = /^\/_sandbox\/avatars\/(\d+)$/.exec(path)?.[1];
  if (picture) return avatarPicture(picture);
  if (path !== '/_sandbox/diagram') return null;
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', ...frameHeaders }, body: diagramFrame };
}

/** The repository whose tabs stand above a page, where the visitor may know of it. */
function surrounding(visit: Visit) {
  const { owner = '', repo = '' } = visit.params;
  const repository = findRepository(visit.site.world, owner, repo);
  return repository && isVisible(visit, repository) ? repository : null;
}

/**
 * Answers one request for a page or a form that was sent. Forms change the world by the same operations as the API; the
 * caller runs everything that is not a GET inside `site.exclusive`, as it does for the API.
 */
export async function servePage(site: Site, services: PageServices, request: PageRequest): Promise<PageReply> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const known = method === 'GET' ? await fixed(request.path) : null;
  if (known) return known;
  const found = method === 'GET' || method === 'POST' ? route(method, request.path) : null;
  const { actor, login } = actorOf(site, request.headers.cookie);
  const visit: Visit = { site, services, request, actor, login, params: found?.params ?? {} };
  const show = (screen: Screen) => layout(visit, screen, surrounding(visit));
  try {
    if (!found) throw notFound();
    if (method === 'POST' && !isOwnForm(request, site.url()))
      throw new Refusal(403, 'this form was not sent from one of the sandbox’s own pages.');
    const result = await found.handler(visit);
    if (!('kind' in result)) return show(result);
    return { status: 303, headers: { Location: result.to, ...result.headers }, body: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(refusedScreen(visit, error));
  }
}

import { createHash } from 'node:crypto';
import { has, hasEndpoint, versionHeaders } from '../enterprise.ts';
import type { FaultBoard } from '../faults/faults.ts';
import { executeGraphql } from '../graphql/execute.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Reply } from '../rest/call.ts';
import { router } from '../rest/index.ts';
import type { Actor, Site } from '../site.ts';
import { nextId } from '../state/ids.ts';
import type { Courier } from '../webhooks/courier.ts';
import type { Allowances } from './allowances.ts';
import { authenticate } from './authenticate.ts';
import { type Incoming, jsonOf } from './incoming.ts';

/** What answers API requests. */
export interface Api {
  readonly site: Site;
  readonly courier: Courier;
  readonly faults: FaultBoard;
  readonly allowances: Allowances;
  readonly wallClock: () => number;
}

/** An answer as it goes over the wire. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const restPrefix = '/api/v3';
const graphqlPath = /^\/(?:api\/)?(?:v3\/)?graphql\/?$/;
const documentation = 'https://docs.github.com/rest';

/** Whether a path is of the API rather than of the pages. */
export function isApi(path: string): boolean {
  return path === restPrefix || path.startsWith(`${restPrefix}/`) || graphqlPath.test(path);
}

/** Whether a request changes something that people see. A token is asked for, not made known. */
export function isWrite({ method, url, body }: Incoming): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  if (graphqlPath.test(url.pathname)) return /"query"\s*:\s*"(?:\\n|\s)*mutation\b/.test(body);
  return !/\/access_tokens$/.test(url.pathname);
}

/** Who sends it, as far as can be told; a wrong token is told by {@link answerApi}. */
export function senderOf(api: Api, { headers }: Incoming): Actor {
  try {
    return authenticate(api.site.world, headers.authorization, api.faults.forbidden(), api.wallClock());
  } catch {
    return { kind: 'anonymous' };
  }
}

/** Answers one request of the API as GitHub would, refusals included. */
export async function answerApi(api: Api, incoming: Incoming): Promise<Outgoing> {
  let actor: Actor = { kind: 'anonymous' };
  let reply: Reply;
  try {
    checkVersion(incoming.headers['x-github-api-version'], versionsOf(api.site.world.server));
    actor = authenticate(api.site.world, incoming.headers.authorization, api.faults.forbidden(), api.wallClock());
    checkAllowance(api, actor, incoming);
    reply = await (graphqlPath.test(incoming.url.pathname)
      ? graphql(api, actor, incoming)
      : rest(api, actor, incoming));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply = refusalReply(error);
  }
  return outgoing(api, actor, incoming, reply);
}

/** API versions that GitHub answers to (GITHUB.md section 1). */
function versionsOf(server: string | null): readonly string[] {
  return has(server, 'api-2026') ? ['2022-11-28', '2026-03-10'] : ['2022-11-28'];
}

function checkVersion(asked: string | undefined, versions: readonly string[]): void {
  if (asked === undefined || versions.includes(asked)) return;
  // An older version was supported once and is gone; another was never there.
  const gone = /^\d{4}-\d{2}-\d{2}$/.test(asked) && asked < (versions[0] ?? '');
  throw new Refusal(
    gone ? 410 : 400,
    `${asked} is not a supported version. Supported versions: ${versions.join(', ')}`,
  );
}

/** The primary limit. Asking how much is left is free. */
function checkAllowance(api: Api, actor: Actor, { url }: Incoming): void {
  if (!api.allowances.spent(actor) || url.pathname === `${restPrefix}/rate_limit`) return;
  throw new Refusal(403, 'API rate limit exceeded');
}

async function graphql(api: Api, actor: Actor, { body }: Incoming): Promise<Reply> {
  // Limits are off on an Enterprise Server until its administrator sets them.
  const allowance = api.site.world.server === null ? api.allowances.of(actor) : null;
  // Queries may await git while a write goes on; mutations take their turn.
  const given = jsonOf(body);
  const run = () => executeGraphql(api.site, actor, given, allowance);
  const isMutation = /^\s*mutation\b/.test(String((given as { query?: unknown }).query ?? ''));
  return { status: 200, body: await (isMutation ? api.site.exclusive(run) : run()) };
}

async function rest(api: Api, actor: Actor, incoming: Incoming): Promise<Reply> {
  const { method, url, headers } = incoming;
  const path = url.pathname.slice(restPrefix.length) || '/';
  const found = router.find(method === 'HEAD' ? 'GET' : method, path);
  if (found === null || !hasEndpoint(api.site.world.server, path)) throw notFound();
  const call = {
    site: api.site,
    services: { courier: api.courier, wallClock: api.wallClock, allowance: api.allowances.of },
    actor,
    params: found.params,
    query: url.searchParams,
    body: method === 'GET' || method === 'HEAD' ? {} : jsonOf(incoming.body),
    accept: headers.accept ?? '',
    apiVersion: headers['x-github-api-version'] ?? '2022-11-28',
    address: `${api.site.url()}${url.pathname}`,
  };
  const run = async () => found.route.handle(call);
  return method === 'GET' || method === 'HEAD' ? run() : api.site.exclusive(run);
}

function refusalReply({ status, message, errors, extra, headers }: Refusal): Reply {
  const body = {
    message,
    ...(errors.length > 0 ? { errors } : {}),
    documentation_url: documentation,
    status: String(status),
    ...extra,
  };
  return { status, body, headers };
}

function outgoing(api: Api, actor: Actor, { method, url, headers }: Incoming, reply: Reply): Outgoing {
  const isJson = reply.type === undefined;
  const body =
    reply.body === undefined ? '' : isJson ? JSON.stringify(reply.body) : (reply.body as string | Uint8Array);
  const etag =
    method === 'GET' && reply.status === 200 ? `W/"${createHash('sha256').update(body).digest('hex')}"` : undefined;
  const unchanged = etag !== undefined && headers['if-none-match'] === etag;
  if (!unchanged && url.pathname !== `${restPrefix}/rate_limit`) api.allowances.count(actor);
  const { server } = api.site.world;
  const common = {
    'X-GitHub-Media-Type': 'github.v3; format=json',
    'X-GitHub-Api-Version-Selected': headers['x-github-api-version'] ?? '2022-11-28',
    'X-GitHub-Request-Id': nextId(api.site.world, 'Request').toString(16).toUpperCase().padStart(8, '0'),
    ...versionHeaders(server),
    ...(server === null ? limits(api.allowances.of(actor)) : {}),
    ...(etag === undefined ? {} : { ETag: etag, 'Cache-Control': 'private, max-age=60, s-maxage=60' }),
    ...reply.headers,
  };
  if (unchanged) return { status: 304, headers: common, body: '' };
  const type = isJson ? 'application/json; charset=utf-8' : (reply.type ?? 'text/plain');
  return {
    status: reply.status,
    headers: reply.body === undefined ? common : { ...common, 'Content-Type': type },
    body,
  };
}

function limits({ limit, used, reset }: ReturnType<Allowances['of']>): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
    'X-RateLimit-Used': String(used),
    'X-RateLimit-Reset': String(reset),
    'X-RateLimit-Resource': 'core',
  };
}

import type { Fault, Faults } from '../faults/faults.ts';
import { grant } from '../operations/apps.ts';
import { becomeServer } from '../operations/server.ts';
import { Refusal } from '../refusal.ts';
import type { Site } from '../site.ts';
import type { Level } from '../state/accounts.ts';
import type { Api, Outgoing } from './api.ts';
import { type Incoming, jsonOf } from './incoming.ts';

const controlPath = '/_sandbox/faults';

const kinds: readonly string[] = [
  'latency',
  'status',
  'reset',
  'secondary-limit',
  'primary-limit',
  'missing',
  'forbidden',
  'delivery',
] satisfies Fault['kind'][];

/** What answers at a path beside GitHub's own; `undefined`: nothing does. */
export async function answerControl(api: Api, incoming: Incoming): Promise<Outgoing | undefined> {
  switch (incoming.url.pathname) {
    case controlPath:
      return answerFaults(api.faults, incoming);
    case '/_sandbox/server':
      return answerServer(api.site, incoming);
    case '/_sandbox/permissions':
      return answerPermissions(api.site, incoming);
    default:
      return undefined;
  }
}

/** The version of the Enterprise Server that is played: POST `{ "version": "3.17" }`, or `null` for GitHub.com. */
function answerServer(site: Site, { method, body }: Incoming): Outgoing {
  if (method === 'POST') {
    const { version } = jsonOf(body) as { readonly version?: unknown };
    if (typeof version !== 'string' && version !== null)
      throw new Refusal(422, 'version is a text such as 3.17, or null');
    becomeServer(site, version);
  }
  return json(200, { version: site.world.server });
}

/** What installations may do: POST `{ "checks": "none" }` takes a permission away, `read` and `write` give it. */
async function answerPermissions(site: Site, { method, body }: Incoming): Promise<Outgoing> {
  if (method === 'POST') {
    const changes = Object.entries(jsonOf(body));
    const wrong = changes.find(([, level]) => !['none', 'read', 'write', 'admin'].includes(String(level)));
    if (wrong !== undefined) throw new Refusal(422, `${wrong[0]} is one of none, read, write, admin`);
    await site.exclusive(() => grant(site, Object.fromEntries(changes) as Record<string, Level | 'none'>));
  }
  const held = [...site.world.installations.values()].map(({ id, permissions }) => ({ id, permissions }));
  return json(200, held);
}

/** Faults: GET lists them, POST sets one (JSON), DELETE clears one (`?id=`) or all. */
function answerFaults(faults: Faults, { method, url, body }: Incoming): Outgoing {
  if (method === 'POST') {
    const fault = jsonOf(body);
    const kind = (fault as { kind?: unknown }).kind;
    if (typeof kind !== 'string' || !kinds.includes(kind)) throw new Refusal(422, `kind is one of ${kinds.join(', ')}`);
    return json(201, { id: faults.add(fault as unknown as Fault) });
  }
  if (method === 'DELETE') {
    const id = url.searchParams.get('id');
    if (id === null) faults.clear();
    else faults.remove(Number(id));
    return { status: 204, headers: {}, body: '' };
  }
  return json(200, faults.list());
}

function json(status: number, value: unknown): Outgoing {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

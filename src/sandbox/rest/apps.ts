import { createInstallationToken, repositoriesOf } from '../operations/apps.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { App, Installation, Level } from '../state/accounts.ts';
import type { Delivery } from '../state/delivery.ts';
import { findAccount, must } from '../state/find.ts';
import { appView, installationView, roleFlags } from '../views/accounts.ts';
import { repositoryView } from '../views/repository.ts';
import { field, names } from './body.ts';
import { type Call, numeric, ok, on, param, type Reply, wrongType } from './call.ts';
import { counted, listed, paging } from './page.ts';

function appIn(call: Call) {
  if (call.actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  return must(call.site.world.apps.get(call.actor.appId), 'App', call.actor.appId);
}

function installationsIn(call: Call): Installation[] {
  const app = appIn(call);
  return [...call.site.world.installations.values()].filter((installation) => installation.appId === app.id);
}

function installationIn(call: Call): Installation {
  const id = numeric(call, 'id');
  const found = installationsIn(call).find((installation) => installation.id === id);
  if (!found) throw notFound();
  return found;
}

function permissionsIn(call: Call): Record<string, Level> | undefined {
  const given = field(call, 'permissions');
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'object') throw wrongType('permissions', given, 'object');
  for (const level of Object.values(given))
    if (!['read', 'write', 'admin'].includes(level as string))
      throw wrongType('permissions', level, 'permission level');
  return given as Record<string, Level>;
}

async function createToken(call: Call): Promise<Reply> {
  const ids = field(call, 'repository_ids');
  const token = await createInstallationToken(
    call.site,
    call.actor,
    numeric(call, 'id'),
    {
      repositories: names(call, 'repositories'),
      repositoryIds: Array.isArray(ids) ? ids.map(Number) : undefined,
      permissions: permissionsIn(call),
    },
    call.services.wallClock(),
  );
  const repositories = token.repositoryIds?.flatMap((id) => call.site.world.repositories.get(id) ?? []);
  return ok(
    {
      token: token.token,
      expires_at: new Date(token.expiresAt).toISOString().replace(/\.\d+/, ''),
      permissions: token.permissions,
      repository_selection: token.repositoryIds ? 'selected' : 'all',
      ...(repositories
        ? { repositories: repositories.map((repository) => repositoryView(call.site, repository)) }
        : {}),
    },
    201,
  );
}

function listRepositories(call: Call): Promise<Reply> {
  const { actor, site } = call;
  if (actor.kind !== 'installation')
    throw new Refusal(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  const installation = must(site.world.installations.get(actor.installationId), 'installation', actor.installationId);
  const reachable = repositoriesOf(site, installation).filter(
    (repository) => actor.repositoryIds === null || actor.repositoryIds.includes(repository.id),
  );
  return counted(call, 'repositories', reachable, (repository) => ({
    ...repositoryView(site, repository),
    permissions: { ...roleFlags('read'), pull: false },
  }));
}

/** A delivery as the list has it. */
function deliveryItem(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** GitHub.com forgets deliveries after so many days, and an Enterprise Server (GITHUB.md section 3). */
const remembered = { cloud: 3, server: 7 } as const;

function deliveriesOf(call: Call, app: App): Delivery[] {
  const { deliveries, server } = call.site.world;
  const days = server === null ? remembered.cloud : remembered.server;
  const oldest = Date.parse(call.site.now()) - days * 86_400_000;
  return deliveries.filter(({ appId, deliveredAt }) => appId === app.id && Date.parse(deliveredAt) >= oldest);
}

/** Newest first; `cursor` is the id above which a page ended. */
function listDeliveries(call: Call): Reply {
  const app = appIn(call);
  const { size } = paging(call);
  const status = call.query.get('status');
  const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
  const matching = deliveriesOf(call, app)
    .filter((delivery) => delivery.id < cursor)
    .filter((delivery) => status === null || (delivery.status === 'OK') === (status === 'success'))
    .reverse();
  const page = matching.slice(0, size);
  const last = page.at(-1);
  if (!last || matching.length <= size) return ok(page.map(deliveryItem));
  const query = new URLSearchParams(call.query);
  query.set('cursor', String(last.id));
  return { ...ok(page.map(deliveryItem)), headers: { Link: `<${call.address}?${query}>; rel="next"` } };
}

function deliveryIn(call: Call): Delivery {
  const app = appIn(call);
  const id = numeric(call, 'id');
  const found = deliveriesOf(call, app).find((delivery) => delivery.id === id);
  if (!found) throw notFound();
  return found;
}

function getDelivery(call: Call): Reply {
  const delivery = deliveryIn(call);
  return ok({
    ...deliveryItem(delivery),
    url: delivery.url,
    request: { headers: delivery.requestHeaders, payload: JSON.parse(delivery.requestBody) },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  });
}

function redeliver(call: Call): Reply {
  const delivery = deliveryIn(call);
  const { guid, event, action, installationId, repositoryId, requestBody } = delivery;
  const parcel = { guid, event, action, installationId, repositoryId, body: requestBody };
  call.services.courier.send({ ...parcel, app: appIn(call), redelivery: true });
  return ok({}, 202);
}

export const appRoutes = [
  on('GET', '/app', (call) =>
    ok({ ...appView(call.site, appIn(call)), installations_count: installationsIn(call).length }),
  ),
  on('GET', '/app/installations', (call) =>
    listed(call, installationsIn(call), (installation) => installationView(call.site, installation)),
  ),
  on('GET', '/app/installations/:id', (call) => ok(installationView(call.site, installationIn(call)))),
  on('POST', '/app/installations/:id/access_tokens', createToken),
  on('GET', '/app/hook/config', (call) => {
    const app = appIn(call);
    return ok({ content_type: 'json', insecure_ssl: '0', secret: '********', url: app.webhookUrl ?? '' });
  }),
  on('GET', '/app/hook/deliveries', listDeliveries),
  on('GET', '/app/hook/deliveries/:id', getDelivery),
  on('POST', '/app/hook/deliveries/:id/attempts', redeliver),
  on('GET', '/repos/:owner/:repo/installation', (call) => {
    const installations = installationsIn(call);
    const found = [...call.site.world.repositories.values()].find(
      (repository) => repository.owner === param(call, 'owner') && repository.name === param(call, 'repo'),
    );
    const own = found && installations.find((one) => repositoriesOf(call.site, one).includes(found));
    if (!own) throw notFound();
    return ok(installationView(call.site, own));
  }),
  ...['users', 'orgs'].map((kind) =>
    on('GET', `/${kind}/:login/installation`, (call) => {
      const account = findAccount(call.site.world, param(call, 'login'));
      const own = installationsIn(call).find((installation) => installation.account === account?.login);
      if (!own) throw notFound();
      return ok(installationView(call.site, own));
    }),
  ),
  on('GET', '/installation/repositories', listRepositories),
  on('DELETE', '/installation/token', (call) => {
    if (call.actor.kind !== 'installation') throw new Refusal(403, 'Resource not accessible by integration');
    call.site.world.tokens.delete(call.actor.token);
    return { status: 204 };
  }),
  on('GET', '/apps/:slug', (call) => {
    const app = [...call.site.world.apps.values()].find(({ slug }) => slug === param(call, 'slug'));
    if (!app) throw notFound();
    return ok(appView(call.site, app));
  }),
];

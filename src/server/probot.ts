import type pino from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import type { Clients } from '../github/octokit/app.ts';
import type { Client } from '../github/octokit/client.ts';
import type { Settings } from './settings.ts';

type Identity = Pick<Settings, 'appId' | 'privateKey' | 'webhookSecret' | 'apiUrl' | 'throttle'>;

/** Probot with the App's identity. Its own log says only what goes wrong: ours has the decisions. */
export function probotOf({ appId, privateKey, webhookSecret, apiUrl, throttle }: Identity, log: pino.Logger): Probot {
  // A function, because Probot puts its own `throttle` over one that is given as a value.
  const Octokit = ProbotOctokit.defaults((options: Options) => ({
    ...options,
    throttle: { ...options.throttle, ...throttling(throttle) },
    ...(options.auth === undefined ? {} : { auth: on(apiUrl, options.auth) }),
  }));
  const quiet = log.child({}, { level: log.level === 'silent' ? 'silent' : 'warn' });
  return new Probot({ appId, privateKey, secret: webhookSecret, baseUrl: apiUrl, Octokit, log: quiet });
}

/** What Probot makes its Octokits with, as far as it is changed here. */
interface Options {
  readonly throttle?: object;
  readonly auth?: Credentials;
}

interface Credentials {
  readonly request?: { readonly defaults: (defaults: object) => unknown };
}

/** Probot has a token that is asked for by name come from GitHub.com, whatever server the App is on. */
function on(baseUrl: string, auth: Credentials): object {
  return auth.request === undefined ? auth : { ...auth, request: auth.request.defaults({ baseUrl }) };
}

/** How often a call that met a limit is tried again, after the time that GitHub asks for. */
const mostRetries = 3;

/** Probot by itself only logs a secondary limit, and drops the call. */
function throttling(enabled: boolean) {
  const again = (_after: number, _options: object, _octokit: unknown, retried: number) => retried < mostRetries;
  return enabled ? { enabled, onRateLimit: again, onSecondaryRateLimit: again } : { enabled };
}

/** The clients of the App and of its installations. Tokens are fetched, cached and renewed by Probot. */
export function clientsOf(probot: Probot): Clients {
  // Probot's Octokit has the same methods; only the generics of its plugins differ.
  return {
    app: async () => (await probot.auth()) as unknown as Client,
    async installation(id, fresh) {
      const client = await probot.auth(id);
      if (fresh) await client.auth({ type: 'installation', installationId: id, refresh: true });
      return client as unknown as Client;
    },
  };
}

import type pino from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import type { Clients } from '../github/octokit/app.ts';
import type { Client } from '../github/octokit/client.ts';
import type { Settings } from './settings.ts';

type Identity = Pick<Settings, 'appId' | 'privateKey' | 'webhookSecret' | 'apiUrl' | 'throttle'>;

/** Probot with the App's identity. Its own log says only what goes wrong: ours has the decisions. */
export function probotOf({ appId, privateKey, webhookSecret, apiUrl, throttle }: Identity, log: pino.Logger): Probot {
  const Octokit = throttle ? ProbotOctokit : ProbotOctokit.defaults({ throttle: { enabled: false } });
  const quiet = log.child({}, { level: log.level === 'silent' ? 'silent' : 'warn' });
  return new Probot({ appId, privateKey, secret: webhookSecret, baseUrl: apiUrl, Octokit, log: quiet });
}

/** The clients of the App and of its installations. Tokens are fetched, cached and renewed by Probot. */
export function clientsOf(probot: Probot): Clients {
  // Probot's Octokit has the same methods; only the generics of its plugins differ.
  return {
    app: async () => (await probot.auth()) as unknown as Client,
    installation: async (id) => (await probot.auth(id)) as unknown as Client,
  };
}

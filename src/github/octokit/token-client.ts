import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Client } from './client.ts';

/** One token, and where it counts. */
export interface TokenAccess {
  readonly token: string;
  /** Base of the REST API, without a final slash. */
  readonly apiUrl: string;
  /** Address of GraphQL, where it is not the one that goes with `apiUrl`. */
  readonly graphqlUrl?: string;
  readonly userAgent: string;
  /** Told when a limit is waited for. */
  readonly tell: (sentence: string) => void;
}

const Spaced = Octokit.plugin(retry, throttling);

/** Longer than this, in seconds, nobody wants to look at a command that waits for a limit. */
const patience = 90;
/** How often a call that met a limit is tried again. */
const mostRetries = 2;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A client over one token. Requests are spaced as GitHub asks (documentation, "Best practices for using the REST API"): writes
 * at least a second apart, what notifies three. A limit is waited for where it is short.
 */
export function tokenClient({ token, apiUrl, graphqlUrl, userAgent, tell }: TokenAccess): Client {
  const wait = (what: string) => (after: number, _options: object, _octokit: unknown, retried: number) => {
    if (after > patience || retried >= mostRetries) return false;
    tell(`GitHub's ${what} was met: waiting ${after} s`);
    return true;
  };
  const client = new Spaced({
    auth: token,
    baseUrl: apiUrl,
    userAgent,
    log: silent,
    throttle: {
      // The limits are GitHub's; a server on this machine is a sandbox.
      enabled: !isLoopback(apiUrl),
      onRateLimit: wait('hourly limit'),
      onSecondaryRateLimit: wait('secondary limit'),
    },
  });
  client.hook.before('request', (options) => {
    const isGraphql = /\/graphql$/.test(options.url);
    if (isGraphql && graphqlUrl !== undefined) options.url = graphqlUrl;
    // Whether a write whose answer was lost was performed, nobody knows: the next run looks, and a blind retry would post twice.
    const isWrite = isGraphql ? isMutation(options) : options.method !== 'GET';
    if (isWrite) options.request = { ...options.request, retries: 0 };
  });
  return client;
}

function isMutation(options: object): boolean {
  return 'query' in options && typeof options.query === 'string' && options.query.trimStart().startsWith('mutation');
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);
}

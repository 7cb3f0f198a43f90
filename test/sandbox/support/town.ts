import { createHmac, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import { ProbotOctokit } from 'probot';
import { type RepositorySeed, type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts';
import type { Permissions } from '../../../src/sandbox/state/accounts.ts';
import { answerComplaints, payloadComplaints } from './contract.ts';

/** One webhook as it arrived. */
export interface Arrival {
  readonly event: string;
  readonly guid: string;
  readonly payload: Record<string, unknown> & { readonly action?: string };
}

/** Small, because nobody attacks it, and made once, because every file starts a sandbox. */
const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
const webhookSecret = 'a secret of the tests';

export const everything: Permissions = {
  actions: 'read',
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  pull_requests: 'write',
  security_events: 'write',
  statuses: 'write',
};

export const allEvents = [
  'issues',
  'issue_comment',
  'sub_issues',
  'issue_dependencies',
  'label',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'check_run',
  'check_suite',
  'push',
  'status',
  'deployment',
  'deployment_status',
];

const shop: RepositorySeed = {
  owner: 'acme',
  name: 'shop',
  files: {
    'README.md': '# Shop\n\nA small shop.\n',
    'db/migrations/0001_init.sql': 'CREATE TABLE orders (\n  id bigint PRIMARY KEY\n);\n',
    'src/index.js': Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n'),
    'logo.png': new Uint8Array([137, 80, 78, 71, 0, 1, 2]),
  },
  users: [
    { login: 'alice', permission: 'admin' },
    { login: 'bob', permission: 'write' },
    { login: 'tina', permission: 'triage' },
    { login: 'carol', permission: 'read' },
  ],
  labels: [{ name: 'database', color: '0e8a16', description: 'A change of the schema' }],
};

export const where = { owner: 'acme', repo: 'shop' } as const;

/** Somebody who receives webhooks, refuses forged ones, and can be told to misbehave. */
async function startReceiver(complain: (problem: string) => void) {
  const arrivals: Arrival[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const expected = `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`;
      const given = String(request.headers['x-hub-signature-256']);
      if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
        complain(`a webhook was signed ${given}`);
      const event = String(request.headers['x-github-event']);
      const payload = JSON.parse(body.toString('utf8')) as Arrival['payload'];
      for (const problem of payloadComplaints(event, payload)) complain(problem);
      arrivals.push({ event, guid: String(request.headers['x-github-delivery']), payload });
      response.writeHead(answers.shift() ?? 200).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, arrivals, answers, close: () => new Promise((resolve) => server.close(resolve)) };
}

export interface Town {
  readonly sandbox: Sandbox;
  /** Octokit of a person; without a login, of nobody. Every answer is held against GitHub's description. */
  readonly as: (login?: string) => Octokit;
  /** Probot's own Octokit, as an installation of the App. */
  readonly bot: InstanceType<typeof ProbotOctokit>;
  /** The App itself, by JWT. */
  readonly app: InstanceType<typeof ProbotOctokit>;
  readonly appId: number;
  readonly installationId: number;
  readonly privateKey: string;
  readonly arrivals: readonly Arrival[];
  /** Statuses with which the App answers its next webhooks instead of 200. */
  readonly answers: number[];
  /** Waits for the webhooks, and returns those of an event. */
  readonly told: (event: string) => Promise<Arrival['payload'][]>;
  /** Puts a branch with changes on top of `main` (or another branch); returns its head. */
  readonly branch: (name: string, files: Record<string, string | null>, from?: string) => Promise<string>;
  /** What was found to be unlike GitHub since the last time, once every webhook has arrived. */
  readonly problems: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** The shop with its people and an App, real HTTP everywhere. */
export async function startTown(
  options: SandboxOptions & {
    readonly permissions?: Permissions;
    readonly events?: readonly string[];
    readonly seed?: Partial<RepositorySeed>;
  } = {},
): Promise<Town> {
  const { permissions = everything, events = allEvents, seed, ...sandboxOptions } = options;
  const problems: string[] = [];
  const receiver = await startReceiver((problem) => void problems.push(problem));
  const sandbox = await startSandbox(sandboxOptions);
  await sandbox.createRepository({ ...shop, ...seed });
  const { appId, installationId } = await sandbox.registerApp({
    name: 'Database Lead',
    account: 'acme',
    webhookUrl: receiver.url,
    webhookSecret,
    privateKey,
    permissions,
    events,
  });

  /** `fetch` that holds every answer against the description. */
  const checked: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    const json = response.headers.get('content-type')?.includes('json') && response.status !== 204;
    const body: unknown = json ? await response.clone().json() : undefined;
    if (url.pathname.startsWith('/api/v3') && (json || response.status >= 400))
      problems.push(
        ...answerComplaints(init?.method ?? 'GET', url.pathname.slice('/api/v3'.length), response.status, body),
      );
    return response;
  };

  const common = { baseUrl: sandbox.apiUrl, request: { fetch: checked } };
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const as = (login?: string) =>
    new Octokit({ ...common, log: silent, ...(login ? { auth: sandbox.tokenOf(login) } : {}) });
  const log = { ...silent, fatal() {}, trace() {}, child: () => silent } as never;
  const probot = (auth: object) =>
    new ProbotOctokit({ ...common, log, auth, throttle: { enabled: false }, retry: { enabled: false } });
  const bot = probot({ appId, privateKey, installationId });
  const app = probot({ appId, privateKey });

  async function branch(name: string, files: Record<string, string | null>, from = 'main'): Promise<string> {
    const git = as('alice').rest.git;
    const { data: base } = await git.getRef({ ...where, ref: `heads/${from}` });
    const tree = Object.entries(files).map(([path, content]) =>
      content === null
        ? { path, mode: '100644' as const, type: 'blob' as const, sha: null }
        : { path, mode: '100644' as const, content },
    );
    const made = await git.createTree({ ...where, base_tree: base.object.sha, tree });
    const message = `Change ${Object.keys(files).join(', ')}`;
    const commit = await git.createCommit({ ...where, message, tree: made.data.sha, parents: [base.object.sha] });
    const known = await git.getRef({ ...where, ref: `heads/${name}` }).catch(() => null);
    if (known) await git.updateRef({ ...where, ref: `heads/${name}`, sha: commit.data.sha });
    else await git.createRef({ ...where, ref: `refs/heads/${name}`, sha: commit.data.sha });
    return commit.data.sha;
  }

  return {
    sandbox,
    as,
    bot,
    app,
    appId,
    installationId,
    privateKey,
    arrivals: receiver.arrivals,
    answers: receiver.answers,
    async told(event) {
      await sandbox.idle();
      return receiver.arrivals.filter((arrival) => arrival.event === event).map(({ payload }) => payload);
    },
    branch,
    async problems() {
      await sandbox.idle();
      return problems.splice(0);
    },
    async close() {
      await sandbox.close();
      await receiver.close();
    },
  };
}

/** What GitHub said when it refused. */
export interface Refused {
  readonly status: number;
  readonly message: string;
  readonly errors: unknown;
}

/** Runs a call that must be refused. */
export async function refused(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    const { status, response } = error as {
      status: number;
      response?: { data: { message: string; errors?: unknown } };
    };
    if (!response) throw error;
    return { status, message: response.data.message, errors: response.data.errors };
  }
  throw new Error('GitHub would have refused this');
}

import { z } from 'zod';
import { apiUrlFrom } from '../github/octokit/base-url.ts';
import { TerminalError } from '../kernel/errors.ts';

/** What the server is told from outside. Secrets are only here and in what they are handed to. */
export interface Settings {
  readonly appId: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Base of the REST API; GraphQL is found from it. */
  readonly apiUrl: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl?: string;
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  /** `web` takes webhooks, `worker` works the queue; `all` does both. */
  readonly role: 'all' | 'web' | 'worker';
  /** Seconds between two looks at everything of ours. */
  readonly sweepSeconds: number;
  /** Passes at a time. */
  readonly concurrency: number;
  /** Whether writes are spaced as GitHub asks; off only against a sandbox of our own. */
  readonly throttle: boolean;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const number = (otherwise: number) => z.coerce.number().int().positive().default(otherwise);

const environment = z.object({
  APP_ID: z.string().regex(/^\d+$/, 'is the number on the page of your GitHub App'),
  PRIVATE_KEY: z
    .string()
    .includes('PRIVATE KEY', { message: 'is the PEM text that GitHub gave you, begin and end lines included' }),
  WEBHOOK_SECRET: z.string().min(1, 'is the secret that you gave on the page of your GitHub App'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATABASE_URL: z.string().optional(),
  DATA_DIRECTORY: z.string().default('./data'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  SWEEP_SECONDS: number(300),
  CONCURRENCY: number(4),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether anything of an App's identity is set: with none of it, `npm start` plays the example story. */
export function hasCredentials(env: Environment): boolean {
  return [env.APP_ID, env.PRIVATE_KEY, env.WEBHOOK_SECRET].some((value) => value !== undefined && value !== '');
}

/** Reads the settings. Throws one error that names every variable that is missing or wrong. */
export function settingsFrom(env: Environment): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map(
      ({ path, message, input }) =>
        `${path.join('.')} ${input === undefined && given[String(path[0])] === undefined ? 'is missing' : message}`,
    );
    throw new TerminalError(
      `cannot start: ${lines.join('; ')}`,
      'Set these variables; docs/deployment.md says where each comes from',
    );
  }
  const { data } = read;
  const apiUrl = apiUrlFrom(env);
  if (data.ROLE !== 'all' && data.DATABASE_URL === undefined) {
    throw new TerminalError(
      `cannot start: ROLE=${data.ROLE} needs DATABASE_URL`,
      'The embedded store serves one process; set DATABASE_URL to share a PostgreSQL',
    );
  }
  return {
    appId: data.APP_ID,
    // Hosts that allow one line a variable get the key with `\n` written out.
    privateKey: data.PRIVATE_KEY.replaceAll('\\n', '\n'),
    webhookSecret: data.WEBHOOK_SECRET,
    apiUrl,
    host: data.HOST,
    port: data.PORT,
    ...(data.DATABASE_URL === undefined ? {} : { databaseUrl: data.DATABASE_URL }),
    dataDirectory: data.DATA_DIRECTORY,
    logLevel: data.LOG_LEVEL,
    role: data.ROLE,
    sweepSeconds: data.SWEEP_SECONDS,
    concurrency: data.CONCURRENCY,
    throttle: true,
  };
}

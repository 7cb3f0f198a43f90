import { apiUrlFrom } from '../../github/octokit/base-url.ts';
import { oneOf, readArguments, UsageError } from '../usage.ts';
import { pullOfEvent } from './event.ts';
import { readTarget, type Target } from './target.ts';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
const failing = ['error', 'warning', 'notice', 'never'] as const;

/** What was asked for, read from arguments and environment. */
export interface ReviewRequest {
  readonly target: Target;
  readonly token: string;
  readonly apiUrl: string;
  readonly graphqlUrl?: string;
  /** What markers are signed with; absent: a text that everybody can know. */
  readonly secret?: string;
  readonly dryRun: boolean;
  readonly verify: boolean;
  readonly uploadSarif: boolean;
  readonly format: (typeof formats)[number];
  /** From this level on a finding makes the command fail. */
  readonly failOn: (typeof failing)[number];
}

const options = {
  pr: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'no-verify': { type: 'boolean', default: false },
  'upload-sarif': { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string', default: 'error' },
  'api-url': { type: 'string' },
  'token-env': { type: 'string' },
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads arguments and environment. Throws {@link UsageError} that names what is missing or wrong. */
export function readRequest(args: readonly string[], env: Environment, usage: string): ReviewRequest {
  const { values, positionals } = readArguments(args, options, usage);
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" belongs to no option`, `Usage: ${usage}`);
  const format = oneOf(formats, values.format, '--format');
  const failOn = oneOf(failing, values['fail-on'], '--fail-on');
  const apiUrl = addressIn(values['api-url'] ?? set(env.GITHUB_API_URL) ?? apiUrlOfHost(env));
  const graphqlUrl = values['api-url'] === undefined ? set(env.GITHUB_GRAPHQL_URL) : undefined;
  const given = values.pr ?? pullOfEvent(env);
  const secret = set(env.DATABASE_LEAD_SECRET);
  return {
    target: readTarget(given, apiUrl, env.GITHUB_REPOSITORY),
    token: tokenIn(env, values['token-env']),
    apiUrl,
    ...(graphqlUrl === undefined ? {} : { graphqlUrl: addressIn(graphqlUrl) }),
    ...(secret === undefined ? {} : { secret }),
    dryRun: values['dry-run'],
    verify: !values['no-verify'],
    uploadSarif: values['upload-sarif'],
    format,
    failOn,
  };
}

function tokenIn(env: Environment, named: string | undefined): string {
  const token = named === undefined ? (set(env.GITHUB_TOKEN) ?? set(env.GH_TOKEN)) : set(env[named]);
  if (token === undefined)
    throw new UsageError(
      `no token: ${named ?? 'GITHUB_TOKEN'} is not set`,
      'Set it to a token that may read the repository and write to pull requests; in a workflow, to github.token',
    );
  // Anything else would end up in an error of the HTTP client, which quotes it.
  if (!/^[\x21-\x7e]+$/.test(token.trim()))
    throw new UsageError(`the token in ${named ?? 'GITHUB_TOKEN'} has characters that no token has`, 'Copy it again');
  return token.trim();
}

function addressIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new UsageError(`"${text}" is no address of an API`, 'Use one such as https://HOST/api/v3');
  return text.replace(/\/+$/, '');
}

/** As the server does where no API is named, so that one environment serves both. */
function apiUrlOfHost({ GHE_HOST = '', GHE_PROTOCOL = 'https' }: Environment): string {
  return apiUrlFrom({ GHE_HOST, GHE_PROTOCOL });
}

/** An empty variable is one that is not set. */
function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

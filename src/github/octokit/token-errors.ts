import { messageOf, TerminalError } from '../../kernel/errors.ts';
import { Forbidden, NotInstalled } from '../port.ts';
import { hasGraphqlError, statusOf } from './client.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What went wrong between a token and GitHub, with what can be done about it; any other error as it is. */
export function explained(error: unknown): unknown {
  const limit = limitOf(error);
  if (limit !== undefined) return limit;
  if (error instanceof NotInstalled || statusOf(error) === 401)
    return new TerminalError(
      'GitHub does not accept the token',
      "Use one that is valid; a workflow's token ends with its job",
      { cause: error },
    );
  if (error instanceof Forbidden)
    return new TerminalError(
      `the token may not do this (${error.message})`,
      `Give it ${permissionsIn(error.needs) ?? 'the permission'}: under \`permissions:\` of the workflow's job, or in the token's settings`,
      { cause: error },
    );
  if (error instanceof TerminalError) return error;
  const status = statusOf(error);
  if (status === 403 && /SAML/i.test(messageOf(error)))
    return new TerminalError(
      "the organization's single sign-on refuses the token",
      "Authorize it for the organization, on the page of the person's tokens",
      { cause: error },
    );
  if (status === 403 || status === 404)
    return new TerminalError(
      `GitHub refuses: ${firstLine(messageOf(error))}`,
      'See that the token may read this repository: for a private one it needs contents and pull requests',
      { cause: error },
    );
  if (status !== undefined && status >= 500)
    return new TerminalError(
      `GitHub cannot be reached, or fails: ${firstLine(messageOf(error))}`,
      'Run it again: what was posted already is not posted twice',
      { cause: error },
    );
  const refusal = status === undefined ? graphqlRefusal(error) : firstLine(messageOf(error));
  if (refusal === undefined) return error;
  return new TerminalError(
    `GitHub refuses: ${refusal}`,
    'Run it again; if it stays so, please report it with this sentence',
    { cause: error },
  );
}

/** What GraphQL says where it answers with errors and HTTP status 200. */
function graphqlRefusal(error: unknown): string | undefined {
  const { errors } = (error ?? {}) as { readonly errors?: readonly { readonly message?: unknown }[] };
  const [first] = Array.isArray(errors) ? errors : [];
  return typeof first?.message === 'string' ? firstLine(first.message) : undefined;
}

/** GitHub's names for permissions (`pull_requests=write`) as a workflow spells them; any one of several will do. */
export function permissionsIn(needs: string | undefined): string | undefined {
  if (needs === undefined) return undefined;
  const names = needs.split(/[;,]\s*/).map((each) => each.replaceAll('_', '-').replace('=', ': '));
  return names.map((name) => `\`${name}\``).join(' or ');
}

/** The hourly limit, or the one that is not told beforehand (documentation, "Rate limits for the REST API"). */
function limitOf(error: unknown): TerminalError | undefined {
  const status = statusOf(error);
  const headers = headersOf(error);
  const isLimited = status === 403 || status === 429 || hasGraphqlError(error, 'RATE_LIMITED') || isRateLimited(error);
  if (!isLimited) return undefined;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = new Date(Number(headers['x-ratelimit-reset']) * 1000);
    const until = Number.isNaN(reset.getTime()) ? 'the hour ends' : reset.toISOString().replace(/\.\d+Z$/, 'Z');
    return new TerminalError(
      `the token's requests of this hour (${headers['x-ratelimit-limit'] ?? 'all'}) are used up until ${until}`,
      'Run it again after that; a token of its own has an allowance of its own',
      { cause: error },
    );
  }
  if (headers['retry-after'] === undefined && !/secondary rate limit/i.test(messageOf(error))) return undefined;
  return new TerminalError(
    `GitHub asks to wait ${headers['retry-after'] ?? 60} s: too many requests came at once`,
    'Run it again after that, and fewer at a time',
    { cause: error },
  );
}

/** The throttling plugin has an error of its own for an answer of GraphQL that says so. */
function isRateLimited(error: unknown): boolean {
  return error instanceof Error && error.message === 'GraphQL Rate Limit Exceeded';
}

/** Of REST's errors, and of GraphQL's. */
function headersOf(error: unknown): Headers {
  const { response, headers } = (error ?? {}) as { response?: { headers?: Headers }; headers?: Headers };
  return response?.headers ?? headers ?? {};
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

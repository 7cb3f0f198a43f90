import type { Octokit } from '@octokit/rest';

/** What the adapter uses of an Octokit: Probot's and `@octokit/rest`'s both fit. */
export type Client = Pick<Octokit, 'request' | 'graphql' | 'paginate' | 'hook'>;

/** The repository that every call names. */
export interface At {
  readonly owner: string;
  readonly repo: string;
}

/** The HTTP status of an error that Octokit threw; `undefined` for any other error. */
export function statusOf(thrown: unknown): number | undefined {
  return typeof thrown === 'object' && thrown !== null && 'status' in thrown && typeof thrown.status === 'number'
    ? thrown.status
    : undefined;
}

/** GraphQL answers refusals with HTTP 200 and typed errors: whether one of these types is among them. */
export function hasGraphqlError(thrown: unknown, ...types: readonly string[]): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('errors' in thrown) || !Array.isArray(thrown.errors))
    return false;
  return thrown.errors.some((error: { type?: string }) => error.type !== undefined && types.includes(error.type));
}

/** What a query came to where the installation may not read all of it. */
export interface Part<T> {
  readonly data: T;
  /** The first fields on the way to what was refused: `repository.defaultBranchRef`. */
  readonly refused: readonly string[];
}

/**
 * Answers a query also where the installation may not read all of it: GitHub gives what it may and `null` for the rest, in
 * lists as well. `isEnough` tells whether such a part will do; otherwise the refusal is thrown.
 */
export async function queryInPart<T>(
  client: Client,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  isEnough: (part: T) => boolean,
): Promise<Part<T>> {
  try {
    return { data: await client.graphql<T>(query, { ...variables }), refused: [] };
  } catch (error) {
    const { data, errors } = error as {
      data?: T | null;
      errors?: readonly { type?: string; path?: readonly string[] }[];
    };
    const isRefusal = errors?.every(({ type }) => type === 'FORBIDDEN') === true;
    if (!isRefusal || data === undefined || data === null || !isEnough(data)) throw error;
    return { data, refused: errors.map(({ path }) => (path ?? []).slice(0, 2).join('.')) };
  }
}

/** What a list holds beside what may not be read. */
export function readable<T>(nodes: readonly (T | null)[] | null | undefined): readonly T[] {
  return (nodes ?? []).filter((node) => node !== null);
}

/**
 * Statuses by which an endpoint says that this server does not know it, or that this installation may not use it. With
 * them a feature falls back; anything else is a failure. A limit that was met is a 403 as well, and passes.
 */
export function isUnavailable(thrown: unknown): boolean {
  const status = statusOf(thrown);
  return (status === 403 && !isLimit(thrown)) || status === 404 || status === 410 || status === 415;
}

/** Both kinds of limit say so in words (REST reference, "Rate limits"). */
function isLimit(thrown: unknown): boolean {
  return thrown instanceof Error && /rate limit|abuse detection/i.test(thrown.message);
}

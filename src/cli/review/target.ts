import type { At } from '../../github/octokit/client.ts';
import { UsageError } from '../usage.ts';

/** The pull request that a review is of. */
export interface Target extends At {
  readonly number: number;
}

const forms = 'Use OWNER/REPO#N or the address of the pull request';

/** What GitHub allows in the names of owners and repositories. */
const name = '[A-Za-z0-9_.-]+';
const inFull = new RegExp(`^(${name})/(${name})#(\\d{1,9})$`);
const inPath = new RegExp(`^/(${name})/(${name})/pull/(\\d{1,9})(?:/.*)?$`);

/**
 * Reads `OWNER/REPO#N`, the address of a pull request on the server whose API is at `apiUrl`, or, where the repository is known,
 * the number alone. Throws {@link UsageError} for anything else.
 */
export function readTarget(given: string, apiUrl: string, repository: string | undefined): Target {
  const alone = /^#?(\d{1,9})$/.exec(given)?.[1];
  if (alone !== undefined) {
    if (repository === undefined || repository === '')
      throw new UsageError(`--pr is "${given}", and no repository`, forms);
    return readTarget(`${repository}#${alone}`, apiUrl, undefined);
  }
  const parts = inFull.exec(given) ?? inAddress(given, apiUrl);
  const [, owner, repo, number] = parts ?? [];
  if (owner === undefined || repo === undefined) throw new UsageError(`--pr is "${given}"`, forms);
  return { owner, repo, number: Number(number) };
}

function inAddress(given: string, apiUrl: string): RegExpExecArray | null {
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) return null;
  const { host, pathname } = new URL(given);
  const expected = siteOf(apiUrl);
  // The token goes to the server that was configured, never to one that an address names.
  if (host !== expected)
    throw new UsageError(
      `the pull request is on ${host}, and the API is that of ${expected}`,
      `Give --api-url https://${host}/api/v3, and a token of that server`,
    );
  return inPath.exec(pathname);
}

/** The host of the pages that go with an API: `github.com` has its API on a host of its own, Enterprise Servers have not. */
function siteOf(apiUrl: string): string {
  return new URL(apiUrl).host.replace(/^api\./, '');
}

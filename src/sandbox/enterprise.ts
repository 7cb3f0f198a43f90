/**
 * What of this sandbox a GitHub Enterprise Server has from some version on. GitHub.com, `null`, has all of it.
 *
 * Sources: the documentation has sub-issues from 3.16 on ("Adding sub-issues"), and the GraphQL schemas of 3.16 to 3.19 have
 * them; the OpenAPI descriptions of 3.17 to 3.20 have no endpoint for them, and those for dependencies from 3.19 on; a
 * description for API version 2026-03-10 exists from 3.21 on.
 */
const arrivals = {
  'sub-issues': [3, 16],
  dependencies: [3, 19],
  'api-2026': [3, 21],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** Whether a server of this version has it. */
export function has(server: string | null, what: keyof typeof arrivals): boolean {
  if (server === null) return true;
  const [major = 0, minor = 0] = server.split('.').map(Number);
  const [wantedMajor, wantedMinor] = arrivals[what];
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Whether a server of this version answers at a path of the REST API (without `/api/v3`). */
export function hasEndpoint(server: string | null, path: string): boolean {
  if (server === null) return true;
  if (/\/issues\/\d+\/(?:sub_issues?|parent)(?:\/|$)/.test(path)) return false;
  return !/\/issues\/\d+\/dependencies\//.test(path) || has(server, 'dependencies');
}

/** The fields and arguments of the GraphQL schema that came with sub-issues, by type. */
export const subIssueFields: Readonly<Record<string, readonly string[]>> = {
  CreateIssueInput: ['parentIssueId'],
  Issue: ['parent', 'subIssues', 'subIssuesSummary'],
  Mutation: ['addSubIssue', 'removeSubIssue', 'reprioritizeSubIssue'],
};

/** A version as GitHub writes it: `3.17` is its first release, `3.17.0`. `null` where it is none. */
export function serverVersion(text: string): string | null {
  const found = /^(\d{1,3}\.\d{1,3})(\.\d{1,3})?$/.exec(text);
  return found === null ? null : `${found[1]}${found[2] ?? '.0'}`;
}

/** The headers by which an Enterprise Server tells its version in every answer. */
export function versionHeaders(server: string | null): Readonly<Record<string, string>> {
  return server === null ? {} : { 'X-GitHub-Enterprise-Version': server };
}

import { hasGraphqlError, isUnavailable, statusOf } from './client.ts';
import { type Connection, unavailable } from './connection.ts';

const endpoint = 'sub_issues';

/**
 * Links a sub-issue to its parent. Enterprise Server has had sub-issues since 3.16, but no published description of its REST API
 * up to 3.20 has their endpoints; its GraphQL schema has the mutation.
 */
export async function addSubIssue(
  connection: Connection,
  parent: number,
  child: { readonly number: number; readonly id: number },
): Promise<boolean> {
  const { client, at, lacking } = connection;
  if (lacking.features.has('sub-issues')) return false;
  if (lacking.endpoints.has(endpoint)) return byGraphql(connection, parent, child.number);
  try {
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
      ...at,
      issue_number: parent,
      sub_issue_id: child.id,
    });
    return true;
  } catch (error) {
    // 422: it has a parent already, which is what was wanted, or what a person wants instead.
    if (statusOf(error) === 422) return false;
    if (!isUnavailable(error)) throw error;
    if (statusOf(error) === 403) return unavailable(connection, error, parent, 'sub-issues', false);
    // Where it is the issue that is missing, that is what it throws.
    await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...at, issue_number: parent });
    lacking.endpoints.add(endpoint);
    return byGraphql(connection, parent, child.number);
  }
}

async function byGraphql(
  { client, at, lacking, version }: Connection,
  parent: number,
  child: number,
): Promise<boolean> {
  const ids = `query ($owner: String!, $repo: String!, $parent: Int!, $child: Int!) {
    repository(owner: $owner, name: $repo) { parent: issue(number: $parent) { id } child: issue(number: $child) { id } }
  }`;
  const { repository } = await client.graphql<{ repository: Readonly<Record<'parent' | 'child', { id: string }>> }>(
    ids,
    {
      ...at,
      parent,
      child,
    },
  );
  try {
    await client.graphql(
      `mutation ($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId }) { issue { id } } }`,
      { issueId: repository.parent.id, subIssueId: repository.child.id },
    );
    return true;
  } catch (error) {
    if (hasGraphqlError(error, 'UNPROCESSABLE')) return false;
    if (!isUndefinedField(error)) throw error;
    const known = version();
    lacking.features.set('sub-issues', { kind: 'server', ...(known === undefined ? {} : { version: known }) });
    return false;
  }
}

/** By GitHub's whole sentence: the page that it sends when it is overloaded has the one or the other word in it as well. */
export function isUndefinedField(error: unknown): boolean {
  return error instanceof Error && /Field '(?:subIssues|parent|addSubIssue)' doesn't exist on type/.test(error.message);
}

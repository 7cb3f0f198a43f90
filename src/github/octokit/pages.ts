/** One page of a GraphQL connection, as {@link pageFields} asks for it. */
export interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What every page must be asked for beside its nodes. */
export const pageFields = 'pageInfo { hasNextPage endCursor }';

/** All nodes of a GraphQL connection, given its first page and a way to the next: a marker may stand on any page. */
export async function rest<T>(first: Page<T>, next: (after: string) => Promise<Page<T>>): Promise<readonly T[]> {
  const nodes = [...first.nodes];
  for (let page = first; page.pageInfo.hasNextPage && page.pageInfo.endCursor !== null; ) {
    page = await next(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return nodes;
}

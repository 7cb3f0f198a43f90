interface Connection<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All nodes of a GraphQL connection, given its first page and a way to the next: a marker may stand on any page. */
export async function rest<T>(
  first: Connection<T>,
  next: (after: string) => Promise<Connection<T>>,
): Promise<readonly T[]> {
  const nodes = [...first.nodes];
  for (let page = first; page.pageInfo.hasNextPage && page.pageInfo.endCursor !== null; ) {
    page = await next(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return nodes;
}

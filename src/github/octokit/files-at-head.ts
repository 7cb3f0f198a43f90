import type { RepositoryFacts } from '../port.ts';

interface BlobNode {
  readonly text?: string | null;
}

/** The repository part of both snapshots, with one aliased object a path. */
export type RepositoryNode = {
  readonly defaultBranchRef: { readonly name: string; readonly target: { readonly oid: string } | null } | null;
} & { readonly [alias: `file${number}`]: BlobNode | null };

export const repositoryFields = 'defaultBranchRef { name target { oid } }';

/** Query text that reads each path at `revision`. Paths are our own constants and configuration, quoted as JSON strings. */
export function fileAliases(paths: readonly string[], revision = 'HEAD'): string {
  return paths
    .map(
      (path, index) =>
        `file${index}: object(expression: ${JSON.stringify(`${revision}:${path}`)}) { ... on Blob { text } }`,
    )
    .join(' ');
}

/** The texts of the paths that exist and are text. */
export function filesOf(repository: RepositoryNode, paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path, index) => {
      const text = repository[`file${index}`]?.text;
      return typeof text === 'string' ? [[path, text] as const] : [];
    }),
  );
}

/** `refused`: the fields of the query that the installation may not read. */
export function repositoryFacts({ defaultBranchRef }: RepositoryNode, refused: readonly string[]): RepositoryFacts {
  const head = defaultBranchRef?.target?.oid;
  return {
    defaultBranch: defaultBranchRef?.name ?? 'main',
    ...(head === undefined ? {} : { head }),
    ...(refused.includes('repository.defaultBranchRef') ? { unreadable: true } : {}),
  };
}

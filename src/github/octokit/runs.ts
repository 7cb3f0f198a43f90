import type { CheckFacts, Conclusion, RunFacts } from '../port.ts';
import type { At, Client } from './client.ts';
import { isForbidden } from './forbidden.ts';
import type { Identity } from './fragments.ts';

/** A check run of our own in GraphQL, with what is needed to change it. */
export interface RunNode {
  readonly id: string;
  readonly databaseId: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly externalId: string | null;
  readonly annotations: { readonly totalCount: number } | null;
}

export const runFields = 'id databaseId name status conclusion title externalId annotations(first: 1) { totalCount }';

export interface RunsNode {
  readonly oid: string;
  readonly checkSuites: {
    readonly nodes: readonly {
      readonly app: { readonly slug: string } | null;
      readonly checkRuns: { readonly nodes: readonly RunNode[] } | null;
    }[];
  } | null;
}

/** On a commit: the App's own runs, the last of each name, which is what GitHub gives unless all are asked for. */
export function commitRunFields({ id }: Identity): string {
  return `oid checkSuites(first: 3, filterBy: { appId: ${id} }) { nodes { app { slug } checkRuns(first: 10) { nodes { ${runFields} } } } }`;
}

/** The App's own runs of a commit, oldest first. */
export function runsOf({ oid, checkSuites }: RunsNode, slug: string): readonly RunFacts[] {
  return (checkSuites?.nodes ?? [])
    .filter(({ app }) => app?.slug === slug)
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? [])
    .map((run) => runOf(run, oid))
    .toSorted((a, b) => a.id - b.id);
}

export function runOf(run: RunNode, head: string): RunFacts {
  return { ...checkOf(run), node: run.id, head, annotations: run.annotations?.totalCount ?? 0 };
}

/** A check run as far as one that is not to be changed is read. */
export function checkOf(run: Omit<RunNode, 'id' | 'annotations'>): CheckFacts {
  return {
    id: run.databaseId,
    name: run.name,
    status: run.status.toLowerCase() as CheckFacts['status'],
    ...(run.conclusion === null ? {} : { conclusion: run.conclusion.toLowerCase() as Conclusion }),
    ...(run.title === null ? {} : { title: run.title }),
    ...(run.externalId === null ? {} : { externalId: run.externalId }),
  };
}

/** A check run as REST gives it, as far as it is read. */
interface RestRun {
  readonly id: number | bigint;
  readonly node_id: string;
  readonly head_sha: string;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly external_id: string | null;
  readonly output: { readonly title: string | null; readonly annotations_count: number };
}

export function runOfRest(run: RestRun): RunFacts {
  return {
    id: Number(run.id),
    node: run.node_id,
    head: run.head_sha,
    name: run.name,
    status: run.status as CheckFacts['status'],
    annotations: run.output.annotations_count,
    ...(run.conclusion === null ? {} : { conclusion: run.conclusion as Conclusion }),
    ...(run.output.title === null ? {} : { title: run.output.title }),
    ...(run.external_id === null ? {} : { externalId: run.external_id }),
  };
}

/** Every run of the App on a commit, oldest first. */
export async function allRuns(client: Client, at: At, app: Identity, ref: string): Promise<readonly RunFacts[]> {
  const runs = await client.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...at,
    ref,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  });
  return runs
    .filter((run) => run.app?.slug === app.slug)
    .map(runOfRest)
    .toSorted((a, b) => a.id - b.id);
}

/**
 * The last run of each name, over REST: where GraphQL shows no commit, as without contents: read, or not yet. An installation that
 * may not see checks sees none.
 */
export async function lastRuns(client: Client, at: At, app: Identity, ref: string): Promise<readonly RunFacts[]> {
  try {
    const runs = await allRuns(client, at, app, ref);
    return runs.filter((run) => runs.findLast(({ name }) => name === run.name) === run);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

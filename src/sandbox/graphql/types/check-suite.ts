import { needs } from '../../operations/access.ts';
import type { CheckSuite } from '../../state/check.ts';
import { must, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Repository } from '../../state/repository.ts';
import { suiteOutcome } from '../../views/check.ts';
import { repositoryPage } from '../../views/urls.ts';
import { type Context, check, type Fields } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { appFields } from './app.ts';
import { latestRuns, runFields } from './check-run.ts';
import { commitFields } from './commit.ts';
import { refFields } from './ref.ts';
import { repositoryFields } from './repository.ts';

interface RunArguments extends PageArguments {
  readonly filterBy?: {
    readonly appId?: number | null;
    readonly checkName?: string | null;
    readonly checkType?: 'ALL' | 'LATEST' | null;
    readonly status?: string | null;
  } | null;
}

export function suiteFields(at: Context, suite: CheckSuite): Fields {
  const repository = repositoryOf(at.site.world, suite);
  const { status, conclusion } = suiteOutcome(at.site, suite);
  const url = `${repositoryPage(at.site, repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`;
  const ref = `refs/heads/${suite.headBranch}`;
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.id),
    databaseId: suite.id,
    app: () => appFields(at, suite.appId),
    branch: () => (repository.refs[ref] ? refFields(at, repository, ref) : null),
    commit: () => commitFields(at, repository, suite.headSha),
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    checkRuns: paged(
      ({ filterBy }: RunArguments) => {
        const all = suite.runIds.map((id) => must(at.site.world.checkRuns.get(id), 'check run', id));
        // GitHub leaves runs out that a newer one of the same name has replaced, unless all are asked for.
        const runs = filterBy?.checkType === 'ALL' ? all : latestRuns(all);
        return runs.filter(
          (run) =>
            (filterBy?.appId == null || run.appId === filterBy.appId) &&
            (filterBy?.checkName == null || run.name === filterBy.checkName) &&
            (filterBy?.status == null || run.status.toUpperCase() === filterBy.status),
        );
      },
      (run) => runFields(at, run),
    ),
    createdAt: suite.createdAt,
    updatedAt: suite.updatedAt,
    repository: () => repositoryFields(at, repository),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

interface SuiteArguments extends PageArguments {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

/** The check suites of a commit. */
export function suiteConnection(at: Context, repository: Repository, sha: string) {
  return paged(
    ({ filterBy }: SuiteArguments) => {
      check(at, repository, needs.readChecks);
      return [...at.site.world.checkSuites.values()].filter(
        (suite) =>
          suite.repositoryId === repository.id &&
          suite.headSha === sha &&
          (filterBy?.appId == null || suite.appId === filterBy.appId) &&
          (filterBy?.checkName == null ||
            suite.runIds.some((id) => at.site.world.checkRuns.get(id)?.name === filterBy.checkName)),
      );
    },
    (suite) => suiteFields(at, suite),
  );
}

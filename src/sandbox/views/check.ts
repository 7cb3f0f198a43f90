import { readCommit } from '../git/objects.ts';
import type { Site } from '../site.ts';
import type { Annotation, CheckRun, CheckSuite, CommitStatus, Conclusion } from '../state/check.ts';
import { must, repositoryOf } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import { performedVia, userView } from './accounts.ts';
import { pullReferences } from './pull.ts';
import { minimalRepositoryView } from './repository.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** GitHub's `check-run`. */
export function checkRunView(site: Site, run: CheckRun) {
  const repository = repositoryOf(site.world, run);
  const url = `${repositoryApi(site, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(site, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    name: run.name,
    external_id: run.externalId ?? '',
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: performedVia(site, run.appId),
    pull_requests: pullReferences(site, repository, run.headSha),
  };
}

export function annotationView(site: Site, run: CheckRun, annotation: Annotation) {
  const repository = repositoryOf(site.world, run);
  return {
    ...annotation,
    blob_href: `${repositoryPage(site, repository)}/blob/${run.headSha}/${annotation.path}`,
  };
}

function worst(conclusions: readonly (Conclusion | null)[]): Conclusion | null {
  const order: readonly Conclusion[] = [
    'failure',
    'timed_out',
    'action_required',
    'cancelled',
    'stale',
    'success',
    'neutral',
    'skipped',
  ];
  if (conclusions.length === 0 || conclusions.includes(null)) return null;
  return order.find((conclusion) => conclusions.includes(conclusion)) ?? null;
}

/** Status and conclusion of a suite follow from its runs. */
export function suiteOutcome(site: Site, suite: CheckSuite) {
  const runs = suite.runIds.map((id) => must(site.world.checkRuns.get(id), 'check run', id));
  const conclusion = worst(runs.map((run) => run.conclusion));
  const status = runs.length === 0 ? 'queued' : conclusion ? 'completed' : 'in_progress';
  return { status, conclusion };
}

/** GitHub's `check-suite`. */
export async function checkSuiteView(site: Site, suite: CheckSuite) {
  const repository = repositoryOf(site.world, suite);
  const url = `${repositoryApi(site, repository)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteOutcome(site, suite),
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullReferences(site, repository, suite.headSha),
    app: performedVia(site, suite.appId),
    repository: minimalRepositoryView(site, repository),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: await headCommit(site, suite),
    latest_check_runs_count: suite.runIds.length,
    check_runs_url: `${url}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** GitHub's `simple-commit`. */
export async function headCommit(site: Site, suite: CheckSuite) {
  const commit = await readCommit(site.gitOf(repositoryOf(site.world, suite)), suite.headSha);
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

/** GitHub's `status`. */
export function statusView(site: Site, status: CommitStatus) {
  const repository = repositoryOf(site.world, status);
  const creator = userView(site, status.creator);
  return {
    url: `${repositoryApi(site, repository)}/statuses/${status.sha}`,
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId('Status', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator,
  };
}

import type { Annotation, CheckRun } from '../../state/check.ts';
import { must, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import { annotationView, checkRunView } from '../../views/check.ts';
import type { Context, Fields } from '../context.ts';
import { paged } from '../page.ts';
import { suiteFields } from './check-suite.ts';
import { repositoryFields } from './repository.ts';

/** The newest run of each name. */
export function latestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) newest.set(run.name, run);
  return runs.filter((run) => newest.get(run.name) === run);
}

function annotationFields(at: Context, run: CheckRun, annotation: Annotation): Fields {
  return {
    __typename: 'CheckAnnotation',
    path: annotation.path,
    annotationLevel: annotation.annotation_level.toUpperCase(),
    blobUrl: annotationView(at.site, run, annotation).blob_href,
    location: {
      start: { line: annotation.start_line, column: annotation.start_column },
      end: { line: annotation.end_line, column: annotation.end_column },
    },
    message: annotation.message,
    rawDetails: annotation.raw_details,
    title: annotation.title,
  };
}

export function runFields(at: Context, run: CheckRun): Fields {
  const { html_url: url, details_url: detailsUrl } = checkRunView(at.site, run);
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    title: run.title,
    summary: run.summary,
    text: run.text,
    externalId: run.externalId,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    annotations: paged(
      () => run.annotations,
      (annotation) => annotationFields(at, run, annotation),
    ),
    checkSuite: () => suiteFields(at, must(at.site.world.checkSuites.get(run.suiteId), 'check suite', run.suiteId)),
    repository: () => repositoryFields(at, repositoryOf(at.site.world, run)),
    detailsUrl,
    permalink: url,
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}

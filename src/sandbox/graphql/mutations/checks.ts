import {
  type CheckInput,
  type CheckOutput,
  updateCheckRun as change,
  createCheckRun as start,
} from '../../operations/checks.ts';
import type { CheckAction, CheckStatus, Conclusion } from '../../state/check.ts';
import { repositoryOf } from '../../state/find.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { unresolved } from '../errors.ts';
import { requireNode } from '../node.ts';
import { runFields } from '../types/check-run.ts';

/** What both mutations take, in GraphQL's spelling. */
interface Input {
  readonly repositoryId: string;
  readonly name?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly externalId?: string | null;
  readonly detailsUrl?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly actions?: readonly CheckAction[] | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string | null;
    readonly annotations?: readonly AnnotationData[] | null;
  } | null;
}

interface AnnotationData {
  readonly path: string;
  readonly location: {
    readonly startLine: number;
    readonly endLine: number;
    readonly startColumn?: number | null;
    readonly endColumn?: number | null;
  };
  readonly annotationLevel: string;
  readonly message: string;
  readonly title?: string | null;
  readonly rawDetails?: string | null;
}

function outputOf(output: NonNullable<Input['output']>): CheckOutput {
  return {
    title: output.title,
    summary: output.summary,
    text: output.text ?? undefined,
    annotations: output.annotations?.map(({ path, location, annotationLevel, message, title, rawDetails }) => ({
      path,
      start_line: location.startLine,
      end_line: location.endLine,
      start_column: location.startColumn ?? null,
      end_column: location.endColumn ?? null,
      annotation_level: annotationLevel.toLowerCase() as 'notice' | 'warning' | 'failure',
      message,
      title: title ?? null,
      raw_details: rawDetails ?? null,
    })),
  };
}

/** The same input as REST takes, so that both refuse the same. */
function restOf(input: Input): CheckInput {
  return {
    name: input.name ?? undefined,
    status: input.status?.toLowerCase() as CheckStatus | undefined,
    conclusion: input.conclusion?.toLowerCase() as Conclusion | undefined,
    externalId: input.externalId ?? undefined,
    detailsUrl: input.detailsUrl ?? undefined,
    startedAt: input.startedAt ?? undefined,
    completedAt: input.completedAt ?? undefined,
    actions: input.actions ?? undefined,
    output: input.output == null ? undefined : outputOf(input.output),
  };
}

function repositoryNamed(at: Context, id: string): Repository {
  const found = requireNode(at, id);
  if (found.kind !== 'repository') throw unresolved(`a Repository with the global id of '${id}'`);
  return found.record;
}

export async function createCheckRun(at: Context, input: Input & { readonly headSha: string }) {
  const repository = repositoryNamed(at, input.repositoryId);
  const run = await start(at.site, at.actor, repository, { ...restOf(input), headSha: input.headSha });
  return { checkRun: () => runFields(at, run) };
}

export async function updateCheckRun(at: Context, input: Input & { readonly checkRunId: string }) {
  const repository = repositoryNamed(at, input.repositoryId);
  const found = requireNode(at, input.checkRunId);
  if (found.kind !== 'run' || repositoryOf(at.site.world, found.record) !== repository)
    throw unresolved(`a CheckRun with the global id of '${input.checkRunId}'`);
  const run = await change(at.site, at.actor, found.record, restOf(input));
  return { checkRun: () => runFields(at, run) };
}

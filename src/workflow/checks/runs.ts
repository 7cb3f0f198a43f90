import type { Annotation, Check, CheckAction, CheckWrite, Conclusion, RunFacts } from '../../github/port.ts';
import { digest } from '../../kernel/hash.ts';
import { clip } from '../../messages/escape.ts';

/** The check to require, and the two that it is put together from. */
export const aggregateName = 'database-lead';
export const reviewName = 'database-lead/review';
export const verifyName = 'database-lead/verify';
export const checkNames = [reviewName, verifyName, aggregateName] as const;

/** What a check run is to say. Without a conclusion it is still under way, and has no annotations yet. */
export interface WantedCheck {
  readonly name: string;
  readonly head: string;
  readonly conclusion?: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly actions: readonly CheckAction[];
}

/** The id of the run that a person asked to be done again, where this one came of that; kept in `external_id`. */
export function attemptOf(run: RunFacts | undefined): string | undefined {
  return /~(\d+)$/.exec(run?.externalId ?? '')?.[1];
}

/** The attempt that a check is at. */
export function currentAttempt(runs: readonly RunFacts[], name: string): string | undefined {
  return attemptOf(runs.findLast((run) => run.name === name));
}

/**
 * What has to be written for the check to say so; nothing when it does. What it says is compared by a digest in `external_id`,
 * because GitHub normalizes texts. A run that is completed is replaced by a new one: the annotations of an updated run would be
 * added to the old ones, which nothing removes. One that was left half-way with its annotations goes on where it stopped.
 */
export function checkWrites(existing: readonly RunFacts[], wanted: WantedCheck): readonly CheckWrite[] {
  const latest = existing.findLast(({ name }) => name === wanted.name);
  const check = checkOf(wanted, attemptOf(latest));
  if (latest === undefined) return [check];
  const isSame = latest.externalId === check.externalId;
  if (isSame && latest.status === check.status) return [];
  if (latest.status === 'completed') return [check];
  if (latest.annotations === 0 || (isSame && latest.annotations <= check.annotations.length))
    return [{ ...check, existing: latest }];
  return [cancellation(latest, 'Superseded by a newer run'), check];
}

/** Runs that have not begun, for those checks of a commit that have none: GitHub shows that something is to come. */
export function queuedChecks(head: string, runs: readonly RunFacts[]): readonly CheckWrite[] {
  return checkNames
    .filter((name) => runs.every((run) => run.name !== name))
    .map((name) => queued({ head, name }, undefined));
}

/** A new run in place of one that a person asked to be done again. */
export function queuedAgain({ head, name }: Pick<RunFacts, 'head' | 'name'>, attempt: string): CheckWrite {
  return queued({ head, name }, attempt);
}

/** A run that nothing will come of any more. */
export function cancellation(run: RunFacts, title: string): CheckWrite {
  return concluded(run, { conclusion: 'cancelled', title, summary: `${title}.` });
}

/** An unfinished run, or one that was never made, with an end that no step decided on. */
export function concluded(
  run: Pick<RunFacts, 'head' | 'name'> & Partial<RunFacts>,
  end: Pick<Check, 'title' | 'summary'> & { readonly conclusion: Conclusion },
): CheckWrite {
  const { id, node, annotations } = run;
  return {
    ...blank(run),
    ...end,
    title: clip(end.title, longestTitle),
    status: 'completed',
    externalId: withAttempt(end.conclusion, /~(\d+)$/.exec(run.externalId ?? '')?.[1]),
    ...(id === undefined || node === undefined ? {} : { existing: { id, node, annotations: annotations ?? 0 } }),
  };
}

function queued(of: Pick<RunFacts, 'head' | 'name'>, attempt: string | undefined): CheckWrite {
  return {
    ...blank(of),
    status: 'queued',
    title: 'Queued',
    summary: 'This commit is about to be looked at.',
    externalId: withAttempt('queued', attempt),
  };
}

function blank({ head, name }: Pick<RunFacts, 'head' | 'name'>) {
  return { name, head, annotations: [], actions: [] } as const;
}

function withAttempt(name: string, attempt: string | undefined): string {
  return attempt === undefined ? name : `${name}~${attempt}`;
}

/** GitHub keeps titles in 255 characters, and of an annotation's message 64 KB (REST reference, "Create a check run"). */
const longestTitle = 250;
const longestMessage = 16_000;

function checkOf(wanted: WantedCheck, attempt: string | undefined): Check {
  const { conclusion } = wanted;
  const check = {
    ...wanted,
    status: conclusion === undefined ? ('in_progress' as const) : ('completed' as const),
    title: clip(wanted.title, longestTitle),
    annotations: conclusion === undefined ? [] : wanted.annotations.map(fitting),
    actions: conclusion === undefined ? [] : wanted.actions,
  };
  return { ...check, externalId: withAttempt(digest(check).slice(0, 32), attempt) };
}

function fitting(annotation: Annotation): Annotation {
  const { title, message } = annotation;
  return { ...annotation, title: clip(title, longestTitle), message: clip(message, longestMessage) };
}

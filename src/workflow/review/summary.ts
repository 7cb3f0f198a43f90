import type { Feature } from '../../github/port.ts';
import * as messages from '../../messages/index.ts';
import type { Revision } from '../../messages/place.ts';
import type { Action } from '../actions.ts';
import { aggregateVerdict, reportOf, type VerdictKey } from '../checks/verdict.ts';
import { ensurePost } from '../ensure.ts';
import { lackedOf } from '../features.ts';
import type { DatabaseReview, FindingThread, PullPicture } from '../observed.ts';
import { findPost } from '../post.ts';

type ReviewedKey = 'configProblems' | 'filesCut' | VerdictKey;

/** What a summary tells of: a pull request, or a merge group. */
export interface Reviewable extends Pick<PullPicture, ReviewedKey> {
  readonly pull: Revision;
}

export type SummaryKey = 'pull' | ReviewedKey | 'posts' | 'threads' | 'config' | 'overlaps';
type View = Pick<PullPicture, SummaryKey>;

const id = 'summary';

/**
 * The one comment that says where the review stands, edited in place. It waits for the engine, so that a push is one write;
 * a pull request that never touched a migration gets none, and in a quiet repository neither does one without findings.
 */
export function summarize(picture: View): readonly Action[] {
  const { pull, posts, reviews, config } = picture;
  const standing = findPost(posts, id);
  const { title } = aggregateVerdict(picture);
  const isEngineAtWork = reviews.some((review) => reportOf(picture, review) === undefined);
  if (isEngineAtWork || (reviews.length === 0 && standing === undefined)) return [];
  const lacked = lackedOf(picture.place.without, inComment(picture));
  const isSilent = config.review.quiet && lacked.length === 0 && hasNothingToSay(picture);
  if (isSilent && standing === undefined) return [];
  const text = isSilent
    ? messages.nothingToSay(pull)
    : messages.summary({ verdict: title, overlaps: picture.overlaps, ...reviewed(picture, picture.threads), lacked });
  return ensurePost(pull.number, posts, { id, text, data: {} }, `where the review stands: ${title}`);
}

/**
 * What the summary and the check run tell of. The check run does not tell of threads: it stands before they are there, and a
 * person who resolves one is no reason for another run.
 */
export function reviewed(
  picture: Reviewable,
  threads: readonly FindingThread[] = [],
): Parameters<typeof messages.reviewSummary>[0] {
  const { pull, reviews, configProblems, filesCut } = picture;
  return {
    at: pull,
    cut: filesCut,
    configProblems,
    lacked: lackedOf(picture.place.without, inCheck(picture)),
    databases: reviews.map((review) => databaseOf(review, picture, threads)),
  };
}

/** A thread is no reason to speak of resolving until there is one. */
function inComment({ threads }: View): readonly Feature[] {
  return ['checks', 'reviews', ...(threads.length > 0 ? (['resolve-threads'] as const) : [])];
}

/** Where not even comments can be written, the check is where that is said. */
function inCheck({ place: { without } }: Pick<PullPicture, 'place'>): readonly Feature[] {
  return without.has('reviews') ? ['reviews', 'issues'] : [];
}

function databaseOf(
  review: DatabaseReview,
  picture: Pick<PullPicture, VerdictKey>,
  threads: readonly FindingThread[],
): messages.ReviewedDatabase {
  const { database, migrations, lint, unread, problems } = review;
  const report = reportOf(picture, review);
  return {
    name: database.name,
    engine: database.engine,
    ...(database.version === undefined ? {} : { version: database.version }),
    files: migrations.map(({ file }) => file),
    findings: picture.findings
      .filter((placed) => placed.database === database.name)
      .map((placed) => told(placed, threads, picture.dismissals)),
    errors: lint.errors,
    suppressed: lint.suppressed,
    unread,
    problems,
    ...(report === undefined ? {} : { report }),
  };
}

function told(
  { finding, key }: PullPicture['findings'][number],
  threads: readonly FindingThread[],
  dismissals: PullPicture['dismissals'],
): messages.Told {
  const thread = threads.find((each) => each.key === key);
  const ignored = dismissals.get(key);
  return {
    finding,
    ...(thread === undefined ? {} : { thread: thread.comment }),
    ...(thread?.resolved === true ? { resolved: true } : {}),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

function hasNothingToSay({ findings, reviews, configProblems, overlaps, evidence, filesCut, ...rest }: View): boolean {
  const { conclusion } = aggregateVerdict({ findings, reviews, configProblems, evidence, ...rest });
  return (
    conclusion === 'success' &&
    findings.length + configProblems.length + overlaps.length === 0 &&
    !filesCut &&
    reviews.every(({ lint, unread }) => lint.suppressed.length + unread.length === 0)
  );
}

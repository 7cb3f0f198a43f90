import type { VerifyReport } from '../../engines/port.ts';
import type { Conclusion } from '../../github/port.ts';
import type { DatabaseReview, PullPicture } from '../observed.ts';

/** What a check run says: its conclusion (absent while it is under way) and, in its title, why. */
export interface Verdict {
  readonly conclusion?: Conclusion;
  readonly title: string;
}

/** What a verdict is read from. */
export type VerdictKey = 'reviews' | 'findings' | 'dismissals' | 'evidence' | 'place' | 'configProblems';
type Slice = Pick<PullPicture, VerdictKey>;

/** What the rules say. Files that could not be read are never "passed". */
export function reviewVerdict(picture: Slice): Verdict {
  const { reviews, findings, dismissals } = picture;
  if (reviews.length === 0) return nothing(picture);
  const errors = reviews.flatMap(({ lint }) => lint.errors).length;
  const unread = reviews.flatMap((review) => review.unread).length;
  const standing = findings.filter(({ key }) => !dismissals.has(key));
  const blockers = standing.filter(({ finding }) => finding.level === 'error').length;
  if (blockers > 0 || errors > 0) {
    const parts = [count(blockers, 'blocking finding'), count(errors, 'syntax error')].filter(
      (part) => part !== undefined,
    );
    return { conclusion: 'failure', title: parts.join(', ') };
  }
  if (unread > 0) return { conclusion: 'neutral', title: `${count(unread, 'migration file')} could not be looked at` };
  const rest = count(standing.length, 'finding');
  return { conclusion: 'success', title: rest === undefined ? 'No findings' : `${rest}, none blocking` };
}

/** What the engine says. */
export function verifyVerdict(picture: Slice): Verdict {
  if (picture.reviews.length === 0) return nothing(picture);
  const verdicts = picture.reviews.map((review) => one(review, reportOf(picture, review)));
  const worst = ['failure', undefined, 'neutral', 'success'] as const;
  const order = verdicts.toSorted((a, b) => rankOf(a) - rankOf(b));
  return order[0] ?? { title: 'Waiting' };

  function rankOf({ conclusion }: Verdict): number {
    return worst.indexOf(conclusion as (typeof worst)[number]);
  }
}

/** The two together, under the name that a team requires. */
export function aggregateVerdict(picture: Slice): Verdict {
  const review = reviewVerdict(picture);
  const verify = verifyVerdict(picture);
  if (review.conclusion === 'failure') return review;
  if (verify.conclusion === 'failure' || verify.conclusion === undefined) return verify;
  if (review.conclusion === 'neutral') return review;
  return verify.conclusion === 'neutral'
    ? verify
    : { conclusion: 'success', title: `${review.title}; ${verify.title}` };
}

/** Not looked at is not the same as nothing there. */
function nothing({ place, configProblems }: Pick<Slice, 'place' | 'configProblems'>): Verdict {
  if (place.unreadable === true) return { conclusion: 'neutral', title: 'Not looked at: contents: read is missing' };
  // Where the migrations are is a thing that the configuration says, so with mistakes in it nobody knows.
  const mistakes = count(configProblems.length, 'mistake');
  const title =
    mistakes === undefined ? 'No migrations changed' : `No migrations found: ${mistakes} in the configuration`;
  return { conclusion: 'neutral', title };
}

/** The engine's report for one database's migrations, once there is one. */
export function reportOf(
  { evidence }: Pick<PullPicture, 'evidence'>,
  review: DatabaseReview,
): VerifyReport | undefined {
  const found = evidence.get(review.verification.digest);
  return found?.kind === 'verify' ? found.report : undefined;
}

function one(review: DatabaseReview, report: VerifyReport | undefined): Verdict {
  if (report === undefined) return { title: `Running ${count(review.migrations.length, 'migration') ?? 'nothing'}` };
  if (report.notExecuted !== undefined) return { conclusion: 'neutral', title: report.notExecuted };
  if (report.failed?.inBase)
    return { conclusion: 'neutral', title: `Not executed: ${report.failed.file} of the base branch fails` };
  if (report.failed !== null)
    return { conclusion: 'failure', title: `${report.failed.file} line ${report.failed.line}: ${report.failed.code}` };
  const unmet = report.criteria.filter(({ pass }) => !pass).length;
  if (unmet > 0)
    return { conclusion: 'failure', title: `${unmet} of ${report.criteria.length} acceptance criteria not met` };
  if (report.roundTrip.down === 'failed')
    return { conclusion: 'failure', title: 'The down migration does not lead back' };
  const criteria = report.criteria.length > 0 ? `, ${report.criteria.length} criteria met` : '';
  return { conclusion: 'success', title: `Ran on ${report.engine} ${report.engineVersion}${criteria}` };
}

function count(number: number, noun: string): string | undefined {
  return number === 0 ? undefined : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

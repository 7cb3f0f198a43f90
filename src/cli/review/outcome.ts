import packageJson from '../../../package.json' with { type: 'json' };
import type { VerifyReport } from '../../planner/evidence.ts';
import { type Finding, type LintReport, levels } from '../../sql/finding.ts';
import { aggregateVerdict, reportOf } from '../../workflow/checks/verdict.ts';
import type { PullPicture } from '../../workflow/observed.ts';
import type { Reviewed } from '../../workflow/review-once.ts';
import { linked } from '../report.ts';
import type { ReviewRequest } from './request.ts';

/** What a review came to, apart from what was posted. */
export interface ReviewOutcome {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  /** Why, as the check that a team requires has it. */
  readonly title: string;
  /** All databases in one. */
  readonly report: LintReport;
  readonly verifications: readonly { readonly database: string; readonly report: VerifyReport | undefined }[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  /** Findings that block. */
  readonly blocking: number;
}

export function outcomeOf({ picture }: Reviewed): ReviewOutcome {
  const { pull, reviews } = picture;
  const report = mergedReport(picture);
  const verdict = aggregateVerdict(picture);
  const isOpen = pull.state === 'open';
  const { conclusion } = verdict;
  return {
    conclusion: isOpen && (conclusion === 'success' || conclusion === 'failure') ? conclusion : 'neutral',
    title: isOpen ? verdict.title : `Not reviewed: the pull request is ${pull.state}`,
    report,
    verifications: reviews.map((review) => ({
      database: review.database.name,
      report: reportOf(picture, review),
    })),
    unread: reviews.flatMap(({ unread }) => unread),
    blocking: report.findings.filter(({ level }) => level === 'error').length,
  };
}

/** Whether the command is to fail: 1, or 0. */
export function exitCodeOf({ conclusion, report }: ReviewOutcome, failOn: ReviewRequest['failOn']): number {
  if (failOn === 'never') return 0;
  const grave = levels.slice(0, levels.indexOf(failOn) + 1);
  return conclusion === 'failure' || report.findings.some(({ level }) => grave.includes(level)) ? 1 : 0;
}

/** What people ignored on the pull request is among what is suppressed. */
function mergedReport({ reviews, findings, dismissals }: PullPicture): LintReport {
  const reports = reviews.map(({ lint }) => lint);
  const sum = (of: (report: LintReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  const ignored = new Map(
    findings.flatMap(({ finding, key }): (readonly [Finding, string])[] => {
      const dismissal = dismissals.get(key);
      return dismissal === undefined ? [] : [[finding, `${dismissal.reason} (${dismissal.by} on the pull request)`]];
    }),
  );
  return {
    tool: 'database-lead',
    version: packageJson.version,
    files: sum(({ files }) => files),
    statements: sum(({ statements }) => statements),
    findings: reports.flatMap((report) => report.findings.filter((finding) => !ignored.has(finding)).map(linked)),
    suppressed: [
      ...reports.flatMap(({ suppressed }) => suppressed),
      ...[...ignored].map(([finding, reason]) => ({ finding, reason })),
    ].map(({ finding, reason }) => ({ finding: linked(finding), reason })),
    errors: reports.flatMap(({ errors }) => errors),
  };
}

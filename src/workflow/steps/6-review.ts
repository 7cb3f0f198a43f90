import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { ensureCheck } from '../checks.ts';
import type { PullPicture } from '../observed.ts';
import { type SettleKey, settle } from '../review/settle.ts';
import { type SpeakKey, speak } from '../review/speak.ts';
import { reviewed, type SummaryKey, summarize } from '../review/summary.ts';
import type { PullStep } from '../step.ts';
import { reviewVerdict } from '../verdict.ts';

type Slice = 'checks' | SpeakKey | SettleKey | SummaryKey;
type View = Pick<PullPicture, Slice>;

/** More annotations than this belong to a later version; the summary holds every finding. */
const annotationsPerRun = 50;

/**
 * Says what the rules find in a pull request: one thread for each problem on its lines, kept true from push to push, one
 * summary, and one check run with everything.
 */
export const review: PullStep<Slice> = {
  name: 'review',

  decide(picture) {
    if (picture.pull.state === 'closed') return [];
    return [
      ...checkRun(picture),
      ...(picture.pull.state === 'open' ? [...settle(picture), ...speak(picture), ...summarize(picture)] : []),
    ];
  },
};

function checkRun(picture: View): readonly Action[] {
  const { pull, checks, findings, dismissals } = picture;
  return ensureCheck(checks, {
    name: 'database-lead/review',
    head: pull.head.sha,
    ...reviewVerdict(picture),
    summary: messages.reviewSummary(reviewed(picture)),
    annotations: findings
      .filter(({ key }) => !dismissals.has(key))
      .slice(0, annotationsPerRun)
      .map(({ finding }) => ({
        path: finding.file,
        startLine: finding.line,
        endLine: finding.endLine,
        level: finding.level === 'error' ? ('failure' as const) : finding.level,
        title: finding.rule,
        message: messages.annotation(finding),
      })),
  });
}

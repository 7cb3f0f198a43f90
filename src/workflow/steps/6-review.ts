import { ensureChecks } from '../checks/publish.ts';
import { reviewCheck } from '../checks/texts.ts';
import { type SettleKey, settle } from '../review/settle.ts';
import { type SpeakKey, speak } from '../review/speak.ts';
import { type SummaryKey, summarize } from '../review/summary.ts';
import type { PullStep } from '../step.ts';

type Slice = 'checks' | 'tasks' | SpeakKey | SettleKey | SummaryKey;

/**
 * Says what the rules find in a pull request: one thread for each problem on its lines, kept true from push to push, one
 * summary, and one check run with everything.
 */
export const review: PullStep<Slice> = {
  name: 'review',

  decide(picture) {
    if (picture.pull.state === 'closed') return [];
    return [
      ...ensureChecks(picture.checks, [reviewCheck(picture)], picture.pull.number),
      ...(picture.pull.state === 'open' ? [...settle(picture), ...speak(picture), ...summarize(picture)] : []),
    ];
  },
};

import type { CheckAction } from '../../github/port.ts';
import * as messages from '../../messages/index.ts';
import type { PullPicture } from '../observed.ts';
import { type Reviewable, reviewed } from '../review/summary.ts';
import { aggregateName, reviewName, verifyName, type WantedCheck } from './runs.ts';
import { aggregateVerdict, reportOf, reviewVerdict, verifyVerdict } from './verdict.ts';

/** What is said of: the migrations that a pull request or a merge group brings, at the commit that has them. */
export interface Judged extends Reviewable, Pick<PullPicture, 'tasks'> {
  /** Nobody reads comments there, so buttons that answer with one are left out. */
  readonly isGroup?: true;
}

const explain: CheckAction = {
  label: 'Explain',
  description: 'Each finding at length, in a comment',
  identifier: 'explain',
};
const reverify: CheckAction = {
  label: 'Re-verify',
  description: 'Run the migrations on an engine again',
  identifier: 're-verify',
};
const ignore: CheckAction = {
  label: 'Ignore with reason',
  description: 'How to accept a finding, and say why',
  identifier: 'ignore',
};

/** What the rules say. */
export function reviewCheck(judged: Judged): WantedCheck {
  const standing = judged.findings.filter(({ key }) => !judged.dismissals.has(key));
  return {
    name: reviewName,
    head: judged.pull.head.sha,
    ...reviewVerdict(judged),
    summary: messages.reviewSummary(reviewed(judged)),
    annotations: standing.map(({ finding }) => ({
      path: finding.file,
      startLine: finding.line,
      endLine: finding.endLine,
      level: finding.level === 'error' ? ('failure' as const) : finding.level,
      title: finding.rule,
      message: messages.annotation(finding),
    })),
    actions: standing.length === 0 || judged.isGroup ? [] : [explain, ignore],
  };
}

/** What the engine says. */
export function verifyCheck(judged: Judged): WantedCheck {
  const { pull, reviews, tasks, isGroup } = judged;
  const verdict = verifyVerdict(judged);
  return {
    name: verifyName,
    head: pull.head.sha,
    ...verdict,
    summary: messages.verification({
      databases: reviews.map((review) => ({ name: review.database.name, report: reportOf(judged, review) })),
      tasks,
    }),
    annotations: [],
    actions: reviews.length === 0 ? [] : [reverify, ...(verdict.conclusion === 'failure' && !isGroup ? [explain] : [])],
  };
}

/** Both together. */
export function aggregateCheck(judged: Judged): WantedCheck {
  return {
    name: aggregateName,
    head: judged.pull.head.sha,
    ...aggregateVerdict(judged),
    summary: messages.aggregate(),
    annotations: [],
    actions: judged.reviews.length === 0 ? [] : [reverify, ...(judged.isGroup ? [] : [explain])],
  };
}

import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { reviewCheck } from '../check-texts.ts';
import { type Placed, placedFindings } from '../findings.ts';
import type { PullPicture } from '../observed.ts';
import { ensureChecks } from '../publish.ts';
import type { PullStep } from '../step.ts';
import { aggregateVerdict } from '../verdict.ts';

type Slice =
  | 'pull'
  | 'files'
  | 'reviews'
  | 'checks'
  | 'threads'
  | 'config'
  | 'configProblems'
  | 'evidence'
  | 'place'
  | 'tasks';
type View = Pick<PullPicture, Slice>;

/** Says what the rules find in a pull request: one review on its lines, one check run with everything. */
export const review: PullStep<Slice> = {
  name: 'review',

  decide(picture) {
    if (picture.pull.state === 'closed') return [];
    const findings = placedFindings(picture.reviews, picture.files);
    return [
      ...ensureChecks(picture.checks, [reviewCheck({ ...picture, head: picture.pull.head.sha })], picture.pull.number),
      ...(picture.pull.state === 'open' ? [...speak(picture, findings), ...settle(picture, findings)] : []),
    ];
  },
};

/** Comments on what has not been said yet. A finding outside the diff is in the check run, where GitHub accepts it. */
function speak(picture: View, findings: readonly Placed[]): readonly Action[] {
  const { pull, threads, config } = picture;
  const said = new Set(threads.map(({ key }) => key));
  const fresh = findings.filter(({ key, inDiff }) => inDiff && !said.has(key));
  if (fresh.length === 0) return [];
  const blocks = config.review.requestChanges && aggregateVerdict(picture).conclusion === 'failure';
  return [
    {
      kind: 'post-review',
      why: `${fresh.length} findings have not been said yet`,
      pull: pull.number,
      commit: pull.head.sha,
      event: blocks ? 'REQUEST_CHANGES' : 'COMMENT',
      text: messages.review({ findings, fresh: fresh.length }),
      comments: fresh.map(({ finding, key, suggestion }) => ({
        key,
        path: finding.file,
        line: finding.endLine,
        ...(finding.endLine > finding.line ? { startLine: finding.line } : {}),
        text: messages.finding(finding, suggestion),
      })),
    },
  ];
}

/** A problem that is gone is said to be fixed, and its thread resolved where the installation may. */
function settle({ pull, threads }: View, findings: readonly Placed[]): readonly Action[] {
  const present = new Set(findings.map(({ key }) => key));
  return threads
    .filter(({ key, settled, resolved }) => !present.has(key) && !settled && !resolved)
    .map(({ thread, comment, key }) => ({
      kind: 'settle-thread',
      why: `what ${key} spoke of is gone`,
      pull: pull.number,
      head: pull.head.sha,
      thread,
      comment,
      post: { id: `fixed/${key}`, text: messages.fixed(pull.head.sha), data: {} },
    }));
}

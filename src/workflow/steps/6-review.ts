import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { ensureCheck } from '../checks.ts';
import { type Placed, placedFindings } from '../findings.ts';
import type { PullPicture } from '../observed.ts';
import type { PullStep } from '../step.ts';
import { aggregateVerdict, reviewVerdict } from '../verdict.ts';

type Slice = 'pull' | 'files' | 'reviews' | 'checks' | 'threads' | 'config' | 'configProblems' | 'evidence' | 'place';
type View = Pick<PullPicture, Slice>;

/** More annotations than this belong to a later version; the summary holds every finding. */
const annotationsPerRun = 50;

/** Says what the rules find in a pull request: one review on its lines, one check run with everything. */
export const review: PullStep<Slice> = {
  name: 'review',

  decide(picture) {
    if (picture.pull.state === 'closed') return [];
    const findings = placedFindings(picture.reviews, picture.files);
    return [
      ...checkRun(picture, findings),
      ...(picture.pull.state === 'open' ? [...speak(picture, findings), ...settle(picture, findings)] : []),
    ];
  },
};

function checkRun(picture: View, findings: readonly Placed[]): readonly Action[] {
  const { pull, reviews, configProblems, checks } = picture;
  const verdict = reviewVerdict(picture);
  return ensureCheck(checks, {
    name: 'database-lead/review',
    head: pull.head.sha,
    ...verdict,
    summary: messages.reviewSummary({ databases: reviews.map(databaseOf), findings, configProblems }),
    annotations: findings.slice(0, annotationsPerRun).map(({ finding }) => ({
      path: finding.file,
      startLine: finding.line,
      endLine: finding.endLine,
      level: finding.level === 'error' ? ('failure' as const) : finding.level,
      title: finding.rule,
      message: messages.annotation(finding),
    })),
  });
}

function databaseOf({
  database,
  migrations,
  lint,
  unread,
  problems,
}: PullPicture['reviews'][number]): messages.ReviewedDatabase {
  return {
    name: database.name,
    engine: database.engine,
    files: migrations.map(({ file }) => file),
    errors: lint.errors,
    suppressed: lint.suppressed,
    unread,
    problems,
  };
}

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
      thread,
      comment,
      post: { id: `fixed/${key}`, text: messages.fixed(pull.head.sha), data: {} },
    }));
}

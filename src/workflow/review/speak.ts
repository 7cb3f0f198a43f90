import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { aggregateVerdict, type VerdictKey } from '../checks/verdict.ts';
import type { PullPicture } from '../observed.ts';
import type { Placed } from './findings.ts';
import { isOpen } from './threads.ts';

export type SpeakKey = 'pull' | 'threads' | 'findings' | 'dismissals' | 'config' | VerdictKey;
type View = Pick<PullPicture, SpeakKey>;

/** What a review and its comments can say of a finding; where there is room for no more threads, the summary says it. */
interface Said {
  readonly lines: readonly Placed[];
  readonly files: readonly Placed[];
}

/**
 * One review with a comment on the lines of every finding that has no thread yet, the gravest first, as far as the limit of
 * open threads allows; a comment on the file where GitHub shows no lines of it. And the stance that the verdict asks for.
 */
export function speak(picture: View): readonly Action[] {
  const { pull, config } = picture;
  const fresh = unsaid(picture);
  const stance = stanceOf(picture);
  const actions: Action[] = fresh.files.map(({ finding, key, identity }) => ({
    kind: 'comment-on-file',
    why: `${finding.rule} on a file whose lines GitHub does not show`,
    pull: pull.number,
    commit: pull.head.sha,
    path: finding.file,
    comment: commentOf(key, identity, messages.findingInFile(finding, pull)),
  }));
  if (fresh.lines.length > 0 || stance !== undefined)
    actions.push({
      kind: 'post-review',
      why:
        fresh.lines.length > 0
          ? `${fresh.lines.length} findings have not been said yet`
          : `the verdict asks for ${stance}`,
      pull: pull.number,
      commit: pull.head.sha,
      event: stance ?? 'COMMENT',
      text: messages.review({
        findings: picture.findings.filter(({ key }) => !picture.dismissals.has(key)).map(({ finding }) => finding),
        fresh: fresh.lines.length + fresh.files.length,
        most: config.review.maxThreads,
        verdict: stance === undefined ? undefined : aggregateVerdict(picture).title,
      }),
      comments: fresh.lines.flatMap(({ finding, key, identity, spot, suggestion }) =>
        spot.kind === 'lines'
          ? [
              {
                ...commentOf(key, identity, messages.finding(finding, suggestion)),
                path: finding.file,
                line: spot.last,
                ...(spot.last > spot.first ? { startLine: spot.first } : {}),
              },
            ]
          : [],
      ),
    });
  return [...actions, ...withdraw(picture)];
}

function commentOf(key: string, { rule, object }: Placed['identity'], text: string) {
  return { key, data: { rule, object }, text };
}

function unsaid({ findings, threads, dismissals, config }: View): Said {
  const said = new Set(threads.map(({ key }) => key));
  const room = Math.max(config.review.maxThreads - threads.filter(isOpen).length, 0);
  const fresh = findings
    .filter(({ key, spot }) => spot.kind !== 'none' && !said.has(key) && !dismissals.has(key))
    .slice(0, room);
  return {
    lines: fresh.filter(({ spot }) => spot.kind === 'lines'),
    files: fresh.filter(({ spot }) => spot.kind === 'file'),
  };
}

/** What the configuration has the App say beside the check, where it does not stand already. */
function stanceOf(picture: View): 'REQUEST_CHANGES' | 'APPROVE' | undefined {
  const { pull, config, place } = picture;
  // Nobody may take a stance on their own pull request.
  if (pull.author === place.bot) return undefined;
  const { conclusion } = aggregateVerdict(picture);
  if (conclusion === 'failure' && config.review.requestChanges)
    return standing(picture, 'CHANGES_REQUESTED').length === 0 ? 'REQUEST_CHANGES' : undefined;
  if (conclusion === 'success' && config.review.approve)
    return standing(picture, 'APPROVED').some(({ commit }) => commit === pull.head.sha) ? undefined : 'APPROVE';
  return undefined;
}

/** A stance that the verdict no longer carries is taken back; a request for changes waits until the new verdict stands. */
function withdraw(picture: View): readonly Action[] {
  const { pull, config } = picture;
  const { conclusion, title } = aggregateVerdict(picture);
  const solved = conclusion !== undefined && (conclusion !== 'failure' || !config.review.requestChanges);
  const requests = solved ? standing(picture, 'CHANGES_REQUESTED') : [];
  const approvals = standing(picture, 'APPROVED').filter(
    ({ commit }) => conclusion !== 'success' && (conclusion !== undefined || commit !== pull.head.sha),
  );
  return [...requests, ...approvals].map(({ id, state }) => ({
    kind: 'dismiss-review',
    why: state === 'APPROVED' ? 'what was approved has changed' : 'what was asked for is done',
    pull: pull.number,
    head: pull.head.sha,
    review: id,
    message: messages.withdrawn(title, pull.head.sha),
  }));
}

function standing({ pull }: View, state: 'CHANGES_REQUESTED' | 'APPROVED') {
  return pull.ownReviews.filter((review) => review.state === state);
}

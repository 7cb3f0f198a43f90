import { digest } from '../../kernel/hash.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { decisionsOf } from '../decisions.ts';
import { ensureSaid } from '../ensure.ts';
import { type GateKey, gatesOf } from '../gates.ts';
import type { IntakeKey } from '../intake.ts';
import { stateLabels } from '../labels.ts';
import type { RequestPicture } from '../observed.ts';
import { findPost, postsOf } from '../post.ts';
import type { RequestStep } from '../step.ts';

type Slice = IntakeKey | GateKey | 'reading';
type View = Pick<RequestPicture, Slice>;

/** Reports and closes when every gate is green; opens again when one is no longer. */
export const report: RequestStep<Slice> = {
  name: 'report',

  decide(picture) {
    const { issue, role, label, children } = picture;
    if (role !== 'request' || !label.on || children.length === 0) return [];
    const green = gatesOf(picture).every(({ state }) => state === 'passed');
    return issue.open ? (green ? finish(picture) : []) : green ? [] : bringBack(picture);
  },
};

/**
 * The report comes first, then the close, then (with the state) the label `db:done`. An open issue that carries the label
 * was therefore opened again by a person, who is not fought: it stays open until the gates change.
 */
function finish(picture: View): readonly Action[] {
  const { issue, posts, asker } = picture;
  const gates = gatesOf(picture);
  const id = digest(gates).slice(0, 12);
  const again = { id: `reopened/${id}`, text: messages.reopenedByHand(), data: {} };
  if (findPost(posts, again.id) !== undefined) return [];
  if (issue.labels.includes(stateLabels.done.name))
    return ensureSaid(issue.number, posts, again, 'a person opened the issue again after the report');

  const post = {
    id: `report/${id}`,
    text: messages.report({ asker: asker.login, gates, decisions: decisionsOf(picture) }),
    data: {},
  };
  return [
    ...ensureSaid(issue.number, posts, post, 'every gate is green'),
    {
      kind: 'close-issue',
      why: 'every gate is green and the report is posted',
      issue: issue.number,
      reason: 'completed',
    },
  ];
}

/** Only what we closed ourselves: an issue that a person closed stays closed. */
function bringBack(picture: View): readonly Action[] {
  const { issue, posts } = picture;
  const reports = postsOf(posts, 'report');
  const latest = reports.at(-1);
  if (latest === undefined || issue.stateReason !== 'completed' || !issue.labels.includes(stateLabels.done.name))
    return [];
  const failing = gatesOf(picture).filter(({ state }) => state !== 'passed');
  const post = { id: `back/${reports.length}`, text: messages.broughtBack(failing), data: {} };
  return [
    { kind: 'reopen-issue', why: `no longer true: ${failing.map(({ name }) => name).join(', ')}`, issue: issue.number },
    ...ensureSaid(issue.number, posts, post, 'a gate that was green no longer is'),
  ];
}

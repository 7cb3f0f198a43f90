import { type GateKey, gatesOf } from './gates.ts';
import { type IntakeKey, mayProceed } from './intake.ts';
import type { State } from './labels.ts';
import type { RequestPicture } from './observed.ts';
import { postsOf } from './post.ts';
import { progressOf } from './progress.ts';
import { isProven } from './steps/3-plan.ts';

/** What the state is read from. */
export type StateKey = IntakeKey | GateKey | 'reading' | 'schema';

/** The one label that tells where a request stands; `undefined`: it is not ours, or it is paused. */
export function stateOf(picture: Pick<RequestPicture, StateKey>): State | undefined {
  const { issue, posts, reading, plan, children, schema } = picture;
  if (!issue.open) return postsOf(posts, 'report').length > 0 && issue.stateReason === 'completed' ? 'done' : undefined;
  if (!mayProceed(picture)) return undefined;
  if (children.length > 0) return underWay(picture);
  if (plan?.post !== undefined) {
    if (plan.approval.kind === 'refused') return 'blocked';
    return plan.approval.kind === 'waiting' ? 'escalated' : 'planned';
  }
  if (reading === undefined || schema.history === undefined) return 'blocked';
  if (reading.questions.some(({ open }) => open)) return 'needs-info';
  if (
    plan !== undefined &&
    (plan.record.plan.steps.length === 0 || (plan.proof !== undefined && !isProven(plan.proof)))
  )
    return 'blocked';
  return undefined;
}

function underWay(picture: Pick<RequestPicture, StateKey>): State {
  const tasks = progressOf(picture);
  if (gatesOf(picture).some(({ state }) => state === 'failed')) return 'escalated';
  return tasks.some(
    ({ state }) => state.kind === 'lost' || (state.kind === 'closed-by-hand' && state.failing.length > 0),
  )
    ? 'blocked'
    : 'in-progress';
}

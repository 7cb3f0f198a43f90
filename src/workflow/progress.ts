import type { LinkedPull } from '../github/port.ts';
import type { Task } from '../planner/plan.ts';
import type { Child, RequestPicture } from './observed.ts';

/** Where one task stands, read from its sub-issue and its pull requests. */
export type TaskState =
  | { readonly kind: 'not-delegated' }
  | { readonly kind: 'waiting'; readonly for: readonly number[] }
  | { readonly kind: 'to-do' }
  | { readonly kind: 'in-review'; readonly pull: LinkedPull }
  | { readonly kind: 'needs-revision'; readonly pull: LinkedPull }
  /** Its only pull requests were closed without a merge. */
  | { readonly kind: 'lost'; readonly pull: LinkedPull }
  /** Merged, but a check was not green, or GitHub has not told of it yet. */
  | { readonly kind: 'merged-unverified'; readonly pull: LinkedPull }
  | { readonly kind: 'merged'; readonly pull: LinkedPull }
  /** Closed by a person without a pull request: its criteria have to speak. */
  | { readonly kind: 'closed-by-hand'; readonly failing: readonly string[] }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'given-up' };

export interface TaskProgress {
  readonly task: Task;
  readonly child: Child | undefined;
  readonly state: TaskState;
}

/** Whether nothing is left to do for the task. */
export function isFinished({ child, state }: TaskProgress): boolean {
  return (state.kind === 'merged' || state.kind === 'confirmed') && child !== undefined && !child.issue.open;
}

/** Where every task of the plan in force stands, in the plan's order. */
export function progressOf({
  plan,
  children,
  place,
}: Pick<RequestPicture, 'plan' | 'children' | 'place'>): readonly TaskProgress[] {
  if (plan?.post === undefined) return [];
  return plan.record.plan.tasks.map((task) => {
    const child = children.find((each) => each.task === task.id);
    return {
      task,
      child,
      state: child === undefined ? { kind: 'not-delegated' } : stateOf(child, children, place.defaultBranch),
    };
  });
}

function stateOf(child: Child, children: readonly Child[], defaultBranch: string): TaskState {
  const { issue, blockedBy } = child;
  // A merge into another branch changes nothing that the default branch can be verified by.
  const pulls = issue.pulls.filter(({ base }) => base === defaultBranch);
  const merged = pulls.findLast(({ state }) => state === 'merged');
  const open = pulls.findLast(({ state }) => state === 'open');
  if (open !== undefined) return { kind: needsRevision(open) ? 'needs-revision' : 'in-review', pull: open };
  if (merged !== undefined) {
    return { kind: isGreen(merged) || isConfirmed(child) ? 'merged' : 'merged-unverified', pull: merged };
  }
  if (!issue.open) return issue.stateReason === 'not_planned' ? { kind: 'given-up' } : byHand(child);
  const blockers = blockedBy.filter((number) =>
    children.some((other) => other.issue.number === number && other.issue.open),
  );
  if (blockers.length > 0) return { kind: 'waiting', for: blockers };
  const closed = pulls.findLast(({ state }) => state === 'closed');
  return closed === undefined ? { kind: 'to-do' } : { kind: 'lost', pull: closed };
}

function byHand({ confirmation }: Child): TaskState {
  const report = confirmation?.report;
  if (report === undefined) return { kind: 'closed-by-hand', failing: [] };
  // Without an engine nobody can tell, and a person has to.
  if (report.notExecuted !== undefined) return { kind: 'closed-by-hand', failing: [report.notExecuted] };
  const failing = report.criteria.filter(({ pass }) => !pass).map(({ text }) => text);
  return failing.length === 0 && report.failed === null ? { kind: 'confirmed' } : { kind: 'closed-by-hand', failing };
}

/** Whether its criteria hold on the default branch, where that was asked. */
function isConfirmed(child: Child): boolean {
  return child.confirmation?.report !== undefined && byHand(child).kind === 'confirmed';
}

function needsRevision(pull: LinkedPull): boolean {
  return pull.checks.some(({ name, conclusion }) => name === 'database-lead' && conclusion === 'failure');
}

/** Our own aggregate check has to have passed on the commit that was merged; `neutral` says why nothing was executed. */
function isGreen(pull: LinkedPull): boolean {
  const aggregate = pull.checks.findLast(({ name }) => name === 'database-lead');
  return aggregate?.conclusion === 'success' || aggregate?.conclusion === 'neutral';
}

import type { Feature } from '../../github/port.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { holds } from '../authority.ts';
import { aggregateVerdict, type VerdictKey } from '../checks/verdict.ts';
import { ensurePost, ensureState } from '../ensure.ts';
import { lackedOf } from '../features.ts';
import { gatesOf } from '../gates.ts';
import { mayProceed } from '../intake.ts';
import type { Given, RequestPicture } from '../observed.ts';
import { progressOf, type TaskProgress } from '../progress.ts';
import { progressRow } from '../progress-row.ts';
import { replies } from '../replies.ts';
import { dismissedBy } from '../review/threads.ts';
import { revisions } from '../revisions.ts';
import { type StateKey, stateOf } from '../state.ts';
import type { PullStep, RequestStep } from '../step.ts';
import { stuck } from '../stuck.ts';
import { ensureTaskFile } from '../task-file.ts';

type Slice = StateKey | 'now' | 'schema' | 'evidence' | 'pulls' | 'taskFile';
type View = Pick<RequestPicture, Slice>;

/** Keeps one comment current with where every task stands, and speaks up once about each task that is stuck. */
export const monitor: RequestStep<Slice> = {
  name: 'monitor',

  decide(picture) {
    return [...answers(picture), ...(picture.role === 'task' ? revisions(picture) : watch(picture))];
  },
};

/** Answers on a pull request what was asked there. */
export const support: PullStep<'pull' | 'posts' | 'commands' | 'schema' | VerdictKey> = {
  name: 'support',

  decide(picture) {
    const { pull, posts, commands, schema, evidence } = picture;
    return replies({
      number: pull.number,
      posts,
      commands,
      schema,
      head: pull.base.sha,
      evidence,
      status: aggregateVerdict(picture).title,
      dismiss: (given) => dismissedBy(given, picture.findings).map((each) => ({ ...each })),
      maySignOff: () => false,
    });
  },
};

function watch(picture: View): readonly Action[] {
  const tasks = mayProceed(picture) && picture.children.length > 0 ? progressOf(picture) : [];
  return [
    ...(tasks.length > 0 ? progress(picture, tasks) : []),
    ...tasks.flatMap((task) => [...confirm(task), ...closeMerged(task), ...stuck(picture, task)]),
    ...ensureState(picture.issue, stateOf(picture), 'where the request stands'),
    ...ensureTaskFile(picture),
  ];
}

function answers(picture: View): readonly Action[] {
  const { issue, posts, commands, schema, evidence, plan, config } = picture;
  return replies({
    number: issue.number,
    posts,
    commands,
    schema,
    head: picture.place.head ?? '',
    evidence,
    ...(plan === undefined ? {} : { plan }),
    status: messages.status({ tasks: progressOf(picture).map(progressRow), gates: gatesOf(picture) }),
    maySignOff: ({ command, by }: Given) =>
      command.kind === 'sign-off' &&
      config.signOff.some((role) => (command.role ?? role) === role && holds(by, role, config.roles)),
  });
}

function progress(picture: View, tasks: readonly TaskProgress[]): readonly Action[] {
  const { issue, posts, place } = picture;
  const post = {
    id: 'progress',
    text: messages.progress({
      tasks: tasks.map(progressRow),
      gates: gatesOf(picture),
      listed: place.without.has('sub-issues'),
      lacked: lackedOf(place.without, concerned(picture)),
    }),
    data: {},
  };
  return ensurePost(issue.number, posts, post, 'a task or a gate has moved');
}

/** What is lacking that this request would make use of. */
function concerned({ config, plan, taskFile }: View): readonly Feature[] {
  const isOrdered = plan?.record.plan.tasks.some(({ dependsOn }) => dependsOn.length > 0) === true;
  return [
    'sub-issues',
    ...(isOrdered ? (['dependencies'] as const) : []),
    'pull-requests',
    'checks',
    ...(taskFile === undefined ? [] : (['task-files'] as const)),
    ...(config.environments.length > 0 ? (['deployments'] as const) : []),
  ];
}

function confirm({ child, state }: TaskProgress): readonly Action[] {
  if (
    !['closed-by-hand', 'merged-unverified'].includes(state.kind) ||
    child?.confirmation === undefined ||
    child.confirmation.report !== undefined
  )
    return [];
  return [
    {
      kind: 'gather-evidence',
      why: `only the criteria of #${child.issue.number} tell whether it is done`,
      request: child.confirmation.request,
    },
  ];
}

/** GitHub closes a sub-issue only where the pull request names it with a keyword. */
function closeMerged({ child, state }: TaskProgress): readonly Action[] {
  if (state.kind !== 'merged' || child === undefined || !child.issue.open || reopened(child.issue, state.pull.mergedAt))
    return [];
  return [
    {
      kind: 'close-issue',
      why: `#${state.pull.number} is merged and verified`,
      issue: child.issue.number,
      reason: 'completed',
    },
  ];
}

/** A person who reopens a task after the merge wants more of it. GitHub gives both times in whole seconds. */
function reopened({ reopenedAt }: { readonly reopenedAt?: string }, mergedAt: string | undefined): boolean {
  return reopenedAt !== undefined && mergedAt !== undefined && reopenedAt >= mergedAt;
}

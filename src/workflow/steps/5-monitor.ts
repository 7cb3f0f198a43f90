import { unreachable } from '../../kernel/errors.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { holds } from '../authority.ts';
import { ensurePost, ensureSaid, ensureState } from '../ensure.ts';
import { gatesOf } from '../gates.ts';
import { mayProceed } from '../intake.ts';
import type { Given, RequestPicture } from '../observed.ts';
import { postsOf } from '../post.ts';
import { isFinished, progressOf, type TaskProgress } from '../progress.ts';
import { replies } from '../replies.ts';
import { stateOf } from '../state.ts';
import type { PullStep, RequestStep } from '../step.ts';
import { ensureTaskFile } from '../task-file.ts';
import { aggregateVerdict } from '../verdict.ts';

type Slice =
  | 'now'
  | 'issue'
  | 'role'
  | 'label'
  | 'asker'
  | 'posts'
  | 'config'
  | 'plan'
  | 'children'
  | 'place'
  | 'commands'
  | 'deployments'
  | 'schema'
  | 'evidence'
  | 'reading'
  | 'pulls'
  | 'taskFile';
type View = Pick<RequestPicture, Slice>;

/** Keeps one comment current with where every task stands, and speaks up once about each task that is stuck. */
export const monitor: RequestStep<Slice> = {
  name: 'monitor',

  decide(picture) {
    return [...answers(picture), ...(picture.role === 'task' ? revisions(picture) : watch(picture))];
  },
};

/** Answers on a pull request what was asked there. */
export const support: PullStep<
  'pull' | 'posts' | 'commands' | 'schema' | 'evidence' | 'config' | 'reviews' | 'files' | 'place'
> = {
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

/** How many revisions may fail before a director is called. */
const patience = 3;

/** On a sub-issue: what its pull request still needs, said once a commit, and help called when that goes on. */
function revisions({ issue, posts, pulls, config }: View): readonly Action[] {
  if (!issue.open) return [];
  const asked = postsOf(posts, 'revision');
  return pulls
    .filter(({ state }) => state === 'open')
    .flatMap((pull) => {
      const verdict = pull.checks.findLast(({ name }) => name === 'database-lead');
      if (verdict?.conclusion !== 'failure') return [];
      const id = `revision/${pull.number}/${pull.head.slice(0, 12)}`;
      const post = {
        id,
        text: messages.revision({
          pull: pull.number,
          head: pull.head,
          title: verdict.title ?? '',
          people: issue.assignees,
        }),
        data: {},
      };
      const failed = new Set([...asked.map((each) => each.id), id]).size;
      const people = config.roles['technical-architect'] ?? [];
      const help = {
        id: `escalated/${pull.number}`,
        text: messages.escalated({ pull: pull.number, revisions: failed, people }),
        data: {},
      };
      return [
        ...ensureSaid(issue.number, posts, post, `#${pull.number} needs a revision: ${verdict.title}`),
        ...(failed >= patience
          ? ensureSaid(issue.number, posts, help, `${failed} revisions of #${pull.number} have failed`)
          : []),
      ];
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
    }),
    data: {},
  };
  return ensurePost(issue.number, posts, post, 'a task or a gate has moved');
}

function progressRow({ task, child, state }: TaskProgress): messages.ProgressRow {
  const pull = 'pull' in state ? state.pull.number : undefined;
  return {
    id: task.id,
    title: task.title,
    child: child?.issue.number,
    pull,
    assignees: child?.issue.assignees ?? [],
    state: describe(state),
    done: isFinished({ task, child, state }),
  };
}

/** The state in the words of the progress comment. */
export function describe(state: TaskProgress['state']): string {
  switch (state.kind) {
    case 'not-delegated':
      return 'not delegated yet';
    case 'waiting':
      return `waits for ${state.for.map((number) => `#${number}`).join(', ')}`;
    case 'to-do':
      return 'to do';
    case 'in-review':
      return `in review in #${state.pull.number}`;
    case 'needs-revision':
      return `needs a revision in #${state.pull.number}`;
    case 'lost':
      return `#${state.pull.number} was closed without a merge`;
    case 'merged-unverified':
      return `#${state.pull.number} is merged, but not verified`;
    case 'merged':
      return `merged in #${state.pull.number}`;
    case 'closed-by-hand':
      return state.failing.length === 0
        ? 'closed without a pull request: being checked'
        : `closed, but not met: ${state.failing.join('; ')}`;
    case 'confirmed':
      return 'closed without a pull request; its criteria hold';
    case 'given-up':
      return 'closed as not planned';
    default:
      return unreachable(state);
  }
}

function confirm({ child, state }: TaskProgress): readonly Action[] {
  if (state.kind !== 'closed-by-hand' || child?.confirmation === undefined || child.confirmation.report !== undefined)
    return [];
  return [
    {
      kind: 'gather-evidence',
      why: `#${child.issue.number} was closed without a pull request`,
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

function stuck(picture: View, progress: TaskProgress): readonly Action[] {
  const { issue, posts, config, now } = picture;
  const { state, child, task } = progress;
  if (child === undefined) return [];
  const say = (id: string, text: string, why: string) => ensureSaid(issue.number, posts, { id, text, data: {} }, why);
  const about = {
    task: task.id,
    child: child.issue.number,
    assignees: child.issue.assignees,
    asker: picture.asker.login,
  };

  switch (state.kind) {
    case 'lost':
      return say(
        `lost/${state.pull.number}`,
        messages.lostPull({ ...about, pull: state.pull.number }),
        `task ${task.id} lost its pull request`,
      );
    case 'given-up':
      return say(`given-up/${about.child}`, messages.givenUp(about), `task ${task.id} was closed as not planned`);
    case 'merged-unverified':
      return failedChecks(state.pull.checks)
        ? say(
            `unverified/${state.pull.number}`,
            messages.mergedUnverified({
              ...about,
              pull: state.pull.number,
              escalateTo: config.roles['technical-architect'] ?? [],
            }),
            `#${state.pull.number} was merged against a failing check`,
          )
        : [];
    case 'closed-by-hand':
      return state.failing.length > 0
        ? say(
            `unmet/${about.child}/${state.failing.length}`,
            messages.unmet({ ...about, failing: state.failing }),
            `#${about.child} is closed, but not met`,
          )
        : [];
    case 'to-do':
    case 'in-review':
    case 'needs-revision': {
      const idle = state.kind === 'to-do' ? child.issue.updatedAt : state.pull.updatedAt;
      const days = Math.floor((now.getTime() - Date.parse(idle)) / 86_400_000);
      return days >= config.staleDays
        ? say(
            `stale/${about.child}/${idle.slice(0, 10)}`,
            messages.stale({ ...about, days: config.staleDays }),
            `nothing has moved for ${days} days`,
          )
        : [];
    }
    case 'waiting':
    case 'merged':
    case 'confirmed':
    case 'not-delegated':
      return [];
    default:
      return unreachable(state);
  }
}

function failedChecks(checks: readonly { readonly name: string; readonly conclusion?: string }[]): boolean {
  return checks.some(({ name, conclusion }) => name === 'database-lead' && conclusion === 'failure');
}

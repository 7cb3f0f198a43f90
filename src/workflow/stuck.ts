import { unreachable } from '../kernel/errors.ts';
import * as messages from '../messages/index.ts';
import type { Action } from './actions.ts';
import { ensureSaid } from './ensure.ts';
import type { Child, RequestPicture } from './observed.ts';
import type { TaskProgress } from './progress.ts';

type View = Pick<RequestPicture, 'issue' | 'posts' | 'config' | 'now' | 'asker'>;

/** Speaks up, once, about a task that does not go on by itself. */
export function stuck(picture: View, progress: TaskProgress): readonly Action[] {
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

  /** Where no check could tell, the criteria were asked. */
  function unmetByMerge({ confirmation }: Child, pull: number): readonly Action[] {
    const failing = confirmation?.report?.criteria.filter(({ pass }) => !pass).map(({ text }) => text) ?? [];
    if (failing.length === 0) return [];
    const text = messages.unmet({ ...about, pull, failing });
    return say(`unmet/${about.child}/${pull}/${failing.length}`, text, `#${pull} is merged, but its task is not met`);
  }

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
        : unmetByMerge(child, state.pull.number);
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

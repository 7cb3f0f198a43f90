import { unreachable } from '../kernel/errors.ts';
import { escapeInline } from '../messages/escape.ts';
import type { ProgressRow } from '../messages/index.ts';
import { isFinished, type TaskProgress } from './progress.ts';

/** Where a task stands, as the progress comment has it. */
export function progressRow({ task, child, state }: TaskProgress): ProgressRow {
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

function describe(state: TaskProgress['state']): string {
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
        : `closed, but not met: ${state.failing.map(escapeInline).join('; ')}`;
    case 'confirmed':
      return 'closed without a pull request; its criteria hold';
    case 'given-up':
      return 'closed as not planned';
    default:
      return unreachable(state);
  }
}

import { specialistsFor } from '../../config/roles.ts';
import * as messages from '../../messages/index.ts';
import type { Task } from '../../planner/plan.ts';
import { nameNext } from '../../sql/history/next.ts';
import type { Action } from '../actions.ts';
import { ensureSaid } from '../ensure.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import type { Child, PlanPicture, RequestPicture } from '../observed.ts';
import type { RequestStep } from '../step.ts';

type Slice = IntakeKey | 'posts' | 'plan' | 'children' | 'workload' | 'schema' | 'place' | 'now' | 'taskFile';
type View = Pick<RequestPicture, Slice>;

/** Gives every task of an approved plan exactly one sub-issue, linked, ordered and assigned. */
export const delegate: RequestStep<Slice> = {
  name: 'delegate',

  decide(picture) {
    const { plan } = picture;
    if (!mayProceed(picture) || plan?.post === undefined || !isApproved(plan)) return [];
    const { tasks } = plan.record.plan;
    return [
      ...openMissing(picture, plan, tasks),
      ...picture.children.flatMap((child) => [
        ...link(picture, child),
        ...order(picture, child, tasks),
        ...unassigned(picture, child),
      ]),
    ];
  },
};

export function isApproved({ approval }: PlanPicture): boolean {
  return approval.kind === 'not-needed' || approval.kind === 'given';
}

function openMissing(picture: View, plan: PlanPicture, tasks: readonly Task[]): readonly Action[] {
  const delegated = new Set(picture.children.map(({ task }) => task));
  const workload = new Map(picture.workload);
  return tasks
    .filter(({ id }) => !delegated.has(id))
    .map((task): Action => {
      const specialist = specialistsFor(picture.config, picture.schema.database.engine);
      const assignee = leastBusy(specialist.assignees, workload);
      if (assignee !== undefined) workload.set(assignee, (workload.get(assignee) ?? 0) + 1);
      return {
        kind: 'open-sub-issue',
        why: `task ${task.id} has no sub-issue yet`,
        parent: picture.issue.number,
        task: task.id,
        title: messages.taskTitle(task),
        text: messages.task({
          parent: picture.issue.number,
          task,
          record: plan.record,
          specialist: specialist.role,
          engine: picture.schema.database.engine,
          ...draftPath(picture, task),
          ...(picture.taskFile === undefined ? {} : { taskFile: picture.taskFile.path }),
        }),
        data: {
          parent: picture.issue.number,
          task: task.id,
          database: picture.schema.database.name,
          criteria: task.criteria,
        },
        assignees: assignee === undefined ? [] : [assignee],
      };
    });
}

/** Only the first migration's name is known: the number of a later one depends on what is merged by then. */
function draftPath({ schema, now }: View, { title, dependsOn }: Task): { readonly path?: ReturnType<typeof nameNext> } {
  if (schema.history === undefined || dependsOn.length > 0) return {};
  return { path: nameNext(schema.history, title, { now: () => now }) };
}

/** Fewest open issues first; the order of the configuration breaks a tie. */
function leastBusy(candidates: readonly string[], workload: ReadonlyMap<string, number>): string | undefined {
  return candidates.toSorted((a, b) => (workload.get(a) ?? 0) - (workload.get(b) ?? 0))[0];
}

function link({ issue }: View, child: Child): readonly Action[] {
  if (child.linked) return [];
  const why = `#${child.issue.number} is not yet a sub-issue of #${issue.number}`;
  return [{ kind: 'link-sub-issue', why, parent: issue.number, child: child.issue.number, childId: child.issue.id }];
}

function order({ children, place }: View, child: Child, tasks: readonly Task[]): readonly Action[] {
  if (place.without.has('dependencies')) return [];
  const task = tasks.find(({ id }) => id === child.task);
  return children
    .filter((other) => task?.dependsOn.includes(other.task) && !child.blockedBy.includes(other.issue.number))
    .map(
      (other): Action => ({
        kind: 'block-sub-issue',
        why: `task ${child.task} needs task ${other.task} first`,
        issue: child.issue.number,
        by: other.issue.number,
        byId: other.issue.id,
      }),
    );
}

/** GitHub drops an assignee who may not be assigned without a word; a task without anybody is said, once. */
function unassigned({ issue, posts, config, schema }: View, child: Child): readonly Action[] {
  if (!child.issue.open || child.issue.assignees.length > 0) return [];
  const { role, assignees } = specialistsFor(config, schema.database.engine);
  const post = {
    id: `unassigned/${child.issue.number}`,
    text: messages.unassigned({ child: child.issue.number, role, assignees }),
    data: {},
  };
  return ensureSaid(issue.number, posts, post, `#${child.issue.number} is assigned to nobody`);
}

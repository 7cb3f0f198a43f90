import { escapeInline } from '../messages/escape.ts';
import { renderTaskFile, type TaskChanges, type TaskFile, taskStatus, updateTaskFile } from '../messages/task-file.ts';
import type { Action } from './actions.ts';
import { decisionsOf } from './decisions.ts';
import type { State } from './labels.ts';
import type { RequestPicture } from './observed.ts';
import { isFinished, progressOf } from './progress.ts';
import { type StateKey, stateOf } from './state.ts';

type Slice = Pick<RequestPicture, StateKey | 'now' | 'taskFile'>;

/** The action that makes the task file say where the request stands. What people wrote into it stays. */
export function ensureTaskFile(picture: Slice): readonly Action[] {
  const { taskFile, plan, now } = picture;
  if (taskFile === undefined || plan?.post === undefined) return [];
  const text =
    taskFile.text === undefined
      ? renderTaskFile(fileOf(picture, taskFile.id, plan.record.paraphrase))
      : updated(taskFile.text, changesOf(picture), now);
  if (text === taskFile.text) return [];
  // No reference to the issue: each of these commits would stand in its conversation.
  const message = `${taskFile.id}: ${statusOf(picture).replace(/^\S+ /, '')}`;
  return [{ kind: 'write-task-file', why: 'the task file says something else', path: taskFile.path, text, message }];
}

/** The date of the last change is only touched by a change. */
function updated(text: string, changes: TaskChanges, now: Date): string {
  const changed = updateTaskFile(text, changes);
  return changed === text ? text : updateTaskFile(changed, { updatedDate: now.toISOString() });
}

function fileOf(picture: Slice, id: string, paraphrase: readonly string[]): TaskFile {
  const { issue, asker, now, schema } = picture;
  return {
    id,
    title: issue.title,
    type: '🗄️ Database Change',
    priority: 'Normal',
    createdDate: issue.createdAt,
    updatedDate: now.toISOString(),
    assignedTo: 'database-lead',
    coordinator: asker.login,
    parentTask: '',
    dependsOn: [],
    relatedDocs: [issue.url],
    tags: ['database', schema.database.engine],
    description: paraphrase.map((sentence) => `- ${sentence}`).join('\n'),
    ...changesOf(picture),
  };
}

function changesOf(picture: Slice): Required<Pick<TaskChanges, 'status' | 'acceptanceCriteria' | 'checklist' | 'log'>> {
  const tasks = progressOf(picture);
  return {
    status: statusOf(picture),
    acceptanceCriteria: tasks.flatMap((each) =>
      each.task.criteria.map(({ text }) => ({
        text: `${each.task.id}: ${escapeInline(text)}`,
        done: isFinished(each),
      })),
    ),
    checklist: tasks.map((each) => ({
      text: `${each.task.id}: ${escapeInline(each.task.title)}`,
      done: isFinished(each),
    })),
    log: decisionsOf(picture).map(({ at, by, what }) => ({ at, text: `${by} ${escapeInline(what)}` })),
  };
}

const statuses: Readonly<Record<State, string>> = {
  'needs-info': taskStatus.toDo,
  planned: taskStatus.toDo,
  'in-progress': taskStatus.inProgress,
  blocked: taskStatus.blocked,
  escalated: taskStatus.blocked,
  done: taskStatus.done,
};

function statusOf(picture: Slice): string {
  return statuses[stateOf(picture) ?? 'planned'];
}

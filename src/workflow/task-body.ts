import type { Issue } from '../github/port.ts';
import type { Criterion } from '../planner/plan.ts';
import type { TaskOrder } from './observed.ts';
import type { OwnPost, PostCodec, PostData } from './post.ts';

/** An issue's body is signed for the whole repository: its number is not known when it is written. */
export const everywhere = 0;

/** The identity of the body of a task's sub-issue. */
export function taskPostId(parent: number, task: string): string {
  return `task/${parent}/${task}`;
}

/** What a sub-issue must tell a review of its pull request. */
export function taskData(parent: number, task: string, database: string, criteria: readonly Criterion[]): PostData {
  return { parent, task, database, criteria };
}

/** The post that an issue's body holds: what makes a sub-issue ours. */
export function readBody(
  issue: Pick<Issue, 'id' | 'author' | 'body'>,
  bot: string,
  codec: PostCodec,
): OwnPost | undefined {
  if (issue.author !== bot) return undefined;
  const post = codec.read({ id: issue.id, author: bot, body: issue.body, createdAt: '', updatedAt: '' });
  return post?.id.startsWith('task/') === true ? post : undefined;
}

/** The order in a sub-issue's body. Only signed bodies get here, so the data is what {@link taskData} made. */
export function orderOf(child: number, post: OwnPost): TaskOrder {
  const { parent, task, database, criteria } = post.data as ReturnType<typeof taskData> & Omit<TaskOrder, 'child'>;
  return { child, parent, task, database, criteria };
}

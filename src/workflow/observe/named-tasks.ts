import { Forbidden, type PullSnapshot, type Repository } from '../../github/port.ts';
import type { TaskOrder } from '../observed.ts';
import type { PostCodec } from '../post.ts';
import { orderOf, readBody } from '../task-body.ts';

/** More than this in one pull request is no longer a reference to a task. */
const most = 10;

/**
 * The tasks of ours that a pull request is for: those it closes, and those it only names, as "Part of #12" in its text or
 * as a number in its branch (`db/12-add-index`), because people forget keywords, and GitHub ignores them off the default branch.
 */
export async function tasksNamedBy(
  pull: PullSnapshot,
  repository: Repository,
  codec: PostCodec,
): Promise<readonly TaskOrder[]> {
  const known = new Map(pull.closes.map((issue) => [issue.number, issue]));
  const named = numbersIn(pull)
    .filter((number) => !known.has(number))
    .slice(0, most);
  for (const number of named) {
    const snapshot = await repository.issue(number, []).catch((error: unknown) => {
      // Without leave to read issues, a pull request is reviewed for itself.
      if (error instanceof Forbidden) return undefined;
      throw error;
    });
    if (snapshot !== undefined) known.set(number, snapshot.issue);
  }
  return [...known.values()].flatMap((issue) => {
    const post = readBody(issue, repository.bot, codec);
    return post === undefined ? [] : [orderOf(issue.number, post)];
  });
}

/** The issue numbers that a text and a branch name name, each once. */
export function numbersIn({ title, body, head }: Pick<PullSnapshot, 'title' | 'body' | 'head'>): readonly number[] {
  const inText = [...`${title}\n${body}`.matchAll(/\bpart of:? #(\d{1,9})\b/gi)].map(([, number]) => Number(number));
  const inBranch = /(?:^|\/)(\d{1,9})[-_]/.exec(head.ref)?.[1];
  return [...new Set([...inText, ...(inBranch === undefined ? [] : [Number(inBranch)])])];
}

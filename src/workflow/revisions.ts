import * as messages from '../messages/index.ts';
import type { Action } from './actions.ts';
import { ensureSaid } from './ensure.ts';
import type { RequestPicture } from './observed.ts';
import { postsOf } from './post.ts';

/** How many revisions may fail before a director is called. */
const patience = 3;

/** On a sub-issue: what its pull request still needs, said once a commit, and help called when that goes on. */
export function revisions({
  issue,
  posts,
  pulls,
  config,
}: Pick<RequestPicture, 'issue' | 'posts' | 'pulls' | 'config'>): readonly Action[] {
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

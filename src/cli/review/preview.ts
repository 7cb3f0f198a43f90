import type { Action } from '../../workflow/actions.ts';
import type { PullPicture } from '../../workflow/observed.ts';
import { printable, printableLine } from '../output.ts';

/** One write in a line, and what it would say. */
interface Described {
  readonly line: string;
  readonly body: string;
}

/** What was written, a line each. */
export function writtenText(actions: readonly Action[], picture: PullPicture): string {
  return actions.map((action) => `wrote: ${printableLine(described(action, picture).line)}`).join('\n');
}

/** What would be written, in full. */
export function previewText(actions: readonly Action[], picture: PullPicture): string {
  if (actions.length === 0) return 'would write nothing: everything is said already';
  return actions
    .map((action) => {
      const { line, body } = described(action, picture);
      return [`would write: ${printableLine(line)}`, ...(body === '' ? [] : [indented(body)])].join('\n');
    })
    .join('\n\n');
}

function described(action: Action, { pull }: PullPicture): Described {
  switch (action.kind) {
    case 'post-review': {
      const comments = action.comments.map(({ path, line, startLine, text }) => {
        const lines = startLine === undefined ? `${line}` : `${startLine}-${line}`;
        return `${printableLine(path)}:${lines}\n${indented(text)}`;
      });
      const count = `${comments.length} comment${comments.length === 1 ? '' : 's'}`;
      return {
        line: `a review (${action.event}) of ${action.commit.slice(0, 7)} with ${count}`,
        body: [action.text, ...comments].filter((text) => text !== '').join('\n\n'),
      };
    }
    case 'publish-checks': {
      const runs = action.checks.map(
        ({ name, conclusion, title }) => `${name}: ${conclusion ?? 'in progress'}: ${title}`,
      );
      return { line: `the checks of ${action.head.slice(0, 7)}`, body: runs.join('\n') };
    }
    case 'reply-in-thread': {
      const { thread: id, post, then } = action;
      const thread = pull.threads.find((each) => each.id === id);
      const place =
        thread === undefined ? '' : ` at ${thread.path}${thread.line === undefined ? '' : `:${thread.line}`}`;
      const moved = { resolve: ', which is resolved', unresolve: ', which is opened again', leave: '' }[then];
      return { line: `a reply in the thread${place}${moved}`, body: post.text };
    }
    case 'comment-on-file':
      return { line: `a comment on the file ${action.path}`, body: action.comment.text };
    case 'dismiss-review':
      return { line: `the dismissal of review ${action.review}`, body: action.message };
    case 'post-comment':
      return { line: `the comment ${action.post.id}`, body: action.post.text };
    default:
      return { line: `${action.kind}: ${action.why}`, body: '' };
  }
}

function indented(text: string): string {
  return printable(text.replaceAll('\r', '')).replace(/^(?=.)/gm, '  | ');
}

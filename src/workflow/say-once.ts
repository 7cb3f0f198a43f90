import { Forbidden } from '../github/port.ts';
import { digest } from '../kernel/hash.ts';
import * as messages from '../messages/index.ts';
import { act, type World } from './act.ts';
import type { Action } from './actions.ts';
import { type OwnPost, type Post, postDigest, postsOf } from './post.ts';

/** What could not be done, by the name of an action or of what was looked at. */
export interface Refused {
  readonly doing: string;
  readonly error: Forbidden;
}

/** Says, where it concerns people, what the installation may not do and which permission it takes. */
export async function sayForbidden(number: number, forbidden: readonly Refused[], world: World): Promise<void> {
  const kinds = new Map(forbidden.map(({ doing, error }) => [doing, error.needs]));
  for (const [doing, needs] of kinds) {
    const post = { id: `permission/${doing}`, text: messages.missingPermission(doing, needs), data: {} };
    await sayOnce(number, post, 'a permission is missing', world);
  }
}

/** Takes back what was said of a permission, where `done` shows that it is there by now. */
export async function sayGranted(
  number: number,
  posts: readonly OwnPost[],
  done: ReadonlySet<string>,
  world: World,
): Promise<void> {
  for (const { id, digest } of postsOf(posts, 'permission')) {
    const doing = id.slice('permission/'.length);
    const post = { id, text: messages.grantedPermission(doing), data: {} };
    if (done.has(doing) && digest !== postDigest(post)) await sayOnce(number, post, 'a permission was granted', world);
  }
}

/** Says that the same decision came again and again, so that a person can look at what undoes it. */
export async function sayInCircles(number: number, decided: readonly Action[], world: World): Promise<void> {
  const reasons = [...new Set(decided.map(({ why }) => why))];
  const post = { id: `circles/${digest(reasons).slice(0, 12)}`, text: messages.inCircles(reasons), data: {} };
  await sayOnce(number, post, 'the same decision came three passes running', world);
}

async function sayOnce(issue: number, post: Post, why: string, world: World): Promise<void> {
  try {
    await act({ kind: 'post-comment', why, issue, post }, world);
  } catch (error) {
    // Not even comments are allowed: the log has it.
    if (!(error instanceof Forbidden)) throw error;
  }
}

import { digest } from '../../kernel/hash.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import type { FindingThread, PullPicture } from '../observed.ts';
import { findPost, type Post } from '../post.ts';
import type { Placed } from './findings.ts';
import { keyOfIdentity } from './identity.ts';
import { lastSaid } from './threads.ts';

/** What the threads are held against. */
export type SettleKey =
  | 'pull'
  | 'threads'
  | 'findings'
  | 'dismissals'
  | 'reviews'
  | 'files'
  | 'filesCut'
  | 'config'
  | 'place';
type View = Pick<PullPicture, SettleKey>;

/**
 * Keeps every thread true: what is gone is said to be fixed and resolved, what comes back is opened again, what a person
 * ignored is recorded, and what stands on lines that GitHub no longer shows is told where it is now.
 */
export function settle(picture: View): readonly Action[] {
  const present = new Map(picture.findings.map((placed) => [placed.key, placed]));
  return picture.threads.flatMap((thread) => {
    const placed = present.get(thread.key);
    return placed === undefined
      ? leave(thread, picture)
      : [...withoutReason(thread, picture), ...keep(thread, placed, picture)];
  });
}

/** What a person meant by a command to ignore that has no reason, answered where it was given. */
function withoutReason(thread: FindingThread, picture: View): readonly Action[] {
  return thread.commands.flatMap(({ command, comment, by }) => {
    const post = { id: `how/${comment.id}`, text: messages.needsReason(by.login), data: {} };
    const isMeant = command.kind === 'unknown' && /^\/db ignore\b/.test(command.text);
    return isMeant && findPost(thread.said, post.id) === undefined
      ? [inThread(picture, thread, post, `${by.login} gave no reason`, 'leave')]
      : [];
  });
}

function placeOf({ file, line, endLine }: Placed['finding']) {
  return { file, line, endLine };
}

function keep(thread: FindingThread, { finding }: Placed, picture: View): readonly Action[] {
  const { pull, dismissals } = picture;
  const { key } = thread;
  const dismissal = dismissals.get(key);
  if (dismissal !== undefined) {
    const post = { id: `ignored/${key}`, text: messages.ignored(dismissal), data: { dismissed: [dismissal] } };
    return findPost(thread.said, post.id) === undefined
      ? [inThread(picture, thread, post, `${dismissal.by} ignored it`, 'resolve')]
      : [];
  }
  const { kind, times } = lastSaid(thread);
  if (kind === 'fixed') {
    const post = { id: `back/${key}/${times}`, text: messages.back(finding, pull), data: placeOf(finding) };
    return [inThread(picture, thread, post, `what ${key} spoke of is back`, 'unresolve')];
  }
  if (!thread.outdated || thread.resolved) return [];
  const post = { id: `moved/${key}/${times}`, text: messages.stillThere(finding, pull), data: {} };
  // The text names the commit; a push that leaves the lines alone is no reason to write.
  const known = findPost(thread.said, post.id) ?? findPost(thread.said, `back/${key}/${times}`);
  const data = placeOf(finding);
  if (known !== undefined && digest(known.data) === digest(data)) return [];
  return [inThread(picture, thread, { ...post, data }, `what ${key} spoke of has moved`, 'leave')];
}

function leave(thread: FindingThread, picture: View): readonly Action[] {
  const { key } = thread;
  const { kind, times } = lastSaid(thread);
  // A person who resolved it said enough; one who opened it again wants to talk.
  if (kind === 'fixed' || (thread.resolved && thread.resolvedBy !== picture.place.bot)) return [];
  const why = goneWhy(thread, picture);
  if (why === undefined) return [];
  const post = {
    id: `fixed/${key}/${times + 1}`,
    text: messages.gone(why, thread.rule, picture.pull.head.sha),
    data: {},
  };
  return [inThread(picture, thread, post, `what ${key} spoke of is gone`, 'resolve')];
}

/** Why a finding is gone; `undefined` where that is not known, because something was not looked at. */
function goneWhy({ key, path, rule }: FindingThread, picture: View): messages.Gone | undefined {
  const { reviews, files, filesCut, place, config } = picture;
  if (place.unreadable === true || filesCut) return undefined;
  if (config.review.rules[rule] === 'off') return { kind: 'off' };
  const suppressed = reviews.flatMap(({ suppressed }) => suppressed);
  const ignored = suppressed.find(({ identity }) => keyOfIdentity(identity) === key.replace(/\.\d+$/, ''));
  if (ignored !== undefined) return { kind: 'suppressed', reason: ignored.reason };
  const here = new Set(files.filter(({ status }) => status !== 'removed').map((file) => file.path));
  const isBlind = reviews.some(
    ({ lint, unread }) => lint.errors.length > 0 || unread.some((file) => here.has(file.path)),
  );
  if (!isBlind) return here.has(path) ? { kind: 'fixed' } : { kind: 'left' };
  // Another file cannot be read: what is gone from this one is gone all the same, unless it may have moved there.
  const readWell = reviews.some(
    ({ migrations, lint }) =>
      migrations.some(({ file }) => file === path) && !lint.errors.some(({ file }) => file === path),
  );
  return readWell ? { kind: 'fixed' } : undefined;
}

function inThread(
  { pull }: View,
  { thread, comment }: FindingThread,
  post: Post,
  why: string,
  then: 'resolve' | 'unresolve' | 'leave',
): Action {
  return { kind: 'reply-in-thread', why, pull: pull.number, head: pull.head.sha, thread, comment, post, then };
}

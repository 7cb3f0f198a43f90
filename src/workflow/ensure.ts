import type { Issue } from '../github/port.ts';
import type { Action } from './actions.ts';
import { type State, stateLabels } from './labels.ts';
import { findPost, type OwnPost, type Post, postDigest } from './post.ts';

/** The action that makes a comment of ours read as `post` says; nothing when it does already. */
export function ensurePost(issue: number, posts: readonly OwnPost[], post: Post, why: string): readonly Action[] {
  if (findPost(posts, post.id)?.digest === postDigest(post)) return [];
  return [{ kind: 'post-comment', why, issue, post }];
}

/** The action that says something once; nothing when it was said, whatever it would read like now. */
export function ensureSaid(issue: number, posts: readonly OwnPost[], post: Post, why: string): readonly Action[] {
  return findPost(posts, post.id) === undefined ? [{ kind: 'post-comment', why, issue, post }] : [];
}

/** The action that leaves the issue with exactly this one of our state labels, or with none. */
export function ensureState(issue: Issue, state: State | undefined, why: string): readonly Action[] {
  const label = state === undefined ? undefined : stateLabels[state];
  const remove = Object.values(stateLabels)
    .map(({ name }) => name)
    .filter((name) => name !== label?.name && issue.labels.includes(name));
  if (remove.length === 0 && (label === undefined || issue.labels.includes(label.name))) return [];
  return [{ kind: 'set-state', why, issue: issue.number, label, remove }];
}

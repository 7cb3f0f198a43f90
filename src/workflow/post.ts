import type { Comment } from '../github/port.ts';
import { digest } from '../kernel/hash.ts';

/** A comment of ours as a value: who it is, what people read, and what we must know again from it. */
export interface Post {
  /** Its identity on the issue: `plan/3f2a`, `reply/812`, `progress`. */
  readonly id: string;
  readonly text: string;
  readonly data: PostData;
}

/** JSON. */
export type PostData = Readonly<Record<string, unknown>>;

/** A post as it stands on GitHub. */
export interface OwnPost {
  readonly id: string;
  readonly comment: number;
  /** Of the text and data that were posted, so that what GitHub normalizes or a person edits is not compared. */
  readonly digest: string;
  readonly data: PostData;
}

/** What tells two versions of a post apart. */
export function postDigest(post: Post): string {
  return digest({ text: post.text, data: post.data }).slice(0, 16);
}

/** Reads and writes the hidden, signed part of a comment; made for one issue of one repository. */
export interface PostCodec {
  /** The whole body of the comment. */
  write(post: Post): string;
  /** The post that a comment of ours holds, if its signature is right. */
  read(comment: Comment): OwnPost | undefined;
}

/** The post of that identity, the newest where a crash left two. */
export function findPost(posts: readonly OwnPost[], id: string): OwnPost | undefined {
  return posts.findLast((post) => post.id === id);
}

/** Posts whose identity is `kind` or begins with `kind/`, oldest first. */
export function postsOf(posts: readonly OwnPost[], kind: string): readonly OwnPost[] {
  return posts.filter(({ id }) => id === kind || id.startsWith(`${kind}/`));
}

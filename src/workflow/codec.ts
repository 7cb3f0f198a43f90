import type { Comment } from '../github/port.ts';
import { TerminalError } from '../kernel/errors.ts';
import { bodyLimit, fitBody } from '../messages/escape.ts';
import type { MarkerCodec } from '../messages/marker.ts';
import { type OwnPost, type Post, type PostCodec, postDigest } from './post.ts';

const kind = 'post';

/** A comment with less text than this, in characters, says nothing. */
const leastText = 2_000;

/**
 * Makes comments of ours recognisable: only what the App itself wrote (`bot`) and signed for this very issue is believed,
 * whatever people paste or copy from elsewhere.
 */
export function postCodec(markers: MarkerCodec, bot: string, context: string): PostCodec {
  return {
    write(post: Post) {
      const marker = markers.write(kind, context, { id: post.id, digest: postDigest(post), data: post.data });
      const room = bodyLimit - marker.length - 2;
      if (room < leastText) {
        throw new TerminalError(
          `what has to be remembered of ${post.id} does not fit into a comment`,
          'Split the request into smaller ones',
        );
      }
      const text = post.text.length <= room ? post.text : fitBody([{ priority: 0, text: post.text }], room);
      return `${text}\n\n${marker}`;
    },

    read(comment: Comment): OwnPost | undefined {
      if (comment.author !== bot) return undefined;
      const payload = markers.read(comment.body, context, kind).at(-1)?.payload;
      return isPayload(payload) ? { ...payload, comment: comment.id } : undefined;
    },
  };
}

function isPayload(value: unknown): value is Omit<OwnPost, 'comment'> {
  if (typeof value !== 'object' || value === null) return false;
  const { id, digest, data } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof digest === 'string' && typeof data === 'object' && data !== null;
}

import type { PullSnapshot } from '../../github/port.ts';
import type { Cache } from '../../store/port.ts';
import type { DatabaseReview, PullPicture } from '../observed.ts';

/** What a pull request changes, for the passes over others that change it, too. */
export interface Touches {
  /** Names the head in the cache. */
  readonly name: string;
  readonly objects: readonly string[];
  /** No pass over this head has remembered it, so that the others do not know of it. */
  readonly isNew: boolean;
}

/**
 * The objects that this pull request and another open one both change. What a head changes never changes, so it is
 * remembered by the head; of one that no pass has looked at yet nothing is known, and its own pass will say so on both.
 */
export async function overlapsOf(
  pull: PullSnapshot,
  reviews: readonly DatabaseReview[],
  repository: string,
  cache: Cache,
): Promise<{ readonly overlaps: PullPicture['overlaps']; readonly touches: Touches }> {
  const keyOf = (head: string) => `touches:${repository}:${head}`.toLowerCase();
  const own = reviews.flatMap(({ database, touched }) => [...touched].map((object) => `${database.name} ${object}`));
  const name = keyOf(pull.head.sha);
  const touches = { name, objects: own, isNew: (await cache.get(name)) === undefined };
  if (own.length === 0) return { overlaps: [], touches };
  const mine = new Set(own);
  const overlaps = await Promise.all(
    pull.others.map(async ({ number, head }) => {
      const theirs = await cache.get(keyOf(head));
      const both = Array.isArray(theirs) ? theirs.filter((each): each is string => mine.has(each)) : [];
      return { pull: number, objects: both.map((each) => each.slice(each.indexOf(' ') + 1)).toSorted() };
    }),
  );
  return { overlaps: overlaps.filter(({ objects }) => objects.length > 0), touches };
}

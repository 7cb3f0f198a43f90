import type { Change } from '../change.ts';

/** How far ahead an author's second thought is looked for: without a limit, a file of many such places would cost square time. */
const reach = 500;

/** The first of the changes that follow, as many as one looks through for what puts a change right. */
export function* soon(following: () => Iterable<Change>): Generator<Change> {
  let left = reach;
  for (const change of following()) {
    if (--left < 0) return;
    yield change;
  }
}

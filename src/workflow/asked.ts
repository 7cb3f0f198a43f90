import type { AskedQuestion } from '../requests/questions.ts';
import { type OwnPost, postsOf } from './post.ts';

/** Every question that was ever asked on the issue, from our own signed comments. */
export function askedIn(posts: readonly OwnPost[]): readonly AskedQuestion[] {
  return postsOf(posts, 'questions').flatMap(({ data }) =>
    Array.isArray(data.asked) ? (data.asked as AskedQuestion[]) : [],
  );
}

import type { Repository, Review } from '../port.ts';
import { statusOf } from './client.ts';
import type { Connection } from './connection.ts';

/** Writes a review with all its comments in one request. */
export async function createReview(connection: Connection, pull_number: number, review: Review): Promise<void> {
  try {
    await post(connection, pull_number, review);
  } catch (error) {
    if (statusOf(error) !== 422 || review.comments.length === 0) throw error;
    await oneByOne(connection, pull_number, review, error);
  }
}

/** A comment on a file as a whole, which reviews cannot hold (REST reference, "Create a review comment"). */
export async function commentOnFile(
  { client, at }: Connection,
  pull_number: number,
  { commit, path, body }: Parameters<Repository['commentOnFile']>[1],
): Promise<void> {
  await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
    ...at,
    pull_number,
    commit_id: commit,
    path,
    body,
    subject_type: 'file',
  });
}

/**
 * GitHub refuses a whole review for one comment whose lines it does not take for part of the diff, and does not say which.
 * Written alone, the others stand where they should, and that one on its file; one that GitHub takes nowhere is left to the
 * check run, which has every finding. When none was taken it was not about places, and the refusal stands.
 */
async function oneByOne(connection: Connection, pull_number: number, review: Review, refusal: unknown): Promise<void> {
  let taken = 0;
  for (const comment of review.comments) {
    const { path, body } = comment;
    const isTaken =
      (await isAccepted(commentOnLines(connection, pull_number, review.commit, comment))) ||
      (await isAccepted(commentOnFile(connection, pull_number, { commit: review.commit, path, body })));
    if (isTaken) taken += 1;
  }
  if (taken === 0) throw refusal;
  if (review.event !== 'COMMENT') await post(connection, pull_number, { ...review, comments: [] });
}

async function isAccepted(request: Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    return false;
  }
}

async function commentOnLines(
  { client, at }: Connection,
  pull_number: number,
  commit_id: string,
  comment: Review['comments'][number],
): Promise<void> {
  await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
    ...at,
    pull_number,
    commit_id,
    ...onLines(comment),
  });
}

async function post({ client, at }: Connection, pull_number: number, review: Review): Promise<void> {
  const { commit, event, body, comments } = review;
  await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...at,
    pull_number,
    commit_id: commit,
    event,
    body,
    comments: comments.map(onLines),
  });
}

function onLines({ path, line, startLine, body }: Review['comments'][number]) {
  const start = startLine === undefined ? {} : ({ start_line: startLine, start_side: 'RIGHT' } as const);
  return { path, line, side: 'RIGHT' as const, ...start, body };
}

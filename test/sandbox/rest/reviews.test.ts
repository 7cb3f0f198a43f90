import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;
const lines = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`);

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

function changed(...at: readonly number[]): string {
  return lines.map((line, index) => (at.includes(index + 1) ? `${line} changed` : line)).join('\n');
}

/** A pull request that changes lines 5 and 30 of a file of 40 lines, in two hunks. */
async function open(head: string): Promise<typeof where & { pull_number: number; sha: string }> {
  const sha = await town.branch(head, { 'src/index.js': changed(5, 30) });
  const { data } = await town.as('bob').rest.pulls.create({ ...where, title: head, head, base: 'main' });
  return { ...where, pull_number: data.number, sha };
}

test('one review carries its comments, and the App is told of each', async () => {
  const { sha, ...one } = await open('reviewed');
  const { pulls } = town.bot.rest;
  const { data: review } = await pulls.createReview({
    ...one,
    commit_id: sha,
    event: 'REQUEST_CHANGES',
    body: 'Two things',
    comments: [
      { path: 'src/index.js', line: 5, body: 'on the new line' },
      { path: 'src/index.js', line: 5, side: 'LEFT', body: 'on the old line' },
      { path: 'src/index.js', start_line: 28, start_side: 'RIGHT', line: 31, side: 'RIGHT', body: 'on a range' },
      { path: 'src/index.js', position: 1, body: 'the older way' },
    ],
  });
  expect(review).toMatchObject({ state: 'CHANGES_REQUESTED', user: { login: 'database-lead[bot]' }, commit_id: sha });
  const { data: comments } = await pulls.listReviewComments(one);
  expect(comments.map(({ line, side, start_line }) => [line, side, start_line])).toEqual([
    [5, 'RIGHT', null],
    [5, 'LEFT', null],
    [31, 'RIGHT', 28],
    [2, 'RIGHT', null],
  ]);
  expect(comments[0]?.diff_hunk).toMatch(/^@@ -2,7 \+2,7 @@/);
  expect(comments[0]?.diff_hunk).toMatch(/\+line 5 changed$/);
  expect((await pulls.listCommentsForReview({ ...one, review_id: review.id })).data).toHaveLength(4);
  expect((await pulls.listReviews(one)).data).toHaveLength(1);
  expect((await town.told('pull_request_review')).at(-1)).toMatchObject({
    action: 'submitted',
    review: { state: 'changes_requested' },
  });
  expect(await town.told('pull_request_review_comment')).toHaveLength(4);
  await pulls.updateReview({ ...one, review_id: review.id, body: 'Four things' });
  await town.as('alice').rest.pulls.dismissReview({ ...one, review_id: review.id, message: 'fine' });
  expect((await pulls.getReview({ ...one, review_id: review.id })).data.state).toBe('DISMISSED');
});

describe('a place that is not in the diff refuses the whole review', () => {
  let one: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    one = await open('misplaced');
  });
  const good = { path: 'src/index.js', line: 5, body: 'fine' };
  test.each([
    ['a line between the hunks', { line: 15 }],
    ['a line beyond the file', { line: 400 }],
    ['an untouched file', { path: 'README.md', line: 1 }],
    ['a file that is not there', { path: 'none.sql', line: 1 }],
    ['a removed line on the new side of nothing', { line: 20, side: 'LEFT' }],
    ['a range over two hunks', { start_line: 5, line: 30 }],
    ['a range that runs backwards', { start_line: 7, line: 5 }],
    ['a position beyond the patch', { line: undefined, position: 99 }],
    ['no line at all', { line: undefined }],
  ])('%s', async (_name, place) => {
    const comments = [good, { ...good, ...place } as typeof good];
    const answer = await refused(town.bot.rest.pulls.createReview({ ...one, event: 'COMMENT', body: 'x', comments }));
    expect(answer).toMatchObject({ status: 422, message: 'Unprocessable Entity' });
    expect((await town.bot.rest.pulls.listReviews(one)).data).toEqual([]);
    expect((await town.bot.rest.pulls.listReviewComments(one)).data).toEqual([]);
  });

  test('a single comment is refused in the words of a single comment', async () => {
    const { sha, ...rest } = one;
    const call = town.bot.rest.pulls.createReviewComment({ ...rest, ...good, commit_id: sha, line: 15 });
    expect(await refused(call)).toMatchObject({
      status: 422,
      errors: [
        { field: 'pull_request_review_thread.line', message: expect.stringContaining('must be part of the diff') },
      ],
    });
  });
});

test('a thread follows its line through pushes, and is outdated when the line is gone', async () => {
  const { sha, ...one } = await open('followed');
  const { pulls } = town.bot.rest;
  const place = { ...one, commit_id: sha, path: 'src/index.js', side: 'RIGHT' as const };
  const { data: kept } = await pulls.createReviewComment({ ...place, line: 30, body: 'stays' });
  const { data: lost } = await pulls.createReviewComment({ ...place, line: 5, body: 'goes' });
  const { data: file } = await pulls.createReviewComment({ ...place, subject_type: 'file', body: 'the file' } as never);
  await town.branch('followed', { 'src/index.js': `new first line\n${changed(30)}` }, 'followed');
  const { data: after } = await pulls.getReviewComment({ ...where, comment_id: kept.id });
  expect(after).toMatchObject({ line: 31, original_line: 30, original_commit_id: sha });
  expect(after.commit_id).not.toBe(sha);
  const { data: outdated } = await pulls.getReviewComment({ ...where, comment_id: lost.id });
  expect(outdated).toMatchObject({ line: null, position: null, original_line: 5 });
  expect((await pulls.getReviewComment({ ...where, comment_id: (file as { id: number }).id })).data.subject_type).toBe(
    'file',
  );
});

test('comments are answered, edited and deleted', async () => {
  const { sha, ...one } = await open('answered');
  const { pulls } = town.bot.rest;
  const { data: first } = await pulls.createReviewComment({
    ...one,
    commit_id: sha,
    path: 'src/index.js',
    line: 5,
    body: 'x',
  });
  const { data: reply } = await town
    .as('bob')
    .rest.pulls.createReplyForReviewComment({ ...one, comment_id: first.id, body: 'fixed' });
  expect(reply.in_reply_to_id).toBe(first.id);
  const nested = town.as('bob').rest.pulls.createReplyForReviewComment({ ...one, comment_id: reply.id, body: 'x' });
  expect(await refused(nested)).toMatchObject({ status: 422 });
  await pulls.updateReviewComment({ ...where, comment_id: first.id, body: 'edited' });
  await town.as('bob').rest.pulls.deleteReviewComment({ ...where, comment_id: reply.id });
  expect((await pulls.listReviewComments(one)).data.map(({ body }) => body)).toEqual(['edited']);
  expect((await pulls.listReviewCommentsForRepo(where)).data.length).toBeGreaterThan(0);
});

test('a pending review is for its author alone until it is submitted, and there is only one', async () => {
  const { sha: _, ...one } = await open('pending');
  const { pulls } = town.as('alice').rest;
  const { data: review } = await pulls.createReview({
    ...one,
    comments: [{ path: 'src/index.js', line: 5, body: 'x' }],
  });
  expect(review.state).toBe('PENDING');
  expect((await town.as('bob').rest.pulls.listReviews(one)).data).toEqual([]);
  expect((await town.as('bob').rest.pulls.listReviewComments(one)).data).toEqual([]);
  expect(await refused(pulls.createReview({ ...one, event: 'APPROVE' }))).toMatchObject({ status: 422 });
  await pulls.submitReview({ ...one, review_id: review.id, event: 'APPROVE' });
  expect((await town.as('bob').rest.pulls.listReviews(one)).data.map(({ state }) => state)).toEqual(['APPROVED']);
  const { data: second } = await pulls.createReview(one);
  await pulls.deletePendingReview({ ...one, review_id: second.id });
  expect((await pulls.listReviews(one)).data).toHaveLength(1);
});

import type { Context } from '../context.ts';
import { createCheckRun, updateCheckRun } from './checks.ts';
import { addComment, minimizeComment, unminimizeComment, updateIssueComment } from './comments.ts';
import { createCommitOnBranch } from './commit.ts';
import { addSubIssue, createIssue, removeSubIssue } from './issues.ts';
import { dequeuePullRequest, enqueuePullRequest } from './merge-queue.ts';
import { addPullRequestReviewThreadReply, resolveReviewThread, unresolveReviewThread } from './threads.ts';

const mutations = {
  addComment,
  addPullRequestReviewThreadReply,
  addSubIssue,
  createCheckRun,
  createCommitOnBranch,
  createIssue,
  dequeuePullRequest,
  enqueuePullRequest,
  minimizeComment,
  removeSubIssue,
  resolveReviewThread,
  unminimizeComment,
  unresolveReviewThread,
  updateCheckRun,
  updateIssueComment,
};

interface Input {
  readonly clientMutationId?: string | null;
}

/** The fields of `Mutation`: each takes one `input` and answers with what it changed and the caller's own id. */
export function mutationRoot(at: Context) {
  return Object.fromEntries(
    Object.entries(mutations).map(([name, mutate]) => [
      name,
      async ({ input }: { readonly input: Input }) => ({
        // The schema has checked the input's shape before it comes here.
        ...(await mutate(at, input as never)),
        clientMutationId: input.clientMutationId ?? null,
      }),
    ]),
  );
}

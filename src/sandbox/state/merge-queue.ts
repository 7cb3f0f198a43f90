/** A pull request that waits in the merge queue of its base branch, with the group that was made for it. */
export interface MergeQueueEntry {
  id: number;
  repositoryId: number;
  /** Database id of the pull request's issue. */
  issueId: number;
  enqueuedBy: string;
  enqueuedAt: string;
  jump: boolean;
  /** Full name of the branch that the queue made: `refs/heads/gh-readonly-queue/main/pr-4-<base>`. */
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
}

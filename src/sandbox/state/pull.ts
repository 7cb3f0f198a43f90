export type Side = 'LEFT' | 'RIGHT';

/** What a pull request has beside being an issue. */
export interface Pull {
  /** Database id of the pull request, which is not the id of its issue. */
  id: number;
  headRepositoryId: number;
  /** Branch name without `refs/heads/`. */
  headRef: string;
  headSha: string;
  baseRef: string;
  /** Tip of the base branch when the pull request was last pushed to or retargeted; frozen by the merge. */
  baseSha: string;
  draft: boolean;
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommitSha: string | null;
  requestedReviewers: string[];
  requestedTeams: string[];
  maintainerCanModify: boolean;
  reviewIds: number[];
  threadIds: number[];
}

export type ReviewState = 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';

export interface Review {
  id: number;
  issueId: number;
  author: string;
  appId: number | null;
  body: string;
  state: ReviewState;
  commitSha: string;
  /** `null` while pending. */
  submittedAt: string | null;
  updatedAt: string;
}

/** A place in the diff and the comments about it. */
export interface ReviewThread {
  id: number;
  issueId: number;
  path: string;
  subjectType: 'line' | 'file';
  side: Side;
  startSide: Side | null;
  /** Last line of the range in the current diff; `null` once outdated or for a whole file. */
  line: number | null;
  startLine: number | null;
  originalLine: number | null;
  originalStartLine: number | null;
  /** Lines below the first `@@` of the file's patch; `null` once outdated. */
  position: number | null;
  originalPosition: number | null;
  commitSha: string;
  originalCommitSha: string;
  diffHunk: string;
  outdated: boolean;
  resolvedBy: string | null;
  commentIds: number[];
}

export interface ReviewComment {
  id: number;
  threadId: number;
  issueId: number;
  reviewId: number;
  inReplyTo: number | null;
  author: string;
  appId: number | null;
  body: string;
  minimized: string | null;
  createdAt: string;
  updatedAt: string;
}

import type { Pull } from './pull.ts';

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** An issue, or a pull request seen as an issue (`pull` is then set and has a database id of its own). */
export interface Issue {
  id: number;
  number: number;
  repositoryId: number;
  title: string;
  body: string | null;
  author: string;
  /** App that performed the creation. */
  appId: number | null;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  locked: boolean;
  labelIds: number[];
  assignees: string[];
  commentIds: number[];
  timeline: TimelineEvent[];
  parentId: number | null;
  subIssueIds: number[];
  blockedByIds: number[];
  blockingIds: number[];
  pull: Pull | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

export interface Comment {
  id: number;
  issueId: number;
  author: string;
  appId: number | null;
  body: string;
  /** Reason in GraphQL's upper case (`OUTDATED`, ...), or `null` while shown. */
  minimized: string | null;
  createdAt: string;
  updatedAt: string;
}

interface EventBase {
  id: number;
  actor: string;
  appId: number | null;
  createdAt: string;
}

export type TimelineEvent = EventBase &
  (
    | { event: 'labeled' | 'unlabeled'; label: { name: string; color: string } }
    | { event: 'assigned' | 'unassigned'; assignee: string }
    | { event: 'closed'; commitId: string | null; stateReason: StateReason | null }
    | { event: 'reopened'; stateReason: StateReason | null }
    | { event: 'renamed'; from: string; to: string }
    | { event: 'cross-referenced'; sourceIssueId: number }
    | { event: 'referenced' | 'merged'; commitId: string }
    | { event: 'review_requested' | 'review_request_removed'; reviewer: string | null; team: string | null }
    | { event: 'review_dismissed'; reviewId: number; previousState: string; message: string }
    | { event: 'head_ref_deleted' | 'ready_for_review' | 'convert_to_draft' }
    | { event: 'head_ref_force_pushed'; before: string; after: string }
    | {
        event: 'sub_issue_added' | 'sub_issue_removed' | 'parent_issue_added' | 'parent_issue_removed';
        issueId: number;
      }
    | { event: 'blocked_by_added' | 'blocked_by_removed' | 'blocking_added' | 'blocking_removed'; issueId: number }
  );

export type TimelineKind = TimelineEvent['event'];

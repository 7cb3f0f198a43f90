import type { AdviseInput, ExplainInput, ProveInput, VerifyInput } from '../engines/port.ts';
import type { Label, Review, RunFacts } from '../github/port.ts';
import type { Engine } from '../sql/engine.ts';
import type { WantedCheck } from './checks/runs.ts';
import type { Post, PostData } from './post.ts';

/** One write that was decided on, and why: the log line and the failure message of a test. */
export type Action = {
  readonly why: string;
} /** A comment of ours with this identity stands on the issue with this text. */ & (
  | { readonly kind: 'post-comment'; readonly issue: number; readonly post: Post }
  /** The issue carries this of our state labels and no other. */
  | {
      readonly kind: 'set-state';
      readonly issue: number;
      readonly label: Label | undefined;
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'open-sub-issue';
      readonly parent: number;
      readonly task: string;
      readonly title: string;
      readonly text: string;
      readonly data: PostData;
      readonly assignees: readonly string[];
    }
  /** An issue of ours that stands alone becomes the sub-issue it was made for. */
  | { readonly kind: 'link-sub-issue'; readonly parent: number; readonly child: number; readonly childId: number }
  | { readonly kind: 'block-sub-issue'; readonly issue: number; readonly by: number; readonly byId: number }
  | { readonly kind: 'close-issue'; readonly issue: number; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'reopen-issue'; readonly issue: number }
  /** Check runs on one commit, all at once. With `pull`, nothing is said once that has another head. */
  | {
      readonly kind: 'publish-checks';
      readonly head: string;
      readonly pull?: number;
      readonly checks: readonly WantedCheck[];
    }
  /** Runs of ours that nothing will come of end, unless another open pull request has their commit for its head. */
  | {
      readonly kind: 'cancel-checks';
      readonly pull?: number;
      readonly title: string;
      readonly runs: readonly RunFacts[];
    }
  | {
      readonly kind: 'post-review';
      readonly pull: number;
      readonly commit: string;
      readonly event: Review['event'];
      readonly text: string;
      readonly comments: readonly (Omit<Review['comments'][number], 'body'> & {
        readonly key: string;
        readonly data: PostData;
        readonly text: string;
      })[];
    }
  | {
      readonly kind: 'comment-on-file';
      readonly pull: number;
      readonly commit: string;
      readonly path: string;
      readonly comment: { readonly key: string; readonly data: PostData; readonly text: string };
    }
  | {
      readonly kind: 'dismiss-review';
      readonly pull: number;
      readonly head: string;
      readonly review: number;
      readonly message: string;
    }
  /** Says something in a thread of ours, once, and resolves or opens the thread where that is allowed. */
  | {
      readonly kind: 'reply-in-thread';
      readonly pull: number;
      readonly head: string;
      readonly thread: string;
      readonly comment: number;
      readonly post: Post;
      readonly then: 'resolve' | 'unresolve' | 'leave';
    }
  | { readonly kind: 'write-task-file'; readonly path: string; readonly text: string; readonly message: string }
  | { readonly kind: 'gather-evidence'; readonly request: EvidenceRequest }
);

export type ActionKind = Action['kind'];
export type ActionOf<Kind extends ActionKind> = Extract<Action, { kind: Kind }>;

/** Work for an engine. `digest` names its outcome: the same digest never needs to run twice. */
export type EvidenceRequest = { readonly digest: string; readonly engine: Engine } & (
  | { readonly kind: 'verify'; readonly input: VerifyInput }
  | { readonly kind: 'prove'; readonly input: ProveInput }
  | { readonly kind: 'explain'; readonly input: ExplainInput }
  | { readonly kind: 'advise'; readonly input: AdviseInput }
);

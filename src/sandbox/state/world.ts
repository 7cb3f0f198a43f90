import type { Account, App, Installation, InstallationToken } from './accounts.ts';
import type { CheckRun, CheckSuite, CommitStatus } from './check.ts';
import type { Delivery } from './delivery.ts';
import type { Deployment } from './deployment.ts';
import type { Comment, Issue } from './issue.ts';
import type { MergeQueueEntry } from './merge-queue.ts';
import type { Review, ReviewComment, ReviewThread } from './pull.ts';
import type { Repository } from './repository.ts';
import type { SarifUpload } from './sarif.ts';

/**
 * Everything the sandbox knows except git objects. Plain data, so `structuredClone` is a snapshot. All links between
 * records are database ids; logins are spelled as the account spells them.
 */
export interface World {
  /** Version of the Enterprise Server that this is, `3.17.0`; `null`: GitHub.com. */
  server: string | null;
  /** Last id given out, by kind. */
  ids: Record<string, number>;
  /** By login in lower case. */
  accounts: Map<string, Account>;
  apps: Map<number, App>;
  installations: Map<number, Installation>;
  tokens: Map<string, InstallationToken>;
  repositories: Map<number, Repository>;
  issues: Map<number, Issue>;
  comments: Map<number, Comment>;
  reviews: Map<number, Review>;
  threads: Map<number, ReviewThread>;
  reviewComments: Map<number, ReviewComment>;
  checkSuites: Map<number, CheckSuite>;
  checkRuns: Map<number, CheckRun>;
  statuses: CommitStatus[];
  deployments: Map<number, Deployment>;
  /** In the order in which they wait. */
  mergeQueue: MergeQueueEntry[];
  deliveries: Delivery[];
  /** Uploads to code scanning by their ids. */
  sarifs: Map<string, SarifUpload>;
}

/** A world without anybody in it. */
export function emptyWorld(): World {
  return {
    server: null,
    ids: {},
    accounts: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    repositories: new Map(),
    issues: new Map(),
    comments: new Map(),
    reviews: new Map(),
    threads: new Map(),
    reviewComments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    deployments: new Map(),
    mergeQueue: [],
    deliveries: [],
    sarifs: new Map(),
  };
}

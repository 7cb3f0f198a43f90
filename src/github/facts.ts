/** What GitHub tells and is told, in GitHub's words. */

/** What a server or an installation may lack, and the App can do without. */
export type Feature =
  /** Writing on issues: plans, tasks, labels. */
  | 'issues'
  | 'sub-issues'
  | 'dependencies'
  /** Looking at pull requests at all. */
  | 'pull-requests'
  /** Reviews, and comments on lines. */
  | 'reviews'
  | 'resolve-threads'
  | 'checks'
  | 'merge-queues'
  /** Reading files. */
  | 'files'
  | 'task-files'
  | 'deployments'
  /** Who is in a team. */
  | 'members';

/** Why a feature is not to be had. */
export type Lack =
  /** The installation was not granted it: `checks: write`. */
  | { readonly kind: 'permission'; readonly needs: string }
  /** The server does not have it. `version`: the one that an Enterprise Server tells. */
  | { readonly kind: 'server'; readonly version?: string }
  /** The repository's own rules forbid it. */
  | { readonly kind: 'rules' };

export type Permission = 'admin' | 'write' | 'read' | 'none';

export interface Label {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly reason?: 'completed' | 'not_planned' | 'reopened';
}

/** A comment, or the body of an issue. */
export interface Comment {
  /** Database id. */
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: string;
  readonly open: boolean;
  readonly stateReason?: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface IssueSnapshot {
  readonly repository: RepositoryFacts;
  readonly issue: Issue;
  readonly comments: readonly Comment[];
  /** Who put which label on and took it off, oldest first. */
  readonly labelings: readonly {
    readonly label: string;
    readonly actor: string;
    readonly added: boolean;
    readonly at: string;
  }[];
  readonly parent?: number;
  /** When it was last opened again. */
  readonly reopenedAt?: string;
  readonly pulls: readonly LinkedPull[];
  readonly children: readonly ChildSnapshot[];

  /** Texts of the asked-for paths at the head of the default branch; absent paths are absent. */
  readonly files: ReadonlyMap<string, string>;
}

export interface RepositoryFacts {
  readonly defaultBranch: string;
  /** The commit at its head; absent in an empty repository. */
  readonly head?: string;
  /** The installation may not read files (contents: read is missing), so nothing is known about them. */
  readonly unreadable?: boolean;
}

export interface ChildSnapshot extends Issue {
  /** When it was last opened again. */
  readonly reopenedAt?: string;
  readonly pulls: readonly LinkedPull[];
}

export interface LinkedPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** GitHub itself will close the issue when this is merged; otherwise it only mentions the issue. */
  readonly closes: boolean;
  readonly url: string;
  readonly author: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly head: string;
  readonly base: string;
  readonly mergeCommit?: string;
  readonly mergedAt?: string;
  readonly updatedAt: string;
  readonly checks: readonly CheckFacts[];
}

export interface PullSnapshot {
  readonly repository: RepositoryFacts;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** The head commit, its branch, and whether it comes from another repository. */
  readonly head: { readonly sha: string; readonly ref: string; readonly fork: boolean };
  readonly base: { readonly sha: string; readonly ref: string };
  /** The issues that merging would close, with their bodies: `Closes #n`. */
  readonly closes: readonly Issue[];
  readonly comments: readonly Comment[];
  readonly threads: readonly Thread[];
  /** The App's check runs on the head commit, the last of each name, newest last. */
  readonly checks: readonly RunFacts[];
  /** Its runs on earlier heads that are not completed. */
  readonly unfinished: readonly RunFacts[];
  /** Other open pull requests, those with the latest news first, with their head commits. */
  readonly others: readonly { readonly number: number; readonly head: string }[];
  /** How many files it changes: more than GitHub lists, where they are more than 3,000. */
  readonly changedFiles: number;
  /** The App's own reviews that take a stance, oldest first. */
  readonly ownReviews: readonly OwnReview[];
  /** Texts of the asked-for paths on the base branch. */
  readonly files: ReadonlyMap<string, string>;
}

/** A review of ours that stands: one that was dismissed is none. */
export interface OwnReview {
  readonly id: number;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED';
  /** The commit that it was written for. */
  readonly commit: string;
}

export interface Thread {
  /** Node id. */
  readonly id: string;
  readonly path: string;
  readonly line?: number;
  readonly resolved: boolean;
  readonly outdated: boolean;
  readonly resolvedBy?: string;
  readonly comments: readonly Comment[];
}

export interface CheckFacts {
  readonly id: number;
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: Conclusion;
  readonly title?: string;
  readonly externalId?: string;
}

/** A check run with what is needed to change it. */
export interface RunFacts extends CheckFacts {
  /** Node id. */
  readonly node: string;
  /** The commit that it stands on. */
  readonly head: string;
  /** How many annotations it has. */
  readonly annotations: number;
}

/** A pull request as it stands at this moment. */
export interface PullNow {
  readonly head: string;
  readonly state: PullSnapshot['state'];
  /** The App's runs on the head that was asked about, the last of each name. */
  readonly checks: readonly RunFacts[];
  readonly threads: readonly Thread[];
}

/** A commit that a merge queue made to be checked, and the one that it was built on. */
export interface Group {
  readonly head: string;
  readonly base: string;
  /** The pull request that it brings, where that is known. */
  readonly pull?: number;
}

export interface GroupSnapshot {
  readonly repository: RepositoryFacts;
  /** The repository's page. */
  readonly url: string;
  readonly checks: readonly RunFacts[];
  /** Texts of the asked-for paths at the base. */
  readonly files: ReadonlyMap<string, string>;
}

export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

/** The files that a pull request changes, as listed for its head. */
export interface Listing {
  /** Absent where nothing is listed. */
  readonly head?: string;
  readonly files: readonly ChangedFile[];
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';
  /** The blob on the head side. */
  readonly sha: string;
  /** Lines that are added and deleted; 0 for a binary file and for one that is only renamed. */
  readonly changes: number;
  /** Unified hunks; absent for binary, renamed-only and very large files. */
  readonly patch?: string;
}

export interface Tree {
  readonly entries: readonly { readonly path: string; readonly sha: string; readonly size: number }[];
  /** GitHub gave only a part, and the rest was not found. */
  readonly truncated: boolean;
}

export interface Review {
  readonly commit: string;
  readonly event: 'COMMENT' | 'REQUEST_CHANGES' | 'APPROVE';
  readonly body: string;
  readonly comments: readonly {
    readonly path: string;
    readonly line: number;
    readonly startLine?: number;
    readonly body: string;
  }[];
}

export interface Check {
  readonly name: string;
  readonly head: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: Conclusion;
  readonly title: string;
  readonly summary: string;
  /** What the run is a function of; a run with the same one need not be made again. */
  readonly externalId: string;
  readonly annotations: readonly Annotation[];
  /** Buttons beside its text; at most three. */
  readonly actions: readonly CheckAction[];
}

/** A check run to be made, or one that exists to be changed. */
export interface CheckWrite extends Check {
  /** The first `annotations` of this check stand on it already. */
  readonly existing?: Pick<RunFacts, 'id' | 'node' | 'annotations'>;
}

/** A button (REST reference, "Create a check run": label and identifier to 20 characters, description to 40). */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly createdAt: string;
  readonly state: 'pending' | 'success' | 'failure';
  readonly url?: string;
}

import { TerminalError } from '../kernel/errors.ts';

/** What the App needs of GitHub, in GitHub's words. One repository, seen through one installation. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
  /** The App's own login, by which its comments are known: `database-lead[bot]`. */
  readonly bot: string;
  /** What this server or installation does not offer, as far as is known by now, and why. */
  readonly without: ReadonlyMap<Feature, Lack>;

  /** One query for everything about an issue and its children. `undefined`: there is no such issue. */
  issue(number: number, paths: readonly string[]): Promise<IssueSnapshot | undefined>;
  /** One query for everything about a pull request. `undefined`: there is no such pull request. */
  pull(number: number, paths: readonly string[]): Promise<PullSnapshot | undefined>;
  changedFiles(pull: number): Promise<Listing>;
  /** Every file of a commit. Commits never change, so this is remembered. */
  tree(commit: string): Promise<Tree>;
  /** Texts of blobs by their SHA; `null`: binary, or larger than `limit` bytes. Blobs never change, so this is remembered. */
  texts(blobs: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  permission(login: string): Promise<Permission>;
  /** Those of the teams (`organization/team`) that the person is an active member of; none where we may not see members. */
  teamsOf(login: string, teams: readonly string[]): Promise<readonly string[]>;
  /** One file's text at the head of the default branch. */
  file(path: string): Promise<string | undefined>;
  /** Numbers of open issues with the label, and of open pull requests. */
  open(label: string): Promise<{ readonly issues: readonly number[]; readonly pulls: readonly number[] }>;
  /** Issues that the App itself opened, newest first: where a marker is looked for before an issue is opened again. */
  ownIssues(): Promise<readonly Issue[]>;
  deployments(environments: readonly string[]): Promise<readonly Deployment[]>;
  /** Whether the commit `ancestor` is in the history of `descendant`. */
  contains(descendant: string, ancestor: string): Promise<boolean>;
  /** The commit where the history of `head` left that of `base`; `undefined`: they share none. */
  mergeBase(base: string, head: string): Promise<string | undefined>;
  /** Numbers of the issues that block this one. */
  blockedBy(issue: number): Promise<readonly number[]>;
  comments(issue: number): Promise<readonly Comment[]>;
  /**
   * One query for what may have changed since the picture was taken, asked just before something is said about `head`.
   * `undefined`: the pull request is gone.
   */
  pullNow(pull: number, head: string): Promise<PullNow | undefined>;
  /** Every check run of the App on a commit, oldest first, with those that a newer one of their name has replaced. */
  checks(head: string): Promise<readonly RunFacts[]>;
  /** Numbers of the open pull requests with this head: events about a fork's push name none. */
  pullsWithHead(head: string): Promise<readonly number[]>;
  /** Numbers of the open pull requests into this branch. */
  pullsInto(branch: string): Promise<readonly number[]>;
  /** What a merge queue made: configuration at its base and our runs on its head. `undefined`: there is no such commit. */
  group(group: Group, paths: readonly string[]): Promise<GroupSnapshot | undefined>;
  /** The groups that wait for their checks; none where there is no merge queue, or none that we may see. */
  groups(): Promise<readonly Group[]>;
  ownReviews(pull: number): Promise<readonly OwnReview[]>;

  createIssue(input: {
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
    readonly assignees: readonly string[];
  }): Promise<{ readonly number: number; readonly id: number }>;
  updateIssue(number: number, change: IssueChange): Promise<void>;
  createComment(issue: number, body: string): Promise<void>;
  updateComment(comment: number, body: string): Promise<void>;
  addLabels(issue: number, labels: readonly Label[]): Promise<void>;
  removeLabel(issue: number, label: string): Promise<void>;
  /** `false`: nothing was linked, because the child has a parent already or because `without` has `sub-issues`. */
  addSubIssue(parent: number, child: { readonly number: number; readonly id: number }): Promise<boolean>;
  /** `false`: nothing was linked, because it is already or because `without` has `dependencies`. */
  addBlockedBy(issue: number, blockingId: number): Promise<boolean>;
  /** Where GitHub refuses the place of a comment, that one stands on the file instead, and no other is lost. */
  createReview(pull: number, review: Review): Promise<void>;
  /** A comment on a file as a whole. */
  commentOnFile(
    pull: number,
    comment: { readonly commit: string; readonly path: string; readonly body: string },
  ): Promise<void>;
  dismissReview(pull: number, review: number, message: string): Promise<void>;
  replyToReviewComment(pull: number, comment: number, body: string): Promise<void>;
  updateReviewComment(comment: number, body: string): Promise<void>;
  /** `false`: the installation may not (contents: write is missing). */
  resolveThread(thread: string): Promise<boolean>;
  unresolveThread(thread: string): Promise<boolean>;
  /**
   * Makes check runs say so, all in one request: new ones, and those that `existing` names. Returns them as they stand. A run is
   * completed only with its last annotation. One that is refused does not stop the others; its refusal is thrown afterwards.
   */
  publishChecks(writes: readonly CheckWrite[]): Promise<readonly RunFacts[]>;
  /** Commits one file to the default branch; on a protected branch through a pull request. Tells which; `unchanged`: it says so already. */
  commitFile(file: {
    readonly path: string;
    readonly text: string;
    readonly message: string;
  }): Promise<'committed' | 'pull-request' | 'unchanged'>;
}

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

/** The App across its installations. */
export interface GitHub {
  repository(owner: string, repo: string): Promise<Repository>;
  /** Every repository that the App is installed on. */
  repositories(): Promise<readonly { readonly owner: string; readonly repo: string }[]>;
  /** Webhook deliveries since an instant of which no attempt succeeded. */
  missedDeliveries(
    since: Date,
  ): Promise<readonly { readonly id: number; readonly guid: string; readonly event: string }[]>;
  redeliver(delivery: number): Promise<void>;
  /** The installation may have changed: what it may do is looked up again. */
  forget(installation: number): void;
}

/** The installation was not granted what a call needs. `needs` is GitHub's own word for the permission, where it gives one. */
export class Forbidden extends TerminalError {
  override readonly name = 'Forbidden';
  readonly needs: string | undefined;

  constructor(call: string, needs: string | undefined, cause: unknown) {
    super(
      `not allowed: ${call}`,
      `Grant the App the permission ${needs ?? 'that this call needs'}, or accept the pending request for it`,
      { cause },
    );
    this.needs = needs;
  }
}

/** The App is not installed on the repository (any longer). */
export class NotInstalled extends TerminalError {
  override readonly name = 'NotInstalled';

  constructor(repository: string, cause: unknown) {
    super(`the App is not installed on ${repository}`, 'Install it there', { cause });
  }
}

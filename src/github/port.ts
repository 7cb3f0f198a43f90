import { TerminalError } from '../kernel/errors.ts';
import type {
  CheckWrite,
  Comment,
  Deployment,
  Feature,
  Group,
  GroupSnapshot,
  Issue,
  IssueChange,
  IssueSnapshot,
  Label,
  Lack,
  Listing,
  OwnReview,
  Permission,
  PullNow,
  PullSnapshot,
  Review,
  RunFacts,
  Tree,
} from './facts.ts';

export type * from './facts.ts';

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

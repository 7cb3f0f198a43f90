import type { Config, ConfigProblem, Database } from '../config/config.ts';
import type { Explained, VerifyReport } from '../engines/port.ts';
import type {
  ChangedFile,
  ChildSnapshot,
  Comment,
  Deployment,
  Issue,
  LinkedPull,
  Permission,
  PullSnapshot,
  Repository,
  RunFacts,
} from '../github/port.ts';
import type { Revision } from '../messages/place.ts';
import type { PlanRecord } from '../messages/plan-record.ts';
import type { Advice } from '../planner/advice.ts';
import type { Criterion, Proof } from '../planner/plan.ts';
import type { Answer, UnclearAnswer } from '../requests/answers.ts';
import type { Command } from '../requests/commands.ts';
import type { NumberedQuestion } from '../requests/questions.ts';
import type { Understood } from '../requests/understand.ts';
import type { Catalog } from '../sql/catalog.ts';
import type { Finding, LintReport } from '../sql/finding.ts';
import type { History, Migration } from '../sql/history/history.ts';
import type { EvidenceRequest } from './actions.ts';
import type { Touches } from './observe/overlaps.ts';
import type { OwnPost } from './post.ts';
import type { Placed, Silenced } from './review/findings.ts';
import type { Dismissal } from './review/threads.ts';

/** The repository as every pass sees it. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly defaultBranch: string;
  /** The commit that was looked at; absent in an empty repository. */
  readonly head?: string;
  /** The installation may not read files, so nothing is known about them. */
  readonly unreadable?: boolean;
  /** The App's own login. */
  readonly bot: string;
  /** What this server or installation does not offer, and why. */
  readonly without: Repository['without'];
}

/** A person by what they may do here. */
export interface Person {
  readonly login: string;
  readonly permission: Permission;
  /** Roles that the configuration gives them. */
  readonly roles: readonly string[];
}

/** A database of the repository with what its migrations make. */
export interface Schema {
  readonly database: Database;
  /** Absent where no migrations were found. */
  readonly history?: History;
  readonly migrations: readonly Migration[];
  readonly catalog: Catalog;
  /** All of it could be read, so that what it does not have is not there, as far as the migrations tell. */
  readonly whole?: true;
  /** What could not be read: sentences that name the file. */
  readonly problems: readonly string[];
  /** Names the texts that the catalog came from. */
  readonly digest: string;
}

/** A command that a person gave in a comment. */
export interface Given {
  readonly comment: Comment;
  readonly command: Command;
  readonly by: Person;
}

/** Everything a pass may know about an issue. */
export interface RequestPicture {
  readonly now: Date;
  readonly place: Place;
  readonly config: Config;
  readonly configProblems: readonly ConfigProblem[];
  readonly issue: Issue;
  /** `request`: carries the request label, or did. `task`: one of our sub-issues. */
  readonly role: 'request' | 'task';
  /** How often the request label was put on and taken off, and whether it is on now. */
  readonly label: { readonly on: boolean; readonly times: number };
  readonly asker: Person;
  readonly posts: readonly OwnPost[];
  readonly commands: readonly Given[];
  readonly schema: Schema;
  /** What the request says, with the answers so far; only for a request that may be made. */
  readonly reading?: Reading;
  /** Queries of the request that have to be measured before there can be a plan. */
  readonly measuring: readonly EvidenceRequest[];
  /** The plan in force: posted, or the one that would be. */
  readonly plan?: PlanPicture;
  readonly children: readonly Child[];
  /** Pull requests that name this issue, for a task. */
  readonly pulls: readonly LinkedPull[];
  /** Open issues by assignee, where somebody has to be chosen. */
  readonly workload: ReadonlyMap<string, number>;
  readonly deployments: readonly Deployed[];
  /** Results of engines for this pass, by digest; what is not here has not been run. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** The task file on the default branch, where task files are configured; without text while it does not exist. */
  readonly taskFile?: { readonly id: string; readonly path: string; readonly text?: string };
  /** The parent, for a task. */
  readonly parent?: number;
}

/** The request as understood. */
export interface Reading {
  readonly understood: Understood;
  readonly questions: readonly NumberedQuestion[];
  readonly answers: ReadonlyMap<string, Answer>;
  readonly unclear: readonly UnclearAnswer[];
  /** Names the request's text and answers. */
  readonly digest: string;
}

export interface PlanPicture {
  /** Names the plan: what it does, not when it was made. */
  readonly digest: string;
  readonly record: PlanRecord;
  /** The comment that holds it; absent while it is only a candidate. */
  readonly post?: OwnPost;
  /** What running it showed; absent while it has not been run. */
  readonly proof?: Proof;
  /** What would prove it. */
  readonly proving: Extract<EvidenceRequest, { kind: 'prove' }>;
  readonly approval: Approval;
}

export type Approval =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'given'; readonly by: string; readonly at: string }
  | { readonly kind: 'refused'; readonly by: string; readonly at: string; readonly reason: string };

/** A sub-issue of ours. */
export interface Child {
  readonly task: string;
  readonly issue: ChildSnapshot;
  /** Numbers of the issues that block it. */
  readonly blockedBy: readonly number[];
  /** Whether GitHub knows it as a sub-issue of its parent. */
  readonly linked: boolean;
  /** For one that a person closed without a pull request: whether the default branch meets its criteria. */
  readonly confirmation?: { readonly request: EvidenceRequest; readonly report?: VerifyReport };
}

/** A deployment with the merges of this request that it contains. */
export interface Deployed extends Deployment {
  readonly contains: readonly string[];
}

export type Evidence =
  | { readonly kind: 'verify'; readonly report: VerifyReport }
  | { readonly kind: 'prove'; readonly proof: Proof }
  | { readonly kind: 'explain'; readonly explained: Explained }
  | { readonly kind: 'advise'; readonly advice: Advice };

/** What a sub-issue of ours asks for, from its signed marker. */
export interface TaskOrder {
  readonly child: number;
  readonly parent: number;
  readonly task: string;
  readonly database: string;
  readonly criteria: readonly Criterion[];
}

/** Everything a pass may know about a pull request. */
export interface PullPicture {
  readonly now: Date;
  /** When GitHub told of the pull request itself. */
  readonly readAt: Date;
  readonly place: Place;
  readonly config: Config;
  readonly configProblems: readonly ConfigProblem[];
  readonly pull: PullSnapshot;
  readonly files: readonly ChangedFile[];
  /** GitHub lists only a part of the changed files, and the rest could not be found otherwise. */
  readonly filesCut: boolean;
  /** One for each database whose migrations the pull request touches. */
  readonly reviews: readonly DatabaseReview[];
  readonly tasks: readonly TaskOrder[];
  readonly commands: readonly Given[];
  readonly posts: readonly OwnPost[];
  /** The schema of the base branch that questions are answered from. */
  readonly schema?: Schema;
  readonly checks: readonly RunFacts[];
  readonly threads: readonly FindingThread[];
  /** What the rules find, the gravest first, each under the key of its thread. */
  readonly findings: readonly Placed[];
  /** What people ignored with a reason, by the key of the finding. */
  readonly dismissals: ReadonlyMap<string, Dismissal>;
  /** Other open pull requests that change the same objects. */
  readonly overlaps: readonly { readonly pull: number; readonly objects: readonly string[] }[];
  readonly touches: Touches;
  readonly evidence: ReadonlyMap<string, Evidence>;
}

/** Everything a pass may know about a merge group. */
export interface GroupPicture
  extends Pick<
    PullPicture,
    'place' | 'configProblems' | 'filesCut' | 'reviews' | 'findings' | 'dismissals' | 'checks' | 'evidence'
  > {
  readonly pull: Revision;
}

/** The migrations of a pull request for one database, as the rules and the engine see them. */
export interface DatabaseReview {
  readonly database: Database;
  readonly migrations: readonly Migration[];
  readonly lint: LintReport;
  /** What each finding's change is made to, by its key in a catalog. */
  readonly objects: ReadonlyMap<Finding, string>;
  /** The relations and types that it changes, by their keys in a catalog. */
  readonly touched: ReadonlySet<string>;
  /** What the authors of the files ignored in them. */
  readonly suppressed: readonly Silenced[];
  /** Migration files that could not be looked at, with why: removed, binary, too large. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  readonly problems: readonly string[];
  readonly verification: Extract<EvidenceRequest, { kind: 'verify' }>;
}

/** A review thread that began with a finding of ours. */
export interface FindingThread {
  readonly key: string;
  readonly rule: string;
  /** What the change was made to, by its key in a catalog; empty for a file as a whole. */
  readonly object: string;
  readonly thread: string;
  /** Database id of its first comment. */
  readonly comment: number;
  readonly path: string;
  readonly resolved: boolean;
  readonly resolvedBy?: string;
  /** The lines that it stood on have changed, so that GitHub no longer shows it with them. */
  readonly outdated: boolean;
  /** What we said in it after the finding, oldest first. */
  readonly said: readonly OwnPost[];
  readonly commands: readonly Given[];
}

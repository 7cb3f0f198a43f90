import type { Role } from './accounts.ts';

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
  default: boolean;
}

export interface BranchProtection {
  /** Direct commits are refused; changes arrive through a pull request. */
  requiresPullRequest: boolean;
  requiredApprovals: number;
  /** Names of check runs or status contexts that must have succeeded before a merge. */
  requiredChecks: string[];
  enforceAdmins: boolean;
}

export interface Environment {
  id: number;
  name: string;
  createdAt: string;
  updatedAt: string;
  /** Logins whose approval a deployment waits for. */
  reviewers: string[];
  preventSelfReview: boolean;
  waitMinutes: number;
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  description: string | null;
  private: boolean;
  defaultBranch: string;
  /** Repository this one was forked from. Forks share one object store. */
  parentId: number | null;
  /** Key of the git object store, shared by a repository and its forks. */
  network: string;
  collaborators: Record<string, Role>;
  /** Full ref name (`refs/heads/main`) to commit id. */
  refs: Record<string, string>;
  protection: Record<string, BranchProtection>;
  labels: Label[];
  environments: Environment[];
  /** Whether code scanning can be used: always in public repositories, elsewhere where it was bought. */
  codeScanning: boolean;
  /** Issues and pull requests share this sequence. */
  nextNumber: number;
  /** Issue and pull-request numbers to issue database ids. */
  issueIds: Map<number, number>;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
}

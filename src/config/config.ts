import type { Engine } from '../sql/engine.ts';
import type { Tool } from '../sql/history/history.ts';
import type { RuleSettings } from '../sql/lint/levels.ts';

export { parseConfig } from './parse.ts';

/** What `.github/database-lead.yml` says, with defaults for what it leaves out. docs/configuration.md is its reference. */
export interface Config {
  readonly labels: { readonly request: string };
  /** Empty: databases are found by their migrations. */
  readonly databases: readonly Database[];
  /** Logins, or teams as `organization/team`, by role. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly specialists: readonly Specialist[];
  readonly review: Required<RuleSettings> & {
    readonly requestChanges: boolean;
    /** Approve what passes. */
    readonly approve: boolean;
    /** How many of our review threads may be open at a time. */
    readonly maxThreads: number;
    /** No summary where there is nothing to say. */
    readonly quiet: boolean;
    /** What holds of rules in some files instead; of several that match, the later ones win. */
    readonly paths: readonly PathSettings[];
    /** Globs of files that are not reviewed. */
    readonly pathsIgnore: readonly string[];
  };
  readonly plan: { readonly approval: Approval };
  /** Roles that sign merged work off. */
  readonly signOff: readonly string[];
  /** Environments whose deployments must succeed before the work is done. */
  readonly environments: readonly string[];
  /** Absent: no task files. */
  readonly mdtm?: { readonly path: string };
  /** Days without news after which a task counts as stale. */
  readonly staleDays: number;
}

export interface Database {
  readonly name: string;
  readonly engine: Engine;
  readonly version?: string;
  /** Path or glob; absent: detected. */
  readonly migrations?: string;
  readonly tool?: Tool;
  /** What is known about tables, by name. */
  readonly tables: Readonly<Record<string, { readonly rows?: number }>>;
}

export interface Specialist {
  /** The role's name. */
  readonly name: string;
  readonly engines: readonly (Engine | '*')[];
  readonly assignees: readonly string[];
}

export interface PathSettings extends Required<RuleSettings> {
  /** A folder, a file or a glob. */
  readonly path: string;
}

export const approvals = ['never', 'destructive', 'always'] as const;
type Approval = (typeof approvals)[number];

/** A mistake in the file. The key's default, or the good part of its value, is in force meanwhile. */
export interface ConfigProblem {
  /** The key with its path: `databases[0].engine`. */
  readonly key: string;
  readonly value: unknown;
  /** What may stand there. */
  readonly allowed: string;
  /** Where it stands, 1-based, where that is known. */
  readonly line?: number;
  readonly column?: number;
}

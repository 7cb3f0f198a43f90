import type { Engine } from '../engine.ts';

/** The migration tools whose file layout and habits we know. */
export const tools = ['golang-migrate', 'prisma', 'diesel', 'flyway', 'dbmate', 'goose', 'numbered'] as const;
export type Tool = (typeof tools)[number];

/** A repository's migrations in the order in which their tool runs them. */
export interface History {
  readonly tool: Tool;
  readonly directory: string;
  readonly entries: readonly HistoryEntry[];
  /** What is odd about the files (two with one version, a down without an up): sentences that name the files. */
  readonly problems: readonly string[];
}

export interface HistoryEntry {
  readonly version: string;
  readonly name: string;
  /** Path of the file that goes up, in the repository. */
  readonly up: string;
  /** Path of the file that goes back; the same as `up` where one file holds both sections. */
  readonly down?: string;
  /** A file beside it that changes how the tool runs it (diesel's `metadata.toml`, Flyway's `.conf`). */
  readonly metadata?: string;
}

/** One migration as the tool would run it. Texts keep the line numbers of their files. */
export interface Migration {
  readonly version: string;
  readonly file: string;
  readonly sql: string;
  readonly downFile?: string;
  readonly down?: string;
  /** Whether the tool wraps the file in one transaction. */
  readonly transaction: boolean;
}

/** Where a database's migrations are, as far as the configuration says. */
export interface HistoryHints {
  readonly engine: Engine;
  /** A path or glob. */
  readonly migrations?: string;
  readonly tool?: Tool;
}

import type { Engine } from '../engine.ts';

/** The migration tools whose file layout and habits we know. */
export const tools = [
  'golang-migrate',
  'prisma',
  'diesel',
  'flyway',
  'dbmate',
  'goose',
  'atlas',
  'sqlx',
  'node-pg-migrate',
  'numbered',
] as const;
export type Tool = (typeof tools)[number];

/** A repository's migrations in the order in which their tool runs them. */
export interface History {
  readonly tool: Tool;
  /** The directory that holds the files, or the folders of the files; empty for the repository's root. */
  readonly directory: string;
  /** The engine that the names of folders or files tell, where they do. */
  readonly engine?: Engine;
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
  /** As the text itself tells it where it has a tool's marks; absent: a text whose tool nobody knows. */
  readonly tool?: Tool;
  readonly sql: string;
  readonly downFile?: string;
  readonly down?: string;
  /**
   * Whether the file runs in one transaction: because the tool opens one, or because the tool sends several statements in
   * one message, which PostgreSQL runs as one (manual, "Multiple Statements in a Simple Query").
   */
  readonly transaction: boolean;
  /** The transaction is only that of one message, so that a BEGIN in the file is the first. */
  readonly inOneMessage?: boolean;
  /** The same for the way back, where there is one. */
  readonly downTransaction?: boolean;
}

/** The texts of one entry's files. */
export interface MigrationTexts {
  readonly up: string;
  readonly down?: string;
  readonly metadata?: string;
}

/** Where a database's migrations are, as far as the configuration says. */
export interface HistoryHints {
  readonly engine: Engine;
  /** A path or glob. */
  readonly migrations?: string;
  readonly tool?: Tool;
}

import type { HistoryEntry, MigrationTexts, Tool } from '../history.ts';

/** What a path means to a tool. */
export interface Part {
  /** The folder that all files of the history share. */
  readonly directory: string;
  readonly version: string;
  readonly name: string;
  readonly role: 'up' | 'down' | 'metadata';
}

/** A path taken apart once for all tools. `folder` is empty at the root; `base` has lost its dialect (`.mysql.sql`). */
export interface PathParts {
  readonly folder: string;
  readonly base: string;
}

/** The two directions of a migration. Each keeps the line numbers of its file. */
export interface Directions {
  readonly sql: string;
  readonly transaction: boolean;
  /** What makes the transaction is that the tool sends the file in one message; it opens none itself. */
  readonly inOneMessage?: boolean;
  /** The tool whose marks the text has, where the layout is that of several. */
  readonly tool?: Tool;
  readonly down?: string;
  readonly downTransaction?: boolean;
}

/** A migration that is to be put into files. */
export interface MigrationDraft {
  readonly up: string;
  readonly down: string;
  /** Whether its statements may run in a transaction. */
  readonly transaction: boolean;
}

/** The paths of a new migration. Without `down`, the history has no ways back. */
export interface MigrationPaths {
  readonly up: string;
  readonly down?: string;
}

export interface MigrationFile {
  readonly path: string;
  readonly text: string;
}

/** What a new migration is called: the words of its title, after the last migration that is there. */
export interface Naming {
  readonly version: string;
  /** Lower-case words. */
  readonly words: readonly string[];
  readonly last: HistoryEntry | undefined;
  /** Whether the migrations that are there have a way back. */
  readonly reversible: boolean;
}

/** One migration tool: what its files are called, how it orders them, and how it runs them. */
export interface MigrationTool {
  readonly id: Tool;
  readonly part: (path: PathParts) => Part | undefined;
  /** The order in which the tool runs them. */
  readonly compare: (one: HistoryEntry, other: HistoryEntry) => number;
  readonly read: (texts: MigrationTexts) => Directions;
  /** The first version of an empty history: digits, or the form of a timestamp. */
  readonly firstVersion: string | 'timestamp';
  /** Paths within the history's directory. */
  readonly paths: (naming: Naming) => MigrationPaths;
  /** The files of a migration, with what the tool has to be told about it. {@link read} understands them. */
  readonly write: (draft: MigrationDraft, paths: MigrationPaths) => readonly MigrationFile[];
}

/** A path without its last `levels` segments. */
export function parent(path: string, levels = 1): string {
  let end = path.length;
  for (let level = 0; level < levels; level++) end = path.lastIndexOf('/', end - 1);
  return end <= 0 ? '' : path.slice(0, end);
}

/** The last segment of a path. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Each direction in a file of its own, for tools that are told nothing. */
export function writePlain({ up, down }: MigrationDraft, paths: MigrationPaths): readonly MigrationFile[] {
  const forth = { path: paths.up, text: up };
  return paths.down === undefined ? [forth] : [forth, { path: paths.down, text: down }];
}

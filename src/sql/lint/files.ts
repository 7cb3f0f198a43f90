import type { Tool } from '../history/history.ts';

/** A text to lint, as far as its tool and its neighbours are known. */
export interface LintFile {
  readonly file: string;
  readonly sql: string;
  /** Whether the tool that runs the file wraps it in one transaction. */
  readonly transaction?: boolean;
  /** The migration's version, where the file has one. */
  readonly version?: string;
  readonly tool?: Tool;
  /** The way back, where there is one. */
  readonly down?: string;
  readonly downFile?: string;
  /** The transaction is only that of one message to the server, which the file's own BEGIN and COMMIT take over. */
  readonly inOneMessage?: boolean;
  /** Which history the file is of, where the run holds several; `whole`: the run holds it from its first migration on. */
  readonly history?: { readonly name: string; readonly whole: boolean };
  /** What the file is on the base branch, where it is there already. */
  readonly merged?: { readonly file: string; readonly sql: string };
}

/** A migration that is on the base branch, and not part of the run. */
export interface MergedMigration {
  readonly file: string;
  readonly version: string;
  /** Whether it has a way back. */
  readonly reversible: boolean;
}

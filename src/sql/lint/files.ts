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
}

import type { Span } from './span.ts';

/** `error` blocks; `warning` and `notice` do not. */
export const levels = ['error', 'warning', 'notice'] as const;
export type Level = (typeof levels)[number];

export const categories = [
  'locking',
  'data-loss',
  'compatibility',
  'correctness',
  'performance',
  'security',
  'standards',
] as const;
export type Category = (typeof categories)[number];

/** What a rule says about a change, in the form of the JSON contract. */
export interface Finding extends Span {
  readonly rule: string;
  readonly level: Level;
  readonly category: Category;
  readonly file: string;
  readonly message: string;
  readonly remedy: string;
  /** A text that may stand in place of the span. */
  readonly fix?: { readonly description: string; readonly replacement: string };
  readonly docs: string;
}

/** A finding that its author suppressed in the file, with the reason given. */
export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
}

export interface LintError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The lint contract: what `lint --format json` prints. */
export interface LintReport {
  readonly tool: 'database-lead';
  readonly version: string;
  readonly files: number;
  readonly statements: number;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly errors: readonly LintError[];
}

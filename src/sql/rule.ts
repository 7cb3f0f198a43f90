import type { Catalog } from './catalog.ts';
import type { Change, ChangeKind, ChangeOf } from './change.ts';
import type { Engine } from './engine.ts';
import type { Category, Finding, Level } from './finding.ts';
import type { ObjectName } from './name.ts';

/** What a rule may know beside the change itself. */
export interface RuleContext {
  readonly engine: Engine;
  /** The major version, as a number to compare: 16, 8.4, 10.11. */
  readonly version: number;
  /** The schema just before this change. */
  readonly before: Catalog;
  /** Whether this change set (file or pull request) made the table, so that no rows can be waiting in it. */
  readonly isNew: (table: ObjectName) => boolean;
  /** Whether the statement runs inside a transaction, the tool's implicit one included. */
  readonly inTransaction: boolean;
  /** Whether a `SET lock_timeout` is in force here. */
  readonly lockTimeout: boolean;
  /** Rows of the table, where the configuration gives a hint. */
  readonly rows: (table: ObjectName) => number | undefined;
  /** The statement as it is written. */
  readonly statement: string;
  /** Every change of the same statement, and of the whole file so far, in order. */
  readonly siblings: readonly Change[];
  readonly earlier: readonly Change[];
}

/** A sentence, or a sentence with a replacement for the whole statement. */
export type Verdict = string | { readonly message: string; readonly fix: NonNullable<Finding['fix']> } | undefined;

export interface RuleExample {
  readonly engine: Engine;
  readonly given?: string;
  readonly bad: string;
  /** No rule at all dislikes this; where no good migration exists, why. */
  readonly good: string | { readonly none: string };
  /** The SQLSTATE with which the bad example fails on the engine, where it does. */
  readonly fails?: string;
  /** The examples are read as a tool's file that runs in one transaction. */
  readonly inTransaction?: boolean;
}

export interface Rule {
  readonly id: string;
  readonly level: Level;
  readonly category: Category;
  readonly engines: readonly Engine[];
  /** When it fires, what that does to a running system, and what to do instead: each one sentence without a full stop. */
  readonly when: string;
  readonly effect: string;
  readonly remedy: string;
  /** The manual page or other origin of the facts. */
  readonly source: string;
  readonly examples: readonly RuleExample[];
  /** The kinds of change that it looks at, so that the runner does not call it in vain. */
  readonly on: readonly ChangeKind[];
  /** One finding a file says it all: only the first is reported. */
  readonly oncePerFile?: boolean;
  check(change: Change, context: RuleContext): Verdict;
}

/** A rule whose `check` gets only the kinds of change that `on` names. */
export interface RuleDefinition<Kind extends ChangeKind> extends Omit<Rule, 'on' | 'check'> {
  readonly on: readonly Kind[];
  check(change: ChangeOf<Kind>, context: RuleContext): Verdict;
}

/** Gives a rule its type; nothing else happens at definition. The runner keeps the promise that `on` makes to `check`. */
export function defineRule<const Kind extends ChangeKind>(rule: RuleDefinition<Kind>): Rule {
  return rule;
}

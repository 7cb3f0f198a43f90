import type { Catalog } from './catalog.ts';
import type { Change, ChangeKind, ChangeOf, Script } from './change.ts';
import type { Engine } from './engine.ts';
import type { Category, Finding, Level } from './finding.ts';
import type { LintFile, MergedMigration } from './lint/files.ts';
import type { Knowledge } from './lint/knowledge.ts';
import type { NameSpace } from './lint/novelty.ts';
import type { Session } from './lint/session.ts';
import type { ObjectName } from './name.ts';
import type { Span } from './span.ts';

/** What may be set of a rule beside its level: `review.rules: { naming: { table: "^[a-z_]+$" } }`. */
export type OptionValue = string | number | boolean | readonly string[];
export type RuleOptions = Readonly<Record<string, OptionValue>>;

/** What every rule may know. */
interface CommonContext<Options extends RuleOptions> {
  readonly engine: Engine;
  /** The major version, as a number to compare: 16, 8.4, 10.11. */
  readonly version: number;
  /** Whether somebody said which version runs this; otherwise `version` is the oldest that is still supported. */
  readonly isVersionKnown: boolean;
  /** The rule's options: its defaults, with what the configuration says over them. */
  readonly options: Options;
  /** Whether this change set (file or pull request) made the table or other object, so that no rows can be waiting in it. */
  readonly isNew: (name: ObjectName, space?: NameSpace) => boolean;
  /** Rows of the table, where the configuration gives a hint. */
  readonly rows: (table: ObjectName) => number | undefined;
  /** The file, as far as its tool and its neighbours are known. */
  readonly file: LintFile;
  /** What is known of the database at this point. */
  readonly known: Knowledge;
}

/** What a rule may know beside the change itself. */
export interface RuleContext<Options extends RuleOptions = RuleOptions> extends CommonContext<Options>, Session {
  /** The schema just before this change. */
  readonly before: Catalog;
  /** The statement as it is written. */
  readonly statement: string;
  /** Every change of the same statement, and of the whole file so far, in order. */
  readonly siblings: readonly Change[];
  readonly earlier: readonly Change[];
  /** What the file, or the change set that it belongs to, does after this change, in order: what is dropped here may be made again below. */
  readonly following: () => Iterable<Change>;
}

/** What a rule may know that looks at a file as a whole. */
export interface FileContext<Options extends RuleOptions = RuleOptions> extends CommonContext<Options> {
  readonly script: Script;
  /** The state in which the file leaves its session. */
  readonly end: Session;
  /** Every file of this run in the order in which they run, and the place of this one among them. */
  readonly files: readonly LintFile[];
  /** What each of these files says. */
  readonly scripts: readonly Script[];
  readonly index: number;
  /** The migrations of the base branch that are not part of this run. */
  readonly merged: readonly MergedMigration[];
  /** What the way back says, where the file has one. */
  readonly back?: Script;
  /** The schema before the file as far as the file touches it, where the file has a way back to it. */
  readonly before?: Catalog;
  /** The schema after the file. */
  readonly after: Catalog;
}

/** A sentence, or a sentence with a replacement for the whole statement, or with another level than the rule's own. */
export type Verdict = string | Judgement | undefined;

interface Judgement {
  readonly message: string;
  readonly fix?: NonNullable<Finding['fix']>;
  /** Where this case is less or more grave than the rule's usual one; the configuration has the last word. */
  readonly level?: Level;
}

/** What a rule says of a place in a file. */
export interface FileVerdict {
  readonly message: string;
  readonly span: Span;
  readonly level?: Level;
}

export interface RuleExample {
  readonly engine: Engine;
  readonly engineVersion?: string;
  readonly given?: string;
  readonly bad: string;
  /** No rule at all dislikes this; where no good migration exists, why. */
  readonly good: string | { readonly none: string };
  /** The SQLSTATE with which the bad example fails on the engine, where it does. */
  readonly fails?: string;
  /** The examples are read as a tool's file that runs in one transaction. */
  readonly inTransaction?: boolean;
  /** What is known of the file, and of others around it. */
  readonly file?: Omit<Partial<LintFile>, 'file' | 'sql'>;
  readonly others?: readonly LintFile[];
  readonly merged?: readonly MergedMigration[];
  /** `given` is all there is. */
  readonly complete?: boolean;
  /** Why the example cannot run on the throwaway engine: an extension, a second server, superuser rights. */
  readonly notExecuted?: string;
}

interface RuleFacts {
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
  /** A matter of taste: it speaks only where the configuration gives it a level. */
  readonly optIn?: true;
  /** What can be set of it, with the defaults; `docs` says what each means. */
  readonly options?: RuleOptions;
  readonly optionDocs?: Readonly<Record<string, string>>;
  /** Those options that are regular expressions, or lists of them; `{word}` in one stands for a name. */
  readonly patterns?: readonly string[];
  /** One finding a file says it all: only the first is reported. */
  readonly oncePerFile?: boolean;
  /** The harm grows with the table, so a hint that the table is small makes a notice of it. Default: every locking rule. */
  readonly sized?: boolean;
}

/** A rule about single changes. */
export interface ChangeRule extends RuleFacts {
  /** The kinds of change that it looks at, so that the runner does not call it in vain. */
  readonly on: readonly ChangeKind[];
  /** Whether it also looks at statements in the bodies of functions, which run at another time. */
  readonly inRoutines?: true;
  check(change: Change, context: RuleContext): Verdict;
}

/** A rule about a file as a whole: its transaction, its version, its way back. */
export interface FileRule extends RuleFacts {
  checkFile(context: FileContext): readonly FileVerdict[];
}

export type Rule = ChangeRule | FileRule;

/** A rule whose `check` gets only the kinds of change that `on` names, and its own options. */
export interface RuleDefinition<Kind extends ChangeKind, Options extends RuleOptions>
  extends Omit<ChangeRule, 'on' | 'options' | 'optionDocs' | 'check'> {
  readonly on: readonly Kind[];
  readonly options?: Options;
  readonly optionDocs?: Readonly<Record<keyof Options, string>>;
  check(change: ChangeOf<Kind>, context: RuleContext<Options>): Verdict;
}

export interface FileRuleDefinition<Options extends RuleOptions>
  extends Omit<FileRule, 'options' | 'optionDocs' | 'checkFile'> {
  readonly options?: Options;
  readonly optionDocs?: Readonly<Record<keyof Options, string>>;
  checkFile(context: FileContext<Options>): readonly FileVerdict[];
}

/** Gives a rule its type; nothing else happens at definition. The runner keeps the promises that `on` and `options` make. */
export function defineRule<const Kind extends ChangeKind, Options extends RuleOptions = RuleOptions>(
  rule: RuleDefinition<Kind, Options>,
): Rule {
  return rule as Rule;
}

/** The same for a rule about files. */
export function defineFileRule<Options extends RuleOptions = RuleOptions>(rule: FileRuleDefinition<Options>): Rule {
  return rule as Rule;
}

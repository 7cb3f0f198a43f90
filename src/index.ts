import { answerOf, readAnswers, readRows, rowsOf } from './cli/plan/answers.ts';
import { designAlone } from './cli/plan/design.ts';
import { lintReport } from './cli/report.ts';
import { oneOf, UsageError, versionOption } from './cli/usage.ts';
import { didYouMean } from './config/did-you-mean.ts';
import { createEngines } from './engines/engines.ts';
import { silentLog } from './kernel/log.ts';
import type { VerifyReport } from './planner/evidence.ts';
import type { Criterion } from './planner/plan.ts';
import type { PlanReport } from './planner/report.ts';
import type { GivenAnswer } from './planner/schemas/given.ts';
import { catalogOf } from './sql/apply/index.ts';
import type { Script } from './sql/change.ts';
import { type Engine, engines } from './sql/engine.ts';
import type { LintReport } from './sql/finding.ts';
import type { Migration } from './sql/history/history.ts';
import { readAlone, readMigration } from './sql/history/read.ts';
import { leavesDoubt } from './sql/lint/knowledge.ts';
import { type RuleSetting, readRuleSettings } from './sql/lint/settings.ts';
import type { LintOptions as LintRun } from './sql/lint.ts';
import { loadParsers, parse } from './sql/parsers/index.ts';

export { UsageError } from './cli/usage.ts';
export type { VerifyReport } from './planner/evidence.ts';
export type { Criterion, Hazard, Lock, PlanStep, Proof, Task } from './planner/plan.ts';
export type { Question } from './planner/question.ts';
export type { PlanReport } from './planner/report.ts';
export type { Engine } from './sql/engine.ts';
export type { Category, Finding, Level, LintError, LintReport, Suppressed } from './sql/finding.ts';
export type { RuleSetting } from './sql/lint/settings.ts';

export interface LintOptions {
  /** Default: `postgresql`. */
  readonly engine?: Engine;
  /** `16`, `8.4`; default: the oldest that its makers still support. */
  readonly engineVersion?: string;
  /** The DDL of what exists before. */
  readonly schema?: string;
  /** The text runs in one transaction. */
  readonly assumeInTransaction?: boolean;
  /** Another level for a rule, or none of it, or its options: `{ 'drop-table': 'off', naming: { table: '^[a-z_]+$' } }`. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

/** One migration to run, in the order of the list. */
export interface MigrationText {
  readonly file: string;
  readonly sql: string;
  /** The way back, where there is one. */
  readonly down?: string;
}

export interface VerifyOptions {
  /** Default: `postgresql`, the only one that is executed so far. */
  readonly engine?: Engine;
  /** The version that is meant. What ran is in the report. */
  readonly engineVersion?: string;
  /** The DDL of what exists before. */
  readonly schema?: string;
  readonly criteria?: readonly Criterion[];
}

/** By the names they are about, or as the command line takes them: `{ 'orders.note': 'remark' }`, `['orders.note=remark']`. */
export type Told<Value> = Readonly<Record<string, Value>> | readonly string[];

export interface PlanOptions {
  /** Default: `postgresql`, the only one that is planned so far. */
  readonly engine?: Engine;
  /** The version that is meant; default: the oldest that its makers still support. What ran is in the report. */
  readonly engineVersion?: string;
  /** The new names of tables, columns and values of enums: `{ 'orders.note': 'remark' }`. */
  readonly renames?: Told<string>;
  /** Columns whose values go to another table: `{ 'users.bio': 'profiles.bio' }`. */
  readonly moves?: Told<string>;
  /** What is gone on purpose, and was not renamed: `['orders.note']`. */
  readonly drops?: readonly string[];
  /** What the rows that are there get in a column that is to be required, as SQL: `{ 'orders.remark': "'none'" }`. */
  readonly fills?: Told<string>;
  /** How the values of a column become those of its new type: `{ 'orders.total': 'total::numeric' }`. */
  readonly conversions?: Told<string>;
  /** Columns are renamed by a second one that is kept equal, so that old and new code run side by side. Default: `false`. */
  readonly renameInPhases?: boolean;
  /** How many rows there are: `{ orders: 40_000_000 }`. */
  readonly rows?: Told<number>;
}

/** How reports name a text that has no file, and the schema before it. */
const names = { text: '<sql>', schema: '<schema>', current: '<current>', desired: '<desired>' } as const;

/**
 * Holds one migration against the rules: the object that `database-lead lint --format json` prints. What cannot be read is in
 * `errors`. Rejects with a UsageError, which says what is allowed, where an option is not.
 */
export async function lint(sql: string, options: LintOptions = {}): Promise<LintReport> {
  mustBeText(sql, 'sql');
  mustBeKnown(options, ['engine', 'engineVersion', 'schema', 'assumeInTransaction', 'rules']);
  if (options.schema !== undefined) mustBeText(options.schema, 'schema');
  const engine = oneOf(engines, options.engine ?? 'postgresql', 'engine');
  const version = versionOption(options.engineVersion, 'engineVersion');
  const { settings, problems } = readRuleSettings(options.rules ?? {});
  const [problem] = problems;
  if (problem !== undefined)
    throw new UsageError(
      `rules.${problem.path.join('.')} is ${JSON.stringify(problem.value)}`,
      `Allowed: ${problem.allowed}`,
    );

  await loadParsers();
  const script = options.schema === undefined ? undefined : parse(options.schema, engine);
  return lintReport(
    [readAlone(names.text, sql)],
    {
      engine,
      ...version,
      ...(script === undefined ? {} : whatExists(engine, script)),
      assumeInTransaction: options.assumeInTransaction === true,
      ...settings,
    },
    (script?.errors ?? []).map((error) => ({ file: names.schema, ...error })),
  );
}

/** The schema that a text makes; where all of it can be read, it is all that exists. */
function whatExists(engine: Engine, script: Script): Pick<LintRun, 'before' | 'known'> {
  const { catalog: before, problems } = catalogOf(engine, [script]);
  return problems.length > 0 || leavesDoubt(script) ? { before } : { before, known: 'sure' };
}

/**
 * Runs migrations on a throwaway engine, with their criteria, down and up again: the object that
 * `database-lead verify --format json` prints. Migrations that do not run are a result; `notExecuted` says why nothing ran.
 * Rejects with a UsageError where an option is not allowed.
 */
export async function verify(migrations: readonly MigrationText[], options: VerifyOptions = {}): Promise<VerifyReport> {
  mustBeMigrations(migrations);
  mustBeKnown(options, ['engine', 'engineVersion', 'schema', 'criteria']);
  if (options.schema !== undefined) mustBeText(options.schema, 'schema');
  const engine = oneOf(engines, options.engine ?? 'postgresql', 'engine');
  versionOption(options.engineVersion, 'engineVersion');
  const all = createEngines({ log: silentLog });
  try {
    return await all.of(engine).verify({
      ...(options.schema === undefined ? {} : { schema: options.schema }),
      base: [],
      migrations: migrations.map(asMigration),
      criteria: options.criteria ?? [],
    });
  } finally {
    await all.close();
  }
}

// A caller in JavaScript has no compiler to say these.

function mustBeText(given: unknown, what: string): void {
  if (typeof given === 'string') return;
  throw new UsageError(`${what} is ${given === null ? 'null' : typeof given}`, 'Give SQL as a string');
}

function mustBeMigrations(given: unknown): void {
  if (!Array.isArray(given)) throw new UsageError('migrations is no array', 'Give a list of { file, sql, down }');
  for (const [at, each] of given.entries()) {
    const { file, sql, down = '' } = (each ?? {}) as Partial<MigrationText>;
    for (const [key, value] of Object.entries({ file, sql, down })) mustBeText(value, `migrations[${at}].${key}`);
  }
}

function mustBeKnown(options: object, names: readonly string[]): void {
  const stranger = Object.keys(options).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const meant = didYouMean(stranger, names);
  const guess = meant === undefined ? '' : `Did you mean ${meant}? `;
  throw new UsageError(`there is no option "${stranger}"`, `${guess}Use ${names.join(', ')}`);
}

/** As a plain runner sends it: several statements are one transaction. */
function asMigration({ file, sql, down }: MigrationText): Migration {
  const entry = { version: file, name: '', up: file, ...(down === undefined ? {} : { down: file }) };
  return readMigration(entry, 'numbered', { up: sql, ...(down === undefined ? {} : { down }) });
}

/**
 * Designs the way from one schema to another, both as DDL, and goes it on a throwaway engine: the object that
 * `database-lead plan --format json` prints. What has to be asked, cannot be planned or did not hold is a result. Rejects with a
 * UsageError where a schema cannot be read, or where an option is not allowed or is about nothing in the schemas.
 */
export async function plan(current: string, desired: string, options: PlanOptions = {}): Promise<PlanReport> {
  const engine = oneOf(engines, options.engine ?? 'postgresql', 'engine');
  mustBeText(current, 'current');
  mustBeText(desired, 'desired');
  mustBeKnown(options, [
    'engine',
    'engineVersion',
    'renames',
    'moves',
    'drops',
    'fills',
    'conversions',
    'renameInPhases',
    'rows',
  ]);
  const { rows = {}, drops = [], renameInPhases = false } = options;
  return designAlone({
    engine,
    ...versionOption(options.engineVersion),
    current: [readAlone(names.current, withoutMark(current))],
    desired: [readAlone(names.desired, withoutMark(desired))],
    given: [
      ...told('rename', options.renames, 'renames'),
      ...told('move', options.moves, 'moves'),
      ...readAnswers('drop', drops, 'drops'),
      ...told('fill', options.fills, 'fills'),
      ...told('convert', options.conversions, 'conversions'),
    ],
    renameInPhases,
    rows: isList(rows)
      ? readRows(rows, 'rows')
      : new Map(Object.entries(rows).map(([table, number]) => rowsOf(table, number, `rows.${table}`))),
  });
}

function told(kind: GivenAnswer['kind'], given: Told<string> = {}, option: string): readonly GivenAnswer[] {
  if (isList(given)) return readAnswers(kind, given, option);
  return Object.entries(given).map(([name, value]) => answerOf(kind, name, value, `${option}.${name}`));
}

function isList(given: Told<unknown>): given is readonly string[] {
  return Array.isArray(given);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

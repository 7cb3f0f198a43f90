import packageJson from '../../package.json' with { type: 'json' };
import { type Draft, draftOf, snapshot } from './apply/draft.ts';
import { applyTo, type CatalogProblem } from './apply/index.ts';
import { type Catalog, emptyCatalog } from './catalog.ts';
import type { Change, ChangeKind, Script, Statement } from './change.ts';
import type { Engine } from './engine.ts';
import type { Finding, Level, LintError, LintReport, Suppressed } from './finding.ts';
import { findingOf, sortFindings } from './lint/findings.ts';
import { type Novelty, trackNovelty } from './lint/novelty.ts';
import { after, startOfFile } from './lint/session.ts';
import { generalPrefix, settle } from './lint/settle.ts';
import { suppressionsIn } from './lint/suppressions.ts';
import { keyOf, type ObjectName } from './name.ts';
import { parse } from './parsers/index.ts';
import type { Rule, RuleContext } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { versionNumber } from './version.ts';

export interface LintFile {
  readonly file: string;
  readonly sql: string;
  /** Whether the tool that runs the file wraps it in one transaction. */
  readonly transaction?: boolean;
}

export interface LintOptions {
  readonly engine: Engine;
  readonly engineVersion?: string;
  /** The schema that exists before the files run; without it, tables that the files do not make are taken to exist. */
  readonly before?: Catalog;
  /** Read every file as one transaction, whatever its tool does. */
  readonly assumeInTransaction?: boolean;
  /** Each file is deployed on its own day, so that only what the file itself makes is new. Otherwise all files are one change. */
  readonly deployedApart?: boolean;
  /** Another level for a rule, or none of it. */
  readonly rules?: Readonly<Record<string, 'off' | Level>>;
  /** Rows of a table, where somebody knows. */
  readonly rows?: (table: ObjectName) => number | undefined;
}

export interface LintOutcome extends LintReport {
  /** The schema after the files. */
  readonly catalog: Catalog;
  /** What the files refer to and neither they nor `before` make. */
  readonly problems: readonly (CatalogProblem & { readonly file: string })[];
}

/**
 * Holds files, in the order in which they run, against the rules for their engine. One pass, one catalog: what an earlier
 * file made is new for a later one, unless they are deployed apart. {@link loadParsers} must have
 * been awaited. What cannot be read becomes an entry of `errors`; nothing throws for the sake of its input.
 */
export function lint(files: readonly LintFile[], options: LintOptions): LintOutcome {
  const run: Run = {
    options,
    draft: draftOf(options.before ?? emptyCatalog(options.engine)),
    novelty: trackNovelty(),
    rules: rulesByKind(options),
    findings: [],
    suppressed: [],
    errors: unknownRules(options),
    problems: [],
  };
  let statements = 0;
  for (const file of files) {
    const script = parse(file.sql, options.engine);
    statements += script.statements.length;
    for (const error of script.errors) run.errors.push({ file: file.file, ...error });
    lintFile(options.deployedApart === true ? { ...run, novelty: trackNovelty() } : run, file, script);
  }
  return {
    tool: 'database-lead',
    version: packageJson.version,
    files: files.length,
    statements,
    findings: sortFindings(run.findings),
    suppressed: run.suppressed,
    errors: run.errors,
    catalog: snapshot(run.draft),
    problems: run.problems,
  };
}

interface Run {
  readonly options: LintOptions;
  readonly draft: Draft;
  readonly novelty: Novelty;
  readonly rules: ReadonlyMap<ChangeKind, readonly Rule[]>;
  readonly findings: Finding[];
  readonly suppressed: Suppressed[];
  readonly errors: LintError[];
  readonly problems: (CatalogProblem & { readonly file: string })[];
}

function lintFile(run: Run, file: LintFile, script: Script): void {
  let session = startOfFile(run.options.assumeInTransaction === true || file.transaction === true);
  const earlier: Change[] = [];
  const raised = new Map<Statement, Finding[]>();

  for (const statement of script.statements) {
    for (const change of statement.changes) {
      const context: RuleContext = {
        engine: run.options.engine,
        version: versionNumber(run.options.engine, run.options.engineVersion),
        before: run.draft,
        isNew: run.novelty.isNew,
        inTransaction: session.inTransaction,
        lockTimeout: session.lockTimeout,
        rows: run.options.rows ?? (() => undefined),
        statement: statement.sql,
        siblings: statement.changes,
        earlier,
      };
      for (const rule of run.rules.get(change.kind) ?? []) {
        const verdict = rule.check(change, context);
        if (verdict === undefined) continue;
        const finding = findingOf(rule, levelOf(rule, run.options), verdict, file.file, change, statement);
        raised.set(statement, [...(raised.get(statement) ?? []), finding]);
      }
      takeNote(run, file, change);
      session = after(session, change);
      earlier.push(change);
    }
  }
  const settled = settle(file.file, suppressionsIn(file.sql, script.statements), raised, run.options.rules ?? {});
  run.findings.push(...settled.findings);
  run.suppressed.push(...settled.suppressed);
}

/** The change happens: what is known and what is new from here on. */
function takeNote(run: Run, { file }: LintFile, change: Change): void {
  const { draft, novelty } = run;
  novelty.note(change, (name) => draft.tables.has(keyOf(name)) || draft.views.has(keyOf(name)));
  const problem = applyTo(draft, change);
  if (problem !== undefined) run.problems.push({ file, change, problem });
}

function rulesByKind({ engine, rules: levels = {} }: LintOptions): ReadonlyMap<ChangeKind, readonly Rule[]> {
  const byKind = new Map<ChangeKind, Rule[]>();
  for (const rule of allRules) {
    if (!rule.engines.includes(engine) || levels[rule.id] === 'off') continue;
    for (const kind of rule.on) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  return byKind;
}

function levelOf(rule: Rule, { rules: levels = {} }: LintOptions): Level {
  const level = levels[rule.id];
  return level === undefined || level === 'off' ? rule.level : level;
}

/** A misspelled rule would otherwise go on being enforced, or not, without a word. */
function unknownRules({ rules: levels = {} }: LintOptions): LintError[] {
  const known = new Set(allRules.map(({ id }) => id));
  return Object.keys(levels)
    .filter((id) => !known.has(id) && !id.startsWith(generalPrefix))
    .map((id) => ({ file: 'options', line: 1, column: 1, message: `there is no rule \`${id}\`` }));
}

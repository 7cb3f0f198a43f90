import packageJson from '../../package.json' with { type: 'json' };
import { type Draft, draftOf, snapshot } from './apply/draft.ts';
import type { CatalogProblem } from './apply/index.ts';
import { inSearchPath } from './apply/search-path.ts';
import { type Catalog, emptyCatalog } from './catalog.ts';
import type { ChangeKind, Script } from './change.ts';
import type { Engine } from './engine.ts';
import { touchedBy } from './facts/touched.ts';
import type { Finding, LintError, LintReport } from './finding.ts';
import { generalChecksFor } from './general/index.ts';
import type { LintFile, MergedMigration } from './lint/files.ts';
import { sortFindings } from './lint/findings.ts';
import { isOn, optionsOf, type RuleSettings } from './lint/levels.ts';
import { trackNovelty } from './lint/novelty.ts';
import { lintFile, type Ready, type Run } from './lint/run.ts';
import { generalPrefix } from './lint/settle.ts';
import type { ObjectName } from './name.ts';
import { parse } from './parsers/index.ts';
import type { ChangeRule, FileRule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { versionNumber } from './version.ts';

export interface LintOptions extends RuleSettings {
  readonly engine: Engine;
  readonly engineVersion?: string;
  /** The schema that exists before the files run; without it, tables that the files do not make are taken to exist. */
  readonly before?: Catalog;
  /** `before` is all there is: as its origin tells, or because somebody says so. */
  readonly known?: 'likely' | 'sure';
  /** The migrations of the base branch that are not among the files. */
  readonly merged?: readonly MergedMigration[];
  /** Read every file as one transaction, whatever its tool does. */
  readonly assumeInTransaction?: boolean;
  /** Each file is deployed on its own day, so that only what the file itself makes is new. Otherwise all files are one change. */
  readonly deployedApart?: boolean;
  /** Rows of a table, where somebody knows. */
  readonly rows?: (table: ObjectName) => number | undefined;
  /**
   * What holds for one file instead, the same object for files of which the same holds. `ignored`: the file is only read for
   * what it does to the schema.
   */
  readonly settingsAt?: (file: string) => RuleSettings | 'ignored';
  /** Hears, before each file is read, how many have been. */
  readonly onProgress?: (done: number) => void;
}

export interface LintOutcome extends LintReport {
  /** What the change of a finding is made to: {@link changedObject}; not for what is said of a file as a whole. */
  readonly objects: ReadonlyMap<Finding, string>;
  /** The relations and types that the files change, by their keys in a catalog. */
  readonly touched: ReadonlySet<string>;
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
  // All are read first: whether a file lacks something can depend on a later one that brings it.
  const scripts = files.map(({ sql }, index) => {
    options.onProgress?.(index);
    return parse(sql, options.engine);
  });
  const run: Run = {
    options,
    version: versionNumber(options.engine, options.engineVersion),
    rows: options.rows ?? (() => undefined),
    draft: startOf(options),
    doubtful: new Set(),
    novelty: trackNovelty(),
    ...checksFor(options),
    files,
    scripts,
    findings: [],
    suppressed: [],
    objects: new Map(),
    errors: unknownRules(options),
    problems: [],
  };
  const { settingsAt = () => options } = options;
  const runUnder = runsBySettings(run);
  let { draft } = run;
  let [read, statements] = [0, 0];
  files.forEach((file, index) => {
    // Another history runs on another database.
    if (index > 0 && file.history?.name !== files[index - 1]?.history?.name) draft = startOf(options);
    const settings = settingsAt(file.file);
    const own = settings === 'ignored' ? inSilence(run) : runUnder(settings);
    const script = scripts[index] as Script;
    if (settings !== 'ignored') {
      read += 1;
      statements += script.statements.length;
    }
    for (const error of script.errors) own.errors.push({ file: file.file, ...error });
    const novelty = options.deployedApart === true ? trackNovelty() : own.novelty;
    lintFile({ ...own, draft, novelty }, file, index, inSearchPath(script, draft));
  });
  return {
    tool: 'database-lead',
    version: packageJson.version,
    files: read,
    statements,
    findings: sortFindings(run.findings),
    suppressed: run.suppressed,
    errors: run.errors,
    catalog: snapshot(draft),
    objects: run.objects,
    touched: touchedBy(changesIn(scripts), options.before ?? emptyCatalog(options.engine)),
    problems: run.problems,
  };
}

function* changesIn(scripts: readonly Script[]) {
  for (const { statements } of scripts) for (const { changes } of statements) yield* changes;
}

function startOf({ before, engine }: LintOptions): Draft {
  return draftOf(before ?? emptyCatalog(engine));
}

/** The run with other settings, prepared once for each of them. */
function runsBySettings(run: Run): (settings: RuleSettings) => Run {
  const known = new Map<RuleSettings, Run>([[run.options, run]]);
  return (settings) => {
    const found = known.get(settings);
    if (found !== undefined) return found;
    const options: LintOptions = { ...run.options, rules: {}, ruleOptions: {}, ...settings };
    const made = { ...run, options, ...checksFor(options) };
    known.set(settings, made);
    return made;
  };
}

/** The run as it passes over a file: the schema goes on, and nothing is said. */
function inSilence(run: Run): Run {
  const nothing = { byKind: new Map(), fileRules: [], generalChecks: [] };
  return { ...run, ...nothing, findings: [], suppressed: [], errors: [], problems: [] };
}

function checksFor(options: LintOptions): Pick<Run, 'byKind' | 'fileRules' | 'generalChecks'> {
  const byKind = new Map<ChangeKind, Ready<ChangeRule>[]>();
  const fileRules: Ready<FileRule>[] = [];
  for (const rule of allRules) {
    if (!rule.engines.includes(options.engine) || !isOn(rule, options)) continue;
    const settings = optionsOf(rule, options);
    if ('checkFile' in rule) fileRules.push({ rule, options: settings });
    else {
      for (const kind of rule.on) {
        const others = byKind.get(kind);
        if (others === undefined) byKind.set(kind, [{ rule, options: settings }]);
        else others.push({ rule, options: settings });
      }
    }
  }
  return { byKind, fileRules, generalChecks: generalChecksFor(options.engine, options) };
}

/** A misspelled rule would otherwise go on being enforced, or not, without a word. */
function unknownRules({ rules: levels = {} }: LintOptions): LintError[] {
  const known = new Set(allRules.map(({ id }) => id));
  return Object.keys(levels)
    .filter((id) => !known.has(id) && !id.startsWith(generalPrefix))
    .map((id) => ({ file: 'options', line: 1, column: 1, message: `there is no rule \`${id}\`` }));
}

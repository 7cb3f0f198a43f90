import type { Draft } from '../apply/draft.ts';
import { applyTo, type CatalogProblem } from '../apply/index.ts';
import { watchTransactions } from '../apply/rollback.ts';
import type { Change, ChangeKind, Script, Statement } from '../change.ts';
import { changedObject } from '../facts/changed-object.ts';
import { blocking, type RelationLock, waitedFor } from '../facts/locks/index.ts';
import { partWith, touchedBy } from '../facts/touched.ts';
import type { Finding, LintError, Suppressed } from '../finding.ts';
import { generalFindings, type ReadyCheck } from '../general/index.ts';
import type { LintOptions } from '../lint.ts';
import { keyOf } from '../name.ts';
import { parse } from '../parsers/index.ts';
import type { ChangeRule, FileContext, FileRule, RuleContext, RuleOptions } from '../rule.ts';
import type { LintFile } from './files.ts';
import { fileFindingOf, findingOf } from './findings.ts';
import { type Knowledge, knowledgeAt, leavesDoubt, mayDoMore } from './knowledge.ts';
import { levelOf, subjectOf } from './levels.ts';
import { withLocks } from './lock-words.ts';
import type { Novelty } from './novelty.ts';
import { statementAt } from './place.ts';
import { asWritten } from './placeholders.ts';
import { after, endOfStatement, enterBlock, leaveBlock, type Session, startOfFile } from './session.ts';
import { settle } from './settle.ts';
import { suppressionsIn } from './suppressions.ts';

/** One run of the rules over files: what they are held against, and what has been found so far. */
export interface Run {
  readonly options: LintOptions;
  readonly version: number;
  readonly rows: NonNullable<LintOptions['rows']>;
  readonly draft: Draft;
  /** Histories of which something could not be read, so that more or less than we know may exist. */
  readonly doubtful: Set<string | undefined>;
  readonly novelty: Novelty;
  readonly byKind: ReadonlyMap<ChangeKind, readonly Ready<ChangeRule>[]>;
  readonly generalChecks: readonly ReadyCheck[];
  readonly fileRules: readonly Ready<FileRule>[];
  readonly files: readonly LintFile[];
  readonly scripts: readonly Script[];
  readonly findings: Finding[];
  readonly suppressed: Suppressed[];
  readonly objects: Map<Finding, string>;
  readonly errors: LintError[];
  readonly problems: (CatalogProblem & { readonly file: string })[];
}

/** A rule that is on, with its options. */
export interface Ready<R> {
  readonly rule: R;
  readonly options: RuleOptions;
}

/** Holds one file against the rules, and leaves in the run what the file changed. */
export function lintFile(run: Run, file: LintFile, index: number, script: Script): void {
  const raised = new Map<Statement | undefined, Finding[]>();
  const raise: Raise = (statement, finding) => raised.set(statement, [...(raised.get(statement) ?? []), finding]);
  const wayBack = wayBackOf(run, file, script);

  const history = file.history?.name;
  if (script.errors.length + (script.foreign?.length ?? 0) > 0 && leavesDoubt(script)) run.doubtful.add(history);
  const known = () => knowledgeAt(file, run.options, run.files, run.doubtful.has(history));

  const isOneMessage = file.inOneMessage === true && file.transaction === true;
  const earlier: Change[] = [];
  let session = startOfFile(run.options.assumeInTransaction === true || file.transaction === true, run.draft.settings);
  const follow = watchTransactions(script, run.draft, session.inTransaction);
  for (const statement of script.statements) {
    for (const finding of generalFindings(run.generalChecks, statement, file.file)) raise(statement, finding);
    const isBlock = !session.inTransaction && statement.changes.some(({ inBlock }) => inBlock === true);
    if (isBlock) session = enterBlock(session);
    for (const change of statement.changes) {
      const context = contextAt(run, { file, known: known(), script, statement, change, session, earlier });
      checkChange(run, { statement, change, context, file: file.file }, raise);
      if (change.within !== undefined) continue;
      const next = after(session, change, () => locksIn(run, change, context));
      takeNote(run, file, change);
      follow(change);
      if (mayDoMore(change, statement)) run.doubtful.add(history);
      // Behind a COMMIT the rest of the message is a transaction again (manual, "Multiple Statements in a Simple Query").
      session = isOneMessage && !next.inTransaction ? enterBlock(next) : next;
      earlier.push(change);
    }
    session = endOfStatement(isBlock ? leaveBlock(session) : session);
  }
  checkWhole(run, { file, known: known(), index, script, end: session, ...wayBack }, raise);

  const { engine } = run.options;
  const settling = { file: file.file, engine, known: known(), settings: run.options };
  const settled = settle(settling, suppressionsIn(file.sql, script.statements), raised);
  const { foreign = [] } = script;
  run.findings.push(...(foreign.length === 0 ? settled.findings : asWritten(settled.findings, foreign)));
  run.suppressed.push(...settled.suppressed);
}

/** The way back, and what it is compared with: a copy costs time, so only of what the file touches. */
function wayBackOf(run: Run, file: LintFile, { statements }: Script): Pick<FileContext, 'back' | 'before'> {
  if (file.down === undefined) return {};
  const back = parse(file.down, run.options.engine);
  // It is looked at for being the way back, and what cannot be read of it is said all the same.
  for (const error of back.errors) run.errors.push({ file: file.downFile ?? file.file, ...error });
  if (run.fileRules.length === 0) return { back };
  const changes = statements.flatMap((statement) => statement.changes);
  return { back, before: partWith(run.draft, touchedBy(changes, run.draft)) };
}

type Raise = (statement: Statement | undefined, finding: Finding) => void;

interface Moment {
  readonly file: LintFile;
  readonly known: Knowledge;
  readonly script: Script;
  readonly statement: Statement;
  readonly change: Change;
  readonly session: Session;
  readonly earlier: readonly Change[];
}

/** What rules may know; each of them finds its own options in place of those of the one before. */
type Changing<Known> = { -readonly [Key in keyof Known]: Known[Key] };
type Context = Changing<RuleContext>;

function contextAt(run: Run, { file, known, script, statement, change, session, earlier }: Moment): Context {
  return {
    ...session,
    engine: run.options.engine,
    version: run.version,
    isVersionKnown: run.options.engineVersion !== undefined,
    isNew: run.novelty.isNew,
    rows: run.rows,
    file,
    known,
    before: run.draft,
    statement: statement.sql,
    siblings: statement.changes,
    earlier,
    following: () => changesAfter(run, script, statement, change),
    options: {},
  };
}

function locksIn({ options }: Run, change: Change, context: Context): readonly RelationLock[] {
  return options.engine === 'postgresql' ? waitedFor(change, context) : [];
}

interface Checked extends Pick<Moment, 'statement' | 'change'> {
  readonly context: Context;
  readonly file: string;
}

function checkChange(run: Run, { statement, change, context, file }: Checked, raise: Raise): void {
  const rules = run.byKind.get(change.kind);
  if (rules === undefined) return;
  for (const { rule, options } of rules) {
    if (change.within !== undefined && rule.inRoutines !== true) continue;
    // A copy for every rule would be most of the work.
    context.options = options;
    const verdict = rule.check(change, context);
    if (verdict === undefined) continue;
    const subject = subjectOf(change, run.draft);
    const size = subject === undefined ? undefined : run.rows(subject);
    const ofCase = typeof verdict === 'string' ? undefined : verdict.level;
    const level = levelOf(rule, run.options, size, ofCase);
    const said =
      rule.category === 'locking'
        ? withLocks(verdict, blocking(change, locksIn(run, change, context), run.draft))
        : verdict;
    const finding = findingOf(rule, level, said, file, change, statement);
    const object = changedObject(change, subject);
    if (object !== undefined) run.objects.set(finding, object);
    raise(statement, finding);
  }
}

/**
 * The changes that follow in the file, and in later files where all of them are one change. What stands in a function does not
 * follow: it happens when the function is called.
 */
function* changesAfter(run: Run, script: Script, statement: Statement, change: Change): Generator<Change> {
  const now = (changes: readonly Change[]) => changes.filter(({ within }) => within === undefined);
  const { statements } = script;
  yield* now(statement.changes.slice(statement.changes.indexOf(change) + 1));
  for (let at = statements.indexOf(statement) + 1; at < statements.length; at++)
    yield* now(statements[at]?.changes ?? []);
  if (run.options.deployedApart === true) return;
  for (let at = run.scripts.indexOf(script) + 1; at < run.scripts.length; at++) {
    for (const { changes } of run.scripts[at]?.statements ?? []) yield* now(changes);
  }
}

type Whole = Pick<FileContext, 'file' | 'known' | 'index' | 'script' | 'end' | 'back' | 'before'>;

function checkWhole(run: Run, whole: Whole, raise: Raise): void {
  const context: Changing<FileContext> = {
    ...whole,
    engine: run.options.engine,
    version: run.version,
    isVersionKnown: run.options.engineVersion !== undefined,
    isNew: run.novelty.isNew,
    rows: run.rows,
    options: {},
    files: run.files,
    scripts: run.scripts,
    merged: run.options.merged ?? [],
    after: run.draft,
  };
  for (const { rule, options } of run.fileRules) {
    context.options = options;
    for (const verdict of rule.checkFile(context)) {
      const statement = statementAt(whole.script.statements, verdict.span);
      raise(
        statement,
        fileFindingOf(rule, levelOf(rule, run.options, undefined, verdict.level), verdict, whole.file.file),
      );
    }
  }
}

/** The change happens: what is known and what is new from here on. */
function takeNote(run: Run, { file, history }: LintFile, change: Change): void {
  const { draft, novelty } = run;
  novelty.note(change, (name) => draft.tables.has(keyOf(name)) || draft.views.has(keyOf(name)));
  const problem = applyTo(draft, change);
  if (problem === undefined) return;
  run.problems.push({ file, change, problem });
  // What the files alone tell was not the whole, and a second finding would be of the same beginning that is missing.
  if (run.options.known !== 'sure') run.doubtful.add(history?.name);
}

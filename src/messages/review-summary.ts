import type { VerifyReport } from '../planner/evidence.ts';
import type { Finding, Level, LintError, Suppressed } from '../sql/finding.ts';
import { type BodySection, codeSpan, escapeInline, fitBody } from './escape.ts';
import { type ConfigurationMistake, configuration } from './intake.ts';
import { type Lacked, lacking } from './lacking.ts';
import { linesAt, type Revision } from './place.ts';
import { marks } from './review.ts';
import { sentence } from './sentence.ts';
import { locksTable } from './verification.ts';
import { bullets, counted, details, inWords, mention, paragraphs, table } from './words.ts';

/** A finding as the summary tells of it. */
export interface Told {
  readonly finding: Finding;
  /** Database id of the comment that began its thread. */
  readonly thread?: number;
  /** Its thread was resolved by a person without a reason. */
  readonly resolved?: boolean;
  readonly ignored?: { readonly by: string; readonly reason: string };
}

/** What was looked at for one database, what was not, and what was found. */
export interface ReviewedDatabase {
  readonly name: string;
  readonly engine: string;
  readonly version?: string;
  readonly files: readonly string[];
  /** The gravest first. */
  readonly findings: readonly Told[];
  readonly errors: readonly LintError[];
  readonly suppressed: readonly Suppressed[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  readonly problems: readonly string[];
  /** Absent while the engine is at work. */
  readonly report?: VerifyReport;
}

/** Another open pull request that changes the same things. */
export interface Overlap {
  readonly pull: number;
  readonly objects: readonly string[];
}

interface Reviewed {
  readonly at: Revision;
  readonly databases: readonly ReviewedDatabase[];
  readonly configProblems: readonly ConfigurationMistake[];
  /** GitHub lists only a part of the changed files. */
  readonly cut: boolean;
  readonly lacked: readonly Lacked[];
}

/** What a check run's `summary` may hold, in characters (REST reference, "Create a check run"). */
const checkLimit = 65_535;

/** More files, problems or findings than this are counted, not named. */
const most = { files: 20, problems: 20, rows: 200 };

/** The summary of the check run: every finding, and what was not looked at. */
export function reviewSummary(reviewed: Reviewed): string {
  const none = 'This pull request changes no migrations that I know of.';
  return fitBody(
    [{ priority: 0, text: reviewed.databases.length === 0 ? none : '' }, ...sections(reviewed, false)],
    checkLimit,
  );
}

/** The one comment on a pull request that says where its review stands. */
export function summary({
  verdict,
  overlaps,
  ...reviewed
}: Reviewed & { readonly verdict: string; readonly overlaps: readonly Overlap[] }): string {
  const { at, databases } = reviewed;
  const head = at.head.sha.slice(0, 7);
  return fitBody([
    {
      priority: 0,
      text: paragraphs(
        '## Database review',
        `**${sentence(verdict)}** at ${head}. ${levels(databases)} [Verification](${at.url}/checks)`.replace('  ', ' '),
        databases.length === 0 && 'This pull request changes no migrations any more.',
      ),
    },
    ...sections(reviewed, true),
    { priority: 0, text: overlapping(overlaps) },
  ]);
}

/** In place of a summary that has nothing to say, where the configuration asks for quiet. */
export function nothingToSay(at: Revision): string {
  return `Nothing to say about ${at.head.sha.slice(0, 7)}.`;
}

function levels(databases: readonly ReviewedDatabase[]): string {
  const standing = databases.flatMap(({ findings }) => findings).filter(({ ignored }) => ignored === undefined);
  const parts = (['error', 'warning', 'notice'] as const).flatMap((level: Level) => {
    const number = standing.filter(({ finding }) => finding.level === level).length;
    return number === 0 ? [] : [`${marks[level]} ${counted(number, level)}`];
  });
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

function sections(
  { at, databases, configProblems, cut, lacked }: Reviewed,
  isComment: boolean,
): readonly BodySection[] {
  return [
    {
      priority: 0,
      text: cut
        ? 'GitHub lists only a part of the files that this pull request changes; the rest was not looked at.'
        : '',
    },
    ...databases.flatMap((database): readonly BodySection[] => [
      { priority: 0, text: headed(database) },
      { priority: 0, text: notUnderstood(database) },
      { priority: 1, text: findingsTable(database, at), title: 'The table of findings' },
      { priority: 3, text: isComment ? locks(database) : '', title: 'The table of locks' },
      { priority: 2, text: ignored(database), title: 'What was ignored' },
      { priority: 4, text: ofBase(database), title: 'What could not be read on the base branch' },
    ]),
    { priority: 0, text: configProblems.length > 0 ? configuration(configProblems) : '' },
    { priority: 0, text: databases.length > 0 ? lacking(lacked) : '' },
  ];
}

function headed({ name, engine, version, files }: ReviewedDatabase): string {
  const shown = files.slice(0, most.files).map((file) => codeSpan(file));
  const rest = files.length - shown.length;
  const looked = files.length === 0 ? 'no file' : inWords(rest > 0 ? [...shown, `${rest} more`] : shown);
  return `### ${codeSpan(name)} (${engine}${version === undefined ? '' : ` ${escapeInline(version)}`})\n\nLooked at ${looked}.`;
}

function findingsTable({ findings }: ReviewedDatabase, at: Revision): string {
  const standing = findings.filter(({ ignored }) => ignored === undefined);
  if (standing.length === 0) return 'Nothing found.';
  const rows = standing
    .slice(0, most.rows)
    .map(({ finding, thread, resolved }) => [
      marks[finding.level],
      codeSpan(finding.rule),
      linesAt(finding, at),
      `${sentence(finding.message)}${thread === undefined ? '' : ` ([thread](${at.url}#discussion_r${thread}))`}${resolved === true ? ' _(resolved without a reason, and still there)_' : ''}`,
    ]);
  const rest = standing.length - rows.length;
  return paragraphs(table(['', 'rule', 'where', 'what'], rows), rest > 0 && `And ${counted(rest, 'finding')} more.`);
}

function notUnderstood({ errors, unread }: ReviewedDatabase): string {
  return paragraphs(
    errors.length > 0 &&
      `Not understood:\n\n${some(errors.map(({ file, line, column, message }) => `${codeSpan(file)} line ${line}, column ${column}: ${escapeInline(message)}`))}`,
    unread.length > 0 &&
      `Not looked at:\n\n${some(unread.map(({ path, why }) => `${codeSpan(path)}: ${sentence(why)}`))}`,
  );
}

function ofBase({ problems }: ReviewedDatabase): string {
  return problems.length === 0 ? '' : details('In the migrations of the base branch', some(problems.map(sentence)));
}

function locks({ report }: ReviewedDatabase): string {
  if (report === undefined) return '';
  if (report.notExecuted !== undefined) return escapeInline(report.notExecuted);
  return report.migrations.length === 0
    ? ''
    : details(
        `Locks, as ${report.engine} ${escapeInline(report.engineVersion)} took them`,
        // How long a migration took on made-up rows says nothing, and would have the comment written anew for every run.
        locksTable(report.migrations.map(({ ms: _, ...migration }) => migration)),
      );
}

function ignored({ findings, suppressed }: ReviewedDatabase): string {
  const byPeople = findings.flatMap(({ finding, ignored }) =>
    ignored === undefined
      ? []
      : [`${inFile(finding)}, as ${mention(ignored.by)} decided: ${escapeInline(ignored.reason)}`],
  );
  const inFiles = suppressed.map(({ finding, reason }) => `${inFile(finding)}, in the file: ${escapeInline(reason)}`);
  const all = [...byPeople, ...inFiles];
  return all.length === 0 ? '' : `Ignored:\n\n${some(all)}`;
}

function inFile({ rule, file, line }: Finding): string {
  return `${codeSpan(rule)} in ${codeSpan(file)} line ${line}`;
}

function overlapping(overlaps: readonly Overlap[]): string {
  return overlaps.length === 0
    ? ''
    : `Also open, and changing the same:\n\n${some(
        overlaps.map(
          ({ pull, objects }) =>
            `#${pull}: ${inWords(objects.slice(0, most.files).map((object) => codeSpan(object)))}. Whichever is merged second runs on another schema than it was verified on, and is verified again then`,
        ),
      )}`;
}

function some(items: readonly string[]): string {
  const rest = items.length - most.problems;
  return bullets(rest > 0 ? [...items.slice(0, most.problems), `and ${rest} more`] : items);
}

import type { Finding, LintError, Suppressed } from '../sql/finding.ts';
import { codeSpan, escapeInline, fence, fitBody, tableCell } from './escape.ts';
import { type ConfigurationMistake, configuration } from './intake.ts';
import { sentence } from './sentence.ts';
import { bullets, counted, inWords, paragraphs, table } from './words.ts';

interface Spoken {
  readonly finding: Finding;
  readonly inDiff: boolean;
}

/** What was looked at for one database, and what was not. */
export interface ReviewedDatabase {
  readonly name: string;
  readonly engine: string;
  readonly files: readonly string[];
  readonly errors: readonly LintError[];
  readonly suppressed: readonly Suppressed[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  readonly problems: readonly string[];
}

const marks = { error: '🔴', warning: '🟡', notice: '🔵' } as const;

/** The comment on the lines of one finding. */
export function finding({ level, rule, message, remedy }: Finding, suggestion: string | undefined): string {
  return paragraphs(
    `${marks[level]} **${rule}** (${level}): ${sentence(message)}`,
    remedy === '' ? '' : `${sentence(remedy)}.`,
    suggestion !== undefined && fence(suggestion, 'suggestion'),
  );
}

export function fixed(head: string): string {
  return `Fixed in ${head.slice(0, 7)}. Thank you.`;
}

/** The body of a review. */
export function review({ findings, fresh }: { readonly findings: readonly Spoken[]; readonly fresh: number }): string {
  const blocking = findings.filter(({ finding }) => finding.level === 'error').length;
  const outside = findings.filter(({ inDiff }) => !inDiff).length;
  return paragraphs(
    `${counted(fresh, 'new finding')}${blocking > 0 ? `; ${counted(blocking, 'finding')} in all ${blocking === 1 ? 'blocks' : 'block'}` : '; none blocks'}.`,
    outside > 0 && `${counted(outside, 'finding')} on lines outside this diff: see the check \`database-lead/review\`.`,
  );
}

/** A finding in a check run's annotation, which is plain text. */
export function annotation({ message, remedy }: Finding): string {
  return remedy === '' ? message : `${message}\n\n${remedy}.`;
}

/** The summary of the check run: every finding, and what was not looked at. */
export function reviewSummary({
  databases,
  findings,
  configProblems,
}: {
  readonly databases: readonly ReviewedDatabase[];
  readonly findings: readonly Spoken[];
  readonly configProblems: readonly ConfigurationMistake[];
}): string {
  const rows = findings.map(({ finding: { level, rule, file, line, message } }) => [
    marks[level],
    codeSpan(rule),
    `${codeSpan(file)} ${line}`,
    tableCell(message),
  ]);
  return fitBody(
    [
      {
        priority: 0,
        text: databases.length === 0 ? 'This pull request changes no migrations that I know of.' : looked(databases),
      },
      { priority: 1, text: findings.length > 0 ? table(['', 'rule', 'where', 'what'], rows) : '' },
      {
        priority: 0,
        text: databases
          .map(notLooked)
          .filter((text) => text !== '')
          .join('\n\n'),
      },
      {
        priority: 2,
        text: databases
          .map(ignored)
          .filter((text) => text !== '')
          .join('\n\n'),
      },
      { priority: 0, text: configProblems.length > 0 ? configuration(configProblems) : '' },
    ],
    65_535,
  );
}

function looked(databases: readonly ReviewedDatabase[]): string {
  return bullets(
    databases.map(
      ({ name, engine, files }) =>
        `${codeSpan(name)} (${engine}): ${files.length === 0 ? 'no file' : inWords(files.map((file) => codeSpan(file)))}`,
    ),
  );
}

function notLooked({ errors, unread, problems }: ReviewedDatabase): string {
  return paragraphs(
    errors.length > 0 &&
      `Not understood:\n\n${bullets(errors.map(({ file, line, column, message }) => `${codeSpan(file)} line ${line}, column ${column}: ${escapeInline(message)}`))}`,
    unread.length > 0 && `Not looked at:\n\n${bullets(unread.map(({ path, why }) => `${codeSpan(path)}: ${why}`))}`,
    problems.length > 0 && `In the migrations of the base branch:\n\n${bullets(problems.slice(0, 20).map(sentence))}`,
  );
}

function ignored({ suppressed }: ReviewedDatabase): string {
  return suppressed.length === 0
    ? ''
    : `Ignored by their authors:\n\n${bullets(suppressed.map(({ finding, reason }) => `${codeSpan(finding.rule)} in ${codeSpan(finding.file)} line ${finding.line}: ${escapeInline(reason)}`))}`;
}

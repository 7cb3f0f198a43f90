import { type Finding, type LintReport, levels } from '../../sql/finding.ts';
import type { Migration } from '../../sql/history/history.ts';
import { printable } from '../output.ts';

/** Longer lines of SQL are cut. */
const maximumWidth = 160;

/** A report for people, one finding a paragraph with the line that it is about. */
export function asText(report: LintReport, sources: readonly Pick<Migration, 'file' | 'sql'>[]): string {
  const { findings, suppressed, errors, files, statements } = report;
  const lineOf = linesOf(sources);
  const paragraphs = [
    ...errors.map(({ file, line, column, message }) => `${file}:${line}:${column}: not understood: ${message}`),
    ...findings.map((finding) => paragraph(finding, lineOf(finding.file, finding.line))),
    ...suppressed.map(
      ({ finding: { file, line, column, rule }, reason }) =>
        `${file}:${line}:${column}: ignored: ${rule}, because ${reason}`,
    ),
  ];
  const summary = `${tally(findings)} in ${counted(statements, 'statement')} of ${counted(files, 'file')}`;
  const missing = errors.length === 0 ? '' : `; ${counted(errors.length, 'place')} not understood`;
  return printable([...paragraphs, `${summary}${missing}`].join('\n'));
}

function paragraph({ file, line, column, level, rule, message, remedy }: Finding, source: string): string {
  const quoted = source === '' ? '' : `\n  | ${source}`;
  return `${file}:${line}:${column}: ${level}: ${message} [${rule}]${quoted}\n  ${remedy}`;
}

function tally(findings: readonly Finding[]): string {
  const byLevel = levels.flatMap((level) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return number === 0 ? [] : [counted(number, level)];
  });
  return byLevel.length === 0 ? 'nothing found' : byLevel.join(', ');
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Texts are taken apart only where something was found in them. */
function linesOf(sources: readonly Pick<Migration, 'file' | 'sql'>[]): (file: string, line: number) => string {
  const texts = new Map(sources.map(({ file, sql }) => [file, sql]));
  const lines = new Map<string, readonly string[]>();
  return (file, line) => {
    const known = lines.get(file) ?? (texts.get(file) ?? '').split('\n');
    lines.set(file, known);
    const text = (known[line - 1] ?? '').trim();
    return text.length > maximumWidth ? `${text.slice(0, maximumWidth)}...` : text;
  };
}

import type { LintReport } from '../../sql/finding.ts';

/** A report for people, one finding a paragraph. */
export function asText({ findings, suppressed, errors, files, statements }: LintReport): string {
  const lines = [
    ...errors.map(({ file, line, column, message }) => `${file}:${line}:${column}: not understood: ${message}`),
    ...findings.map(
      ({ file, line, column, level, rule, message, remedy }) =>
        `${file}:${line}:${column}: ${level}: ${message} [${rule}]\n    ${remedy}`,
    ),
    ...suppressed.map(
      ({ finding: { file, line, rule }, reason }) => `${file}:${line}: ignored: ${rule}, because ${reason}`,
    ),
  ];
  const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [
    ...lines,
    `${counted(findings.length, 'finding')} in ${counted(statements, 'statement')} of ${counted(files, 'file')}`,
  ].join('\n');
}

import type { Finding, LintReport } from '../../../src/sql/finding.ts';

export const finding: Finding = {
  rule: 'drop-table',
  level: 'error',
  category: 'data-loss',
  file: 'a b/c,d:e.sql',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 9,
  message: 'Gone:\r\n100%.',
  remedy: 'Keep it.',
  fix: { description: 'Keep', replacement: 'SELECT 1' },
  docs: 'https://example.org/drop-table',
};

/** Findings of two levels, one suppressed, and a text that was not understood. */
export const report: LintReport = {
  tool: 'database-lead',
  version: '0.1.0',
  files: 1,
  statements: 1,
  findings: [{ ...finding, level: 'notice', endLine: 3 }, finding],
  suppressed: [{ finding, reason: 'it is empty' }],
  errors: [{ file: 'x.sql', line: 1, column: 8, message: 'syntax error' }],
};

export const asIs = (file: string): string => file;

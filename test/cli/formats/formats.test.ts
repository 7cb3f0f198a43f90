import { describe, expect, it } from 'vitest';
import { asWorkflowCommands } from '../../../src/cli/formats/github.ts';
import { asSarif } from '../../../src/cli/formats/sarif.ts';
import { asText } from '../../../src/cli/formats/text.ts';
import type { Finding, LintReport } from '../../../src/sql/finding.ts';

const finding: Finding = {
  rule: 'drop-table',
  level: 'error',
  category: 'data-loss',
  file: 'a b/c,d:e.sql',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 9,
  message: 'Gone:\n100%.',
  remedy: 'Keep it.',
  fix: { description: 'Keep', replacement: 'SELECT 1' },
  docs: 'https://example.org/drop-table',
};

const report: LintReport = {
  tool: 'database-lead',
  version: '0.1.0',
  files: 1,
  statements: 1,
  findings: [finding, { ...finding, level: 'notice', endLine: 3 }],
  suppressed: [{ finding, reason: 'it is empty' }],
  errors: [{ file: 'x.sql', line: 1, column: 8, message: 'syntax error' }],
};

describe('asWorkflowCommands', () => {
  it('escapes what the runner would read, and gives columns within one line', () => {
    expect(asWorkflowCommands(report).split('\n')).toEqual([
      '::error file=x.sql,line=1,col=8,title=not understood::syntax error',
      '::error file=a b/c%2Cd%3Ae.sql,line=2,endLine=2,col=3,endColumn=9,title=drop-table::Gone:%0A100%25. Keep it.',
      '::notice file=a b/c%2Cd%3Ae.sql,line=2,endLine=3,title=drop-table::Gone:%0A100%25. Keep it.',
    ]);
  });

  it('says nothing where there is nothing', () => {
    expect(asWorkflowCommands({ ...report, findings: [], errors: [] })).toBe('');
  });
});

describe('asSarif', () => {
  it('carries results, suppressions, fixes and what was not understood', () => {
    const { version, runs } = JSON.parse(asSarif(report));
    const region = { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 };
    const artifactLocation = { uri: 'a%20b/c%2Cd%3Ae.sql' };
    expect(version).toBe('2.1.0');
    expect(runs[0].tool.driver.rules).toEqual([{ id: 'drop-table', helpUri: 'https://example.org/drop-table' }]);
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'drop-table',
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation, region } }],
        fixes: [
          {
            description: { text: 'Keep' },
            artifactChanges: [
              { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: 'SELECT 1' } }] },
            ],
          },
        ],
      },
      { level: 'note' },
      { suppressions: [{ kind: 'inSource', justification: 'it is empty' }] },
    ]);
    expect(runs[0].invocations).toMatchObject([
      { executionSuccessful: false, toolExecutionNotifications: [{ message: { text: 'syntax error' } }] },
    ]);
  });

  it('names files outside the working directory by a file URI', () => {
    const { runs } = JSON.parse(asSarif({ ...report, findings: [{ ...finding, file: '/db/a b.sql' }] }));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('file:///db/a%20b.sql');
  });
});

describe('asText', () => {
  it('shows place, level, rule, the line of SQL and the remedy', () => {
    const text = asText({ ...report, errors: [], suppressed: [] }, [
      { file: finding.file, sql: 'SELECT 1;\r\n  DROP TABLE a;\r\n' },
    ]);
    expect(text.split('\n')).toEqual([
      'a b/c,d:e.sql:2:3: error: Gone:',
      '100%. [drop-table]',
      '  | DROP TABLE a;',
      '  Keep it.',
      'a b/c,d:e.sql:2:3: notice: Gone:',
      '100%. [drop-table]',
      '  | DROP TABLE a;',
      '  Keep it.',
      '1 error, 1 notice in 1 statement of 1 file',
    ]);
  });

  it('counts what was not understood, and shows what was suppressed', () => {
    const lines = asText({ ...report, findings: [] }, []).split('\n');
    expect(lines).toEqual([
      'x.sql:1:8: not understood: syntax error',
      'a b/c,d:e.sql:2:3: ignored: drop-table, because it is empty',
      'nothing found in 1 statement of 1 file; 1 place not understood',
    ]);
  });

  it('gives a terminal nothing to obey, and cuts long lines', () => {
    const hostile = { ...finding, file: 'a\u001b[2J.sql', message: 'm\u202e\u009b' };
    const sql = `\n${'x'.repeat(1_000)}\u001b`;
    const text = asText({ ...report, findings: [hostile], suppressed: [], errors: [] }, [{ file: hostile.file, sql }]);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(text).toContain('a\\u001b[2J.sql');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(200);
  });
});

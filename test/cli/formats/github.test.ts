import { describe, expect, it } from 'vitest';
import { asWorkflowCommands } from '../../../src/cli/formats/github.ts';
import { asIs, finding, report } from './report.ts';

describe('asWorkflowCommands', () => {
  it('escapes what the runner would read, puts the gravest first, and gives columns within one line', () => {
    expect(asWorkflowCommands(report, asIs).split('\n')).toEqual([
      '::error file=x.sql,line=1,col=8,title=not understood::syntax error',
      '::error file=a b/c%2Cd%3Ae.sql,line=2,endLine=2,col=3,endColumn=9,title=drop-table::Gone:%0D%0A100%25. Keep it. https://example.org/drop-table',
      '::notice file=a b/c%2Cd%3Ae.sql,line=2,endLine=3,title=drop-table::Gone:%0D%0A100%25. Keep it. https://example.org/drop-table',
    ]);
  });

  it('names files as the repository does', () => {
    expect(asWorkflowCommands(report, (file) => `db/${file}`)).toContain('::error file=db/x.sql,');
  });

  it('says so where GitHub will not show all of them', () => {
    const crowded = { ...report, findings: Array.from({ length: 11 }, () => finding), errors: [] };
    expect(asWorkflowCommands(crowded, asIs)).toMatch(/\nGitHub shows the first 10 annotations of a level/);
    expect(asWorkflowCommands({ ...crowded, findings: crowded.findings.slice(1) }, asIs)).not.toContain('GitHub shows');
  });

  it('says nothing where there is nothing', () => {
    expect(asWorkflowCommands({ ...report, findings: [], errors: [] }, asIs)).toBe('');
  });
});

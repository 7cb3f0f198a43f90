import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { asSarif } from '../../../src/cli/formats/sarif.ts';
import { lint } from '../../../src/index.ts';
import type { LintReport } from '../../../src/sql/finding.ts';
import { asIs, finding, report } from './report.ts';

/** The schema as OASIS publishes it, with the formats that it names (`uri`, `date-time`) checked. */
const schema = JSON.parse(
  readFileSync(new URL('../../fixtures/sarif/sarif-schema-2.1.0.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

function sarifOf(given: LintReport) {
  const log = JSON.parse(asSarif(given, asIs));
  isValid(log);
  return { log, run: log.runs[0], errors: isValid.errors };
}

describe('asSarif', () => {
  it('is valid, also when there is nothing to say or standard input was read', () => {
    expect(sarifOf(report).errors).toBeNull();
    expect(sarifOf({ ...report, findings: [], suppressed: [], errors: [] }).errors).toBeNull();
    const odd = { ...finding, file: '<stdin>', rule: 'sql-lint/odd-code-point', category: 'correctness' } as const;
    expect(
      sarifOf({ ...report, findings: [odd], errors: [{ file: '\u0000%.sql', line: 1, column: 1, message: '' }] })
        .errors,
    ).toBeNull();
  });

  it('is valid for what the rules really say', async () => {
    const found = await lint(
      "DROP TABLE a;\nCREATE INDEX i ON b (c);\n-- database-lead: ignore drop-table because old\nDROP TABLE d;\nCREATE ROLE x PASSWORD 'y' SUPERUSER;\nALTER TABLE e ADD f int NOT NULL;\nCREATE TABEL g;",
    );
    const { errors, run } = sarifOf(found);
    expect(errors).toBeNull();
    expect(run.results).toHaveLength(found.findings.length + found.suppressed.length);
  });

  it('carries results, suppressions, fixes and what was not understood', () => {
    const { run } = sarifOf(report);
    const region = { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 };
    const artifactLocation = { uri: 'a%20b/c%2Cd%3Ae.sql', uriBaseId: '%SRCROOT%' };
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.results).toMatchObject([
      { level: 'note' },
      {
        ruleId: 'drop-table',
        ruleIndex: 0,
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
      { suppressions: [{ kind: 'inSource', justification: 'it is empty' }] },
    ]);
    expect(run.invocations).toMatchObject([
      { executionSuccessful: false, toolExecutionNotifications: [{ message: { text: 'syntax error' } }] },
    ]);
  });

  it('explains each rule once, and gives security rules the number that code scanning sorts by', () => {
    const security = { ...finding, rule: 'made-up', category: 'security' } as const;
    const { run } = sarifOf({ ...report, findings: [...report.findings, security] });
    expect(run.tool.driver.rules).toMatchObject([
      {
        id: 'drop-table',
        shortDescription: { text: expect.stringContaining('dropped') },
        help: { markdown: expect.stringContaining('**Instead:**') },
        helpUri: 'https://example.org/drop-table',
        defaultConfiguration: { level: 'error' },
        properties: { tags: ['data-loss', 'database', 'sql'], 'problem.severity': 'error' },
      },
      { id: 'made-up', properties: { 'security-severity': '8.0' } },
    ]);
    expect(run.tool.driver.rules).toHaveLength(2);
  });

  it('knows a finding again that has moved, and tells two alike apart', () => {
    const prints = (given: LintReport) =>
      sarifOf(given).run.results.map(
        (result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0],
      );
    const both = { ...report, findings: [finding, { ...finding, line: 9 }], suppressed: [] };
    const [first, second] = prints(both);
    expect(first).not.toBe(second);
    expect(prints({ ...both, findings: [{ ...finding, line: 5 }] })).toEqual([first]);
  });

  it('names files outside the repository by a file URI', () => {
    const { run, errors } = sarifOf({ ...report, findings: [{ ...finding, file: '/db/a b.sql' }] });
    expect(errors).toBeNull();
    expect(run.results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///db/a%20b.sql' });
  });
});

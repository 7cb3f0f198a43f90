import type { Finding, Level, LintReport } from '../../sql/finding.ts';

const levels: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', notice: 'note' };

/** SARIF 2.1.0, as code scanning takes it. */
export function asSarif({ version, findings, suppressed, errors }: LintReport): string {
  const all = [...findings, ...suppressed.map(({ finding }) => finding)];
  const rules = [...new Map(all.map(({ rule, docs }) => [rule, { id: rule, helpUri: docs }])).values()];
  const results = [
    ...findings.map((finding) => result(finding)),
    ...suppressed.map(({ finding, reason }) => ({
      ...result(finding),
      suppressions: [{ kind: 'inSource', justification: reason }],
    })),
  ];
  const notifications = errors.map(({ file, line, column, message }) => ({
    level: 'error',
    message: { text: message },
    locations: [
      { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, startColumn: column } } },
    ],
  }));
  const driver = { name: 'database-lead', version, rules };
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        results,
        invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: notifications }],
      },
    ],
  });
}

function result({ rule, level, message, remedy, file, line, column, endLine, endColumn }: Finding) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: rule,
    level: levels[level],
    message: { text: `${message} ${remedy}.` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region } }],
  };
}

import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
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
    locations: [location(file, { startLine: line, startColumn: column })],
  }));
  const driver = { name: 'database-lead', version, rules };
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        results,
        invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: notifications }],
      },
    ],
  });
}

function result(finding: Finding) {
  const { rule, level, message, remedy, file, fix } = finding;
  return {
    ruleId: rule,
    level: levels[level],
    message: { text: `${message} ${remedy}` },
    locations: [location(file, regionOf(finding))],
    ...(fix === undefined ? {} : { fixes: [asFix(fix, finding)] }),
  };
}

function asFix({ description, replacement }: NonNullable<Finding['fix']>, finding: Finding) {
  const replacements = [{ deletedRegion: regionOf(finding), insertedContent: { text: replacement } }];
  return {
    description: { text: description },
    artifactChanges: [{ artifactLocation: { uri: uriOf(finding.file) }, replacements }],
  };
}

function location(file: string, region: object) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } };
}

function regionOf({ line, column, endLine, endColumn }: Finding) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A file as a URI reference: a path may hold characters that a URI may not. */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/');
}

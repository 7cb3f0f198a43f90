import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, LintReport } from '../../sql/finding.ts';
import { informationUri, reportingDescriptors, sarifLevels } from './sarif-rules.ts';

/** SARIF 2.1.0, as code scanning takes it. `pathOf` names a file from the root of its repository. */
export function asSarif(report: LintReport, pathOf: (file: string) => string): string {
  const { version, findings, suppressed, errors } = report;
  const rules = reportingDescriptors([...findings, ...suppressed.map(({ finding }) => finding)]);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprintOf = fingerprints();
  const result = (finding: Finding) => ({
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: sarifLevels[finding.level],
    message: { text: `${finding.message} ${finding.remedy}` },
    locations: [location(pathOf(finding.file), regionOf(finding))],
    partialFingerprints: { 'databaseLead/v1': fingerprintOf({ ...finding, file: pathOf(finding.file) }) },
    ...(finding.fix === undefined ? {} : { fixes: [asFix(finding.fix, finding, pathOf)] }),
  });
  const results = [
    ...findings.map(result),
    ...suppressed.map(({ finding, reason }) => ({
      ...result(finding),
      suppressions: [{ kind: 'inSource', justification: reason }],
    })),
  ];
  const notifications = errors.map(({ file, line, column, message }) => ({
    level: 'error',
    message: { text: message },
    locations: [location(pathOf(file), { startLine: line, startColumn: column })],
  }));
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'database-lead', version, semanticVersion: version, informationUri, rules } },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: 'database-lead/' },
        results,
        invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: notifications }],
      },
    ],
  });
}

/**
 * What stays the same of a finding while the file around it changes: the file, the rule and what it says; of several alike, the
 * how many-th it is.
 */
function fingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ file, rule, message }) => {
    const key = JSON.stringify([file, rule, message]);
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${number + 1}`;
  };
}

function asFix(
  { description, replacement }: NonNullable<Finding['fix']>,
  finding: Finding,
  pathOf: (file: string) => string,
) {
  const replacements = [{ deletedRegion: regionOf(finding), insertedContent: { text: replacement } }];
  return {
    description: { text: description },
    artifactChanges: [{ artifactLocation: artifact(pathOf(finding.file)), replacements }],
  };
}

function location(path: string, region: object) {
  return { physicalLocation: { artifactLocation: artifact(path), region } };
}

/** Relative to the root of the repository, which the reader knows. */
function artifact(path: string) {
  return isAbsolute(path) ? { uri: pathToFileURL(path).href } : { uri: uriOf(path), uriBaseId: '%SRCROOT%' };
}

function regionOf({ line, column, endLine, endColumn }: Finding) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A path as a URI reference: it may hold characters that a URI may not. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
